import Evaluation

/// The manifest's row count and totals, compared with what the file holds.
struct ControlTotals {
    private struct Total {
        let header: String
        let declared: String?
        let field: Int
        /// Of the unit in which the total is written.
        let places: Int
        var sum: Int128 = 0
        /// Whether some row's value could not be read, so that nothing can be compared.
        var hasFlaw = false
    }

    private var totals: [Total] = []
    private var unknown: [String] = []
    private let fields: [FeedField]

    /// A total is in the unit that its header says: the contract's, or that of an alias.
    init(_ file: SurveyedFile, _ contract: FeedContract) {
        let names = HeaderNames(contract)
        var declared: Set<Int> = []
        for (header, total) in file.declaredTotals.sorted(by: { $0.key < $1.key }) {
            let meaning = names.meaning(of: header)
            if let field = meaning.field,
                case .decimal(let places) = contract.fields[field].delivered(in: meaning.power).kind
            {
                totals.append(Total(header: header, declared: total, field: field, places: places))
                declared.insert(field)
            } else {
                unknown.append(header)
            }
        }
        // All number columns, for the comparison with the delivery before; the manifest names some of them.
        for (index, field) in contract.fields.enumerated() where !declared.contains(index) {
            guard case .decimal(let places) = field.kind else { continue }
            totals.append(Total(header: field.header, declared: nil, field: index, places: places))
        }
        fields = contract.fields
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
        for total in totals.sorted(by: { $0.header < $1.header }) where !total.hasFlaw {
            guard let declared = total.declared,
                !ControlTotals.isEqual(declared, total.sum, places: total.places)
            else { continue }
            let found = ControlTotals.text(total.sum, places: total.places)
            outcome.refuse(
                .totalDiffers(total.header, declared: RowText.shown(declared), found: found), file,
                column: total.header)
        }
        for header in unknown {
            let header = RowText.shown(header)
            outcome.refuse(.totalUnknown(header), file, column: header)
        }
    }

    /// What the columns add up to in the contract's units, and what the manifest says of it.
    var figures: [FileFigures.Total] {
        fields.indices.compactMap { index in
            guard case .decimal(let places) = fields[index].kind,
                let total = totals.first(where: { $0.field == index })
            else { return nil }
            let sum = ControlTotals.text(total.sum, places: places)
            let declared = total.declared.map { declared in
                ControlTotals.isEqual(declared, total.sum, places: total.places) ? sum : declared
            }
            return FileFigures.Total(header: fields[index].header, sum: sum, declared: declared)
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
