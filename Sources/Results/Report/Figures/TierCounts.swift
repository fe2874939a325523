/// Firms by tier in each of several groups: cohorts, towns, industries.
struct TierCounts {
    struct Group {
        let name: String
        /// In the order of the tiers.
        var counts: [Int]

        var firms: Int { counts.reduce(0, +) }
    }

    /// Best first; tiers that no group has may be among them.
    let tiers: [String]
    private(set) var groups: [Group] = []

    init(tiers: [String]) { self.tiers = tiers }

    /// From counts of the store.
    /// - Parameter name: of the group that a row belongs to.
    init(tiers: [String], _ rows: [AggregateRow], name: (AggregateRow) -> String) {
        self.tiers = tiers
        for row in rows { add(row.firms, tier: row.tier, to: name(row)) }
    }

    mutating func add(_ firms: Int, tier: String, to name: String) {
        guard let place = tiers.firstIndex(of: tier) else { return }
        let group = groups.firstIndex { $0.name == name }
        if group == nil { groups.append(Group(name: name, counts: Array(repeating: 0, count: tiers.count))) }
        // A count that no registry reaches is damage; it must not stop the report.
        groups[group ?? groups.count - 1].counts[place] += min(max(0, firms), 1_000_000_000)
    }

    /// Those with a firm in them, the largest first, then by name.
    var largestFirst: TierCounts {
        var sorted = self
        sorted.groups = groups.filter { $0.firms > 0 }.sorted { ($1.firms, $0.name) < ($0.firms, $1.name) }
        return sorted
    }

    /// The first so many groups; the others become one.
    func first(_ most: Int, rest: (Int) -> String) -> TierCounts {
        guard groups.count > most else { return self }
        var cut = self
        cut.groups = Array(groups.prefix(most - 1))
        let others = groups.dropFirst(most - 1)
        let counts = tiers.indices.map { tier in others.reduce(0) { $0 + $1.counts[tier] } }
        cut.groups.append(Group(name: rest(others.count), counts: counts))
        return cut
    }
}
