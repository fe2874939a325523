package import Evaluation

/// How far the deliveries of a feed reach, and how old that is.
package struct FeedFreshness: Sendable, Equatable {
    /// Code name.
    package let feed: String
    /// Name of the delivery that was made last; `nil` when there is none.
    package let newest: String?
    /// Deliveries in the inbox, and how many of them count.
    package let deliveries: Int
    package let counting: Int
    /// Months of the data year that no delivery covers, `2021-03`; of a flow by month only.
    package let missingMonths: [String]
    /// The last day that what counts describes: the end of the last month of a flow, the day of a snapshot, the day on
    /// which the last delivery of a log was made.
    package let reachesTo: Day?
    /// Days from there to the as-of day; of a flow to the end of the data year at most.
    package let age: Int64?
    package let cycle: FeedContract.Cycle?

    /// Whether the age is more than twice the cycle.
    package var isOverdue: Bool {
        guard let age, let cycle else { return false }
        return age > cycle.daysUntilOverdue
    }
}

extension Survey {
    /// Of every feed that is read, in the order of the contracts. No clock is read: ages end at the as-of day.
    /// - Parameter feeds: names of those that the method uses.
    package func freshness(
        _ contracts: [FeedContract], feeds: Set<String>, dataYear: Int, asOf: Day
    ) -> [FeedFreshness] {
        contracts.enumerated().compactMap { index, contract in
            let own = deliveries.filter { $0.feed == index }
            guard !own.isEmpty || feeds.contains(contract.name) || contract.name == FeedContract.registryName
            else { return nil }
            let counted = own.filter(\.counts)
            let newest = own.max { ($0.created, $0.name) < ($1.created, $1.name) }
            let end = contract.addsUp == .flow ? min(asOf, Day.last(ofYear: dataYear)) : asOf
            let reachesTo: Day? =
                switch contract.addsUp {
                case .flow:
                    counted.compactMap { $0.period?.last }.max().map { last in
                        min(Day.last(ofMonth: last), Day.last(ofYear: dataYear))
                    }
                case .snapshot: counted.compactMap(\.stateOf).max()
                case .log: counted.map(\.created.day).max()
                }
            return FeedFreshness(
                feed: contract.name, newest: newest?.name, deliveries: own.count, counting: counted.count,
                missingMonths: missingMonths(index, contract, dataYear: dataYear), reachesTo: reachesTo,
                age: reachesTo.map { max(0, end.number - $0.number) }, cycle: contract.cycle)
        }
    }

    private func missingMonths(_ feed: Int, _ contract: FeedContract, dataYear: Int) -> [String] {
        guard contract.addsUp == .flow, let period = contract.period, contract.fields[period].kind == .month
        else { return [] }
        var covered: UInt16 = 0
        for file in files where file.feed == feed {
            if case .months(let mask) = file.counting { covered |= mask }
        }
        return (0..<12).filter { covered & (1 << UInt16($0)) == 0 }.map { Period.text(dataYear * 12 + $0) }
    }
}

extension Day {
    fileprivate static func last(ofYear year: Int) -> Day {
        Day(year: year, month: 12, day: 31) ?? Day(number: 0)
    }

    fileprivate static func last(ofMonth month: Int) -> Day {
        let (year, index) = (month / 12, month % 12 + 1)
        return Day(year: year, month: index, day: length(ofMonth: index, year: year)) ?? Day(number: 0)
    }
}

extension Moment {
    /// The day in China, which has one time.
    fileprivate var day: Day {
        let seconds = seconds + 8 * 3600
        return Day(number: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    }
}
