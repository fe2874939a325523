/// Computes a statistic from the column of its argument.
struct StatisticComputer {
    let statistic: Statistic
    let argumentDecimals: Int
    let cohortNode: Int
    let cohortCount: Int
    /// Texts of the category that splits the members.
    let dictionary: [String]

    /// - Parameters:
    ///   - values: the argument's cells.
    ///   - cohorts: the cohort's cells.
    ///   - categories: the cells of the category that splits the members, empty when nothing does.
    ///   - isGraded: whether a firm counts as graded.
    func compute(
        values: CellColumn, cohorts: CellColumn, categories: CellColumn, isGraded: [Bool],
        merged: MergedFirms?
    ) throws(EvaluationError) -> (lookup: StatisticLookup, table: StatisticTable) {
        let (groups, texts) = groupsOfCategory()
        let isPerCohort = statistic.members == .cohort
        let cohortSlots = isPerCohort ? cohortCount : 1
        var members = [[Int64]](repeating: [], count: cohortSlots * texts.count)
        for firm in values.indices where !Cell.isMissing(values[firm]) {
            if statistic.members != .registry, !isGraded[firm] { continue }
            // Firms that are evaluated as one have one value.
            if let merged, !merged.leads(firm) { continue }
            var cohort = 0
            if isPerCohort {
                guard !Cell.isMissing(cohorts[firm]) else { continue }
                cohort = Int(cohorts[firm])
                if let only = statistic.onlyCohort, only != cohort { continue }
            }
            var group = 0
            if statistic.by != nil {
                guard !Cell.isMissing(categories[firm]) else { continue }
                group = groups[Int(categories[firm])]
            }
            members[cohort * texts.count + group].append(values[firm])
        }
        var cells: [Int64] = []
        var rows: [StatisticTable.Group] = []
        for index in members.indices {
            let cell = try value(of: members[index])
            cells.append(cell)
            let cohort = isPerCohort ? index / texts.count : -1
            if let only = statistic.onlyCohort, only != cohort { continue }
            let text = statistic.by == nil ? "" : texts[index % texts.count]
            rows.append(.init(cohort: cohort, by: text, value: cell, count: members[index].count))
        }
        let lookup = StatisticLookup(
            decimals: statistic.decimals, cohort: isPerCohort ? cohortNode : nil, by: statistic.by,
            groups: groups,
            groupCount: texts.count, values: cells)
        return (lookup, StatisticTable(groups: rows))
    }

    /// Group of each dictionary index, and the texts of the groups; one nameless group when nothing splits.
    private func groupsOfCategory() -> (groups: [Int], texts: [String]) {
        guard statistic.by != nil else { return ([], [""]) }
        guard let prefix = statistic.prefix else {
            return (Array(dictionary.indices), dictionary.isEmpty ? [""] : dictionary)
        }
        let texts = Array(Set(dictionary.map { String($0.prefix(prefix)) })).sorted()
        let groups = dictionary.map { text in texts.firstIndex(of: String(text.prefix(prefix))) ?? 0 }
        return (groups, texts.isEmpty ? [""] : texts)
    }

    private func value(of members: [Int64]) throws(EvaluationError) -> Int64 {
        if case .count = statistic.function { return Int64(members.count) }
        guard !members.isEmpty else { return Missing.noRow.cell }
        let scale = Int128(DecimalText.powersOfTen[statistic.decimals])
        let own = Int128(DecimalText.powersOfTen[argumentDecimals])
        let rounded: Int128
        switch statistic.function {
        case .sum: rounded = Fraction.round(sum(members) * scale, over: own, statistic.rounding)
        case .mean: rounded = mean(members, scale, own)
        case .minimum:
            rounded = Fraction.round(Int128(members.min() ?? 0) * scale, over: own, statistic.rounding)
        case .maximum:
            rounded = Fraction.round(Int128(members.max() ?? 0) * scale, over: own, statistic.rounding)
        case .median: rounded = quantile(members, 5000, scale, own)
        case .quantile(let share): rounded = quantile(members, share, scale, own)
        case .nearestRankQuantile(let share):
            let position = max(1, (members.count * share + 9_999) / 10_000)
            let value = Int128(members.sorted()[min(position, members.count) - 1])
            rounded = Fraction.round(value * scale, over: own, statistic.rounding)
        case .trimmedMean(let share):
            let cut = members.count * share / 10_000
            rounded = mean(members.sorted().dropFirst(cut).dropLast(cut), scale, own)
        case .topMean(let count): rounded = mean(members.sorted().suffix(count), scale, own)
        case .topShareMean(let share):
            let count = max(1, (members.count * share + 9_999) / 10_000)
            rounded = mean(members.sorted().suffix(count), scale, own)
        case .count: rounded = Int128(members.count)
        }
        guard rounded.magnitude < UInt128(Cell.limit) else {
            throw EvaluationError(
                message:
                    "the statistic ‘\(statistic.name)’ (\(statistic.label)) has more than 15 digits; declare fewer decimals or a larger unit"
            )
        }
        return Int64(truncatingIfNeeded: rounded)
    }

    /// - Parameter members: at least one.
    private func mean(_ members: some Collection<Int64>, _ scale: Int128, _ own: Int128) -> Int128 {
        Fraction.round(sum(members) * scale, over: own * Int128(max(1, members.count)), statistic.rounding)
    }

    private func sum(_ members: some Sequence<Int64>) -> Int128 {
        var sum: Int128 = 0
        for member in members { sum += Int128(member) }
        return sum
    }

    /// Linear interpolation at position 1 + (n − 1)·q of the sorted values.
    private func quantile(_ members: [Int64], _ share: Int, _ scale: Int128, _ own: Int128) -> Int128 {
        let sorted = members.sorted()
        let position = (sorted.count - 1) * share
        let low = position / 10_000
        let part = Int128(position % 10_000)
        let next = low + 1 < sorted.count ? sorted[low + 1] : sorted[low]
        let numerator = Int128(sorted[low]) * 10_000 + (Int128(next) - Int128(sorted[low])) * part
        return Fraction.round(numerator * scale, over: own * 10_000, statistic.rounding)
    }
}
