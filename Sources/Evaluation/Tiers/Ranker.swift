/// Puts firms into the order of one list of keys.
struct Ranker {
    let keys: [Ranking.Key]
    /// Cells of the keys, in their order.
    let columns: [CellColumn]

    init(_ keys: [Ranking.Key], _ cells: [CellColumn]) {
        self.keys = keys
        columns = keys.map { cells[$0.node] }
    }

    /// The firms from the best to the worst. Firms with equal keys stand in ascending order of their rows, which
    /// is the order of their credit codes; a missing key counts as the worst value. O(n log n).
    func ordered(_ firms: [Int32]) -> [Int32] {
        guard let first = columns.first, let firstKey = keys.first else { return firms.sorted() }
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
        for index in start..<columns.count {
            let x = sortable(columns[index][Int(a)], keys[index])
            let y = sortable(columns[index][Int(b)], keys[index])
            if x != y { return x < y }
        }
        return a < b
    }

    /// Whether all keys of two firms are equal.
    func isTied(_ a: Int32, _ b: Int32) -> Bool {
        for (index, column) in columns.enumerated()
        where sortable(column[Int(a)], keys[index]) != sortable(column[Int(b)], keys[index]) {
            return false
        }
        return true
    }

    /// Ranks of ordered firms: 1 = best; equal keys share a rank.
    func ranks(_ ordered: [Int32], _ numbering: Ranking.Numbering) -> [Int] {
        var ranks: [Int] = []
        ranks.reserveCapacity(ordered.count)
        for (position, firm) in ordered.enumerated() {
            if position > 0, isTied(firm, ordered[position - 1]) {
                ranks.append(ranks[position - 1])
            } else {
                ranks.append(numbering == .competition ? position + 1 : (ranks.last ?? 0) + 1)
            }
        }
        return ranks
    }
}
