/// Walks the graph for one firm.
package struct Explainer {
    let graph: Graph
    let firm: FirmValues
    let recalculation: Recalculation
    private var cells: [Int64] { recalculation.cells }

    package init(graph: Graph, firm: FirmValues) {
        self.graph = graph
        self.firm = firm
        recalculation = Recalculation(graph: graph, firm: firm)
    }

    /// Where the firm stands and why, then every indicator that was not shown on the way.
    package func explanation() -> Explanation {
        var shown: Set<Int> = []
        var steps = standing(&shown)
        for (index, node) in graph.nodes.enumerated()
        where node.section == .indicator && !shown.contains(index) {
            steps.append(step(index, &shown))
        }
        return Explanation(steps: steps)
    }

    func step(_ index: Int, _ shown: inout Set<Int>) -> Explanation.Step {
        let node = graph.nodes[index]
        shown.insert(index)
        var notes: [String] = []
        var source = node.source
        var expression: Expression?
        switch node.rule {
        case .row where firm.given.contains(index): notes.append("给定值")
        case .row(let rule): expression = rule
        case .perCohort(let rules):
            guard let cohort = recalculation.cohort, let rule = rules[cohort] else { break }
            expression = rule.expression
            if !rule.source.isEmpty { source = rule.source }
            if let missing = rule.missing, recalculation.lacksOwnValue(node, rule) {
                notes.append("缺失值规则：按 \(Formula.labels(graph).text(missing)) 计 = \(value(of: index))")
                notes += statisticNotes(missing)
                if recalculation.dividesByZero(node, rule) {
                    notes.append("自身得分缺失：\(Missing.divisionByZero.label)")
                }
            }
        case .classification(let conditions, let texts, _):
            if let text = firm.texts[index], let position = texts.firstIndex(of: text),
                position < conditions.count
            {
                notes += conditionNotes(conditions[position])
            }
        default: break
        }
        guard let expression else {
            return Explanation.Step(
                name: node.name, label: node.label, value: value(of: index), formula: "", substitution: "",
                notes: notes,
                source: source, parts: [])
        }
        notes += statisticNotes(expression)
        return Explanation.Step(
            name: node.name, label: node.label, value: value(of: index),
            formula: Formula.labels(graph).text(expression),
            substitution: Formula.values(graph, text(of:)).text(expression), notes: notes, source: source,
            parts: parts(of: expression, &shown))
    }

    /// The values that an expression mentions.
    func parts(of expression: Expression, _ shown: inout Set<Int>) -> [Explanation.Step] {
        var parts: [Explanation.Step] = []
        for inner in expression.mentionedNodes {
            parts.append(shown.contains(inner) ? named(inner) : step(inner, &shown))
        }
        return parts
    }

    /// A condition in words, and with the firm's values put in.
    func conditionNotes(_ condition: Expression) -> [String] {
        [
            "条件：\(Formula.labels(graph).text(condition))",
            "代入：\(Formula.values(graph, text(of:)).text(condition))",
        ] + statisticNotes(condition)
    }

    /// A value that is explained above already is named again, not explained again.
    private func named(_ index: Int) -> Explanation.Step {
        let node = graph.nodes[index]
        return Explanation.Step(
            name: node.name, label: node.label, value: value(of: index), formula: "", substitution: "",
            notes: [], source: node.source, parts: [])
    }

    private func statisticNotes(_ expression: Expression) -> [String] {
        expression.mentionedStatistics.map { index in
            "\(graph.statistics[index].label) = \(statistic(index))\(firm.statistics[index].map { "（\($0.count) 户）" } ?? "")"
        }
    }

    // MARK: Texts

    /// The firm's value of a part of a formula; `nil` where it is put together from its own parts.
    private func text(of part: Expression) -> String? {
        switch part {
        case .node(let node): return number(of: node)
        case .statistic(let index):
            return firm.statistics[index].map { group in
                Cell.isMissing(group.value)
                    ? "缺失" : DecimalText.format(group.value, decimals: graph.statistics[index].decimals)
            } ?? "缺失"
        case .yearsSince(let node): return "自 \(value(of: node)) 满年数"
        case .fallback(.node(let node), .constant(let replacement)):
            guard let cause = Cell.cause(cells[node]), cause != .refusedRow else { return number(of: node) }
            return "\(replacement.spelling)（缺失）"
        case .isMissing(.node(let node)), .not(.isMissing(.node(let node))):
            return Cell.isMissing(cells[node]) ? value(of: node) : "\(number(of: node)) 未缺失"
        default: return nil
        }
    }

    private func statistic(_ index: Int) -> String {
        guard let group = firm.statistics[index], !Cell.isMissing(group.value) else { return "缺失" }
        return DecimalText.format(group.value, decimals: graph.statistics[index].decimals)
            + suffix(graph.statistics[index].unit)
    }

    private func suffix(_ unit: Unit) -> String { unit.isOne ? "" : " \(unit.symbol)" }

    private func number(of node: Int) -> String {
        guard case .number = graph.nodes[node].type, !Cell.isMissing(cells[node]) else {
            return value(of: node)
        }
        return DecimalText.format(cells[node], decimals: graph.nodes[node].decimals)
    }

    /// A node's value with its unit, or why it is missing.
    package func value(of node: Int) -> String {
        if let cause = Cell.cause(cells[node]) { return "缺失（\(cause.label)）" }
        switch graph.nodes[node].type {
        case .number(let unit):
            return DecimalText.format(cells[node], decimals: graph.nodes[node].decimals) + suffix(unit)
        case .category: return firm.texts[node] ?? ""
        case .day: return Day(number: cells[node]).description
        case .flag: return cells[node] == 0 ? "否" : "是"
        }
    }
}
