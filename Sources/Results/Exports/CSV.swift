/// Comma-separated values by RFC 4180 with CRLF, opened by spreadsheets without asking.
///
/// - What the export says about itself stands in columns at the end of every row: it stays true when rows are
///   sorted, filtered or copied elsewhere, and no reader has to skip lines above the header.
/// - A text that a spreadsheet would run as a formula (first character `=`, `+`, `-`, `@`, tab or carriage
///   return) gets an apostrophe before it, unless it is a number.
/// - Every code gets a tab after it, so that a spreadsheet keeps those of digits only as text: it would round the
///   18 digits of a credit code. Those with letters get it too, so that codes of two exports can be compared.
enum CSV {
    static func begin(_ head: ExportHead, _ bytes: inout [UInt8]) {
        bytes += [0xEF, 0xBB, 0xBF]
        let columns = head.table.columns + head.columns.map(\.column)
        line(&bytes, columns.map { ($0, .text($0.header)) }, isHeader: true)
    }

    static func row(_ head: ExportHead, _ values: [ExportTable.Value], _ bytes: inout [UInt8]) {
        line(&bytes, zip(head.table.columns, values) + head.columns, isHeader: false)
    }

    static func line(
        _ bytes: inout [UInt8], _ cells: [(ExportTable.Column, ExportTable.Value)], isHeader: Bool
    ) {
        for (index, (column, value)) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch value {
            case .empty: break
            case .number(let number):
                if case .decimal(let places) = column.kind {
                    bytes.append(decimal: number, places: places)
                } else {
                    bytes.append(integer: number)
                }
            case .text(let text):
                var text = defused(text)
                if !isHeader, case .code = column.kind { text += "\t" }
                append(text, &bytes)
            }
        }
        bytes += [13, 10]
    }

    private static func append(_ text: String, _ bytes: inout [UInt8]) {
        let special: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13]
        guard text.utf8.contains(where: special.contains) else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The text as no spreadsheet runs it.
    static func defused(_ text: String) -> String {
        // Blanks before it do not help, and Chinese editions take the full-width signs as well.
        let first = text.unicodeScalars.first { $0 != " " && $0 != "\u{3000}" && $0 != "\u{A0}" }
        guard let first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first), !isNumber(text) else { return text }
        return "'" + text
    }

    /// `-12.5`, and nothing that could be more than a number.
    private static func isNumber(_ text: String) -> Bool {
        var digits = text.utf8[...]
        if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && parts.allSatisfy(isDigits)
    }

    private static func isDigits(_ text: some Collection<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy { $0 >= 48 && $0 <= 57 }
    }
}
