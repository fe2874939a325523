/// Cuts ranked firms into tiers.
struct TierCutter {
    let ranking: Ranking
    /// The cells of all nodes.
    let cells: [CellColumn]

    /// The tier of each firm.
    /// - Parameters:
    ///   - ordered: the firms that are ranked together, from the best to the worst.
    ///   - ends: see ``Ranking/ends(of:base:ranked:)``.
    ///   - rest: the tier of those whom no other tier takes.
    func tiers(_ ordered: [Int32], ends: [Int], rest: Int) -> [Int] {
        let ranker = Ranker(ranking.keys, cells)
        guard !ranking.reselections.isEmpty else { return cut(ordered, ends, ranker) }
        var tiers = [Int](repeating: rest, count: ordered.count)
        var isFree = [Bool](repeating: true, count: ordered.count)
        let count = ordered.count
        // Quotas are cumulative from either end: what a tier took too many or too few of, the next one balances.
        var taken = (better: 0, worse: 0)
        for tier in Array(0..<rest) + Array((rest + 1..<max(rest + 1, ranking.tiers.count)).reversed()) {
            let isBetter = tier < rest
            let seats = isBetter ? ends[tier] - taken.better : count - ends[tier - 1] - taken.worse
            let positions = isBetter ? Array(0..<count) : Array((0..<count).reversed())
            let found: [Int]
            if let second = ranking.reselections.first(where: { $0.tier == tier }) {
                // Firms with equal keys are all in the pool or all outside, as at every cut.
                let first = select(
                    positions.map { ordered[$0] }, ranking.whole(second.among, of: count), ranker,
                    isBetter: isBetter)
                let pool = positions.prefix(first.count).filter { isFree[$0] }
                let byOther = Ranker(second.keys, cells)
                let place = Dictionary(uniqueKeysWithValues: pool.map { (ordered[$0], $0) })
                let order = byOther.ordered(pool.map { ordered[$0] })
                let chosen = select(isBetter ? order : order.reversed(), seats, byOther, isBetter: isBetter)
                found = chosen.compactMap { place[$0] }
            } else {
                let pool = positions.filter { isFree[$0] }
                let chosen = select(pool.map { ordered[$0] }, seats, ranker, isBetter: isBetter)
                found = Array(pool.prefix(chosen.count))
            }
            if isBetter { taken.better += found.count } else { taken.worse += found.count }
            for position in found {
                tiers[position] = tier
                isFree[position] = false
            }
        }
        return tiers
    }

    /// The first firms of an order, as many as there are seats; equal keys at the end stay together.
    private func select(
        _ order: [Int32], _ seats: Int, _ ranker: Ranker, isBetter: Bool
    ) -> ArraySlice<Int32> {
        var end = min(max(0, seats), order.count)
        guard end > 0, end < order.count, ranking.ties != .split,
            ranker.isTied(order[end - 1], order[end])
        else { return order[..<end] }
        if isBetter == (ranking.ties == .shareBetter) {
            while end < order.count, ranker.isTied(order[end - 1], order[end]) { end += 1 }
        } else {
            let tied = order[end]
            while end > 0, ranker.isTied(order[end - 1], tied) { end -= 1 }
        }
        return order[..<end]
    }

    private func cut(_ ordered: [Int32], _ ends: [Int], _ ranker: Ranker) -> [Int] {
        var tiers: [Int] = []
        tiers.reserveCapacity(ordered.count)
        var tier = 0
        for position in ordered.indices {
            while tier < ends.count, position >= ends[tier] { tier += 1 }
            tiers.append(tier)
        }
        guard ranking.ties != .split else { return tiers }
        var start = 0
        while start < ordered.count {
            var end = start + 1
            while end < ordered.count, ranker.isTied(ordered[end - 1], ordered[end]) { end += 1 }
            let shared = ranking.ties == .shareBetter ? tiers[start] : tiers[end - 1]
            for position in start..<end { tiers[position] = shared }
            start = end
        }
        return tiers
    }
}
