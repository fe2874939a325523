/// Rows as aligned text. A Chinese character is as wide as two Latin ones.
struct Table {
    enum Alignment { case left, right }

    private let alignments: [Alignment]
    private var rows: [[String]] = []
    private let indent: String

    /// - Parameter columns: header and alignment of each; headers may all be empty.
    init(_ columns: [(header: String, alignment: Alignment)], indent: Int = 0) {
        alignments = columns.map(\.alignment)
        self.indent = String(repeating: " ", count: indent)
        if columns.contains(where: { !$0.header.isEmpty }) { rows.append(columns.map(\.header)) }
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    var text: String {
        var widths = [Int](repeating: 0, count: alignments.count)
        for row in rows {
            for (column, cell) in row.enumerated() where column < widths.count {
                widths[column] = max(widths[column], displayWidth(cell))
            }
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let blanks = String(
                    repeating: " ", count: (column < widths.count ? widths[column] : 0) - displayWidth(cell))
                return alignments[column] == .right ? blanks + cell : cell + blanks
            }
            var line = indent + cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}

/// Columns that a text takes on a terminal: two for wide characters (Unicode UAX #11), none for combining ones.
func displayWidth(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
        switch scalar.value {
        case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: sum
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            sum + 2
        default: sum + 1
        }
    }
}

/// `1,234,567`.
func grouped(_ number: Int) -> String {
    var digits = Array(String(number.magnitude))
    var at = digits.count - 3
    while at > 0 {
        digits.insert(",", at: at)
        at -= 3
    }
    return (number < 0 ? "-" : "") + String(digits)
}
