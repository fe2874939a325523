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
    /// Expressions that were complained about: a formula that many indicators share is wrong once.
    private var refused: Set<SourcePlace> = []

    package init(_ root: SourceNode, contracts: [FeedContract]) {
        let reader = MethodReader(root)
        document = reader.document
        problems = reader.problems
        draft = Draft(contracts: contracts, misread: document.misread)
        check()
        let inOrder = problems.enumerated().sorted {
            $0.element.place != $1.element.place
                ? $0.element.place < $1.element.place : $0.offset < $1.offset
        }
        problems = inOrder.map(\.element)
        if problems.contains(where: { $0.severity == .error }) { graph = nil }
    }

    // MARK: The way through

    private mutating func check() {
        let declared = declareNodes()
        guard hasRoom() else { return }
        giveRules(declared)
        guard hasRoom() else { return }
        let decisions = checkDecisions(declared.landmarks)
        let lists = checkLists()
        let ranking = checkRanking()
        guard !problems.contains(where: { $0.severity == .error }), let ranking, let nodes = finishedNodes()
        else { return }
        let shape = Dependencies(
            nodes: nodes, statistics: draft.statistics, landmarks: declared.landmarks, ranking: ranking,
            decisions: decisions)
        let order: [Int]
        switch shape.order() {
        case .success(let found): order = found
        case .failure(let cycle):
            complainAboutCycle(cycle.nodes.map { nodes[$0] })
            return
        }
        warnAboutUnused(nodes, shape, lists: lists)
        let graph = Graph(
            id: document.id, title: document.title, note: document.note, dataYear: document.dataYear,
            asOf: document.asOf, sources: document.sources, contracts: draft.contracts,
            feedColumns: draft.columns,
            nodes: nodes, order: order, statistics: draft.statistics, states: states(),
            cohorts: cohorts(declared),
            ranking: ranking, decisions: decisions, manualRule: document.manual?.rule,
            lists: lists,
            landmarks: declared.landmarks, warnings: problems.filter { $0.severity == .warning })
        self.graph = graph
    }

    /// Before many expressions are looked into, and after they have asked for columns of their own.
    private mutating func hasRoom() -> Bool {
        guard draft.nodes.count > Checker.maximumNodes else { return true }
        complain(
            SourcePlace(line: 1, column: 1),
            "the method has \(draft.nodes.count) values, more than the \(Checker.maximumNodes) that one table of the store can hold; split the method"
        )
        return false
    }

    /// The circle is told from a value that the method declares itself, where there is one.
    private mutating func complainAboutCycle(_ cycle: [Node]) {
        let start = cycle.firstIndex { $0.section != .standing && $0.section != .points } ?? 0
        let names = (cycle[start...] + cycle[..<start] + [cycle[start]]).map(\.name)
        let isDeclared = [.measure, .indicator, .group, .adjustment].contains(cycle[start].section)
        complain(
            cycle[start].place, length: isDeclared ? cycle[start].name.count : 1,
            cycle.count == 1
                ? "‘\(names[0])’ needs itself; compute it from other values"
                : "these values need each other in a circle: \(names.joined(separator: " → ")); one of them must be computed without the others"
        )
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
            complainAboutSecond(name, first: draft.nodes[index].place)
            return nil
        }
        return index
    }

    private mutating func complainAboutSecond(_ name: MethodDocument.Text, first: SourcePlace) {
        complain(
            name.place, length: name.text.count,
            "‘\(name.text)’ is already the name of something else (line \(first.line)); choose another name")
    }

    /// Every run has columns with these names.
    private static let reservedNames = ["scope", "state", "cohort", "total", "rank", "initial_tier", "tier"]

    private mutating func isFree(_ name: MethodDocument.Text) -> Bool {
        guard Checker.reservedNames.contains(name.text) else { return true }
        complain(
            name.place, length: name.text.count,
            "‘\(name.text)’ is a value that every method has by itself; choose another name")
        return false
    }

    private mutating func declareNodes() -> Declared {
        var declared = Declared()
        for (section, values) in [
            (Node.Section.measure, document.measures), (.indicator, document.indicators),
        ] {
            for value in values where isFree(value.name) {
                guard
                    let node = declare(
                        value.name, label: value.label, section: section, type: .number(value.unit),
                        decimals: value.decimals, rounding: value.rounding, source: value.source)
                else { continue }
                declared.values.append((node, value))
            }
        }
        for group in document.groups where isFree(group.name) {
            let texts = group.choices.map(\.text) + [group.otherwise]
            guard
                let node = declare(
                    group.name, label: group.label, section: .group, type: .category, source: group.source,
                    texts: texts)
            else { continue }
            declared.groups.append((node, group))
        }
        declarePoints(&declared)
        for adjustment in document.adjustments where isFree(adjustment.name) {
            guard
                let node = declare(
                    adjustment.name, label: adjustment.label, section: .adjustment, type: .number(.one),
                    decimals: adjustment.decimals, source: adjustment.source)
            else { continue }
            declared.adjustments.append((node, adjustment))
        }
        declared.landmarks = declareLandmarks()
        return declared
    }

    private mutating func declarePoints(_ declared: inout Declared) {
        for cohort in document.cohorts {
            for indicator in cohort.indicators where declared.points[indicator.name.text] == nil {
                guard let value = scored(indicator) else { continue }
                let name = "points_\(draft.nodes[value].name)"
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
                if let taken = draft.node(called: name) {
                    complainAboutSecond(
                        MethodDocument.Text(name, at: draft.nodes[taken].place), first: indicator.name.place)
                    continue
                }
                declared.points[indicator.name.text] = declare(
                    MethodDocument.Text(name, at: indicator.name.place),
                    label: draft.nodes[value].label + "得分", section: .points, type: .number(.one),
                    decimals: decimals[0], source: "")
            }
        }
    }

    /// They are declared even when the method lacks their sections, so that its other expressions can be checked.
    private mutating func declareLandmarks() -> Graph.Landmarks {
        let top = SourcePlace(line: 1, column: 1)
        let total = document.total
        let scopePlace = document.scope.first?.condition.place ?? top
        let cohortPlace = document.cohorts.first?.condition.place ?? top
        let totalPlace = total?.expression.place ?? top
        let tierPlace = document.tiers?.order.first?.place ?? top
        let tiers = document.tiers?.order.map(\.text) ?? []
        return Graph.Landmarks(
            scope: declare(
                .init("scope", at: scopePlace), label: "评价范围", section: .standing, type: .category,
                texts: states().map(\.name)) ?? 0,
            state: declare(
                .init("state", at: scopePlace), label: "评价状态", section: .standing, type: .category,
                texts: states().map(\.name)) ?? 0,
            cohort: declare(
                .init("cohort", at: cohortPlace), label: "评价组", section: .standing, type: .category,
                texts: document.cohorts.map(\.name.text)) ?? 0,
            total: declare(
                .init("total", at: totalPlace), label: total?.label ?? "", section: .score,
                type: .number(.one), decimals: total?.decimals ?? 0, rounding: total?.rounding ?? .halfAway,
                source: total?.source ?? "") ?? 0,
            rank: declare(
                .init("rank", at: tierPlace), label: "排名", section: .standing, type: .number(.one)) ?? 0,
            initialTier: declare(
                .init("initial_tier", at: tierPlace), label: "初定档次", section: .standing, type: .category,
                texts: tiers) ?? 0,
            tier: declare(
                .init("tier", at: tierPlace), label: "档次", section: .standing, type: .category, texts: tiers)
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
                    guard let value = scored(indicator), let points = declared.points[indicator.name.text]
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
        guard !refused.contains(text.place) else { return nil }
        var checker = ExpressionChecker(text, draft: draft, context: context, dataYear: document.dataYear)
        do {
            let value = try body(&checker)
            draft = checker.draft
            return value
        } catch {
            refused.insert(text.place)
            if !error.isConsequence {
                let (place, length) = text.span(error.start, error.length)
                complain(place, length: length, error.message)
            }
            return nil
        }
    }

    /// `owner` is the name of what asks, for the names of columns.
    private mutating func condition(_ text: MethodDocument.Text, owner: String) -> Expression? {
        checked(text, .init(owner: owner)) { (checker) throws(ExpressionProblem) in
            try checker.condition()
        }
    }

    private mutating func number(
        _ text: MethodDocument.Text, _ context: ExpressionChecker.Context, in unit: Unit = .one, decimals: Int
    ) -> Expression? {
        checked(text, context) { (checker) throws(ExpressionProblem) in
            try checker.number(in: unit, decimals: decimals)
        }
    }

    private mutating func giveRules(_ declared: Declared) {
        for statistic in document.statistics where isFree(statistic.name) {
            if let taken = draft.node(called: statistic.name.text) {
                complainAboutSecond(statistic.name, first: draft.nodes[taken].place)
                continue
            }
            let found = checked(statistic.expression, .init(owner: statistic.name.text)) {
                (checker) throws(ExpressionProblem) in
                try checker.statistic(decimals: statistic.decimals, rounding: statistic.rounding)
            }
            if let found {
                draft.statistics.append(found.named(statistic.name.text, label: statistic.label))
            } else {
                draft.misread.insert(statistic.name.text)
            }
        }
        for (node, value) in declared.values {
            draft.nodes[node].rule = number(
                value.expression, .init(owner: value.name.text), in: value.unit, decimals: value.decimals
            )
            .map { .row($0) }
        }
        for (node, group) in declared.groups {
            draft.nodes[node].rule = classification(
                group.choices.map { ($0.condition, group.name.text) },
                texts: group.choices.map(\.text) + [group.otherwise],
                otherwise: Int64(group.choices.count))
        }
        let marks = declared.landmarks
        draft.nodes[marks.scope].rule = scopeRule()
        draft.nodes[marks.cohort].rule = classification(
            document.cohorts.map { ($0.condition, $0.name.text) }, texts: document.cohorts.map(\.name.text),
            otherwise: Missing.notApplicable.cell)
        draft.nodes[marks.state].rule = .state
        draft.nodes[marks.rank].rule = .rank
        draft.nodes[marks.initialTier].rule = .initialTier
        draft.nodes[marks.tier].rule = .tier
        givePointsRules(declared)
        giveAdjustmentRules(declared)
        if let total = document.total { giveTotalRule(declared, total) }
    }

    private mutating func classification(
        _ conditions: [(text: MethodDocument.Text, owner: String)], texts: [String], otherwise: Int64
    ) -> Node.Rule? {
        var expressions: [Expression] = []
        for condition in conditions {
            guard let expression = self.condition(condition.text, owner: condition.owner) else { continue }
            expressions.append(expression)
        }
        return expressions.count == conditions.count
            ? .classification(conditions: expressions, texts: texts, otherwise: otherwise) : nil
    }

    /// The declared states are tested in order; a firm to which none applies is graded, which is state 0.
    private mutating func scopeRule() -> Node.Rule? {
        guard
            case .classification(let conditions, _, _)? = classification(
                document.scope.map { ($0.condition, $0.name.text) }, texts: [], otherwise: 0)
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
            for indicator in cohort.indicators
            where scored(indicator) == nil && !draft.misread.contains(indicator.name.text) {
                let known = (document.indicators + document.measures).map(\.name.text)
                complain(
                    indicator.name.place, length: indicator.name.text.count,
                    "there is no indicator ‘\(indicator.name.text)’"
                        + Spelling.remedy(
                            for: indicator.name.text, among: known,
                            otherwise: "declare it under ‘indicators’"))
            }
        }
    }

    private mutating func pointsRule(
        _ indicator: MethodDocument.CohortIndicator, cohort: Int, points: Int, decimals: Int
    ) -> Node.CohortRule? {
        guard let value = scored(indicator), case .number(let unit) = draft.nodes[value].type else {
            return nil
        }
        let formula =
            document.formulas.first { $0.name.text == indicator.formula.text }?.expression
            ?? indicator.formula
        var context = ExpressionChecker.Context(owner: draft.nodes[points].name)
        context.cohort = cohort
        context.locals["value"] = ExpressionChecker.Typed(
            kind: .number(unit), expression: .node(value), bound: .cell(decimals: draft.nodes[value].decimals)
        )
        guard let weight = parameter(indicator.weight, "权重", unit: .one) else { return nil }
        context.locals["weight"] = weight
        if let text = indicator.baseline {
            guard let baseline = parameter(text, "基准值", unit: unit) else { return nil }
            context.locals["baseline"] = baseline
            warnAboutFineBaseline(text, baseline, draft.nodes[value])
        } else if Parser.words(of: formula.text).contains("baseline") {
            complain(
                indicator.name.place, length: indicator.name.text.count,
                "the formula of ‘\(indicator.name.text)’ needs a baseline; add ‘baseline: …’")
            return nil
        }
        guard let expression = number(formula, context, decimals: decimals) else { return nil }
        var missingContext = context
        missingContext.ownPoints = points
        let missing = number(indicator.missing, missingContext, decimals: decimals)
        return missing.map { Node.CohortRule(expression: expression, missing: $0, source: indicator.source) }
    }

    /// The number that a cohort scores.
    private func scored(_ indicator: MethodDocument.CohortIndicator) -> Int? {
        guard let node = draft.node(called: indicator.name.text), case .number = draft.nodes[node].type,
            [.indicator, .measure].contains(draft.nodes[node].section)
        else { return nil }
        return node
    }

    /// A value is rounded before it is compared: no firm lies exactly on a baseline with more decimals.
    private mutating func warnAboutFineBaseline(
        _ text: MethodDocument.Text, _ baseline: ExpressionChecker.Typed, _ node: Draft.DraftNode
    ) {
        guard case .constant(let constant) = baseline.expression,
            constant.numerator.magnitude < UInt128(Cell.limit),
            Int128(DecimalText.powersOfTen[node.decimals]) * constant.numerator % constant.denominator != 0
        else { return }
        complain(
            text.place, length: text.text.count,
            "the baseline has more decimals than ‘\(node.name)’ (\(node.decimals)), so that no firm can lie exactly on it; declare more decimals there",
            severity: .warning)
    }

    /// A weight or a baseline: one number, in the unit that it is compared in.
    private mutating func parameter(
        _ text: MethodDocument.Text, _ name: String, unit: Unit
    ) -> ExpressionChecker.Typed? {
        let expression = checked(text, .init(owner: "")) { (checker) throws(ExpressionProblem) in
            try checker.constant(named: name, in: unit)
        }
        guard let constant = expression else { return nil }
        if name == "基准值", constant.numerator <= 0 {
            complain(text.place, length: text.text.count, "a baseline must be greater than zero")
            return nil
        }
        if name == "权重", constant.numerator < 0 {
            complain(text.place, length: text.text.count, "a weight must not be negative")
            return nil
        }
        return ExpressionChecker.Typed(
            kind: .number(unit), expression: .constant(constant), bound: .constant(constant))
    }

    private mutating func checkWeights(_ cohort: MethodDocument.CohortDeclaration) {
        guard cohort.hasAllIndicators else { return }
        guard let (wanted, wantedPlaces) = DecimalText.parse(cohort.weightsSumTo.text), wantedPlaces <= 9,
            wanted.magnitude < 1_000_000_000
        else {
            complain(
                cohort.weightsSumTo.place, length: cohort.weightsSumTo.text.count,
                "‘weights_sum_to’ is ‘\(cohort.weightsSumTo.text)’, but must be a number such as 100")
            return
        }
        var sum: Int128 = 0
        for indicator in cohort.indicators {
            guard let (digits, places) = DecimalText.parse(indicator.weight.text), places <= 9, digits >= 0,
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
            for name in adjustment.cohorts
            where !names.contains(name.text) && !document.misread.contains(name.text) {
                complain(
                    name.place, length: name.text.count,
                    "there is no cohort ‘\(name.text)’"
                        + Spelling.remedy(
                            for: name.text, among: names,
                            otherwise: "there are \(names.joined(separator: ", "))"))
            }
            let applies = document.cohorts.map { cohort in
                adjustment.cohorts.isEmpty || adjustment.cohorts.contains { $0.text == cohort.name.text }
            }
            guard
                let expression = number(
                    adjustment.expression, .init(owner: adjustment.name.text), decimals: adjustment.decimals)
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
            var context = ExpressionChecker.Context(owner: "total")
            context.cohort = index
            context.parts["points"] = cohort.indicators.compactMap { declared.points[$0.name.text] }
            context.parts["adjustments"] = declared.adjustments.filter {
                $0.adjustment.cohorts.isEmpty
                    || $0.adjustment.cohorts.contains { $0.text == cohort.name.text }
            }.map(\.node)
            let expression = number(total.expression, context, decimals: total.decimals)
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
        guard !order.isEmpty else { return nil }
        complain(
            tier.place, length: tier.text.count,
            "there is no tier ‘\(tier.text)’"
                + Spelling.remedy(
                    for: tier.text, among: order, otherwise: "there are \(order.joined(separator: ", "))"))
        return nil
    }

    private mutating func checkRanking() -> Ranking? {
        guard let tiers = document.tiers else { return nil }
        let order = tiers.order.map(\.text)
        for (index, tier) in tiers.order.enumerated() where order.firstIndex(of: tier.text) != index {
            complain(
                tier.place, length: tier.text.count, "the tier ‘\(tier.text)’ is named twice; delete one")
            return nil
        }
        var keys: [Ranking.Key] = []
        for (key, descending) in tiers.rankBy {
            guard let node = draft.node(called: key.text), case .number = draft.nodes[node].type,
                draft.nodes[node].name != "rank"
            else {
                guard !draft.misread.contains(key.text) else { continue }
                let numbers = draft.nodes.filter {
                    if case .number = $0.type, $0.section != .column, $0.name != "rank" {
                        true
                    } else {
                        false
                    }
                }
                complain(
                    key.place, length: key.text.count,
                    "firms cannot be ranked by ‘\(key.text)’: it is neither the total nor a number that the method names"
                        + Spelling.suggestion(for: key.text, among: numbers.map(\.name)))
                continue
            }
            keys.append(Ranking.Key(node: node, descending: descending))
        }
        var cumulative: [[Int]] = []
        guard let common = cumulativeShares(tiers.quota, order) else { return nil }
        for cohort in document.cohorts {
            guard let shares = cohort.quota.map({ cumulativeShares($0, order) }) ?? common else { return nil }
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
            complain(
                quota.place, length: quota.length,
                "the quota says nothing about tier ‘\(tier)’; give it a share, or ‘rest’")
            return nil
        }
        guard let last = byTier[order.count - 1], last == nil, byTier.values.filter({ $0 == nil }).count == 1
        else {
            complain(
                quota.place, length: quota.length,
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
                quota.place, length: quota.length,
                "the quotas sum to \(DecimalText.trimmed(Int64(sum), decimals: 2))%; they must leave a rest for tier ‘\(order[order.count - 1])’"
            )
            return nil
        }
        for (tier, share) in quota.shares where share == 0 {
            complain(
                tier.place, length: tier.text.count,
                "the share of tier ‘\(tier.text)’ is zero, so no firm can reach it by its rank",
                severity: .warning)
        }
        if sum == 10_000 {
            complain(
                quota.place, length: quota.length,
                "the quotas sum to 100%, so no firm can reach tier ‘\(order[order.count - 1])’ by its rank",
                severity: .warning)
        }
        return shares
    }

    private mutating func checkDecisions(_ marks: Graph.Landmarks) -> [DecisionRule] {
        let order = document.tiers?.order.map(\.text) ?? []
        var rules: [DecisionRule] = []
        var priorities: [Int: String] = [:]
        if let manual = document.manual { priorities[manual.rule.priority] = manual.rule.name }
        for decision in document.decisions {
            if let other = priorities[decision.priority] {
                complain(
                    decision.priorityPlace, length: String(decision.priority).count,
                    "‘\(decision.name.text)’ and ‘\(other)’ both have priority \(decision.priority); say which wins by giving them different ones"
                )
            }
            priorities[decision.priority] = decision.name.text
            let condition = self.condition(decision.condition, owner: decision.name.text)
            guard let tier = tierIndex(decision.tier, order), let condition else { continue }
            var needsTier = false
            condition.visit { if case .isOneOf(marks.tier, _, _) = $0 { needsTier = true } }
            if needsTier {
                complain(
                    decision.condition.place, length: decision.condition.text.count,
                    "a decision makes the tier, so it cannot ask for it; ask for initial_tier, the tier by rank"
                )
                continue
            }
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
                    let condition = self.condition(ground.condition, owner: ground.name.text)
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
