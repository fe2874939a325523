extension Graph {
    /// Evaluates every node for every firm, ranks, cuts, decides and lists. The result depends on nothing but the
    /// graph and the population.
    ///
    /// - Throws: when a value has more than 15 digits, naming firm and node, or when two decisions of one priority
    ///   contradict each other.
    package func evaluate(_ population: Population, concurrently: Concurrently) throws(EvaluationError)
        -> Evaluated
    {
        var evaluator = Evaluator(graph: self, population: population)
        if let merging { try evaluator.merge(merging, concurrently) }
        for node in order { try evaluator.evaluate(node, concurrently) }
        return try evaluator.finish(concurrently)
    }
}

/// The columns while they come into being, node by node.
private struct Evaluator {
    let graph: Graph
    let population: Population
    private var cells: [CellColumn]
    private var dictionaries: [[String]]
    private var lookups: [StatisticLookup?]
    private var tables: [StatisticTable?]
    /// Whether the scope rules leave a firm to be graded.
    private var isGraded: [Bool] = []
    /// Whether a refused row leaves open what the scope rules or the decisions would make of a firm.
    private var isOpen: [Bool] = []
    private var merged: MergedFirms?
    private var parts = Parts(whole: 0)
    private var cuts: [Cut] = []
    private var decisions: [AppliedDecision] = []
    private let allRows: [Int32]
    /// Rows of the graded firms of each cohort.
    private var cohortRows: [[Int32]] = []

    init(graph: Graph, population: Population) {
        self.graph = graph
        self.population = population
        cells = Array(repeating: CellColumn([]), count: graph.nodes.count)
        dictionaries = Array(repeating: [], count: graph.nodes.count)
        lookups = Array(repeating: nil, count: graph.statistics.count)
        tables = Array(repeating: nil, count: graph.statistics.count)
        allRows = Array(0..<Int32(population.count))
    }

    // MARK: Firms that are evaluated as one

    /// Finds them by what the feeds say of each firm, before anything is added up.
    mutating func merge(_ merging: Merging, _ concurrently: Concurrently) throws(EvaluationError) {
        guard case .column(let lead) = graph.nodes[merging.lead].rule else { return }
        var needed = [merging.by]
        if case .classification(let conditions, _, _) = graph.nodes[merging.by].rule {
            needed = conditions.flatMap(\.mentionedNodes) + needed
        }
        for node in needed { try evaluate(node, concurrently) }
        merged = MergedFirms(
            keys: cells[merging.by], texts: dictionaries[merging.by],
            areCodes: graph.holdsCreditCodes(merging.by), size: population.columns[lead], population)
    }

    // MARK: Nodes

    mutating func evaluate(_ index: Int, _ concurrently: Concurrently) throws(EvaluationError) {
        let node = graph.nodes[index]
        switch node.rule {
        case .column(let column):
            cells[index] = try merged(population.columns[column], column, node)
            dictionaries[index] = population.dictionaries[column]
        case .row(let expression):
            var column = [Int64](repeating: Missing.notApplicable.cell, count: population.count)
            try fill(&column, node, expression, rows: allRows, concurrently)
            for given in population.given where given.node == index { column[given.firm] = given.cell }
            cells[index] = CellColumn(column)
            if let merged, population.given.contains(where: { $0.node == index }) {
                cells[index] = merged.shared(cells[index])
            }
        case .perCohort(let rules):
            if cohortRows.isEmpty { sortFirmsIntoCohorts() }
            var column = [Int64](repeating: Missing.notApplicable.cell, count: population.count)
            for (cohort, rule) in rules.enumerated() {
                guard let rule else { continue }
                try refuseUselessBaseline(of: node, rule, cohort, concurrently)
                try fill(&column, node, rule.expression, rows: cohortRows[cohort], concurrently)
            }
            for (cohort, rule) in rules.enumerated() {
                guard let missing = rule?.missing else { continue }
                let gaps = cohortRows[cohort].filter { firm in
                    Cell.cause(column[Int(firm)]).map { $0 != .refusedRow } ?? false
                }
                guard !gaps.isEmpty || missing.mentionsStatistic else { continue }
                // A statistic such as mean(points) looks at the points that are there.
                if missing.mentionsStatistic { cells[index] = CellColumn(column) }
                try fill(&column, node, missing, rows: gaps, concurrently)
            }
            cells[index] = CellColumn(column)
        case .classification(let conditions, let texts, let otherwise):
            if index == graph.landmarks.cohort, graph.cohortChoice == .exclusive {
                try refuseOverlaps(of: conditions, concurrently)
            }
            cells[index] = CellColumn(
                try classify(conditions, otherwise: otherwise, first: 0, concurrently))
            dictionaries[index] = texts
        case .scope(let conditions):
            let column = try classify(conditions, otherwise: 0, first: 1, concurrently)
            isOpen = column.map(Cell.isMissing)
            cells[index] = CellColumn(column.map { Cell.isMissing($0) ? 0 : $0 })
            dictionaries[index] = graph.states.map(\.name)
            isGraded = cells[index].map { graph.states[Int($0)].accountingClass == .graded }
        case .state:
            try settleStates(index, concurrently)
        case .rank:
            rank()
        case .initialTier:
            dictionaries[index] = graph.ranking.tiers
        case .tier:
            dictionaries[index] = graph.ranking.tiers
            try decide(index, concurrently)
        }
    }

    private mutating func plan(_ expression: Expression) throws(EvaluationError) -> Plan {
        for statistic in expression.mentionedStatistics where lookups[statistic] == nil {
            try compute(statistic)
        }
        return Planner(graph: graph, dictionaries: dictionaries, lookups: lookups).plan(expression)
    }

    private mutating func compute(_ index: Int) throws(EvaluationError) {
        let statistic = graph.statistics[index]
        let computer = StatisticComputer(
            statistic: statistic, argumentDecimals: graph.nodes[statistic.argument].decimals,
            cohortNode: graph.landmarks.cohort, cohortCount: graph.cohorts.count,
            dictionary: statistic.by.map { dictionaries[$0] } ?? [])
        let result = try computer.compute(
            values: cells[statistic.argument], cohorts: cells[graph.landmarks.cohort],
            categories: statistic.by.map { cells[$0] } ?? CellColumn([]), isGraded: isGraded, merged: merged)
        lookups[index] = result.lookup
        tables[index] = result.table
    }

    /// What a feed says of the firms that are evaluated as one; fields that cannot be added are the leading firm's.
    private func merged(_ values: CellColumn, _ column: Int, _ node: Node) throws(EvaluationError)
        -> CellColumn
    {
        guard let merged else { return values }
        switch graph.feedColumns[column].aggregate {
        case .sum, .count: return try merged.added(values, node.label)
        case .has: return merged.any(values)
        case .latest: return merged.shared(values)
        }
    }

    private mutating func fill(
        _ column: inout [Int64], _ node: Node, _ expression: Expression, rows: [Int32],
        _ concurrently: Concurrently
    ) throws(EvaluationError) {
        let plan = try plan(expression)
        let cells = self.cells
        let size = BlockEvaluator.blockSize
        let blocks = (rows.count + size - 1) / size
        let chunk = max(1, min(64, blocks / 8))
        let chunks = (blocks + chunk - 1) / chunk
        var overflows = [Int](repeating: -1, count: chunks)
        column.withUnsafeMutableBufferPointer { buffer in
            overflows.withUnsafeMutableBufferPointer { overflowBuffer in
                guard let base = buffer.baseAddress, let first = overflowBuffer.baseAddress else { return }
                let result = SharedPointer(base: base)
                let overflow = SharedPointer(base: first)
                concurrently(chunks) { index in
                    rows.withUnsafeBufferPointer { rows in
                        guard let start = rows.baseAddress else { return }
                        let evaluator = BlockEvaluator(cells: cells, slots: plan.slots, rows: start)
                        for block in index * chunk..<min(blocks, (index + 1) * chunk) {
                            let count = min(size, rows.count - block * size)
                            let found = evaluator.number(
                                plan, rows: start + block * size, count: count, decimals: node.decimals,
                                rounding: node.rounding, into: result.base)
                            if let found, overflow.base[index] < 0 { overflow.base[index] = found }
                        }
                    }
                }
            }
        }
        guard let firm = overflows.first(where: { $0 >= 0 }) else { return }
        throw EvaluationError(
            message:
                "firm \(population.codes[firm]): ‘\(node.name)’ (\(node.label)) has more than 15 digits; declare fewer decimals or a larger unit, or correct the firm's feeds"
        )
    }

    private mutating func classify(
        _ conditions: [Expression], otherwise: Int64, first: Int64, _ concurrently: Concurrently
    ) throws(EvaluationError) -> [Int64] {
        var column = [Int64](repeating: otherwise, count: population.count)
        // From the last to the first, so that the first that holds, or that nobody can tell, has the last word.
        for (index, condition) in conditions.enumerated().reversed() {
            let outcome = try outcome(of: condition, rows: allRows, concurrently)
            for firm in outcome.holders { column[Int(firm)] = first + Int64(index) }
            for firm in outcome.refused { column[Int(firm)] = Missing.refusedRow.cell }
        }
        return column
    }

    /// A baseline that is computed must come to something: with zero or less the best firms would get the fewest points,
    /// and a missing one would look like missing values of all firms.
    private mutating func refuseUselessBaseline(
        of node: Node, _ rule: Node.CohortRule, _ cohort: Int, _ concurrently: Concurrently
    ) throws(EvaluationError) {
        guard let baseline = rule.computedBaseline,
            let scored = graph.cohorts[cohort].weightedIndicators.first(where: {
                graph.nodes[$0.points].name == node.name
            })
        else { return }
        let isUseful = Expression.compare(.greater, baseline, .constant(.zero))
        let values = cells[scored.indicator]
        let firms = cohortRows[cohort].filter { !Cell.isMissing(values[Int($0)]) }
        let useful = Set(try outcome(of: isUseful, rows: firms, concurrently).holders)
        guard let firm = firms.first(where: { !useful.contains($0) }) else { return }
        throw EvaluationError(
            message:
                "‘\(node.name)’ (\(node.label)): the baseline of cohort ‘\(graph.cohorts[cohort].name)’ is missing or not greater than zero for firm \(population.codes[Int(firm)]): \(Formula.labels(graph).text(baseline)); deliver what it is computed from, or write a number"
        )
    }

    /// Firms must not belong to two cohorts.
    private mutating func refuseOverlaps(
        of conditions: [Expression], _ concurrently: Concurrently
    ) throws(EvaluationError) {
        var cohorts = [Int?](repeating: nil, count: population.count)
        for (index, condition) in conditions.enumerated() {
            for firm in try outcome(of: condition, rows: allRows, concurrently).holders.map(Int.init) {
                if let other = cohorts[firm] {
                    throw EvaluationError(
                        message:
                            "firm \(population.codes[firm]) belongs to the cohorts ‘\(graph.cohorts[other].name)’ and ‘\(graph.cohorts[index].name)’, which the method declares exclusive; make one condition narrower, or correct the firm's feeds"
                    )
                }
                cohorts[firm] = index
            }
        }
    }

    /// What becomes of the condition for each of the rows, in the order of `rows`.
    private mutating func outcome(
        of condition: Expression, rows: [Int32], _ concurrently: Concurrently
    ) throws(EvaluationError) -> ConditionOutcome {
        let plan = try plan(condition)
        let cells = self.cells
        let size = BlockEvaluator.blockSize
        let blocks = (rows.count + size - 1) / size
        let chunk = max(1, min(64, blocks / 8))
        let chunks = (blocks + chunk - 1) / chunk
        var found = [ConditionOutcome](repeating: ConditionOutcome(), count: chunks)
        found.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            let result = SharedPointer(base: base)
            concurrently(chunks) { index in
                rows.withUnsafeBufferPointer { rows in
                    guard let start = rows.baseAddress else { return }
                    let evaluator = BlockEvaluator(cells: cells, slots: plan.slots, rows: start)
                    var outcome = ConditionOutcome()
                    for block in index * chunk..<min(blocks, (index + 1) * chunk) {
                        let count = min(size, rows.count - block * size)
                        evaluator.condition(plan, rows: start + block * size, count: count, into: &outcome)
                    }
                    result.base[index] = outcome
                }
            }
        }
        return ConditionOutcome(holders: found.flatMap(\.holders), refused: found.flatMap(\.refused))
    }

    // MARK: Standing

    private mutating func sortFirmsIntoCohorts() {
        cohortRows = Array(repeating: [], count: graph.cohorts.count)
        let cohorts = cells[graph.landmarks.cohort]
        for firm in cohorts.indices where isGraded[firm] && !Cell.isMissing(cohorts[firm]) {
            cohortRows[Int(cohorts[firm])].append(Int32(firm))
        }
    }

    private mutating func settleStates(
        _ index: Int, _ concurrently: Concurrently
    ) throws(EvaluationError) {
        // A veto that nobody can tell must not be taken for none. A condition that rests on ranks has values that
        // are still to come, and is left to the firms that have one.
        for decision in graph.decisions where isEvaluated(decision.condition) {
            for firm in try outcome(of: decision.condition, rows: allRows, concurrently).refused {
                isOpen[Int(firm)] = true
            }
        }
        for firm in merged?.open ?? [] { isOpen[Int(firm)] = true }
        // Nor may a firm be ranked among those of whom only a part of the rows is known.
        let cohorts = cells[graph.landmarks.cohort]
        for firm in cohorts.indices where !Cell.isMissing(cohorts[firm]) {
            guard let within = graph.ranking.within[Int(cohorts[firm])], cells[within].count > firm else {
                continue
            }
            if cells[within][firm] == Missing.refusedRow.cell { isOpen[firm] = true }
        }
        let unresolved = Int64(graph.states.count - 1)
        var column = Array(cells[graph.landmarks.scope])
        let total = cells[graph.landmarks.total]
        for firm in column.indices where isGraded[firm] && (isOpen[firm] || Cell.isMissing(total[firm])) {
            column[firm] = unresolved
        }
        cells[index] = CellColumn(column)
        dictionaries[index] = graph.states.map(\.name)
    }

    /// Whether everything that the condition asks for has its values already.
    private func isEvaluated(_ condition: Expression) -> Bool {
        let statistics = condition.mentionedStatistics.map { graph.statistics[$0] }
        var needs: [Int] = condition.mentionedNodes + statistics.map(\.argument)
        needs += statistics.compactMap(\.by)
        return needs.allSatisfy { (node: Int) in cells[node].count == population.count }
    }

    private mutating func rank() {
        let marks = graph.landmarks
        let ranking = graph.ranking
        var ranks = [Int64](repeating: Missing.notApplicable.cell, count: population.count)
        var initial = ranks
        let ranker = Ranker(ranking.keys, cells)
        let cutter = TierCutter(ranking: ranking, cells: cells)
        let state = cells[marks.state]
        let total = cells[marks.total]
        if cohortRows.isEmpty { sortFirmsIntoCohorts() }
        parts = Parts(ranking, cohorts: cells[marks.cohort], cells, dictionaries)
        let countsInBase = graph.states.indices.map { ranking.baseStates.contains($0) }
        var others = [[Int]](
            repeating: Array(repeating: 0, count: parts.slots), count: graph.cohorts.count)
        if countsInBase.contains(true) {
            for firm in state.indices
            where countsInBase[Int(state[firm])] && merged?.leads(firm) ?? true {
                let cohort = cells[marks.cohort][firm]
                if !Cell.isMissing(cohort) { others[Int(cohort)][parts.slot(of: firm)] += 1 }
            }
        }
        for cohort in graph.cohorts.indices {
            let graded = cohortRows[cohort].filter {
                graph.states[Int(state[Int($0)])].accountingClass == .graded
                    && merged?.leads(Int($0)) ?? true
            }
            for (slot, members) in parts.sorted(graded, cohort: cohort) {
                let firms = ranker.ordered(members)
                let base = firms.count + others[cohort][slot]
                let quota = ranking.quotas[cohort]
                let places = ranker.ranks(firms, ranking.numbering)
                let ends = ranking.ends(of: quota, base: base, ranked: firms.count)
                let tiers = cutter.tiers(firms, ends: ends, rest: quota.rest)
                for (position, firm) in firms.enumerated() {
                    ranks[Int(firm)] = Int64(places[position])
                    initial[Int(firm)] = Int64(tiers[position])
                }
                for tier in ranking.tiers.indices {
                    let members = tiers.indices.filter { tiers[$0] == tier }
                    let upTo = tier < ends.count ? ends[tier] : firms.count
                    let reached = tiers.reduce(0) { $0 + ($1 <= tier ? 1 : 0) }
                    cuts.append(
                        Cut(
                            cohort: cohort, part: parts.text(of: slot), tier: tier, base: base, upTo: upTo,
                            firms: members.count,
                            lastTotal: members.last.map { total[Int(firms[$0])] } ?? Missing.noRow.cell,
                            tied: abs(reached - min(upTo, firms.count))))
                }
            }
        }
        cells[marks.rank] = shared(ranks)
        cells[marks.initialTier] = shared(initial)
    }

    /// What was found for leading firms, for all members.
    private func shared(_ cells: [Int64]) -> CellColumn {
        let column = CellColumn(cells)
        return merged?.shared(column) ?? column
    }

    private mutating func decide(_ index: Int, _ concurrently: Concurrently) throws(EvaluationError) {
        let marks = graph.landmarks
        var tiers = Array(cells[marks.initialTier])
        let ranked = allRows.filter { !Cell.isMissing(tiers[Int($0)]) && merged?.leads(Int($0)) ?? true }
        var candidates: [Int32: [DecisionResolver.Candidate]] = [:]
        let formula = Formula.labels(graph)
        for rule in graph.decisions {
            let reason = formula.text(rule.condition)
            for firm in try outcome(of: rule.condition, rows: ranked, concurrently).holders {
                candidates[firm, default: []].append(
                    .init(
                        name: rule.name, label: rule.label, effect: rule.effect, priority: rule.priority,
                        reason: reason, document: rule.source))
            }
        }
        try addManualDecisions(to: &candidates, ranked: tiers)
        let resolver = DecisionResolver(tierCount: graph.ranking.tiers.count)
        for firm in candidates.keys.sorted() {
            let ordered = (candidates[firm] ?? []).enumerated()
                .sorted {
                    $0.element.priority != $1.element.priority
                        ? $0.element.priority > $1.element.priority : $0.offset < $1.offset
                }
                .map(\.element)
            let result = resolver.resolve(initial: Int(tiers[Int(firm)]), ordered)
            if let (a, b) = result.conflict {
                throw EvaluationError(
                    message:
                        "firm \(population.codes[Int(firm)]): \(ordered[a].reason) (\(ordered[a].document)) and \(ordered[b].reason) (\(ordered[b].document)) contradict each other and have one priority; withdraw one, or give the rules different priorities"
                )
            }
            tiers[Int(firm)] = Int64(result.tier)
            for (candidate, isOverruled) in zip(ordered, result.isOverruled) {
                decisions.append(
                    AppliedDecision(
                        firm: Int(firm), name: candidate.name, label: candidate.label,
                        effect: candidate.effect,
                        priority: candidate.priority, isOverruled: isOverruled, reason: candidate.reason,
                        document: candidate.document))
            }
        }
        cells[index] = shared(tiers)
        if let merged { decisions = decisions.shared(by: merged) }
    }

    private func addManualDecisions(
        to candidates: inout [Int32: [DecisionResolver.Candidate]], ranked tiers: [Int64]
    ) throws(EvaluationError) {
        guard let rule = graph.manualRule else { return }
        for decision in population.manualDecisions where !Cell.isMissing(tiers[decision.firm]) {
            guard let tier = graph.ranking.tiers.firstIndex(of: decision.tier) else {
                throw EvaluationError(
                    message:
                        "firm \(population.codes[decision.firm]): the decision \(decision.document) names the tier ‘\(decision.tier)’, which the method does not have; correct the decision"
                )
            }
            guard let effect = ManualRule.effect(of: decision.kind, tier) else { continue }
            candidates[Int32(merged?.lead(of: decision.firm) ?? decision.firm), default: []].append(
                .init(
                    name: rule.name, label: rule.label, effect: effect, priority: rule.priority,
                    reason: decision.reason, document: decision.document))
        }
    }

    // MARK: Lists

    mutating func finish(_ concurrently: Concurrently) throws(EvaluationError) -> Evaluated {
        let tiers = cells[graph.landmarks.tier]
        let graded = allRows.filter { !Cell.isMissing(tiers[Int($0)]) }
        var entries: [ListEntry] = []
        for (list, rule) in graph.lists.enumerated() {
            var found: [(firm: Int32, ground: Int)] = []
            for (index, ground) in rule.grounds.enumerated() {
                let firms = try outcome(
                    of: ground.condition, rows: rule.overRegistry ? allRows : graded, concurrently
                ).holders
                found += firms.map { ($0, index) }
            }
            found.sort { $0.firm != $1.firm ? $0.firm < $1.firm : $0.ground < $1.ground }
            entries += found.map { ListEntry(list: list, firm: Int($0.firm), ground: $0.ground) }
        }
        for statistic in graph.statistics.indices where tables[statistic] == nil { try compute(statistic) }
        return Evaluated(
            graph: graph, population: population, cells: cells, dictionaries: dictionaries,
            statistics: tables.map { $0 ?? StatisticTable(groups: []) }, merged: merged, parts: parts,
            cuts: cuts,
            decisions: decisions, listEntries: entries, lookups: lookups)
    }
}
