/// How many firms of a cohort went from which place to which.
package struct TransitionMatrix: Sendable {
    /// Before and after all steps; `nil` for none.
    package let from: Standings.Term?
    package let to: Standings.Term?
    /// The rows and columns that hold a firm, or are tiers.
    package let places: [Comparison.Place]
    /// [old place][new place], in the order of `places`.
    package let counts: [[Int]]

    package var firms: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
}

/// What became of the firms of one town, or of one industry.
package struct GroupCounts: Sendable {
    /// The town; the first two digits of the industry; empty for firms of which the registry does not say it.
    package let name: String
    package let counts: Comparison.Counts
    /// Firms in each tier before and after.
    package let old: [Int]
    package let new: [Int]
}

/// Who came onto a list and who left it.
package struct ListChange: Sendable {
    package let term: Standings.Term
    package let old: Int
    package let new: Int
    /// Rows of the comparison.
    package let added: [Int32]
    package let removed: [Int32]
}

extension Comparison {
    /// Every firm in exactly one matrix: by cohort, in the order of the new method; then those who changed it; then
    /// those who have no tier before and after.
    package var matrices: [TransitionMatrix] {
        let all = tiers.indices.map { Place(tier: $0) } + [.ungraded, .absent]
        let (from, to) = (first.cohorts, last.cohorts)
        let (old, new) = (first.cohort, last.cohort)
        // [old cohort][new cohort][old place][new place]; behind the cohorts one for none.
        var cells = [Int](repeating: 0, count: (from.count + 1) * (to.count + 1) * all.count * all.count)
        func index(_ place: Place) -> Int {
            place.tier ?? (place == .absent ? all.count - 1 : all.count - 2)
        }
        func cohort(_ cell: Int64, _ cohorts: [Standings.Term]) -> Int {
            !Cell.isMissing(cell) && cohorts.indices.contains(Int(cell)) ? Int(cell) : cohorts.count
        }
        for firm in 0..<firms.count {
            let (a, b) = (oldPlace(firm), newPlace(firm))
            let hasTier = a.tier != nil || b.tier != nil
            let x = hasTier ? cohort(old[firm], from) : from.count
            let y = hasTier ? cohort(new[firm], to) : to.count
            cells[((x * (to.count + 1) + y) * all.count + index(a)) * all.count + index(b)] += 1
        }
        var matrices: [(order: [Int], matrix: TransitionMatrix)] = []
        for x in 0...from.count {
            for y in 0...to.count {
                let start = (x * (to.count + 1) + y) * all.count * all.count
                func count(_ a: Int, _ b: Int) -> Int { cells[start + a * all.count + b] }
                let used = all.indices.filter { place in
                    place < tiers.count || all.indices.contains { count(place, $0) + count($0, place) > 0 }
                }
                guard all.indices.contains(where: { a in all.indices.contains { count(a, $0) > 0 } }) else {
                    continue
                }
                let a = x < from.count ? from[x] : nil
                let b = y < to.count ? to[y] : nil
                let kind = a == nil && b == nil ? 2 : a?.name == b?.name ? 0 : 1
                matrices.append(
                    (
                        [kind, y, x],
                        TransitionMatrix(
                            from: a, to: b, places: used.map { all[$0] },
                            counts: used.map { row in used.map { count(row, $0) } })
                    ))
            }
        }
        return matrices.sorted { $0.order.lexicographicallyPrecedes($1.order) }.map(\.matrix)
    }

    /// By name; towns and industries without a firm in a tier before or after are left out.
    package var towns: [GroupCounts] { groups(firms.town, firms.towns) }

    /// By the first two digits.
    package var industries: [GroupCounts] {
        groups(firms.industry, firms.industries.map { String($0.prefix(2)) })
    }

    private func groups(_ column: CellColumn, _ texts: [String]) -> [GroupCounts] {
        // Several texts may stand for one group; the last stands for firms without a text.
        let names = Set(texts).union([""]).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let groups = texts.map { numbers[$0] ?? 0 }
        var counts = names.map { _ in Counts(tiers: tiers.count) }
        var old = names.map { _ in [Int](repeating: 0, count: tiers.count) }
        var new = old
        for firm in 0..<firms.count {
            let cell = column[firm]
            let group = Cell.isMissing(cell) || !groups.indices.contains(Int(cell)) ? 0 : groups[Int(cell)]
            let (before, after) = (oldPlace(firm), newPlace(firm))
            if let tier = before.tier { old[group][tier] += 1 }
            if let tier = after.tier { new[group][tier] += 1 }
            if before != after { counts[group].add(before, after) }
        }
        return names.indices.compactMap { group in
            guard (old[group] + new[group]).contains(where: { $0 > 0 }) else { return nil }
            return GroupCounts(name: names[group], counts: counts[group], old: old[group], new: new[group])
        }
    }

    /// Changes of the lists from one standing to another, by default over all steps: the new method's lists in
    /// their order, then those that only the old one has.
    package func lists(from before: Int = 0, to after: Int? = nil) -> [ListChange] {
        let (old, new) = (standings[before].lists, standings[after ?? steps.count].lists)
        func firms(_ lists: [Standings.List], _ name: String) -> [Int32] {
            lists.first { $0.term.name == name }?.firms ?? []
        }
        let terms =
            new.map(\.term)
            + old.map(\.term).filter { term in
                !new.contains { $0.term.name == term.name }
            }
        return terms.map { term in
            let (a, b) = (firms(old, term.name), firms(new, term.name))
            return ListChange(
                term: term, old: a.count, new: b.count, added: Comparison.difference(b, a),
                removed: Comparison.difference(a, b))
        }
    }

    /// What the first has and the second has not; both ascending.
    private static func difference(_ a: [Int32], _ b: [Int32]) -> [Int32] {
        var result: [Int32] = []
        var at = 0
        for firm in a {
            while at < b.count, b[at] < firm { at += 1 }
            if at == b.count || b[at] != firm { result.append(firm) }
        }
        return result
    }
}
