extension Unit {
    /// `digits / 10^places` of this unit in another unit of its dimension, times 10^decimals; `nil` unless that is a
    /// whole number of 64 bits.
    func scaled(_ digits: Int128, places: Int, in unit: Unit, decimals: Int) -> Int64? {
        let powers = DecimalText.powersOfTen
        guard powers.indices.contains(places), powers.indices.contains(decimals) else { return nil }
        var parts: [(numerator: Int64, denominator: Int64)] = [(numerator, denominator)]
        parts.append((unit.denominator, unit.numerator))
        parts.append((powers[decimals], powers[places]))
        var result = digits
        var divisor: Int128 = 1
        for part in parts {
            let (n, overflow1) = result.multipliedReportingOverflow(by: Int128(part.numerator))
            let (d, overflow2) = divisor.multipliedReportingOverflow(by: Int128(part.denominator))
            guard !overflow1, !overflow2 else { return nil }
            let common = Fraction.greatestCommonDivisor(n, d)
            (result, divisor) = (n / common, d / common)
        }
        return divisor == 1 ? Int64(exactly: result) : nil
    }
}
