import CXlsxwriter

/// A table on a sheet of its own: lines about it, a frozen header with a filter, rows as they come, columns as wide as
/// what they hold. The lines and the header are printed on every page.
///
/// A class, because it counts while others hold it.
final class XlsxTable {
    private let columns: [ExportTable.Column]
    private let sheet: XlsxSheet
    private let header: Int
    private var row: Int
    private var widths: [Int]
    /// Wider columns help nobody: what is longer is read in its cell.
    private static let widest = 60
    private static let narrowest = 6

    /// - Parameter head: lines above the table; the first is its title.
    init(_ columns: [ExportTable.Column], head: [String], of sheet: XlsxSheet) throws {
        self.columns = columns
        self.sheet = sheet
        header = head.count
        row = head.count + 1
        widths = columns.map { max(XlsxTable.narrowest, XlsxSheet.width(of: $0.header)) }
        for (line, text) in head.enumerated() {
            try sheet.write(text, line, 0, line == 0 ? .title : .text)
        }
        for (index, column) in columns.enumerated() {
            try sheet.write(column.header, header, index, .header)
        }
        worksheet_freeze_panes(sheet.sheet, UInt32(header + 1), 0)
        try sheet.book.check(worksheet_repeat_rows(sheet.sheet, 0, UInt32(header)))
    }

    func writeRow(_ values: [ExportTable.Value]) throws {
        for (index, (column, value)) in zip(columns, values).enumerated() {
            var width = 0
            switch (value, column.kind) {
            case (.empty, _): continue
            case (.number(let number), .decimal(let places)):
                try sheet.write(number, decimals: places, row, index, .decimal(places))
                width = XlsxTable.digits(number, places: places)
            case (.number(let number), _):
                try sheet.write(number, decimals: 0, row, index, .integer)
                width = XlsxTable.digits(number, places: 0)
            case (.text(let text), let kind):
                let style: XlsxBook.Style
                switch kind {
                case .code: style = .code
                case .prose: style = .prose
                case .text, .integer, .decimal: style = .text
                }
                try sheet.write(text, row, index, style)
                width = XlsxSheet.width(of: text)
            }
            if width > widths[index] { widths[index] = width }
        }
        row += 1
    }

    func finalize() throws {
        // Two more for the sign of the filter.
        try sheet.setWidths(widths.map { min(XlsxTable.widest, $0) + 2 })
        try sheet.book.check(
            worksheet_autofilter(
                sheet.sheet, UInt32(header), 0, UInt32(max(row - 1, header)),
                UInt16(max(columns.count - 1, 0))))
    }

    private static func digits(_ number: Int64, places: Int) -> Int {
        var rest = number.magnitude
        var count = 1
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        return max(count, places + 1) + (places > 0 ? 1 : 0) + (number < 0 ? 1 : 0)
    }
}
