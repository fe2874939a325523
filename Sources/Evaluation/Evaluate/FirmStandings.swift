/// Where firms stand: states, ranks, tiers and the decisions on them.
extension Evaluator {
    mutating func sortFirmsIntoCohorts() {
        cohortRows = Array(repeating: [], count: graph.cohorts.count)
        let cohorts = cells[graph.landmarks.cohort]
        for firm in cohorts.indices where isGraded[firm] && !Cell.isMissing(cohorts[firm]) {
            cohortRows[Int(cohorts[firm])].append(Int32(firm))
        }
    }

    mutating func settleStates(
        _ index: Int, _ concurrently: Concurrently
    ) throws(EvaluationError) {
        // A veto that nobody can tell must not be taken for none.
        for decision in graph.decisions {
            for firm in try refusedBeforeRanks(decision.condition, concurrently) { isOpen[Int(firm)] = true }
        }
        for firm in merged?.open ?? [] { isOpen[Int(firm)] = true }
        if graph.cohortChoice == .exclusive {
            for firm in try firmsOfDoubtfulCohort(concurrently) { isOpen[Int(firm)] = true }
        }
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

    /// For whom a refused row leaves the condition open, whatever the ranks and tiers that it may ask for turn out to be.
    private mutating func refusedBeforeRanks(
        _ condition: Expression, _ concurrently: Concurrently
    ) throws(EvaluationError) -> [Int32] {
        let statistics = condition.mentionedStatistics.map { graph.statistics[$0] }
        var needs: [Int] = condition.mentionedNodes + statistics.map(\.argument)
        needs += statistics.compactMap(\.by)
        let later = needs.filter { cells[$0].count != population.count }
        guard !later.isEmpty else {
            return try outcome(of: condition, rows: allRows, concurrently).refused
        }
        // A copy, so that nothing that rests on values still to come is kept.
        var known = self
        for node in later { known.cells[node] = .missing(population.count) }
        return try known.outcome(of: condition, rows: allRows, concurrently).refused
    }

    mutating func rank() {
        let marks = graph.landmarks
        let ranking = graph.ranking
        var ranks = [Int64](repeating: Missing.notApplicable.cell, count: population.count)
        var initial = ranks
        let ranker = Ranker(ranking.keys, cells)
        let cutter = TierCutter(ranking: ranking, cells: cells)
        let state = cells[marks.state]
        let total = cells[marks.total]
        let isByTotal = ranking.keys.first.map { $0.node == marks.total && $0.descending } ?? false
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
                            lastTotal: isByTotal
                                ? members.last.map { total[Int(firms[$0])] } ?? Missing.noRow.cell
                                : Missing.notApplicable.cell,
                            tied: abs(reached - min(upTo, firms.count))))
                }
            }
        }
        cells[marks.rank] = shared(ranks)
        cells[marks.initialTier] = shared(initial)
    }

    /// What was found for leading firms, for all members.
    func shared(_ cells: [Int64]) -> CellColumn {
        let column = CellColumn(cells)
        return merged?.shared(column) ?? column
    }

    mutating func decide(_ index: Int, _ concurrently: Concurrently) throws(EvaluationError) {
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

    func addManualDecisions(
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
}
