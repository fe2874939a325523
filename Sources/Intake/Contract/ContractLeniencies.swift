import Evaluation

// What a contract says about other ways of writing than the exact one.

extension Leniencies {
    init(_ names: [String], file: String) throws(IntakeError) {
        self = []
        for name in names {
            guard let known = Leniencies.names.first(where: { $0.name == name }) else {
                let all = Leniencies.names.map(\.name).joined(separator: ", ")
                throw .refused("\(file): there is no leniency `\(name)`; there are \(all).")
            }
            guard !contains(known.leniency) else {
                throw .refused("\(file): the leniency `\(name)` stands twice.")
            }
            insert(known.leniency)
        }
    }
}

extension FeedField {
    mutating func readLeniencies(_ own: ContractFile.Field.Own, place: String) throws(IntakeError) {
        if let width = own.brackets {
            guard let brackets = Brackets(rawValue: width), kind == .text || kind == .category else {
                throw .refused("\(place): brackets must be half or full, and belong to a text or category.")
            }
            self.brackets = brackets
        }
        for alias in own.aliases ?? [] {
            aliases.append(HeaderAlias(header: alias.header, power: try power(of: alias, place: place)))
        }
    }

    /// How the alias' unit compares with the contract's. Only powers of ten keep every decimal exact and finite: 亩 for
    /// m² (2000/3) does not, and is refused.
    private func power(of alias: ContractFile.Field.Alias, place: String) throws(IntakeError) -> Int {
        guard let symbol = alias.unit else { return 0 }
        guard case .decimal(let places) = kind, let unit, let other = Evaluation.Unit(symbol),
            other.hasDimension(of: unit)
        else { throw .refused("\(place): the unit `\(symbol)` of an alias is none of the same quantity.") }
        // One of the other unit is ten to this power of the contract's.
        let left = Int128(other.numerator) * Int128(unit.denominator)
        let right = Int128(unit.numerator) * Int128(other.denominator)
        for power in -places...(DecimalText.maximumDecimals - places) {
            let factor = Int128(DecimalText.powersOfTen[abs(power)])
            let (larger, smaller) = power < 0 ? (right, left) : (left, right)
            let (product, overflow) = smaller.multipliedReportingOverflow(by: factor)
            if !overflow, product == larger { return power }
        }
        throw .refused(
            "\(place): `\(symbol)` does not convert into `\(unit.symbol)` by a power of ten that its decimals can hold; "
                + "other units would not stay exact.")
    }
}

extension FeedContract {
    /// What is wrong with headers and aliases taken together; `nil` for nothing.
    var leniencyComplaint: String? {
        var seen: Set<String> = []
        let headers = fields.flatMap { [$0.header] + $0.aliases.map(\.header) } + personalHeaders
        for header in headers
        where !seen.insert(leniencies.contains(.headers) ? ExactForm.header(header) : header).inserted {
            return "the header `\(header)` stands for two columns."
        }
        return nil
    }
}
