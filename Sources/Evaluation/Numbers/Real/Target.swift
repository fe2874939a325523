/// Where a real value is rounded to. Values are sizes, from zero upward: every rounding rule treats both signs alike.
struct Target {
    let decimals: Int
    let rounding: Rounding

    /// A value between two whole multiples of 2^-fraction, neither of which it is.
    struct Interval {
        let low: BigNatural
        let high: BigNatural
        let fraction: Int

        /// mantissa · 2^(exponent − precision), more or less.
        static func around(_ mantissa: BigNatural, _ precision: Int, exponent: Int) -> Interval {
            let low = mantissa - FixedPoint.slack
            let high = mantissa + FixedPoint.slack
            guard exponent < 0 else {
                return Interval(low: low << exponent, high: high << exponent, fraction: precision)
            }
            return Interval(low: low >> -exponent, high: (high >> -exponent) + .one, fraction: precision)
        }
    }

    // MARK: Values that are no multiples of half a unit

    /// Computes more and more precisely until every number that the value can be rounds to the same one. This comes to
    /// an end, since the value lies on no boundary of the rounding.
    func rounded(_ interval: (_ precision: Int) -> Interval) -> RealFunction.Result {
        let scale = BigNatural.powerOfTen(decimals)
        var precision = 128
        while precision <= FixedPoint.maximumPrecision {
            let interval = interval(precision)
            var bounds = (interval.low * scale, interval.high * scale)
            if rounding == .halfAway || rounding == .halfEven {
                let half = BigNatural.powerOfTwo(interval.fraction - 1)
                bounds = (bounds.0 + half, bounds.1 + half)
            }
            let floor = bounds.0 >> interval.fraction
            if floor == bounds.1 >> interval.fraction {
                return result(rounding == .up ? floor + .one : floor)
            }
            if floor.bits > 64 { return .tooLarge }
            precision *= 2
        }
        // Not reached: a value would have to agree with a boundary in 65,000 binary places.
        return .tooLarge
    }

    private func result(_ size: BigNatural) -> RealFunction.Result {
        guard let word = size.word, word < UInt64(Cell.limit) else { return .tooLarge }
        return .value(Int64(word))
    }

    /// e^±t; t is no zero, and is asked for in units of 2^-precision.
    func exponential(isNegative: Bool, _ t: (_ precision: Int) -> BigNatural) -> RealFunction.Result {
        // e^64 has 28 digits, e^-128 has 55 zeros behind the point.
        let whole = t(128) >> 128
        if !isNegative, whole >= BigNatural(64) { return .tooLarge }
        if isNegative, whole >= BigNatural(128) { return .value(rounding == .up ? 1 : 0) }
        return rounded { precision in
            let (mantissa, exponent) = FixedPoint.exponential(t(precision), isNegative: isNegative, precision)
            return .around(mantissa, precision, exponent: exponent)
        }
    }

    // MARK: Fractions and roots, exactly

    func rounded(_ numerator: BigNatural, over denominator: BigNatural) -> RealFunction.Result {
        root(1, of: numerator, over: denominator)
    }

    /// The root of a fraction; every comparison is one of whole numbers.
    func root(_ degree: Int, of numerator: BigNatural, over denominator: BigNatural) -> RealFunction.Result {
        let scaled = numerator * BigNatural.powerOfTen(decimals * degree)
        func isAtMost(_ candidate: UInt64) -> Bool {
            BigNatural(UInt128(candidate)).raised(to: degree) * denominator <= scaled
        }
        guard !isAtMost(UInt64(Cell.limit)) else { return .tooLarge }
        // The greatest whole number that is not above the root.
        var low: UInt64 = 0
        var high = UInt64(Cell.limit)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isAtMost(middle) { low = middle } else { high = middle }
        }
        let floor = BigNatural(UInt128(low))
        if floor.raised(to: degree) * denominator == scaled { return result(floor) }
        let middle = ((floor << 1) + .one).raised(to: degree) * denominator
        let twice = scaled << degree
        let isUp =
            switch rounding {
            case .down: false
            case .up: true
            case .halfAway: middle <= twice
            case .halfEven: middle < twice || middle == twice && low & 1 == 1
            }
        return result(isUp ? floor + .one : floor)
    }
}
