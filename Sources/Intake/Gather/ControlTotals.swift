import Evaluation

/// The manifest's row count and totals, compared with what the file holds.
struct ControlTotals {
    private struct Total {
        let header: String
        let declared: String
        let field: Int
        let places: Int
        var sum: Int128 = 0
        /// Whether some row's value could not be read, so that nothing can be compared.
        var hasFlaw = false
    }

    private var totals: [Total] = []
    private var unknown: [(header: String, declared: String)] = []

    init(_ file: SurveyedFile, _ contract: FeedContract) {
        for (header, declared) in file.declaredTotals.sorted(by: { $0.key < $1.key }) {
            let field = contract.fields.firstIndex { $0.header == header }
            if let field, case .decimal(let places) = contract.fields[field].kind {
                totals.append(Total(header: header, declared: declared, field: field, places: places))
            } else {
                unknown.append((header, declared))
            }
        }
    }

    mutating func add(_ decoded: DecodedRows, count: Int) {
        for index in totals.indices {
            let values = decoded.column(totals[index].field)
            // A batch of a few thousand values below 10^15 cannot leave 64 bits.
            var sum: Int64 = 0
            var hasFlaw = false
            for row in 0..<count {
                if !values[row].isMissing {
                    sum &+= values[row]
                } else if Flaw.isFlaw(values[row]) {
                    hasFlaw = true
                }
            }
            totals[index].sum += Int128(sum)
            if hasFlaw { totals[index].hasFlaw = true }
        }
    }

    func compare(with outcome: inout FileOutcome, _ file: SurveyedFile) {
        if let declared = file.declaredRows, declared != outcome.rows {
            outcome.log.add(.rowsDiffer(declared: declared, found: outcome.rows))
            outcome.refusal =
                "\(file.fullPath): the manifest says \(declared) rows, the file has \(outcome.rows)."
        }
        for total in totals where !total.hasFlaw {
            guard DecimalText.read(total.declared, places: total.places) != total.sum else { continue }
            let found = DecimalText.write(total.sum, places: total.places)
            outcome.log.add(
                .totalDiffers(total.header, declared: total.declared, found: found), column: total.header)
            outcome.refusal =
                "\(file.fullPath): the manifest says \(total.header) adds up to \(total.declared), the file to \(found)."
        }
        for (header, declared) in unknown {
            outcome.log.add(.totalDiffers(header, declared: declared, found: "?"), column: header)
            outcome.refusal =
                "\(file.fullPath): the manifest has a total for \(header), which is no number column."
        }
    }
}

/// Exact decimals as texts, of any size.
enum DecimalText {
    /// `nil` unless the text is a decimal of at most 30 digits with at most `places` decimals.
    static func read(_ text: String, places: Int) -> Int128? {
        var digits = Substring(text)
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2, !whole.isEmpty else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || !fraction.isEmpty, fraction.utf8.count <= places, digits.utf8.count <= 31
        else { return nil }
        var value: Int128 = 0
        for byte in Array(whole.utf8) + Array(fraction.utf8) {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int128(byte - 48)
        }
        for _ in fraction.utf8.count..<places { value *= 10 }
        return isNegative ? -value : value
    }

    static func write(_ value: Int128, places: Int) -> String {
        var digits = String(value.magnitude)
        if digits.utf8.count <= places {
            digits = String(repeating: "0", count: places + 1 - digits.utf8.count) + digits
        }
        let split = digits.index(digits.endIndex, offsetBy: -places)
        let fraction = places > 0 ? "." + digits[split...] : ""
        return (value < 0 ? "-" : "") + digits[..<split] + fraction
    }
}
