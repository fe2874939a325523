/// Logarithm and exponential in whole multiples of 2^-precision, with bounds on their errors.
///
/// Every operation cuts off less than one unit. With the number of terms and squarings below, the sum of all errors
/// stays far below ``slack`` units for every precision up to ``maximumPrecision``.
enum FixedPoint {
    /// More units than a result can be wrong by.
    static let slack = BigNatural.powerOfTwo(40)
    static let maximumPrecision = 1 << 16

    /// ln(numerator / denominator), for a fraction greater than 1.
    static func logarithm(_ numerator: BigNatural, over denominator: BigNatural, _ precision: Int)
        -> BigNatural
    {
        // x = m·2^k with m in [2/3, 4/3], where the series is short.
        var k = max(0, numerator.bits - denominator.bits)
        if numerator * BigNatural(3) > (denominator << k) * BigNatural(4) {
            k += 1
        } else if k > 0, numerator * BigNatural(3) < (denominator << k) * BigNatural(2) {
            k -= 1
        }
        let scaled = denominator << k
        let ofPowers = k == 0 ? .zero : ln2(precision) * BigNatural(UInt128(k))
        // ln m = 2 artanh((m − 1) / (m + 1)).
        return numerator >= scaled
            ? ofPowers + (artanh(numerator - scaled, over: numerator + scaled, precision) << 1)
            : ofPowers - (artanh(scaled - numerator, over: numerator + scaled, precision) << 1)
    }

    private static let ln2Of128 = artanh(.one, over: BigNatural(3), 128) << 1

    private static func ln2(_ precision: Int) -> BigNatural {
        precision == 128 ? ln2Of128 : artanh(.one, over: BigNatural(3), precision) << 1
    }

    /// y + y³/3 + y⁵/5 + … for y = numerator / denominator, at most 1/3.
    private static func artanh(
        _ numerator: BigNatural, over denominator: BigNatural, _ precision: Int
    ) -> BigNatural {
        let y = (numerator << precision).divided(by: denominator)
        let square = (y * y) >> precision
        var power = y
        var sum = y
        var divisor: UInt64 = 3
        while !power.isZero {
            power = (power * square) >> precision
            sum = sum + power.divided(by: divisor)
            divisor += 2
        }
        return sum
    }

    /// e^±x as `mantissa · 2^exponent`, with the mantissa in the same units as x. x is below 2^20.
    static func exponential(
        _ x: BigNatural, isNegative: Bool, _ precision: Int
    ) -> (mantissa: BigNatural, exponent: Int) {
        // ±x = k·ln 2 + r with r in [0, ln 2].
        let ln2 = ln2(precision)
        let quotient = x.divided(by: ln2)
        let whole = Int(truncatingIfNeeded: quotient.word ?? 0)
        let k = isNegative ? -whole - 1 : whole
        let r = isNegative ? ln2 * (quotient + .one) - x : x - ln2 * quotient
        // The series for r/2^8, which is short, and eight squarings.
        let halvings = 8
        let small = r >> halvings
        var term = BigNatural.powerOfTwo(precision)
        var sum = term
        var count: UInt64 = 1
        while !term.isZero {
            term = ((term * small) >> precision).divided(by: count)
            sum = sum + term
            count += 1
        }
        for _ in 0..<halvings { sum = (sum * sum) >> precision }
        return (sum, k)
    }
}
