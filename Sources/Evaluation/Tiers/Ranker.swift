/// Orders the firms of one cohort and cuts them into tiers.
struct Ranker {
    let ranking: Ranking
    /// Cells of the rank keys, in their order.
    let keys: [CellColumn]

    /// The firms from the best to the worst. Firms with equal keys stand in ascending order of their rows, which
    /// is the order of their credit codes; a missing key counts as the worst value. O(n log n).
    func ordered(_ firms: [Int32]) -> [Int32] {
        guard let first = keys.first, let firstKey = ranking.keys.first else { return firms.sorted() }
        var entries = firms.map { firm in (key: sortable(first[Int(firm)], firstKey), firm: firm) }
        entries.sort { a, b in
            if a.key != b.key { return a.key < b.key }
            return precedes(a.firm, b.firm, from: 1)
        }
        return entries.map(\.firm)
    }

    /// Smaller sorts first; a missing cell sorts last.
    private func sortable(_ cell: Int64, _ key: Ranking.Key) -> Int64 {
        Cell.isMissing(cell) ? Int64.max : key.descending ? -cell : cell
    }

    private func precedes(_ a: Int32, _ b: Int32, from start: Int) -> Bool {
        for index in start..<keys.count {
            let x = sortable(keys[index][Int(a)], ranking.keys[index])
            let y = sortable(keys[index][Int(b)], ranking.keys[index])
            if x != y { return x < y }
        }
        return a < b
    }

    private func isTied(_ a: Int32, _ b: Int32) -> Bool {
        for (index, column) in keys.enumerated()
        where sortable(column[Int(a)], ranking.keys[index]) != sortable(column[Int(b)], ranking.keys[index]) {
            return false
        }
        return true
    }

    /// Competition ranks (1, 2, 2, 4) of ordered firms.
    func ranks(_ ordered: [Int32]) -> [Int] {
        var ranks: [Int] = []
        ranks.reserveCapacity(ordered.count)
        for (position, firm) in ordered.enumerated() {
            if position > 0, isTied(firm, ordered[position - 1]) {
                ranks.append(ranks[position - 1])
            } else {
                ranks.append(position + 1)
            }
        }
        return ranks
    }

    /// How many firms the tiers down to each but the last may hold together, of a base of firms.
    func limits(cohort: Int, base: Int) -> [Int] {
        var limits: [Int] = []
        for share in ranking.cumulative[cohort] {
            let (quotient, remainder) = (base * share).quotientAndRemainder(dividingBy: 10_000)
            var limit = quotient
            if remainder == 0 {
                if ranking.bound == .open { limit = max(0, quotient - 1) }
            } else {
                switch ranking.rounding {
                case .down: break
                case .up: limit += 1
                case .nearest: if remainder * 2 >= 10_000 { limit += 1 }
                }
            }
            // Rounding one share up and opening the bound of the next must not make them cross.
            limits.append(max(limit, limits.last ?? 0))
        }
        return limits
    }

    /// Tier of each ordered firm.
    func tiers(_ ordered: [Int32], ranks: [Int], limits: [Int]) -> [Int] {
        var tiers = ordered.indices.map { position in limits.firstIndex { position < $0 } ?? limits.count }
        guard ranking.ties != .split else { return tiers }
        var start = 0
        while start < ordered.count {
            var end = start + 1
            while end < ordered.count, ranks[end] == ranks[start] { end += 1 }
            let shared = ranking.ties == .shareBetter ? tiers[start] : tiers[end - 1]
            for position in start..<end { tiers[position] = shared }
            start = end
        }
        return tiers
    }
}
