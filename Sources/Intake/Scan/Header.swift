import Evaluation

/// Which column of a file holds which field of the contract.
struct Header {
    static let maxColumns = 1000

    let texts: [String]
    /// Column of each field of the contract; -1 for an optional one that the file does not have.
    let columns: [Int]
    /// Columns about persons: skipped and masked.
    let personal: [Int]
    var width: Int { texts.count }

    /// Where a field of a row lies; empty where the file does not have the column.
    func span(_ row: Int, _ field: Int, of batch: RowBatch) -> FieldSpan {
        columns[field] < 0 ? FieldSpan(start: 0, end: 0) : batch.span(row, columns[field])
    }

    /// Reads the first row; `nil` when the file is refused, for the reasons that are then in the log.
    init?(_ chunk: Chunk, contract: FeedContract, log: inout FindingLog) throws(Damage) {
        let batch = RowBatch(width: Header.maxColumns + 1, capacity: 1)
        while chunk.split(into: batch) == .incomplete {
            if chunk.isLast {
                let isOpen = chunk.position < chunk.end
                log.add(isOpen ? .quoteUnclosed : .fileEmpty, line: isOpen ? chunk.line : 0)
                return nil
            }
            guard try chunk.refill() else {
                log.add(.rowTooLong, line: chunk.line)
                return nil
            }
        }
        let line = batch.lines[0]
        guard batch.states[0].contains(.wrongWidth) else {
            log.add(.columnsTooMany(limit: Header.maxColumns), line: line)
            return nil
        }
        guard !batch.states[0].contains(.strayQuote) else {
            log.add(.quoteStray, line: line)
            return nil
        }
        // A missing field is blank at the end of the row; the header ends with its last real field.
        let width = batch.fieldCount
        guard width <= Header.maxColumns else {
            log.add(.columnsTooMany(limit: Header.maxColumns), line: line)
            return nil
        }
        var texts: [String] = []
        var columns = [Int](repeating: -1, count: contract.fields.count)
        var personal: [Int] = []
        var isRefused = false
        for column in 0..<width {
            let span = batch.span(0, column)
            guard let text = String(validating: span.content(in: chunk.bytes), as: UTF8.self) else {
                log.add(.textNotUtf8, line: line, byte: chunk.offset + Int(span.start))
                return nil
            }
            texts.append(text)
        }
        let known = Set(contract.fields.map(\.header) + contract.personalHeaders)
        guard !known.isDisjoint(with: texts) else {
            log.add(.headerUnknown, line: line)
            return nil
        }
        for (column, text) in texts.enumerated() {
            let byte = chunk.offset + Int(batch.span(0, column).start)
            let shown = RowText.shown(text)
            if texts[..<column].contains(text) {
                log.add(.columnDoubled(shown), line: line, byte: byte, column: shown)
                isRefused = true
            } else if let field = contract.fields.firstIndex(where: { $0.header == text }) {
                columns[field] = column
            } else if contract.personalHeaders.contains(text) {
                log.add(.personalColumn(text), line: line, byte: byte, column: text)
                personal.append(column)
            } else {
                log.add(.columnUnknown(shown), line: line, byte: byte, column: shown)
                isRefused = true
            }
        }
        for (field, column) in columns.enumerated() where column < 0 && !contract.fields[field].isOptional {
            let header = contract.fields[field].header
            log.add(.columnMissing(header), line: line, column: header)
            isRefused = true
        }
        guard !isRefused else { return nil }
        self.texts = texts
        self.columns = columns
        self.personal = personal
    }
}
