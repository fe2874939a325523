/// Why one firm stands where it stands: a tree from its tier back to the feeds.
package struct Explanation: Sendable {
    /// One value and how it came about.
    package struct Step: Sendable {
        /// ASCII name of the node.
        package let name: String
        /// 亩均税收.
        package let label: String
        /// `23.1043 万元/亩`, or `缺失（除数为零）`.
        package let value: String
        /// With labels: `税收 ÷ 用地面积`; empty for columns of feeds and for what is explained above already.
        package let formula: String
        /// The same with numbers put in: `231.0430 ÷ 10.0000`.
        package let substitution: String
        /// What else to know: the missing rule that applied, the cohort's statistic and its count.
        package let notes: [String]
        /// Document and article, or the department that sent the feed.
        package let source: String
        /// The values that the formula mentions, in the order of mention.
        package let parts: [Step]
    }

    /// The total first, then the indicators that are no part of it.
    package let steps: [Step]
}

/// Walks the graph for one firm.
package struct Explainer {
    private let graph: Graph
    private let firm: FirmValues
    /// The firm's own values computed once more from its feed columns, causes of missing values included.
    private let cells: [Int64]

    package init(graph: Graph, firm: FirmValues) {
        self.graph = graph
        self.firm = firm
        cells = Explainer.recompute(graph, firm)
    }

    /// What left the firm unresolved beside its total, the tree below the total (for firms to be graded), then every
    /// indicator that is not part of it.
    package func explanation() -> Explanation {
        var steps: [Explanation.Step] = []
        var shown: Set<Int> = []
        let isUnresolved = firm.texts[graph.landmarks.state] == graph.states.last?.name
        if isUnresolved {
            for node in openNodes where !shown.contains(node) { steps.append(step(node, &shown)) }
        }
        if isUnresolved || !Cell.isMissing(cells[graph.landmarks.total]) {
            steps.append(step(graph.landmarks.total, &shown))
        }
        for (index, node) in graph.nodes.enumerated()
        where node.section == .indicator && !shown.contains(index) {
            steps.append(step(index, &shown))
        }
        return Explanation(steps: steps)
    }

    /// Values that scope rules and decisions ask for and that a refused row has taken away.
    private var openNodes: [Int] {
        var conditions = graph.decisions.map(\.condition)
        if case .scope(let scope) = graph.nodes[graph.landmarks.scope].rule { conditions += scope }
        return conditions.flatMap(\.mentionedNodes).filter { Cell.cause(cells[$0]) == .refusedRow }
    }

    private func step(_ index: Int, _ shown: inout Set<Int>) -> Explanation.Step {
        let node = graph.nodes[index]
        shown.insert(index)
        var notes: [String] = []
        var source = node.source
        var expression: Expression?
        switch node.rule {
        case .row(let rule): expression = rule
        case .perCohort(let rules):
            guard
                let cohort = graph.cohorts.firstIndex(where: { $0.name == firm.texts[graph.landmarks.cohort] }
                ),
                let rule = rules[cohort]
            else { break }
            expression = rule.expression
            if !rule.source.isEmpty {
                source = graph.sources.first { $0.key == rule.source }?.text ?? rule.source
            }
            if let missing = rule.missing, applies(missingRuleOf: rule, at: index) {
                notes.append("缺失值规则：按 \(Formula.labels(graph).text(missing)) 计 = \(value(of: index))")
                notes += statisticNotes(missing)
            }
        case .classification(let conditions, let texts, _):
            if let text = firm.texts[index], let position = texts.firstIndex(of: text),
                position < conditions.count
            {
                notes.append("条件：\(Formula.labels(graph).text(conditions[position]))")
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
        var parts: [Explanation.Step] = []
        for inner in expression.mentionedNodes {
            parts.append(shown.contains(inner) ? named(inner) : step(inner, &shown))
        }
        return Explanation.Step(
            name: node.name, label: node.label, value: value(of: index),
            formula: Formula.labels(graph).text(expression),
            substitution: Formula.values(graph, text(of:)).text(expression), notes: notes, source: source,
            parts: parts)
    }

    /// A value that is explained above already is named again, not explained again.
    private func named(_ index: Int) -> Explanation.Step {
        let node = graph.nodes[index]
        return Explanation.Step(
            name: node.name, label: node.label, value: value(of: index), formula: "", substitution: "",
            notes: [], source: node.source, parts: [])
    }

    /// The rule replaces a missing value, whatever made it missing but a refused row.
    private func applies(missingRuleOf rule: Node.CohortRule, at index: Int) -> Bool {
        let own = Explainer.evaluate(rule.expression, for: graph.nodes[index], graph, firm, cells)
        return Cell.cause(own).map { $0 != .refusedRow } ?? false
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

    // MARK: One firm once more

    /// The stored cells, with missing cells of expressions replaced by their cause, found by evaluating them.
    private static func recompute(_ graph: Graph, _ firm: FirmValues) -> [Int64] {
        var cells = firm.cells
        for node in graph.nodes.indices where firm.texts[node] != nil { cells[node] = 0 }
        for index in graph.order where Cell.isMissing(cells[index]) {
            guard case .row(let expression) = graph.nodes[index].rule else { continue }
            let cell = evaluate(expression, for: graph.nodes[index], graph, firm, cells)
            // Only the cause is taken over: a value is what the run has stored.
            if Cell.isMissing(cell) { cells[index] = cell }
        }
        return cells
    }

    /// An expression for this one firm, rounded as the node says.
    private static func evaluate(
        _ expression: Expression, for node: Node, _ graph: Graph, _ firm: FirmValues, _ cells: [Int64]
    ) -> Int64 {
        let lookups = graph.statistics.indices.map { index in
            StatisticLookup(
                decimals: graph.statistics[index].decimals, cohort: nil, by: nil, groups: [], groupCount: 1,
                values: [firm.statistics[index]?.value ?? Missing.noRow.cell])
        }
        let dictionaries = firm.texts.map { text in text.map { [$0] } ?? [] }
        let plan = Planner(graph: graph, dictionaries: dictionaries, lookups: lookups).plan(expression)
        let row: [Int32] = [0]
        var result = Missing.notApplicable.cell
        row.withUnsafeBufferPointer { rows in
            guard let rows = rows.baseAddress else { return }
            let evaluator = BlockEvaluator(cells: cells.map { [$0] }, slots: plan.slots, rows: rows)
            _ = evaluator.number(
                plan, rows: rows, count: 1, decimals: node.decimals, rounding: node.rounding, into: &result)
        }
        return result
    }
}
