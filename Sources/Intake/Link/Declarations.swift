import Evaluation

/// Declarations of one fact by several sides, such as a lease by lessor and lessee: which of them counts.
struct Declarations {
    /// The row that counts.
    let winner: HeldRow
    /// Rows that say the same.
    private(set) var agreeing: [HeldRow] = []
    /// Rows that say something else, with the difference in words.
    private(set) var differing: [(row: HeldRow, message: Message)] = []

    /// - Parameter rows: rows of one key, in order.
    /// - Returns: `nil` when one side says two things, or only one side speaks: nobody knows which is right.
    init?(_ rows: [HeldRow], _ agreement: FeedAgreement, _ contract: FeedContract) {
        var sides: [[UInt8]: [HeldRow]] = [:]
        for row in rows { sides[row.fields[agreement.by], default: []].append(row) }
        guard sides.count > 1, sides.values.allSatisfy({ Set($0.map(\.fields)).count == 1 }) else {
            return nil
        }
        // Who does not say on which side he is comes last.
        let order = agreement.wins.map { Array($0.utf8) }
        func place(_ row: HeldRow) -> Int {
            order.firstIndex(of: row.fields[agreement.by]) ?? order.count
        }
        let sorted = rows.sorted { (place($0), $0.file, $0.line) < (place($1), $1.file, $1.line) }
        let winner = sorted[0]
        self.winner = winner
        for row in sorted.dropFirst() {
            let fields = contract.fields.indices.filter {
                $0 != agreement.by && row.fields[$0] != winner.fields[$0]
            }
            guard !fields.isEmpty else {
                agreeing.append(row)
                continue
            }
            let differences = fields.map { Declarations.words($0, winner, row, contract) }
            differing.append(
                (
                    row,
                    .declarationsDiffer(
                        RowText.shown(row.fields[agreement.by]),
                        winner: RowText.shown(winner.fields[agreement.by]), differences)
                ))
        }
    }

    /// `租赁面积 1000.00 / 900.00（相差 100.00）`: first what counts.
    private static func words(_ field: Int, _ winner: HeldRow, _ other: HeldRow, _ contract: FeedContract)
        -> String
    {
        let header = contract.fields[field].header
        func text(_ row: HeldRow) -> String {
            let value = row.values[field]
            switch contract.fields[field].kind {
            case .decimal(let places):
                return value.isMissing ? "—" : DecimalText.format(value, decimals: places)
            case .date: return value.isMissing ? "—" : Day(number: value).description
            case .month: return value.isMissing ? "—" : Period.text(Int(value))
            case .creditCode, .year, .category, .text:
                return row.fields[field].isEmpty ? "—" : RowText.shown(row.fields[field])
            }
        }
        var words = "\(header) \(text(winner)) / \(text(other))"
        if case .decimal(let places) = contract.fields[field].kind, !winner.values[field].isMissing,
            !other.values[field].isMissing
        {
            let difference = winner.values[field] - other.values[field]
            words += " (\(DecimalText.format(difference, decimals: places)))"
        }
        return words
    }
}
