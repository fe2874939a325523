/// What became of every firm on the way from one evaluation to another, step by step.
///
/// Between `standings[k]` and `standings[k + 1]` lies `steps[k]`; so whatever a firm moves in all is the sum of
/// what it moves in the steps.
package struct Comparison: Sendable {
    /// The names of one step, for people and for programs.
    package struct Step: Sendable {
        package let name: String
        package let label: String
        /// Something to know about it; `nil` for nothing.
        package let note: String?

        package init(name: String, label: String, note: String? = nil) {
            self.name = name
            self.label = label
            self.note = note
        }
    }

    package let firms: ComparedFirms
    /// One more than steps, never empty; one cell per firm of `firms` in each.
    package let standings: [Standings]
    package let steps: [Step]
    /// The tiers of all methods on the way, best first.
    package let tiers: [String]
    /// For each of the standings the place of each firm; see ``Place``.
    private let places: [[Place]]

    /// Where a firm is: in a tier (its index in `tiers`), without one, or not in the registry.
    package struct Place: Sendable, Hashable, Comparable {
        fileprivate let value: UInt8

        package static let ungraded = Place(value: 254)
        package static let absent = Place(value: 255)
        fileprivate init(value: UInt8) { self.value = value }
        package init(tier: Int) { value = UInt8(clamping: min(tier, 253)) }

        /// `nil` outside the tiers.
        package var tier: Int? { value < 254 ? Int(value) : nil }

        /// Tiers from the best, then without a tier, then not in the registry.
        package static func < (a: Place, b: Place) -> Bool { a.value < b.value }
    }

    package init(firms: ComparedFirms, standings: [Standings], steps: [Step]) {
        self.firms = firms
        self.standings = standings
        self.steps = steps
        var tiers = standings.last?.tiers ?? []
        for standing in standings.reversed() {
            for (index, tier) in standing.tiers.enumerated() where !tiers.contains(tier) {
                // Behind the one that it follows in its own method.
                let before = index > 0 ? tiers.firstIndex(of: standing.tiers[index - 1]) : nil
                tiers.insert(tier, at: before.map { $0 + 1 } ?? 0)
            }
        }
        self.tiers = tiers
        places = standings.map { standing in
            let numbers = standing.tiers.map { tier in tiers.firstIndex(of: tier) ?? 0 }
            return firms.codes.offsets.indices.dropLast().map { firm in
                let tier = standing.tier[firm]
                if !Cell.isMissing(tier), numbers.indices.contains(Int(tier)) {
                    return Place(tier: numbers[Int(tier)])
                }
                return Cell.isMissing(standing.state[firm]) ? .absent : .ungraded
            }
        }
    }

    package var first: Standings { standings[0] }
    package var last: Standings { standings[standings.count - 1] }

    /// Where a firm is before all steps (0), or after so many.
    package func place(_ firm: Int, after steps: Int) -> Place { places[steps][firm] }
    package func oldPlace(_ firm: Int) -> Place { places[0][firm] }
    package func newPlace(_ firm: Int) -> Place { places[places.count - 1][firm] }

    /// A tier, 未参评 or 不在名录.
    package func label(_ place: Place) -> String {
        place.tier.map { tiers[$0] } ?? (place == .absent ? "不在名录" : "未参评")
    }

    // MARK: Totals of a firm

    /// The decimals that hold every total on the way.
    package var decimals: Int { standings.map(\.decimals).max() ?? 0 }

    /// The total after so many steps, with ``decimals``; `nil` without one.
    package func total(_ firm: Int, after steps: Int) -> Int64? {
        let cell = standings[steps].total[firm]
        guard !Cell.isMissing(cell) else { return nil }
        let scale = DecimalText.powersOfTen[max(0, decimals - standings[steps].decimals)]
        let (scaled, overflow) = cell.multipliedReportingOverflow(by: scale)
        return overflow ? nil : scaled
    }

    /// The rank in its cohort after so many steps; `nil` without one.
    package func rank(_ firm: Int, after steps: Int) -> Int64? {
        let cell = standings[steps].rank[firm]
        return Cell.isMissing(cell) ? nil : cell
    }

    /// The cohort after so many steps; `nil` without one.
    package func cohort(_ firm: Int, after steps: Int) -> Standings.Term? {
        let cell = standings[steps].cohort[firm]
        guard !Cell.isMissing(cell), standings[steps].cohorts.indices.contains(Int(cell)) else { return nil }
        return standings[steps].cohorts[Int(cell)]
    }

    /// The steps that move a firm from one place to another.
    package func steps(moving firm: Int) -> [Int] {
        steps.indices.filter { places[$0][firm] != places[$0 + 1][firm] }
    }

    // MARK: Who moves

    /// Firms that end in another tier, or come to have one or lose it: the deepest falls first, then those that lose
    /// their tier, those that come to have one, and the rises, the highest last; equal ones by code.
    package var movers: [Int] {
        var groups: [Int: [Int]] = [:]
        for firm in 0..<firms.count where isMover(firm) { groups[depth(firm), default: []].append(firm) }
        return groups.keys.sorted().flatMap { groups[$0] ?? [] }
    }

    private func isMover(_ firm: Int) -> Bool {
        let (old, new) = (oldPlace(firm), newPlace(firm))
        return old != new && (old.tier != nil || new.tier != nil)
    }

    private func depth(_ firm: Int) -> Int {
        switch (oldPlace(firm).tier, newPlace(firm).tier) {
        case (let old?, let new?): new > old ? old - new : new == old ? 0 : 2000 + old - new
        case (_?, nil): 0
        default: 1
        }
    }

    /// How many firms a change moved.
    package struct Counts: Sendable, Equatable {
        /// To a better tier, to a worse one, from none to one, from one to none.
        package private(set) var up = 0
        package private(set) var down = 0
        package private(set) var entered = 0
        package private(set) var left = 0
        /// For each tier, how many more firms hold it.
        package private(set) var net: [Int]

        /// All of them.
        package var moved: Int { up + down + entered + left }

        init(tiers: Int) { net = Array(repeating: 0, count: tiers) }

        mutating func add(_ old: Place, _ new: Place) {
            if let tier = old.tier { net[tier] -= 1 }
            if let tier = new.tier { net[tier] += 1 }
            switch (old.tier, new.tier) {
            case (let old?, let new?): if new < old { up += 1 } else if new > old { down += 1 }
            case (nil, _?): entered += 1
            case (_?, nil): left += 1
            case (nil, nil): break
            }
        }
    }

    /// What the steps from one to another moved, by default all.
    package func counts(from first: Int = 0, to last: Int? = nil) -> Counts {
        let (before, after) = (places[first], places[last ?? steps.count])
        var counts = Counts(tiers: tiers.count)
        for firm in before.indices where before[firm] != after[firm] {
            counts.add(before[firm], after[firm])
        }
        return counts
    }

    /// How many firms have another total after a step than before it.
    package func totalsChanged(by step: Int) -> Int {
        (0..<firms.count).reduce(0) { sum, firm in
            sum + (total(firm, after: step) == total(firm, after: step + 1) ? 0 : 1)
        }
    }
}
