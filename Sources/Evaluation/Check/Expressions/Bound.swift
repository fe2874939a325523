/// How large the parts of an expression's fraction can become, in bits. It mirrors what ``BlockEvaluator`` does with
/// each operation, so that an expression that passes can never leave `Int128`.
struct Bound {
    /// Most bits that a part may need; one is left for the sign and one for rounding.
    static let limit = 126

    let numerator: Int
    let denominator: Int
    /// The denominator where it is the same for every firm.
    let constant: Int128?

    var fits: Bool { max(numerator, denominator) <= Bound.limit }

    static func bits(_ value: Int128) -> Int { 128 - value.magnitude.leadingZeroBitCount }

    static func constant(_ constant: Expression.Constant) -> Bound {
        Bound(
            numerator: bits(constant.numerator), denominator: bits(constant.denominator),
            constant: constant.denominator)
    }

    /// A stored value with this many decimals.
    static func cell(decimals: Int) -> Bound {
        let scale = Int128(DecimalText.powersOfTen[decimals])
        return Bound(numerator: bits(Int128(Cell.limit)), denominator: bits(scale), constant: scale)
    }

    /// Sum, difference, minimum, maximum or choice: the parts are brought to one denominator.
    static func joined(_ parts: [Bound]) -> Bound {
        guard var result = parts.first else { return constant(.zero) }
        for part in parts.dropFirst() { result = result.joined(with: part) }
        return result
    }

    private func joined(with other: Bound) -> Bound {
        if let a = constant, let b = other.constant, let common = Bound.leastCommonMultiple(a, b) {
            return Bound(
                // A factor of 2^k adds k bits, and a factor of 1 adds none.
                numerator: 1
                    + max(
                        numerator + Bound.bits(common / a - 1), other.numerator + Bound.bits(common / b - 1)),
                denominator: Bound.bits(common), constant: common)
        }
        return Bound(
            numerator: max(numerator + other.denominator, other.numerator + denominator) + 1,
            denominator: denominator + other.denominator, constant: nil)
    }

    func multiplied(by other: Bound) -> Bound {
        let product = Bound(
            numerator: numerator + other.numerator, denominator: denominator + other.denominator,
            constant: nil)
        guard let a = constant, let b = other.constant, product.denominator <= Bound.limit else {
            return product
        }
        return Bound(numerator: product.numerator, denominator: product.denominator, constant: a * b)
    }

    func divided(by other: Bound, constantDivisor: Expression.Constant?) -> Bound {
        let quotient = Bound(
            numerator: numerator + other.denominator, denominator: denominator + other.numerator,
            constant: nil)
        guard let a = constant, let divisor = constantDivisor, quotient.denominator <= Bound.limit else {
            return quotient
        }
        return Bound(
            numerator: quotient.numerator, denominator: quotient.denominator,
            constant: a * Int128(truncatingIfNeeded: divisor.numerator.magnitude))
    }

    /// Whether the two can be compared by cross-multiplication.
    func isComparable(with other: Bound) -> Bool {
        numerator + other.denominator <= Bound.limit && other.numerator + denominator <= Bound.limit
    }

    func isRoundable(decimals: Int) -> Bool {
        fits && numerator + Bound.bits(Int128(DecimalText.powersOfTen[decimals])) <= Bound.limit
    }

    /// `nil` when it does not fit.
    static func leastCommonMultiple(_ a: Int128, _ b: Int128) -> Int128? {
        let factor = b / Fraction.greatestCommonDivisor(a, b)
        guard bits(a) + bits(factor) <= limit else { return nil }
        return a * factor
    }
}
