/// A method's rules one by one in words, each taken apart into what can differ by itself.
struct MethodWords {
    /// A part with what it means and how it is said.
    struct Facet {
        let name: String
        /// Equal for two methods when the part computes alike.
        let meaning: String
        let side: MethodDifference.Side

        init(_ name: String, _ words: String, meaning: String? = nil, at place: SourcePlace? = nil) {
            self.name = name
            self.meaning = meaning ?? words
            side = MethodDifference.Side(words: words, place: place)
        }
    }

    /// Something that a line of the meaning speaks of.
    struct Thing {
        let kind: MethodDifference.Kind
        let label: String
        let whole: MethodDifference.Side
        let facets: [Facet]
        /// The line itself.
        let text: String
        /// What is tried one after the other.
        var order: [String] = []
    }

    let graph: Graph
    let root: SourceNode
    let meaning: MeaningText
    let formula: Formula
    /// Where each name stands among its kind, in the order of the file.
    let places: [String: Int]

    init(_ graph: Graph, _ root: SourceNode) {
        self.graph = graph
        self.root = root
        meaning = MeaningText(graph: graph, writesOutColumns: true)
        formula = Formula.rules(graph)
        var names = graph.nodes.map(\.name) + graph.statistics.map(\.name) + graph.states.map(\.name)
        names += graph.cohorts.map(\.name) + graph.decisions.map(\.name)
        for list in graph.lists { names += [list.name] + list.grounds.map(\.name) }
        places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    func words(of key: MeaningLine.Key, text: String) -> Thing {
        let found: Thing? =
            switch key.kind {
            case "node": graph.node(named: key.name).map { node($0, text) }
            case "statistic": statistic(key.name, text)
            case "state": state(key.name, text)
            case "cohort": cohort(key.name, text)
            case "decision": decision(key.name, text)
            case "list": list(key.name, text)
            case "ground": ground(key.name, of: key.list, text)
            default: setting(key.kind, text)
            }
        return found
            ?? Thing(
                kind: .other, label: key.kind, whole: .init(words: text, place: nil), facets: [], text: text)
    }

    // MARK: Nodes

    private func node(_ index: Int, _ text: String) -> Thing {
        let node = graph.nodes[index]
        var facets: [Facet] = []
        if let unit = node.unit {
            facets.append(Facet("单位", unit.symbol, meaning: meaning.of(node.type), at: node.place))
            facets.append(Facet("小数位", "\(node.decimals)", at: node.place))
            facets.append(Facet("舍入", node.rounding.words, at: node.place))
        }
        facets += rules(of: node, index)
        var words = graph.formula(of: node)
        if let unit = node.unit, node.section != .column {
            words += "，\(unit.isOne ? "" : "\(unit.symbol)，")\(node.decimals) 位小数"
        }
        if node.section == .column { words = node.label }
        let whole = MethodDifference.Side(words: words, place: node.place)
        return Thing(
            kind: kind(of: node, index), label: node.label, whole: whole, facets: facets, text: text,
            order: order(of: node, index))
    }

    private func order(of node: Node, _ index: Int) -> [String] {
        switch node.rule {
        case .classification(_, let texts, _):
            index == graph.landmarks.cohort ? texts.map(label(ofCohort:)) : texts
        case .scope: graph.states.dropFirst().dropLast().map(\.label)
        case .column, .row, .perCohort, .state, .rank, .initialTier, .tier: []
        }
    }

    private func kind(of node: Node, _ index: Int) -> MethodDifference.Kind {
        switch node.section {
        case .column: .input
        case .measure: .measure
        case .indicator: .indicator
        case .group: .group
        case .points: .points
        case .adjustment: .adjustment
        case .score: .total
        case .standing:
            index == graph.landmarks.scope
                ? .scope : index == graph.landmarks.cohort ? .cohort : .tiers
        }
    }

    private func rules(of node: Node, _ index: Int) -> [Facet] {
        switch node.rule {
        case .row(let expression): [condition("公式", expression, at: node.place)]
        case .perCohort(let rules):
            zip(graph.cohorts, rules).flatMap { cohort, rule in
                rule.map { facets(of: $0, cohort, node, index) } ?? []
            }
        case .classification(let conditions, let texts, let otherwise):
            zip(texts, conditions).map { choice in
                let name = index == graph.landmarks.cohort ? label(ofCohort: choice.0) : choice.0
                let place =
                    root.place(
                        of: index == graph.landmarks.cohort
                            ? ["cohorts", choice.0, "where"] : ["groups", node.name, "first_of", choice.0])
                    ?? node.place
                let rule = condition("", choice.1, at: place)
                return Facet(name, rule.side.words, meaning: rule.meaning, at: place)
            }
                + (Cell.isMissing(otherwise)
                    ? [] : [Facet("均不符合时", texts.last ?? "", at: node.place)])
        case .scope(let conditions):
            zip(graph.states.dropFirst(), conditions).map { rule in
                let (state, expression) = rule
                let place = root.place(of: ["scope", state.name, "when"])
                let rule = condition("", expression, at: place)
                return Facet(state.label, rule.side.words, meaning: rule.meaning, at: place)
            }
        case .column(let column):
            [Facet("", node.label, meaning: meaning.of(graph.feedColumns[column]), at: node.place)]
        case .state, .rank, .initialTier, .tier: []
        }
    }

    private func label(ofCohort name: String) -> String {
        graph.cohorts.first { $0.name == name }?.label ?? name
    }

    func condition(_ name: String, _ expression: Expression, at place: SourcePlace?) -> Facet {
        Facet(name, formula.text(expression), meaning: meaning.of(expression), at: place)
    }

    /// Weight and baseline by themselves, and the formula with their names.
    private func facets(of rule: Node.CohortRule, _ cohort: Cohort, _ node: Node, _ index: Int) -> [Facet] {
        let path: [String]
        if node.section == .points,
            let entry = cohort.weightedIndicators.first(where: { $0.points == index })
        {
            path = ["cohorts", cohort.name, "indicators", graph.nodes[entry.indicator].name]
        } else {
            path = [node.section == .score ? "total" : "adjustments", node.name]
        }
        func place(_ key: String) -> SourcePlace? {
            // Where a parameter stands for the number, its value says it.
            parameter(mentionedAt: path + [key])?.value.place ?? root.place(of: path + [key]) ?? node.place
        }
        var facets: [Facet] = []
        if node.section == .score { facets += weights(of: cohort, in: rule) }
        for (role, key) in [(Expression.Constant.Role.weight, "weight"), (.baseline, "baseline")]
        where node.section != .score {
            let name = role.rawValue
            guard let constant = rule.expression.constant(role) else { continue }
            facets.append(
                Facet(
                    "\(cohort.label) \(name)", constant.spelling, meaning: meaning.of(.constant(constant)),
                    at: place(key)))
        }
        let plain = rule.expression.withNamesForConstants
        facets.append(
            Facet(
                // The total names no weight but where it makes up for what is missing, which has words of its own.
                "\(cohort.label) 公式", formula.text(node.section == .score ? rule.expression : plain),
                meaning: meaning.of(plain), at: place(node.section == .points ? "formula" : "value")))
        if let missing = rule.missing {
            facets.append(condition("\(cohort.label) 缺失值", missing, at: place("missing")))
        } else if rule.isLeftOut {
            facets.append(Facet("\(cohort.label) 缺失值", "不计入，其余指标按权重分摊", at: place("missing")))
        }
        return facets
    }

    static let weightsOfTotal = "各指标权重"

    /// With which the total makes up for what is left out.
    private func weights(of cohort: Cohort, in rule: Node.CohortRule) -> [Facet] {
        guard rule.expression.hasNamedConstants else { return [] }
        let weights = cohort.weightedIndicators.map { "\(graph.nodes[$0.indicator].label) \($0.weight)" }
        return [
            Facet(
                "\(cohort.label) \(MethodWords.weightsOfTotal)", weights.joined(separator: "、"),
                at: root.place(of: ["cohorts", cohort.name, "indicators"]))
        ]
    }
}

extension MethodWords {
    /// The parameter that the value under the keys names.
    private func parameter(mentionedAt path: [String]) -> PickedParameter? {
        var node: SourceNode? = root
        for key in path { node = node?.value(key) }
        guard let word = node?.word else { return nil }
        return graph.parameters.first { $0.name == word || $0.label == word }
    }
}

extension Expression {
    /// The first weight or baseline in it.
    fileprivate func constant(_ role: Constant.Role) -> Constant? {
        if case .constant(let constant) = self, constant.role == role { return constant }
        return parts.lazy.compactMap { $0.constant(role) }.first
    }

    fileprivate var hasNamedConstants: Bool {
        var found = false
        visit { if case .constant(let constant) = $0, !constant.name.isEmpty { found = true } }
        return found
    }

    /// With 权重 and 基准值 in place of their numbers, so that it reads the same for all numbers.
    fileprivate var withNamesForConstants: Expression {
        func all(_ parts: [Expression]) -> [Expression] { parts.map(\.withNamesForConstants) }
        return switch self {
        case .constant(let constant):
            constant.role.map {
                .constant(Constant(numerator: 0, denominator: 1, name: "", spelling: $0.rawValue))
            } ?? self
        case .node, .statistic, .yearsSince, .isOneOf: self
        case .negate(let a): .negate(a.withNamesForConstants)
        case .not(let a): .not(a.withNamesForConstants)
        case .unless(let a): .unless(a.withNamesForConstants)
        case .isMissing(let a): .isMissing(a.withNamesForConstants)
        case .real(let function, let parts): .real(function, all(parts))
        case .add(let a, let b): .add(a.withNamesForConstants, b.withNamesForConstants)
        case .subtract(let a, let b): .subtract(a.withNamesForConstants, b.withNamesForConstants)
        case .multiply(let a, let b): .multiply(a.withNamesForConstants, b.withNamesForConstants)
        case .divide(let a, let b): .divide(a.withNamesForConstants, b.withNamesForConstants)
        case .fallback(let a, let b): .fallback(a.withNamesForConstants, b.withNamesForConstants)
        case .compare(let sign, let a, let b):
            .compare(sign, a.withNamesForConstants, b.withNamesForConstants)
        case .choose(let condition, let then, let otherwise):
            .choose(
                condition: condition.withNamesForConstants, then: then.withNamesForConstants,
                otherwise: otherwise.withNamesForConstants)
        case .minimum(let parts): .minimum(all(parts))
        case .maximum(let parts): .maximum(all(parts))
        case .and(let parts): .and(all(parts))
        case .or(let parts): .or(all(parts))
        }
    }
}
