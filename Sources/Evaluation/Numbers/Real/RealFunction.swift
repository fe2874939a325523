/// A function whose value is, as a rule, no fraction. It is computed at once with its rounding: the result is the
/// exact value, rounded to the decimals, whatever the machine.
package enum RealFunction: String, Sendable, CaseIterable {
    case ln, exp, pow
    case geometricMean = "geometric_mean"
    /// A fraction, but one of larger parts than `Int128` holds.
    case harmonicMean = "harmonic_mean"

    /// An argument: an exact fraction with a positive denominator.
    struct Argument {
        let numerator: Int128
        let denominator: Int128
    }

    enum Result: Equatable {
        /// Times 10^decimals.
        case value(Int64)
        /// The function has no value there: ln 0.
        case undefined
        /// More than 15 digits.
        case tooLarge
    }

    /// How many arguments it takes.
    var arity: ClosedRange<Int> {
        switch self {
        case .ln, .exp: 1...1
        case .pow: 2...2
        case .geometricMean, .harmonicMean: 2...16
        }
    }

    /// - Parameters:
    ///   - arguments: as many as ``arity`` says.
    ///   - decimals: 0 to 9.
    func value(_ arguments: [Argument], decimals: Int, _ rounding: Rounding) -> Result {
        guard arity.contains(arguments.count) else { return .undefined }
        let target = Target(decimals: decimals, rounding: rounding)
        let x = arguments[0]
        switch self {
        case .ln:
            guard x.numerator > 0 else { return .undefined }
            guard let (greater, less, isBelowOne) = x.ofOne else { return .value(0) }
            let size = target.rounded { precision in
                .around(FixedPoint.logarithm(greater, over: less, precision), precision, exponent: 0)
            }
            return size.signed(isBelowOne)
        case .exp:
            guard x.numerator != 0 else { return target.rounded(.one, over: .one) }
            return target.exponential(isNegative: x.numerator < 0) { precision in
                (x.magnitude << precision).divided(by: x.divisor)
            }
        case .pow: return target.power(x, arguments[1])
        case .geometricMean:
            guard arguments.allSatisfy({ $0.numerator >= 0 }) else { return .undefined }
            return target.root(
                arguments.count, of: arguments.reduce(.one) { $0 * $1.magnitude },
                over: arguments.reduce(.one) { $0 * $1.divisor })
        case .harmonicMean:
            guard arguments.allSatisfy({ $0.numerator > 0 }) else { return .undefined }
            // The sum of the reciprocals, as one fraction.
            var sum = (numerator: BigNatural.zero, denominator: BigNatural.one)
            for part in arguments {
                sum.numerator = sum.numerator * part.magnitude + part.divisor * sum.denominator
                sum.denominator = sum.denominator * part.magnitude
            }
            return target.rounded(
                BigNatural(UInt128(arguments.count)) * sum.denominator, over: sum.numerator)
        }
    }
}

extension RealFunction.Argument {
    var magnitude: BigNatural { BigNatural(numerator.magnitude) }
    var divisor: BigNatural { BigNatural(denominator.magnitude) }

    /// The greater and the lesser part of a positive fraction, and whether the fraction is below one; `nil` for one.
    var ofOne: (greater: BigNatural, less: BigNatural, isBelowOne: Bool)? {
        guard numerator != denominator else { return nil }
        return numerator > denominator ? (magnitude, divisor, false) : (divisor, magnitude, true)
    }

    /// In lowest terms.
    var reduced: RealFunction.Argument {
        let divisor = Fraction.greatestCommonDivisor(numerator, denominator)
        return .init(numerator: numerator / divisor, denominator: denominator / divisor)
    }
}

extension RealFunction.Result {
    fileprivate func signed(_ isNegative: Bool) -> RealFunction.Result {
        if case .value(let value) = self, isNegative { return .value(-value) }
        return self
    }
}
