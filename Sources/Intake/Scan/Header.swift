import Evaluation

/// Which column of a file holds which field of the contract.
struct Header {
    static let maxColumns = 1000
    /// The header is looked for below at most this many title rows.
    static let maxTitleRows = 5

    let texts: [String]
    /// Column of each field of the contract; -1 for an optional one that the file does not have.
    let columns: [Int]
    /// The fields of the contract as this file has them: a column in another unit has other decimals.
    let fields: [FeedField]
    /// Columns about persons: skipped and masked.
    let personal: [Int]
    /// What of the header itself is not as the contract has it.
    let leniencies: LeniencyCounts
    var width: Int { texts.count }

    /// Where a field of a row lies; empty where the file does not have the column.
    func span(_ row: Int, _ field: Int, of batch: RowBatch) -> FieldSpan {
        columns[field] < 0 ? FieldSpan(start: 0, end: 0) : batch.span(row, columns[field])
    }

    /// Reads the first row, or the first that is a header below the title rows that the contract allows; `nil` when the
    /// file is refused, for the reasons that are then in the log.
    init?(_ chunk: Chunk, contract: FeedContract, log: inout FindingLog) throws(Damage) {
        let names = HeaderNames(contract)
        guard let row = try HeaderRow.find(in: chunk, names, log: &log) else { return nil }
        var columns = [Int](repeating: -1, count: contract.fields.count)
        var fields = contract.fields
        var personal: [Int] = []
        var leniencies = LeniencyCounts()
        var isRefused = false
        // Titles may name persons: only where they stand is said.
        for _ in 0..<row.titleRows { leniencies.add(.titleRows, line: row.firstLine) { (0, "", "") } }
        for (column, text) in row.texts.enumerated() {
            let byte = row.bytes[column]
            let shown = RowText.shown(text)
            let meaning = names.meaning(of: text)
            if row.texts[..<column].contains(text) {
                log.add(.columnDoubled(shown), line: row.line, byte: byte, column: shown)
                isRefused = true
            } else if let field = meaning.field {
                if columns[field] >= 0 {
                    log.add(
                        .columnDoubled(contract.fields[field].header), line: row.line, byte: byte,
                        column: shown)
                    isRefused = true
                }
                columns[field] = column
                fields[field] = contract.fields[field].delivered(in: meaning.power)
                leniencies.add(meaning.used, line: row.line) { (byte, shown, "") }
            } else if meaning.isPersonal {
                log.add(.personalColumn(shown), line: row.line, byte: byte, column: shown)
                personal.append(column)
            } else {
                log.add(.columnUnknown(shown), line: row.line, byte: byte, column: shown)
                isRefused = true
            }
        }
        for (field, column) in columns.enumerated() where column < 0 && !contract.fields[field].isOptional {
            let header = contract.fields[field].header
            log.add(.columnMissing(header), line: row.line, column: header)
            isRefused = true
        }
        guard !isRefused else { return nil }
        texts = row.texts
        self.columns = columns
        self.fields = fields
        self.personal = personal
        self.leniencies = leniencies
    }
}
