/// Applies the decisions that hold for one firm, from the highest priority to the lowest.
///
/// Each decision narrows the tiers that are still open: `set` to one, `not_above` and `not_below` to one side, `raise`
/// and `lower` to one side of the tier that lies so far from the initial one. A
/// decision that leaves nothing open of what the higher priorities left is overruled and changes nothing, so that
/// the order inside one priority never matters. The initial tier is then moved to the nearest open one.
struct DecisionResolver {
    struct Candidate {
        let name: String
        let label: String
        let effect: DecisionRule.Effect
        let priority: Int
        let reason: String
        let document: String
    }

    let tierCount: Int

    /// - Parameter candidates: from the highest priority to the lowest.
    /// - Returns: the tier, and what became of each decision, or the two of one priority that contradict each other.
    func resolve(
        initial: Int, _ candidates: [Candidate]
    ) -> (tier: Int, isOverruled: [Bool], conflict: (Int, Int)?) {
        var best = 0
        var worst = tierCount - 1
        var isOverruled: [Bool] = []
        // What the priorities above the current one have left open.
        var above = (best: best, worst: worst)
        for (index, candidate) in candidates.enumerated() {
            let span = span(candidate.effect, initial: initial)
            let (low, high) = (span.lowerBound, span.upperBound)
            if index > 0, candidates[index - 1].priority != candidate.priority { above = (best, worst) }
            guard max(above.best, low) <= min(above.worst, high) else {
                isOverruled.append(true)
                continue
            }
            let newBest = max(best, low)
            let newWorst = min(worst, high)
            guard newBest <= newWorst else {
                // Of spans that meet what is open above, two that leave nothing together do not meet each other.
                let other = candidates[..<index].indices.first { earlier in
                    candidates[earlier].priority == candidate.priority && !isOverruled[earlier]
                        && !span.overlaps(self.span(candidates[earlier].effect, initial: initial))
                }
                return (initial, isOverruled, (other ?? index, index))
            }
            (best, worst) = (newBest, newWorst)
            isOverruled.append(false)
        }
        return (min(max(initial, best), worst), isOverruled, nil)
    }

    /// The tiers that a decision leaves open, from the best to the worst.
    func span(_ effect: DecisionRule.Effect, initial: Int) -> ClosedRange<Int> {
        switch effect {
        case .set(let tier): tier...tier
        case .notAbove(let tier): tier...tierCount - 1
        case .notBelow(let tier): 0...tier
        case .raise(let tiers): 0...max(0, initial - tiers)
        case .lower(let tiers): min(tierCount - 1, initial + tiers)...tierCount - 1
        }
    }
}
