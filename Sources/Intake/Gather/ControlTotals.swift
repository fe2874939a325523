import Evaluation

/// The manifest's row count and totals, compared with what the file holds.
struct ControlTotals {
    private struct Total {
        let header: String
        let declared: String
        let field: Int
        /// Of the unit in which the total is written.
        let places: Int
        var sum: Int128 = 0
        /// Whether some row's value could not be read, so that nothing can be compared.
        var hasFlaw = false
    }

    private var totals: [Total] = []
    private var unknown: [String] = []

    /// A total is in the unit that its header says: the contract's, or that of an alias.
    init(_ file: SurveyedFile, _ contract: FeedContract) {
        let names = HeaderNames(contract)
        for (header, declared) in file.declaredTotals.sorted(by: { $0.key < $1.key }) {
            let meaning = names.meaning(of: header)
            if let field = meaning.field,
                case .decimal(let places) = contract.fields[field].delivered(in: meaning.power).kind
            {
                totals.append(Total(header: header, declared: declared, field: field, places: places))
            } else {
                unknown.append(header)
            }
        }
    }

    mutating func add(_ decoded: DecodedRows, _ batch: RowBatch) {
        guard !totals.isEmpty else { return }
        let count = batch.count
        // The fields of a row with shifted columns are anything.
        let isShifted = (0..<count).contains {
            !batch.states[$0].isDisjoint(with: [.wrongWidth, .strayQuote])
        }
        for index in totals.indices {
            let values = decoded.column(totals[index].field)
            // A batch of a few thousand values below 10^15 cannot leave 64 bits.
            var sum: Int64 = 0
            var hasFlaw = isShifted
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
            outcome.refuse(.rowsDiffer(declared: declared, found: outcome.rows), file)
        }
        for total in totals where !total.hasFlaw {
            guard !ControlTotals.isEqual(total.declared, total.sum, places: total.places) else { continue }
            let found = ControlTotals.text(total.sum, places: total.places)
            outcome.refuse(
                .totalDiffers(total.header, declared: RowText.shown(total.declared), found: found), file,
                column: total.header)
        }
        for header in unknown {
            let header = RowText.shown(header)
            outcome.refuse(.totalUnknown(header), file, column: header)
        }
    }

    /// Whether the text is exactly this decimal, however many zeros it ends in.
    static func isEqual(_ text: String, _ value: Int128, places: Int) -> Bool {
        guard let (digits, written) = DecimalText.parse(text) else { return false }
        // Scaled to one number of places; what does not fit is equal to no sum of Int64.
        func scaled(_ number: Int128, _ zeros: Int) -> Int128? {
            var number = number
            for _ in 0..<max(0, zeros) {
                let (product, overflow) = number.multipliedReportingOverflow(by: 10)
                guard !overflow else { return nil }
                number = product
            }
            return number
        }
        guard let left = scaled(digits, places - written), let right = scaled(value, written - places) else {
            return false
        }
        return left == right
    }

    static func text(_ value: Int128, places: Int) -> String {
        var digits = String(value.magnitude)
        if digits.utf8.count <= places {
            digits = String(repeating: "0", count: places + 1 - digits.utf8.count) + digits
        }
        let fraction = places > 0 ? "." + digits.suffix(places) : ""
        return (value < 0 ? "-" : "") + digits.dropLast(places) + fraction
    }
}
