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
                    "‘\(owner)’ has \(decimals) decimals\(unit.isOne ? "" : " in \(unit.symbol)"), so it can never be \(text); write it with at most so many"
                ))
            return nil
        }
        guard cell.magnitude < UInt64(Cell.limit) else {
            problems.append(problem("\(text) has more than 15 digits with the decimals of ‘\(owner)’"))
            return nil
        }
        return cell
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
                        + Spelling.remedy(
                            for: symbol, among: Unit.symbols,
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
