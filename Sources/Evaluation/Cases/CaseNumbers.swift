/// Numbers of a cases file: exact decimals, in the unit of what they stand for or with a unit of their own.
extension MethodDocument.Text {
    /// `300`, `300 万元` or `2.5%`, times 10^decimals of `unit`; `nil` when it is no such number, which is complained
    /// about. `owner` is what the number is said of.
    func cell(of owner: String, in unit: Unit, decimals: Int, _ problems: inout [MethodProblem]) -> Int64? {
        let trimmed = text.drop { $0 == " " }
        let number = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
        guard let (digits, places) = DecimalText.parse(number) else {
            problems.append(
                problem(
                    "‘\(text)’ is no number; write digits such as 300 or 98.7094, without separators, or ‘missing’"
                ))
            return nil
        }
        guard let own = ownUnit(trimmed.dropFirst(number.count), owner: owner, unit, &problems) else {
            return nil
        }
        guard let cell = own.scaled(digits, places: places, in: unit, decimals: decimals) else {
            problems.append(
                problem(
                    "‘\(owner)’ has \(decimals) decimals\(unit.isOne ? "" : " in \(unit.symbol)"), so it can never be \(text); \((own == unit ? nil : nearest(digits, places, own, in: unit, decimals: decimals)).map { "write ‘\($0)’, the nearest that it can be" } ?? "write it with at most so many")"
                ))
            return nil
        }
        guard cell.magnitude < UInt64(Cell.limit) else {
            problems.append(problem("\(text) has more than 15 digits with the decimals of ‘\(owner)’"))
            return nil
        }
        return cell
    }

    /// Rounded to the decimals, in the unit of what it stands for; `nil` where that is too large to tell.
    private func nearest(
        _ digits: Int128, _ places: Int, _ own: Unit, in unit: Unit, decimals: Int
    ) -> String? {
        var numerator = digits
        var denominator: Int128 = 1
        let scale = DecimalText.powersOfTen
        guard scale.indices.contains(places), scale.indices.contains(decimals) else { return nil }
        for (factor, divisor) in [
            (own.numerator, own.denominator), (unit.denominator, unit.numerator),
            (scale[decimals], scale[places]),
        ] {
            let (n, overflow1) = numerator.multipliedReportingOverflow(by: Int128(factor))
            let (d, overflow2) = denominator.multipliedReportingOverflow(by: Int128(divisor))
            guard !overflow1, !overflow2 else { return nil }
            let common = Fraction.greatestCommonDivisor(n, d)
            (numerator, denominator) = (n / common, d / common)
        }
        let half = denominator / 2
        guard numerator.magnitude < UInt128(Int64.max), denominator.magnitude < UInt128(Int64.max) else {
            return nil
        }
        let rounded = (numerator < 0 ? numerator - half : numerator + half) / denominator
        return Int64(exactly: rounded).map {
            DecimalText.trimmed($0, decimals: decimals) + (unit.isOne ? "" : " \(unit.symbol)")
        }
    }

    private func ownUnit(
        _ suffix: Substring, owner: String, _ unit: Unit, _ problems: inout [MethodProblem]
    ) -> Unit? {
        let symbol = String(suffix.drop { $0 == " " })
        guard !symbol.isEmpty else { return unit }
        guard let own = Unit(symbol) else {
            let (place, length) = span(text.count - symbol.count, symbol.count)
            problems.append(
                MethodProblem(
                    at: place, length: length,
                    "‘\(symbol)’ is no unit"
                        + Unit.remedy(
                            for: symbol,
                            otherwise: "‘\(owner)’ is in \(unit.symbol)")))
            return nil
        }
        guard own.hasDimension(of: unit) else {
            problems.append(
                problem("‘\(owner)’ is in \(unit.symbol), which does not convert from \(own.symbol)"))
            return nil
        }
        return own
    }
}
