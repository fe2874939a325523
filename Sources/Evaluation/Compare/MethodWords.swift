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
    }

    let graph: Graph
    private let root: SourceNode
    private let meaning: MeaningText
    private let formula: Formula
    /// Where each name stands among its kind, in the order of the file.
    let places: [String: Int]

    init(_ graph: Graph, _ root: SourceNode) {
        self.graph = graph
        self.root = root
        meaning = MeaningText(graph: graph)
        formula = Formula.labels(graph)
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
            facets.append(Facet("舍入", node.rounding.label, at: node.place))
        }
        facets += rules(of: node, index)
        var words = graph.formula(of: node)
        if let unit = node.unit, node.section != .column {
            words += "，\(unit.isOne ? "" : "\(unit.symbol)，")\(node.decimals) 位小数"
        }
        let whole = MethodDifference.Side(words: words, place: node.place)
        return Thing(kind: kind(of: node, index), label: node.label, whole: whole, facets: facets, text: text)
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
            zip(texts, conditions).enumerated().map { position, choice in
                let name = index == graph.landmarks.cohort ? label(ofCohort: choice.0) : choice.0
                let place =
                    root.place(
                        of: index == graph.landmarks.cohort
                            ? ["cohorts", choice.0, "where"] : ["groups", node.name, "first_of", choice.0])
                    ?? node.place
                let rule = condition("", choice.1, at: place)
                return Facet(name, rule.side.words, meaning: "\(position) \(rule.meaning)", at: place)
            }
                + (Cell.isMissing(otherwise)
                    ? [] : [Facet("均不符合时", texts.last ?? "", at: node.place)])
        case .scope(let conditions):
            zip(graph.states.dropFirst(), conditions).enumerated().map { position, rule in
                let (state, expression) = rule
                let place = root.place(of: ["scope", state.name, "when"])
                let rule = condition("", expression, at: place)
                return Facet(state.label, rule.side.words, meaning: "\(position) \(rule.meaning)", at: place)
            }
        case .column, .state, .rank, .initialTier, .tier: []
        }
    }

    private func label(ofCohort name: String) -> String {
        graph.cohorts.first { $0.name == name }?.label ?? name
    }

    private func condition(_ name: String, _ expression: Expression, at place: SourcePlace?) -> Facet {
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
        func place(_ key: String) -> SourcePlace? { root.place(of: path + [key]) ?? node.place }
        var facets: [Facet] = []
        for (name, key) in [
            (ExpressionChecker.Parameter.weight.rawValue, "weight"),
            (ExpressionChecker.Parameter.baseline.rawValue, "baseline"),
        ] {
            guard let constant = rule.expression.constant(named: name) else { continue }
            facets.append(
                Facet(
                    "\(cohort.label) \(name)", constant.spelling, meaning: meaning.of(.constant(constant)),
                    at: place(key)))
        }
        let plain = rule.expression.withNamesForConstants
        facets.append(
            Facet(
                "\(cohort.label) 公式", formula.text(plain), meaning: meaning.of(plain), at: place("formula")))
        if let missing = rule.missing {
            facets.append(condition("\(cohort.label) 缺失值", missing, at: place("missing")))
        }
        return facets
    }

    // MARK: Statistics, states, cohorts

    private func statistic(_ name: String, _ text: String) -> Thing? {
        guard let statistic = graph.statistics.first(where: { $0.name == name }) else { return nil }
        let place = root.place(of: ["statistics", name])
        var parts = [graph.nodes[statistic.argument].label, statistic.function.label]
        switch statistic.members {
        case .graded: parts.append("参评企业")
        case .registry: parts.append("名录企业")
        case .cohort:
            parts.append(statistic.onlyCohort.map { graph.cohorts[$0].label } ?? "本评价组")
        }
        if let by = statistic.by {
            parts.append(
                "按\(graph.nodes[by].label)\(statistic.prefix.map { "前\($0)位" } ?? "")")
        }
        let words = parts.joined(separator: " ")
        return Thing(
            kind: .statistic, label: statistic.label, whole: .init(words: words, place: place),
            facets: [
                Facet("计算", words, at: place), Facet("小数位", "\(statistic.decimals)", at: place),
                Facet("舍入", statistic.rounding.label, at: place),
            ], text: text)
    }

    private func state(_ name: String, _ text: String) -> Thing? {
        guard let state = graph.states.first(where: { $0.name == name }) else { return nil }
        let place = root.place(of: ["scope", name, "class"])
        return Thing(
            kind: .scope, label: state.label,
            whole: .init(words: state.accountingClass.label, place: place),
            facets: [Facet("计入", state.accountingClass.label, at: place)], text: text)
    }

    private func cohort(_ name: String, _ text: String) -> Thing? {
        guard let index = graph.cohorts.firstIndex(where: { $0.name == name }) else { return nil }
        var shares: [String] = []
        var before = 0
        for (tier, share) in zip(graph.ranking.tiers, graph.ranking.cumulative[index]) {
            shares.append("\(tier) \(DecimalText.trimmed(Int64(share - before), decimals: 2))%")
            before = share
        }
        if let last = graph.ranking.tiers.last { shares.append("\(last) 其余") }
        let place = root.place(of: ["cohorts", name, "quota"])
        let words = shares.joined(separator: "，")
        let own = root.value("cohorts")?.value(name)?.value("quota") != nil
        let from = own ? place : root.place(of: ["tiers", "quota"])
        return Thing(
            kind: .cohort, label: graph.cohorts[index].label, whole: .init(words: words, place: from),
            facets: [Facet("划档比例", words, at: from)], text: text)
    }

    // MARK: Decisions and lists

    private func decision(_ name: String, _ text: String) -> Thing? {
        let path = ["decisions", name]
        let priority = root.place(of: path + ["priority"])
        if let rule = graph.manualRule, rule.name == name {
            let words = "人工认定，优先级 \(rule.priority)"
            return Thing(
                kind: .decision, label: rule.label, whole: .init(words: words, place: root.place(of: path)),
                facets: [
                    Facet("来源", "人工认定", at: root.place(of: path + ["from"])),
                    Facet("优先级", "\(rule.priority)", at: priority),
                ], text: text)
        }
        guard let rule = graph.decisions.first(where: { $0.name == name }) else { return nil }
        let effect =
            switch rule.effect {
            case .set(let tier): "定为 \(graph.ranking.tiers[tier])"
            case .notAbove(let tier): "不高于 \(graph.ranking.tiers[tier])"
            case .notBelow(let tier): "不低于 \(graph.ranking.tiers[tier])"
            }
        let when = root.place(of: path + ["when"])
        return Thing(
            kind: .decision, label: rule.label,
            whole: .init(
                words: "\(formula.text(rule.condition))：\(effect)，优先级 \(rule.priority)", place: rule.place),
            facets: [
                condition("条件", rule.condition, at: when),
                Facet("作用", effect, meaning: meaning.of(rule.effect), at: rule.place),
                Facet("优先级", "\(rule.priority)", at: priority),
            ], text: text)
    }

    private func list(_ name: String, _ text: String) -> Thing? {
        guard let list = graph.lists.first(where: { $0.name == name }) else { return nil }
        let path = ["lists", name]
        let audience =
            switch list.audience {
            case .public: "公开"
            case .town: "镇街"
            case .office: "评价办公室"
            }
        let members = list.overRegistry ? "名录企业" : "参评企业"
        return Thing(
            kind: .list, label: list.label,
            whole: .init(words: "\(audience)，\(members)", place: root.place(of: path)),
            facets: [
                Facet("公开范围", audience, at: root.place(of: path + ["audience"])),
                Facet("列入对象", members, at: root.place(of: path + ["over"])),
            ], text: text)
    }

    private func ground(_ name: String, of list: String, _ text: String) -> Thing? {
        guard let list = graph.lists.first(where: { $0.name == list }),
            let ground = list.grounds.first(where: { $0.name == name })
        else { return nil }
        let place =
            root.place(of: ["lists", list.name, "grounds", name, "when"])
            ?? root.place(of: ["lists", list.name, "where"])
        let facet = condition("条件", ground.condition, at: place)
        return Thing(
            kind: .list,
            label: ground.label == list.label ? list.label : "\(list.label)：\(ground.label)",
            whole: facet.side, facets: [facet], text: text)
    }

    // MARK: Settings without a name

    private func setting(_ key: String, _ text: String) -> Thing? {
        let ranking = graph.ranking
        let found: (MethodDifference.Kind, String, String, [String])? =
            switch key {
            case "data_year": (.parameter, "数据年度", "\(graph.dataYear)", ["data_year"])
            case "as_of": (.parameter, "时点", "\(graph.asOf)", ["as_of"])
            case "tiers": (.tiers, "档次", ranking.tiers.joined(separator: "、"), ["tiers", "order"])
            case "rank_by":
                (
                    .tiers, "排名依据",
                    ranking.keys.map { "\(graph.nodes[$0.node].label)\($0.descending ? "" : "（升序）")" }
                        .joined(separator: "、"), ["tiers", "rank_by"]
                )
            case "ties": (.tiers, "并列处理", ranking.ties.label, ["tiers", "ties"])
            case "round": (.tiers, "户数取整", ranking.rounding.label, ["tiers", "round"])
            case "bound":
                (.tiers, "档次界限", ranking.bound == .closed ? "含界点" : "不含界点", ["tiers", "bound"])
            case "of":
                (
                    .tiers, "比例基数", ranking.base == .graded ? "参评企业" : "参评与暂不评价企业",
                    ["tiers", "of"]
                )
            default: nil
            }
        return found.map { kind, label, words, path in
            Thing(
                kind: kind, label: label, whole: .init(words: words, place: root.place(of: path)), facets: [],
                text: text)
        }
    }
}

extension Expression {
    /// The first weight or baseline in it.
    fileprivate func constant(named name: String) -> Constant? {
        if case .constant(let constant) = self, constant.name == name { return constant }
        return parts.lazy.compactMap { $0.constant(named: name) }.first
    }

    /// With 权重 and 基准值 in place of their numbers, so that it reads the same for all numbers.
    fileprivate var withNamesForConstants: Expression {
        func all(_ parts: [Expression]) -> [Expression] { parts.map(\.withNamesForConstants) }
        return switch self {
        case .constant(let constant):
            constant.name.isEmpty
                ? self : .constant(Constant(numerator: 0, denominator: 1, name: "", spelling: constant.name))
        case .node, .statistic, .yearsSince, .isOneOf: self
        case .negate(let a): .negate(a.withNamesForConstants)
        case .not(let a): .not(a.withNamesForConstants)
        case .isMissing(let a): .isMissing(a.withNamesForConstants)
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

extension Rounding {
    fileprivate var label: String {
        switch self {
        case .halfAway: "四舍五入"
        case .halfEven: "四舍六入五成双"
        case .down: "向零舍去"
        case .up: "远离零进位"
        }
    }
}

extension Statistic.Function {
    fileprivate var label: String {
        switch self {
        case .sum: "合计"
        case .mean: "均值"
        case .minimum: "最小值"
        case .maximum: "最大值"
        case .count: "户数"
        case .median: "中位数"
        case .quantile(let share): "\(DecimalText.trimmed(Int64(share), decimals: 2))% 分位数"
        }
    }
}

extension Ranking.Ties {
    fileprivate var label: String {
        switch self {
        case .shareBetter: "并列者同入较好档次"
        case .shareWorse: "并列者同入较差档次"
        case .split: "并列者按统一社会信用代码分开"
        }
    }
}

extension Ranking.QuotaRounding {
    fileprivate var label: String {
        switch self {
        case .down: "舍去"
        case .up: "进一"
        case .nearest: "四舍五入"
        }
    }
}
