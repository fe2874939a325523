/// Compiles a method file into a graph, or into everything that is wrong with it.
package struct Checker {
    /// The graph, when nothing but warnings was found.
    package private(set) var graph: Graph?
    /// Errors and warnings in the order of the file.
    package private(set) var problems: [MethodProblem]

    /// Every value is a column of one table, and SQLite tables have at most 2,000.
    private static let maximumNodes = 1000

    private var draft: Draft
    private let document: MethodDocument

    package init(_ root: SourceNode, contracts: [FeedContract]) {
        let reader = MethodReader(root)
        document = reader.document
        problems = reader.problems
        draft = Draft(contracts: contracts)
        check()
        problems.sort { $0.place < $1.place }
        if problems.contains(where: { $0.severity == .error }) { graph = nil }
    }

    // MARK: The way through

    private mutating func check() {
        guard let total = document.total, let tiers = document.tiers, !document.cohorts.isEmpty else {
            return
        }
        let declared = declareNodes(total)
        giveRules(declared, total)
        guard draft.nodes.count <= Checker.maximumNodes else {
            complain(
                SourcePlace(line: 1, column: 1),
                "the method has \(draft.nodes.count) values, more than the \(Checker.maximumNodes) that one table of the store can hold; split the method"
            )
            return
        }
        let decisions = checkDecisions(tiers)
        let lists = checkLists()
        let ranking = checkRanking(tiers)
        guard !problems.contains(where: { $0.severity == .error }), let ranking, let nodes = finishedNodes()
        else { return }
        let shape = Dependencies(
            nodes: nodes, statistics: draft.statistics, landmarks: declared.landmarks, ranking: ranking,
            decisions: decisions)
        let order: [Int]
        switch shape.order() {
        case .success(let found): order = found
        case .failure(let cycle):
            let names = cycle.nodes.map { nodes[$0].name }
            let place = cycle.nodes.first.map { nodes[$0].place } ?? SourcePlace(line: 1, column: 1)
            complain(
                place, length: names.first?.count ?? 1,
                "these values need each other in a circle: \((names + names.prefix(1)).joined(separator: " → ")); one of them must be computed without the others"
            )
            return
        }
        warnAboutUnused(nodes, shape, lists: lists)
        let graph = Graph(
            id: document.id, title: document.title, note: document.note, dataYear: document.dataYear,
            asOf: document.asOf, sources: document.sources, contracts: draft.contracts,
            feedColumns: draft.columns,
            nodes: nodes, order: order, statistics: draft.statistics, states: states(),
            cohorts: cohorts(declared),
            ranking: ranking, decisions: decisions, manualPriority: document.manualPriority?.priority,
            lists: lists,
            landmarks: declared.landmarks, warnings: problems.filter { $0.severity == .warning })
        self.graph = graph
    }

    private mutating func complain(
        _ place: SourcePlace, length: Int = 1, _ message: String, severity: MethodProblem.Severity = .error
    ) {
        problems.append(MethodProblem(severity, at: place, length: length, message))
    }

    // MARK: Declaring

    private struct Declared {
        var values: [(node: Int, value: MethodDocument.Value)] = []
        var groups: [(node: Int, group: MethodDocument.Group)] = []
        /// Points node of each indicator that some cohort scores.
        var points: [String: Int] = [:]
        var adjustments: [(node: Int, adjustment: MethodDocument.Adjustment)] = []
        var landmarks = Graph.Landmarks(
            scope: 0, state: 0, cohort: 0, total: 0, rank: 0, initialTier: 0, tier: 0)
    }

    private mutating func declare(
        _ name: MethodDocument.Text, label: String, section: Node.Section, type: Node.ValueType,
        decimals: Int = 0,
        rounding: Rounding = .halfAway, source: String = "", texts: [String] = []
    ) -> Int? {
        let (index, isNew) = draft.declare(
            Draft.DraftNode(
                name: name.text, label: label, section: section, type: type, decimals: decimals,
                rounding: rounding,
                source: source, place: name.place, texts: texts, rule: nil))
        guard isNew else {
            let first = draft.nodes[index].place
            complain(
                name.place, length: name.text.count,
                "‘\(name.text)’ is already the name of something else (line \(first.line)); choose another name"
            )
            return nil
        }
        return index
    }

    private mutating func declareNodes(_ total: MethodDocument.Total) -> Declared {
        var declared = Declared()
        for (section, values) in [
            (Node.Section.measure, document.measures), (.indicator, document.indicators),
        ] {
            for value in values {
                guard
                    let node = declare(
                        value.name, label: value.label, section: section, type: .number(value.unit),
                        decimals: value.decimals, rounding: value.rounding, source: value.source)
                else { continue }
                declared.values.append((node, value))
            }
        }
        for group in document.groups {
            let texts = group.choices.map(\.text) + [group.otherwise]
            guard
                let node = declare(
                    group.name, label: group.label, section: .group, type: .category, source: group.source,
                    texts: texts)
            else { continue }
            declared.groups.append((node, group))
        }
        declarePoints(&declared)
        for adjustment in document.adjustments {
            guard
                let node = declare(
                    adjustment.name, label: adjustment.label, section: .adjustment, type: .number(.one),
                    decimals: adjustment.decimals, source: adjustment.source)
            else { continue }
            declared.adjustments.append((node, adjustment))
        }
        declared.landmarks = declareLandmarks(total)
        return declared
    }

    private mutating func declarePoints(_ declared: inout Declared) {
        for cohort in document.cohorts {
            for indicator in cohort.indicators where declared.points[indicator.name.text] == nil {
                guard let value = draft.node(called: indicator.name.text) else { continue }
                let name = MethodDocument.Text(
                    text: "points_\(indicator.name.text)", place: indicator.name.place, isSingleLine: true)
                let decimals = document.cohorts.filter {
                    $0.indicators.contains { $0.name.text == indicator.name.text }
                }
                .map(\.pointsDecimals)
                if Set(decimals).count > 1 {
                    complain(
                        indicator.name.place, length: indicator.name.text.count,
                        "the cohorts round the points of ‘\(indicator.name.text)’ to different decimals; use one number of decimals"
                    )
                }
                declared.points[indicator.name.text] = declare(
                    name, label: draft.nodes[value].label + "得分", section: .points, type: .number(.one),
                    decimals: decimals[0], source: "")
            }
        }
    }

    private mutating func declareLandmarks(_ total: MethodDocument.Total) -> Graph.Landmarks {
        func text(_ name: String, _ place: SourcePlace) -> MethodDocument.Text {
            MethodDocument.Text(text: name, place: place, isSingleLine: true)
        }
        let place = total.expression.place
        let tiers = document.tiers?.order.map(\.text) ?? []
        return Graph.Landmarks(
            scope: declare(
                text("scope", place), label: "评价范围", section: .standing, type: .category,
                texts: states().map(\.name)) ?? 0,
            state: declare(
                text("state", place), label: "评价状态", section: .standing, type: .category,
                texts: states().map(\.name)) ?? 0,
            cohort: declare(
                text("cohort", place), label: "评价组", section: .standing, type: .category,
                texts: document.cohorts.map(\.name.text)) ?? 0,
            total: declare(
                text("total", place), label: total.label, section: .score, type: .number(.one),
                decimals: total.decimals,
                rounding: total.rounding, source: total.source) ?? 0,
            rank: declare(text("rank", place), label: "排名", section: .standing, type: .number(.one)) ?? 0,
            initialTier: declare(
                text("initial_tier", place), label: "初定档次", section: .standing, type: .category, texts: tiers)
                ?? 0,
            tier: declare(text("tier", place), label: "档次", section: .standing, type: .category, texts: tiers)
                ?? 0)
    }

    private func states() -> [State] {
        [State(name: "graded", label: "参评", accountingClass: .graded, source: "")]
            + document.scope.map {
                State(
                    name: $0.name.text, label: $0.label, accountingClass: $0.accountingClass,
                    source: $0.source)
            }
            + [State(name: "unresolved", label: "数据待核", accountingClass: .ungraded, source: "")]
    }

    private func cohorts(_ declared: Declared) -> [Cohort] {
        document.cohorts.map { cohort in
            Cohort(
                name: cohort.name.text, label: cohort.label,
                weightedIndicators: cohort.indicators.compactMap { indicator in
                    guard let value = draft.node(called: indicator.name.text),
                        let points = declared.points[indicator.name.text]
                    else { return nil }
                    return Cohort.WeightedIndicator(
                        indicator: value, points: points, weight: indicator.weight.text,
                        baseline: indicator.baseline?.text)
                },
                source: cohort.source)
        }
    }

    // MARK: Rules

    /// Runs one check of an expression; a problem becomes a complaint at its place in the file.
    private mutating func checked<Value>(
        _ text: MethodDocument.Text, _ context: ExpressionChecker.Context,
        _ body: (inout ExpressionChecker) throws(ExpressionProblem) -> Value
    ) -> Value? {
        var checker = ExpressionChecker(text, draft: draft, context: context, dataYear: document.dataYear)
        do {
            let value = try body(&checker)
            draft = checker.draft
            return value
        } catch {
            let column = text.place.column + (text.isSingleLine ? error.start : 0)
            complain(
                SourcePlace(line: text.place.line, column: column),
                length: text.isSingleLine ? error.length : 1, error.message)
            return nil
        }
    }

    private mutating func condition(_ text: MethodDocument.Text) -> Expression? {
        checked(text, .init()) { (checker) throws(ExpressionProblem) in try checker.condition() }
    }

    private mutating func number(
        _ text: MethodDocument.Text, _ context: ExpressionChecker.Context, in unit: Unit = .one, decimals: Int
    ) -> Expression? {
        checked(text, context) { (checker) throws(ExpressionProblem) in
            try checker.number(in: unit, decimals: decimals)
        }
    }

    private mutating func giveRules(_ declared: Declared, _ total: MethodDocument.Total) {
        for statistic in document.statistics {
            let found = checked(statistic.expression, .init()) { (checker) throws(ExpressionProblem) in
                try checker.statistic(decimals: statistic.decimals, rounding: statistic.rounding)
            }
            if let found { _ = draft.statistic(found.named(statistic.name.text, label: statistic.label)) }
        }
        for (node, value) in declared.values {
            draft.nodes[node].rule = number(
                value.expression, .init(), in: value.unit, decimals: value.decimals
            )
            .map { .row($0) }
        }
        for (node, group) in declared.groups {
            draft.nodes[node].rule = classification(
                group.choices.map(\.condition), texts: group.choices.map(\.text) + [group.otherwise],
                otherwise: Int64(group.choices.count))
        }
        let marks = declared.landmarks
        draft.nodes[marks.scope].rule = scopeRule()
        draft.nodes[marks.cohort].rule = classification(
            document.cohorts.map(\.condition), texts: document.cohorts.map(\.name.text),
            otherwise: Missing.notApplicable.cell)
        draft.nodes[marks.state].rule = .state
        draft.nodes[marks.rank].rule = .rank
        draft.nodes[marks.initialTier].rule = .initialTier
        draft.nodes[marks.tier].rule = .tier
        givePointsRules(declared)
        giveAdjustmentRules(declared)
        giveTotalRule(declared, total)
    }

    private mutating func classification(
        _ conditions: [MethodDocument.Text], texts: [String], otherwise: Int64
    ) -> Node.Rule? {
        var expressions: [Expression] = []
        for condition in conditions {
            guard let expression = self.condition(condition)
            else { continue }
            expressions.append(expression)
        }
        return expressions.count == conditions.count
            ? .classification(conditions: expressions, texts: texts, otherwise: otherwise) : nil
    }

    /// The declared states are tested in order; a firm to which none applies is graded, which is state 0.
    private mutating func scopeRule() -> Node.Rule? {
        guard
            case .classification(let conditions, _, _)? = classification(
                document.scope.map(\.condition), texts: [], otherwise: 0)
        else { return nil }
        return .scope(conditions)
    }

    private mutating func givePointsRules(_ declared: Declared) {
        for (name, points) in declared.points.sorted(by: { $0.value < $1.value }) {
            var rules: [Node.CohortRule?] = []
            for (index, cohort) in document.cohorts.enumerated() {
                guard let indicator = cohort.indicators.first(where: { $0.name.text == name }) else {
                    rules.append(nil)
                    continue
                }
                rules.append(
                    pointsRule(indicator, cohort: index, points: points, decimals: cohort.pointsDecimals))
            }
            draft.nodes[points].rule = .perCohort(rules)
        }
        for cohort in document.cohorts {
            checkWeights(cohort)
            for indicator in cohort.indicators where draft.node(called: indicator.name.text) == nil {
                let known = (document.indicators + document.measures).map(\.name.text)
                complain(
                    indicator.name.place, length: indicator.name.text.count,
                    "there is no indicator ‘\(indicator.name.text)’"
                        + Spelling.suggestion(for: indicator.name.text, among: known)
                        + "; declare it under ‘indicators’")
            }
        }
    }

    private mutating func pointsRule(
        _ indicator: MethodDocument.CohortIndicator, cohort: Int, points: Int, decimals: Int
    ) -> Node.CohortRule? {
        guard let value = draft.node(called: indicator.name.text),
            case .number(let unit) = draft.nodes[value].type
        else {
            return nil
        }
        let formula =
            document.formulas.first { $0.name.text == indicator.formula.text }?.expression
            ?? indicator.formula
        var context = ExpressionChecker.Context()
        context.cohort = cohort
        context.locals["value"] = ExpressionChecker.Typed(
            kind: .number(unit), expression: .node(value), bound: .cell(decimals: draft.nodes[value].decimals)
        )
        context.locals["weight"] = parameter(indicator.weight, "权重", unit: .one)
        if let baseline = indicator.baseline {
            context.locals["baseline"] = parameter(baseline, "基准值", unit: unit)
        }
        guard
            let expression = number(formula, context, decimals: decimals)
        else {
            if indicator.baseline == nil, formula.text.contains("baseline") {
                complain(
                    indicator.name.place, length: indicator.name.text.count,
                    "the formula of ‘\(indicator.name.text)’ needs a baseline; add ‘baseline: …’")
            }
            return nil
        }
        var missingContext = context
        missingContext.ownPoints = points
        let missing = number(indicator.missing, missingContext, decimals: decimals)
        return missing.map { Node.CohortRule(expression: expression, missing: $0, source: indicator.source) }
    }

    /// A weight or a baseline: one number, in the unit that it is compared in.
    private mutating func parameter(
        _ text: MethodDocument.Text, _ name: String, unit: Unit
    ) -> ExpressionChecker.Typed? {
        let expression = checked(text, .init()) { (checker) throws(ExpressionProblem) in
            try checker.constant(named: name, in: unit)
        }
        guard let constant = expression else { return nil }
        if name == "基准值", constant.numerator <= 0 {
            complain(text.place, length: text.text.count, "a baseline must be greater than zero")
            return nil
        }
        return ExpressionChecker.Typed(
            kind: .number(unit), expression: .constant(constant), bound: .constant(constant))
    }

    private mutating func checkWeights(_ cohort: MethodDocument.CohortDeclaration) {
        guard let (wanted, wantedPlaces) = DecimalText.parse(cohort.weightsSumTo.text), wantedPlaces <= 9,
            wanted.magnitude < 1_000_000_000
        else {
            complain(
                cohort.weightsSumTo.place, length: cohort.weightsSumTo.text.count,
                "‘weights_sum_to’ must be a number")
            return
        }
        var sum: Int128 = 0
        for indicator in cohort.indicators {
            guard let (digits, places) = DecimalText.parse(indicator.weight.text), places <= 9,
                digits.magnitude < 1_000_000_000_000
            else { return }
            sum += digits * Int128(DecimalText.powersOfTen[9 - places])
        }
        guard sum != wanted * Int128(DecimalText.powersOfTen[9 - wantedPlaces]) else { return }
        let shown = Int64(exactly: sum).map { DecimalText.trimmed($0, decimals: 9) } ?? "\(sum)"
        complain(
            cohort.weightsSumTo.place, length: cohort.weightsSumTo.text.count,
            "the weights of cohort ‘\(cohort.name.text)’ sum to \(shown), not to \(cohort.weightsSumTo.text); correct a weight or ‘weights_sum_to’"
        )
    }

    private mutating func giveAdjustmentRules(_ declared: Declared) {
        for (node, adjustment) in declared.adjustments {
            let names = document.cohorts.map(\.name.text)
            for name in adjustment.cohorts where !names.contains(name.text) {
                complain(
                    name.place, length: name.text.count,
                    "there is no cohort ‘\(name.text)’" + Spelling.suggestion(for: name.text, among: names)
                        + "; there are \(names.joined(separator: ", "))")
            }
            let applies = document.cohorts.map { cohort in
                adjustment.cohorts.isEmpty || adjustment.cohorts.contains { $0.text == cohort.name.text }
            }
            guard
                let expression = number(adjustment.expression, .init(), decimals: adjustment.decimals)
            else { continue }
            draft.nodes[node].rule = .perCohort(
                applies.map {
                    $0
                        ? Node.CohortRule(expression: expression, missing: nil, source: adjustment.source)
                        : nil
                })
        }
    }

    private mutating func giveTotalRule(_ declared: Declared, _ total: MethodDocument.Total) {
        var rules: [Node.CohortRule?] = []
        for (index, cohort) in document.cohorts.enumerated() {
            var context = ExpressionChecker.Context()
            context.cohort = index
            context.parts["points"] = cohort.indicators.compactMap { declared.points[$0.name.text] }
            context.parts["adjustments"] = declared.adjustments.filter {
                $0.adjustment.cohorts.isEmpty
                    || $0.adjustment.cohorts.contains { $0.text == cohort.name.text }
            }.map(\.node)
            let before = problems.count
            let expression = number(total.expression, context, decimals: total.decimals)
            if index > 0, problems.count > before, problems.dropLast().contains(problems[before]) {
                problems.removeLast()
            }
            rules.append(
                expression.map { Node.CohortRule(expression: $0, missing: nil, source: total.source) })
        }
        if let node = draft.node(called: "total") { draft.nodes[node].rule = .perCohort(rules) }
    }

    private mutating func finishedNodes() -> [Node]? {
        var nodes: [Node] = []
        for node in draft.nodes {
            guard let rule = node.rule else { return nil }
            nodes.append(
                Node(
                    name: node.name, label: node.label, section: node.section, type: node.type,
                    decimals: node.decimals,
                    rounding: node.rounding, rule: rule, source: sourceText(node.source), place: node.place))
        }
        return nodes
    }

    /// A key under ‘sources’ stands for its text; anything else stands for itself.
    private func sourceText(_ source: String) -> String {
        document.sources.first { $0.key == source }?.text ?? source
    }

    // MARK: Tiers, decisions, lists

    private mutating func tierIndex(_ tier: MethodDocument.Text, _ order: [String]) -> Int? {
        if let index = order.firstIndex(of: tier.text) { return index }
        complain(
            tier.place, length: tier.text.count,
            "there is no tier ‘\(tier.text)’" + Spelling.suggestion(for: tier.text, among: order)
                + "; there are \(order.joined(separator: ", "))")
        return nil
    }

    private mutating func checkRanking(_ tiers: MethodDocument.Tiers) -> Ranking? {
        let order = tiers.order.map(\.text)
        for (index, tier) in tiers.order.enumerated() where order.firstIndex(of: tier.text) != index {
            complain(tier.place, length: tier.text.count, "the tier ‘\(tier.text)’ is named twice")
        }
        var keys: [Ranking.Key] = []
        for (key, descending) in tiers.rankBy {
            guard let node = draft.node(called: key.text), case .number = draft.nodes[node].type else {
                complain(
                    key.place, length: key.text.count,
                    "firms cannot be ranked by ‘\(key.text)’: it is no named number"
                        + Spelling.suggestion(for: key.text, among: draft.knownNames))
                continue
            }
            keys.append(Ranking.Key(node: node, descending: descending))
        }
        var cumulative: [[Int]] = []
        for cohort in document.cohorts {
            guard let shares = cumulativeShares(cohort.quota ?? tiers.quota, order) else { return nil }
            cumulative.append(shares)
        }
        return Ranking(
            keys: keys, ties: tiers.ties, tiers: order, cumulative: cumulative, rounding: tiers.rounding,
            bound: tiers.bound, base: tiers.base)
    }

    private mutating func cumulativeShares(_ quota: MethodDocument.Quota, _ order: [String]) -> [Int]? {
        var byTier: [Int: Int?] = [:]
        for (tier, share) in quota.shares {
            guard let index = tierIndex(tier, order) else { return nil }
            byTier[index] = share
        }
        for (index, tier) in order.enumerated() where byTier[index] == nil {
            complain(quota.place, "the quota says nothing about tier ‘\(tier)’; give it a share, or ‘rest’")
            return nil
        }
        guard let last = byTier[order.count - 1], last == nil, byTier.values.filter({ $0 == nil }).count == 1
        else {
            complain(
                quota.place,
                "the quota needs ‘rest’ for the last tier ‘\(order[order.count - 1])’, and only there, so that every firm gets a tier"
            )
            return nil
        }
        var shares: [Int] = []
        var sum = 0
        for index in order.indices.dropLast() {
            sum += (byTier[index] ?? nil) ?? 0
            shares.append(sum)
        }
        if sum > 10_000 {
            complain(
                quota.place,
                "the quotas sum to \(DecimalText.format(Int64(sum), decimals: 2))%; they must leave a rest for tier ‘\(order[order.count - 1])’"
            )
            return nil
        }
        if sum == 10_000 {
            complain(
                quota.place,
                "the quotas sum to 100%, so no firm can reach tier ‘\(order[order.count - 1])’ by its rank",
                severity: .warning)
        }
        return shares
    }

    private mutating func checkDecisions(_ tiers: MethodDocument.Tiers) -> [DecisionRule] {
        let order = tiers.order.map(\.text)
        var rules: [DecisionRule] = []
        var priorities: [Int: String] = [:]
        if let manual = document.manualPriority { priorities[manual.priority] = "from: decision" }
        for decision in document.decisions {
            if let other = priorities[decision.priority] {
                complain(
                    decision.priorityPlace,
                    "‘\(decision.name.text)’ and ‘\(other)’ both have priority \(decision.priority); say which wins by giving them different ones"
                )
            }
            priorities[decision.priority] = decision.name.text
            guard let condition = self.condition(decision.condition),
                let tier = tierIndex(decision.tier, order)
            else { continue }
            let effect: DecisionRule.Effect =
                switch decision.effect {
                case .set: .set(tier)
                case .notAbove: .notAbove(tier)
                case .notBelow: .notBelow(tier)
                }
            rules.append(
                DecisionRule(
                    name: decision.name.text, label: decision.label, priority: decision.priority,
                    condition: condition,
                    effect: effect, source: sourceText(decision.source), place: decision.name.place))
        }
        return rules
    }

    private mutating func checkLists() -> [ListRule] {
        var rules: [ListRule] = []
        for list in document.lists {
            var grounds: [ListRule.Ground] = []
            for ground in list.grounds {
                guard
                    let condition = self.condition(ground.condition)
                else { continue }
                grounds.append(
                    ListRule.Ground(
                        name: ground.name.text, label: ground.label, condition: condition,
                        source: sourceText(ground.source)))
            }
            rules.append(
                ListRule(
                    name: list.name.text, label: list.label, audience: list.audience,
                    overRegistry: list.overRegistry,
                    grounds: grounds))
        }
        return rules
    }

    // MARK: Warnings

    private mutating func warnAboutUnused(_ nodes: [Node], _ shape: Dependencies, lists: [ListRule]) {
        var used = shape.used
        for list in lists {
            for ground in list.grounds { used.formUnion(shape.needs(of: ground.condition)) }
        }
        for (index, node) in nodes.enumerated()
        where [.measure, .indicator, .group].contains(node.section) && !used.contains(index) {
            complain(
                node.place, length: node.name.count,
                "nothing uses ‘\(node.name)’ (\(node.label)); it is computed and shown, but does not count",
                severity: .warning)
        }
    }
}
