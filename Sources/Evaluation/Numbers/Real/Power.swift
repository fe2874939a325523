/// Powers of fractions with fractions as exponents.
extension Target {
    /// 0^0 is 1, as it is for every other base.
    func power(_ base: RealFunction.Argument, _ exponent: RealFunction.Argument) -> RealFunction.Result {
        let base = base.reduced
        let exponent = exponent.reduced
        guard exponent.numerator != 0 else { return rounded(.one, over: .one) }
        guard base.numerator != 0 else { return exponent.numerator > 0 ? .value(0) : .undefined }
        guard base.numerator < 0 else { return positivePower(base, exponent) }
        guard exponent.denominator == 1 else { return .undefined }
        let size = positivePower(.init(numerator: -base.numerator, denominator: base.denominator), exponent)
        guard case .value(let value) = size, exponent.numerator & 1 == 1 else { return size }
        return .value(-value)
    }

    private func positivePower(
        _ base: RealFunction.Argument, _ exponent: RealFunction.Argument
    ) -> RealFunction.Result {
        guard let (greater, less, isBelowOne) = base.ofOne else { return rounded(.one, over: .one) }
        if let exact = fraction(base, exponent) { return exact }
        let p = BigNatural(exponent.numerator.magnitude)
        let q = BigNatural(exponent.denominator.magnitude)
        // The logarithm's error is multiplied by the exponent.
        let more = max(0, p.bits - q.bits + 1)
        return exponential(isNegative: isBelowOne != (exponent.numerator < 0)) { precision in
            let logarithm = FixedPoint.logarithm(greater, over: less, precision + more)
            return (logarithm * p).divided(by: q) >> more
        }
    }

    /// The power, when it can lie on a boundary of the rounding; `nil` when it cannot.
    ///
    /// Boundaries are multiples of half a unit, so fractions whose denominator divides 2·10^decimals. With numbers in
    /// lowest terms, (a/b)^(p/q) is a fraction only when a and b are q-th powers, of u and v say, and then it is
    /// u^p/v^p in lowest terms. So v^p has at most 31 bits where it matters.
    private func fraction(
        _ base: RealFunction.Argument, _ exponent: RealFunction.Argument
    ) -> RealFunction.Result? {
        guard exponent.denominator <= 126,
            let u = base.numerator.magnitude.exactRoot(Int(exponent.denominator)),
            let v = base.denominator.magnitude.exactRoot(Int(exponent.denominator))
        else { return nil }
        let (top, bottom) = exponent.numerator < 0 ? (v, u) : (u, v)
        let limit = Int128(64)
        guard bottom > 1 else {
            // A whole number, of more than 64 bits with such an exponent: the top is not 1 then.
            guard exponent.numerator.magnitude <= UInt128(limit) else { return .tooLarge }
            return rounded(BigNatural(top).raised(to: Int(exponent.numerator.magnitude)), over: .one)
        }
        guard exponent.numerator.magnitude <= UInt128(limit) else { return nil }
        let power = Int(exponent.numerator.magnitude)
        let denominator = BigNatural(bottom).raised(to: power)
        guard denominator.bits <= 31 else { return nil }
        return rounded(BigNatural(top).raised(to: power), over: denominator)
    }
}

extension UInt128 {
    /// The number whose power this is; `nil` when there is none. The degree is at least 1.
    func exactRoot(_ degree: Int) -> UInt128? {
        guard degree > 1, self > 1 else { return self }
        let wanted = BigNatural(self)
        var low: UInt128 = 1
        var high = UInt128(1) << UInt128((wanted.bits - 1) / degree + 1)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if BigNatural(middle).raised(to: degree) <= wanted { low = middle } else { high = middle }
        }
        return BigNatural(low).raised(to: degree) == wanted ? low : nil
    }
}
