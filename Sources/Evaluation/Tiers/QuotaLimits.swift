/// Shares of firms as whole numbers of them.
extension Ranking {
    /// How many firms the tiers of a cohort down to each but the last may hold together.
    /// - Parameters:
    ///   - base: the firms of which the shares are taken.
    ///   - ranked: those that there are to be cut; the tiers worse than the rest's are counted from their end.
    func ends(of quota: Quota, base: Int, ranked: Int) -> [Int] {
        let seats = rounding == .largestRemainder ? quota.wholeSeats(of: base) : nil
        var ends: [Int] = []
        for tier in quota.shares.indices.dropLast() {
            let end: Int
            if tier < quota.rest {
                end = seats?[...tier].reduce(0, +) ?? firms(quota.shares[...tier].reduce(0, +), of: base)
            } else {
                let worse = (tier + 1)...
                end =
                    ranked
                    - (seats?[worse].reduce(0, +)
                        ?? firms(quota.shares[worse].reduce(0, +), of: base, fromWorst: true))
            }
            // Rounding one share up and opening the bound of the next must not make them cross.
            ends.append(max(end, ends.last ?? 0))
        }
        return ends
    }

    /// The firms that a share in ten-thousandths covers, counted from the best or from the worst.
    func firms(_ share: Int, of base: Int, fromWorst: Bool = false) -> Int {
        let firms = whole(share, of: base)
        // The firm exactly on the bound belongs to the worse tier, whichever side is counted; nobody stands on a bound at
        // the end.
        guard bound == .open, base * share % 10_000 == 0, firms > 0, share < 10_000 else { return firms }
        return fromWorst ? min(base, firms + 1) : firms - 1
    }

    /// A share in ten-thousandths as a whole number of firms, whatever the bound.
    func whole(_ share: Int, of base: Int) -> Int {
        let (quotient, remainder) = (base * share).quotientAndRemainder(dividingBy: 10_000)
        guard remainder > 0 else { return quotient }
        return switch rounding {
        case .down: quotient
        case .up: quotient + 1
        case .nearest, .largestRemainder: remainder * 2 >= 10_000 ? quotient + 1 : quotient
        }
    }
}

extension Quota {
    /// Whole firms of each tier that sum to the base: the greatest fractions are rounded up.
    fileprivate func wholeSeats(of base: Int) -> [Int] {
        var seats = shares.map { base * $0 / 10_000 }
        let fractions = shares.map { base * $0 % 10_000 }
        let order = fractions.indices.sorted {
            fractions[$0] != fractions[$1] ? fractions[$0] > fractions[$1] : $0 < $1
        }
        for tier in order.prefix(max(0, base - seats.reduce(0, +))) { seats[tier] += 1 }
        return seats
    }
}
