/// Where the bytes of an export go, a block at a time.
package typealias ByteSink = (ArraySlice<UInt8>) throws -> Void

/// A file format of exports. Rows are never gathered: each goes out when it comes.
package enum ExportFormat: String, Sendable, CaseIterable {
    /// RFC 4180 in UTF-8 with a byte order mark, for spreadsheets.
    case csv
    case json
    /// An Excel workbook (ECMA-376).
    case xlsx
}

/// Writes one export in one format.
struct ExportWriter {
    private let head: ExportHead
    private let format: ExportFormat
    private let sink: ByteSink
    private var bytes: [UInt8] = []
    private var rows = 0
    private var sheet: (book: XlsxBook, table: XlsxTable)?

    init(_ head: ExportHead, _ format: ExportFormat, to sink: @escaping ByteSink) throws {
        self.head = head
        self.format = format
        self.sink = sink
        switch format {
        case .csv: CSV.begin(head, &bytes)
        case .json: JSON.begin(head, &bytes)
        case .xlsx:
            let book = try XlsxBook(title: head.table.title, day: head.run.asOf)
            let table = try XlsxTable(
                head.table.columns, head: head.lines, of: try book.addSheet(head.table.title))
            sheet = (book, table)
        }
    }

    /// Writes one row: a value for each column of the table.
    mutating func writeRow(_ values: [ExportTable.Value]) throws {
        switch format {
        case .csv: CSV.row(head, values, &bytes)
        case .json: JSON.row(head, values, isFirst: rows == 0, &bytes)
        case .xlsx: try sheet?.table.writeRow(values)
        }
        rows += 1
        if bytes.count >= 1 << 16 { try flush() }
    }

    /// Writes what belongs after the last row.
    /// - Returns: how many rows were written.
    mutating func finalize() throws -> Int {
        if format == .json { JSON.end(&bytes) }
        if let sheet {
            try sheet.table.finalize()
            try sheet.book.finalize(to: sink)
        }
        try flush()
        return rows
    }

    private mutating func flush() throws {
        try sink(bytes[...])
        bytes.removeAll(keepingCapacity: true)
    }
}
