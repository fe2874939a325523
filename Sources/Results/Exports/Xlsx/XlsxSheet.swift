import CXlsxwriter
import Evaluation

/// A sheet of a workbook. Texts are written as texts: none runs as a formula.
struct XlsxSheet {
    let sheet: UnsafeMutablePointer<lxw_worksheet>
    let book: XlsxBook
    /// What a cell may hold.
    private static let maxText = 32_767

    init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, _ book: XlsxBook) {
        self.sheet = sheet
        self.book = book
    }

    func write(_ text: String, _ row: Int, _ column: Int, _ style: XlsxBook.Style) throws {
        guard let at = place(row, column) else {
            return try book.check(LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
        }
        // The library takes a text up to its first NUL.
        var text = text.utf8.contains(0) ? text.replacing("\0", with: "␀") : text
        if text.utf8.count > XlsxSheet.maxText, text.utf16.count > XlsxSheet.maxText {
            text = String(text.unicodeScalars.prefix(XlsxSheet.maxText / 2 - 1)) + "…"
        }
        try book.check(worksheet_write_string(sheet, at.row, at.column, text, book.format(style)))
    }

    /// A scaled integer of at most 15 digits is exactly one double, and a spreadsheet shows it with its decimals.
    func write(_ number: Int64, decimals: Int, _ row: Int, _ column: Int, _ style: XlsxBook.Style) throws {
        guard let at = place(row, column) else {
            return try book.check(LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
        }
        let scale = DecimalText.powersOfTen[min(max(decimals, 0), 18)]
        // Both are whole numbers that a double holds, so that the quotient is rounded once.
        try book.check(
            worksheet_write_number(
                sheet, at.row, at.column, Double(number) / Double(scale), book.format(style)))
    }

    /// An empty cell that is seen, in a form to be filled in.
    func writeBlank(_ row: Int, _ column: Int, _ style: XlsxBook.Style) throws {
        guard let at = place(row, column) else {
            return try book.check(LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
        }
        try book.check(worksheet_write_blank(sheet, at.row, at.column, book.format(style)))
    }

    /// Widths in characters of Latin text, of which a Chinese one takes two.
    func setWidths(_ widths: [Int]) throws {
        for (column, width) in widths.enumerated() {
            let column = UInt16(clamping: column)
            try book.check(worksheet_set_column(sheet, column, column, Double(width), nil))
        }
    }

    /// Prints the rows from the first to this one on every page.
    func repeatRows(upTo row: Int) throws {
        try book.check(worksheet_repeat_rows(sheet, 0, UInt32(clamping: row)))
    }

    private func place(_ row: Int, _ column: Int) -> (row: UInt32, column: UInt16)? {
        guard let row = UInt32(exactly: row), let column = UInt16(exactly: column) else { return nil }
        return (row, column)
    }

    /// Columns that a text takes: two for Chinese ones. Told from the length of its characters in UTF-8.
    static func width(of text: String) -> Int {
        text.utf8.reduce(0) { width, byte in
            byte < 0x80 || (0xC0..<0xE0).contains(byte) ? width + 1 : byte >= 0xE0 ? width + 2 : width
        }
    }
}
