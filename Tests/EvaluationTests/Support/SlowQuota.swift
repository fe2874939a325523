/// How many firms a quota gives each tier, restated place by place.
struct SlowQuota {
    /// In ten-thousandths, of all tiers; the rest's is what the others leave.
    var shares: [Int]
    var rest: Int
    var round: String
    var isOpen: Bool

    /// As the method file writes it.
    func text(_ tiers: [String]) -> String {
        let entries = tiers.indices.map { tier in
            tier == rest
                ? "\(tiers[tier]): rest"
                : "\(tiers[tier]): \(shares[tier] / 100).\(shares[tier] % 100 / 10)\(shares[tier] % 10)%"
        }
        return "{\(entries.joined(separator: ", "))}"
    }

    /// Whether the firm at a place, counted from 1 at one end, is inside a share of the base.
    private func holds(_ place: Int, _ share: Int, of base: Int, isBetter: Bool) -> Bool {
        let exact = base * share
        if exact % 10_000 == 0 {
            // Nobody stands on a bound at the end.
            guard isOpen, exact > 0, share < 10_000 else { return place * 10_000 <= exact }
            // The firm on the bound belongs to the worse tier.
            return isBetter ? place * 10_000 < exact : (place - 1) * 10_000 <= exact
        }
        switch round {
        case "down": return place * 10_000 <= exact
        case "up": return (place - 1) * 10_000 < exact
        default: return place * 10_000 <= exact + 5_000
        }
    }

    /// Firms per tier that sum to the base: one at a time, to the tier that is furthest below its share.
    private func seats(of base: Int) -> [Int] {
        var seats = shares.map { base * $0 / 10_000 }
        var isServed = shares.map { _ in false }
        while seats.reduce(0, +) < base {
            var best: Int?
            for tier in shares.indices where !isServed[tier] {
                let lack = base * shares[tier] - seats[tier] * 10_000
                if let best, base * shares[best] - seats[best] * 10_000 >= lack { continue }
                best = tier
            }
            guard let best else { break }
            seats[best] += 1
            isServed[best] = true
        }
        return seats
    }

    /// The tier at a place from 1 to `count`.
    func tier(at place: Int, of count: Int, base: Int) -> Int {
        let fromEnd = count - place + 1
        if round == "largest_remainder" {
            let seats = seats(of: base)
            for tier in 0..<rest where place <= seats[...tier].reduce(0, +) { return tier }
            for tier in shares.indices.reversed() where tier > rest {
                if fromEnd <= seats[tier...].reduce(0, +) { return tier }
            }
            return rest
        }
        var sum = 0
        for tier in 0..<rest {
            sum += shares[tier]
            if holds(place, sum, of: base, isBetter: true) { return tier }
        }
        var found = rest
        for tier in shares.indices where tier > rest {
            // Who is not among the last of several tiers is not among the last of one of them.
            guard holds(fromEnd, shares[tier...].reduce(0, +), of: base, isBetter: false) else { break }
            found = tier
        }
        return found
    }

    /// How many places there are down to a tier, or from a tier on.
    func seats(_ tiers: PartialRangeThrough<Int>, of count: Int, base: Int) -> Int {
        places(of: count, base: base).count { $0 <= tiers.upperBound }
    }

    func seats(_ tiers: PartialRangeFrom<Int>, of count: Int, base: Int) -> Int {
        places(of: count, base: base).count { $0 >= tiers.lowerBound }
    }

    private func places(of count: Int, base: Int) -> [Int] {
        count == 0 ? [] : (1...count).map { tier(at: $0, of: count, base: base) }
    }
}

extension SlowQuota {
    /// Shares that are often round, nothing or all; the rest at any tier.
    static func random(_ tiers: Int, _ dice: inout Dice) -> SlowQuota {
        let rest = dice.roll(0...tiers - 1)
        var left = 10_000
        var shares = (0..<tiers).map { _ in 0 }
        for tier in shares.indices where tier != rest {
            switch dice.roll(1...10) {
            case 1: shares[tier] = 0
            case 2: shares[tier] = left
            case 3...7: shares[tier] = left / 500 * dice.roll(0...5) * 100
            default: shares[tier] = dice.roll(0...left)
            }
            left -= shares[tier]
        }
        shares[rest] = left
        let round = dice.one(of: ["down", "up", "nearest", "largest_remainder"])
        return SlowQuota(
            shares: shares, rest: rest, round: round,
            isOpen: round != "largest_remainder" && dice.happens(50))
    }
}
