/// Arithmetic of exact fractions whose parts the checker has bounded below 2^126.
enum Fraction {
    static func greatestCommonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
        var (a, b) = (a.magnitude, b.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        return a == 0 ? 1 : Int128(truncatingIfNeeded: a)
    }

    /// The whole number nearest to numerator / denominator by the rounding rule; the denominator is positive.
    @inline(__always)
    static func round(_ numerator: Int128, over denominator: Int128, _ rounding: Rounding) -> Int128 {
        // Most values fit 64 bits, and the machine divides those many times faster.
        if let n = Int64(exactly: numerator), let d = Int64(exactly: denominator) {
            let (quotient, remainder) = n.quotientAndRemainder(dividingBy: d)
            guard remainder != 0 else { return Int128(quotient) }
            return Int128(quotient)
                + adjustment(
                    quotientIsOdd: quotient & 1 != 0, isNegative: n < 0,
                    twiceRemainder: UInt128(remainder.magnitude) * 2, denominator: UInt128(d.magnitude),
                    rounding)
        }
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        guard remainder != 0 else { return quotient }
        return quotient
            + adjustment(
                quotientIsOdd: quotient & 1 != 0, isNegative: numerator < 0,
                twiceRemainder: remainder.magnitude * 2, denominator: denominator.magnitude, rounding)
    }

    @inline(__always)
    private static func adjustment(
        quotientIsOdd: Bool, isNegative: Bool, twiceRemainder: UInt128, denominator: UInt128,
        _ rounding: Rounding
    ) -> Int128 {
        let away: Int128 = isNegative ? -1 : 1
        switch rounding {
        case .halfAway: return twiceRemainder >= denominator ? away : 0
        case .halfEven:
            if twiceRemainder == denominator { return quotientIsOdd ? away : 0 }
            return twiceRemainder > denominator ? away : 0
        case .down: return 0
        case .up: return away
        }
    }
}
