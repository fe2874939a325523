/// The nodes that the method declares. They get their rules afterwards, so that expressions may name each other in
/// any order.
struct Declarations {
    private(set) var values: [(node: Int, value: MethodDocument.Value)] = []
    private(set) var groups: [(node: Int, group: MethodDocument.Group)] = []
    /// Points node of each indicator that some cohort scores, by the name that the cohorts use.
    private(set) var points: [String: Int] = [:]
    private(set) var adjustments: [(node: Int, adjustment: MethodDocument.Adjustment)] = []
    let landmarks: Graph.Landmarks

    init(_ compilation: inout Compilation) {
        let document = compilation.document
        for (section, declarations) in [
            (Node.Section.measure, document.measures), (.indicator, document.indicators),
        ] {
            for value in declarations where compilation.mayBeDeclared(value.name) {
                let node = compilation.declare(
                    value.name, label: value.label, section, .number(value.unit), decimals: value.decimals,
                    rounding: value.rounding, source: value.source)
                if let node { values.append((node, value)) }
            }
        }
        for group in document.groups where compilation.mayBeDeclared(group.name) {
            let node = compilation.declare(
                group.name, label: group.label, .group, .category, source: group.source, texts: group.texts)
            if let node { groups.append((node, group)) }
        }
        points = Declarations.points(&compilation)
        for adjustment in document.adjustments where compilation.mayBeDeclared(adjustment.name) {
            let node = compilation.declare(
                adjustment.name, label: adjustment.label, .adjustment, .number(.one),
                decimals: adjustment.decimals, source: adjustment.source)
            if let node { adjustments.append((node, adjustment)) }
        }
        landmarks = Graph.Landmarks(&compilation)
    }

    private static func points(_ compilation: inout Compilation) -> [String: Int] {
        var points: [String: Int] = [:]
        let cohorts = compilation.document.cohorts
        for indicator in cohorts.flatMap(\.indicators) where points[indicator.name.text] == nil {
            guard let value = compilation.draft.scored(indicator) else { continue }
            let scoring = cohorts.filter { cohort in
                cohort.indicators.contains { $0.name.text == indicator.name.text }
            }
            if Set(scoring.map(\.pointsDecimals)).count > 1 {
                compilation.complain(
                    about: indicator.name,
                    "the cohorts round the points of ‘\(indicator.name.text)’ to different decimals; use one number of decimals"
                )
            }
            let scored = compilation.draft.nodes[value]
            let name = "points_\(scored.name)"
            if let taken = compilation.draft.node(called: name) {
                let place = compilation.draft.nodes[taken].place
                compilation.complainAboutSecond(.init(name, at: place), first: indicator.name.place)
                continue
            }
            points[indicator.name.text] = compilation.declare(
                .init(name, at: indicator.name.place), label: scored.label + "得分", .points, .number(.one),
                decimals: scoring[0].pointsDecimals)
        }
        return points
    }
}

extension Draft {
    /// The number that a cohort scores.
    func scored(_ indicator: MethodDocument.Cohort.Indicator) -> Int? {
        guard let node = node(called: indicator.name.text), case .number = nodes[node].type,
            [.indicator, .measure].contains(nodes[node].section)
        else { return nil }
        return node
    }
}

extension Graph.Landmarks {
    /// Declares them, even when the method lacks their sections, so that its other expressions can be checked.
    fileprivate init(_ compilation: inout Compilation) {
        let document = compilation.document
        func standing(_ name: String, _ label: String, at place: SourcePlace?, texts: [String]?) -> Int {
            compilation.declare(
                .init(name, at: place ?? .start), label: label, .standing,
                texts == nil ? .number(.one) : .category, texts: texts ?? []) ?? 0
        }
        let states = document.states.map(\.name)
        let tiers = document.tiers?.order.map(\.text) ?? []
        let scopePlace = document.scope.first?.condition.place
        let tierPlace = document.tiers?.order.first?.place
        scope = standing("scope", "评价范围", at: scopePlace, texts: states)
        state = standing("state", "评价状态", at: scopePlace, texts: states)
        cohort = standing(
            "cohort", "评价组", at: document.cohorts.first?.condition.place,
            texts: document.cohorts.map(\.name.text))
        let total = document.total
        self.total =
            compilation.declare(
                .init("total", at: total?.expression.place ?? .start), label: total?.label ?? "", .score,
                .number(.one), decimals: total?.decimals ?? 0, rounding: total?.rounding ?? .halfAway,
                source: total?.source ?? "") ?? 0
        rank = standing("rank", "排名", at: tierPlace, texts: nil)
        initialTier = standing("initial_tier", "初定档次", at: tierPlace, texts: tiers)
        tier = standing("tier", "档次", at: tierPlace, texts: tiers)
    }
}
