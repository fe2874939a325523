/// One sheet of a workbook as rows of CSV: what follows reads it like any other file.
///
/// Every row of the sheet is one line, also those that the sheet skips, so that the line of a finding is the row that a
/// person sees. A line break inside a cell is therefore a blank.
final class SheetStream: ByteStream {
    private let reader: XMLReader
    private let rows: SheetRows

    init(_ archive: ZipArchive, sheet: String, _ expansion: Expansion) throws(Damage) {
        let workbook = try Workbook(archive, expansion)
        let source = try workbook.sheet(sheet)
        rows = SheetRows(
            try workbook.texts(), try workbook.formats(), countsFrom1904: workbook.countsFrom1904)
        reader = try XMLReader(source, expansion, rows)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Damage) -> Int {
        while rows.waiting == 0, !reader.isAtEnd {
            try reader.advance()
            if let damage = rows.damage { throw .sheet(damage) }
        }
        return rows.take(into: buffer)
    }
}

/// Turns the elements of a sheet into lines of CSV.
final class SheetRows: XMLHandler {
    /// Rows and columns of the largest sheet.
    private static let maxRows = 1 << 20
    private static let maxColumns = 1 << 14
    /// How many bytes may wait to be taken before reading pauses.
    private static let enough = 128 << 10

    private enum Kind { case number, shared, string, inline, truth, error, day }

    private let texts: SharedTexts
    private let formats: [NumberFormat]
    private let countsFrom1904: Bool

    private var lines: [UInt8] = []
    private var taken = 0
    private(set) var damage: SheetDamage?

    // The current row.
    private var row = 0
    private var isInRow = false
    private var rowStart = 0
    /// Column of the next cell that says nothing about where it stands, and columns that are written.
    private var column = 0
    private var written = 0

    // The current cell.
    private var kind = Kind.number
    private var format = NumberFormat.number
    private var content: [UInt8] = []
    private var takesText = false
    private var hasFormula = false
    private var hasValue = false
    private var phonetic = 0

    init(_ texts: SharedTexts, _ formats: [NumberFormat], countsFrom1904: Bool) {
        self.texts = texts
        self.formats = formats
        self.countsFrom1904 = countsFrom1904
    }

    var waiting: Int { lines.count - taken }
    var isFull: Bool { !isInRow && waiting >= SheetRows.enough }
    var isDone: Bool { damage != nil }

    /// Moves what waits into the buffer, as far as it fits.
    func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(waiting, buffer.count)
        lines.withUnsafeBytes { lines in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: lines[taken..<taken + count]))
        }
        taken += count
        if taken == lines.count {
            lines.removeAll(keepingCapacity: true)
            taken = 0
        }
        return count
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
        guard damage == nil else { return }
        if name == "v" || name == "t" {
            takesText = isInRow && phonetic == 0
            if takesText { hasValue = true }
        } else if name == "c" {
            startCell(attributes)
        } else if name == "row" {
            startRow(attributes)
        } else if name == "f" {
            hasFormula = true
        } else if name == "rPh" {
            phonetic += 1
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard takesText, damage == nil else { return }
        content.append(contentsOf: bytes)
        if content.count > Chunk.maxRow { damage = .rowTooLong(line: row) }
    }

    func end(_ name: XMLName) {
        guard damage == nil else { return }
        if name == "v" || name == "t" {
            takesText = false
        } else if name == "c" {
            endCell()
        } else if name == "row" {
            lines.append(Ascii.newline)
            isInRow = false
        } else if name == "rPh" {
            phonetic -= 1
        }
    }

    private func startRow(_ attributes: XMLAttributes) {
        let number = attributes["r"] == nil ? row + 1 : attributes.number("r") ?? 0
        guard !isInRow, number > row, number <= SheetRows.maxRows else {
            damage = .corrupt
            return
        }
        // A row that the sheet skips is an empty line.
        for _ in row + 1..<number { lines.append(Ascii.newline) }
        row = number
        isInRow = true
        rowStart = lines.count
        column = 0
        written = 0
    }

    private func startCell(_ attributes: XMLAttributes) {
        guard isInRow else { return }
        if let place = attributes["r"] {
            guard let own = SheetRows.column(place), own >= column else {
                damage = .corrupt
                return
            }
            column = own
        }
        content.removeAll(keepingCapacity: true)
        takesText = false
        hasFormula = false
        hasValue = false
        format = .number
        if let style = attributes.number("s"), formats.indices.contains(style) { format = formats[style] }
        kind = .number
        guard let type = attributes["t"] else { return }
        let name = XMLName(type)
        if name == "s" {
            kind = .shared
        } else if name == "str" {
            kind = .string
        } else if name == "inlineStr" {
            kind = .inline
        } else if name == "b" {
            kind = .truth
        } else if name == "e" {
            kind = .error
        } else if name == "d" {
            kind = .day
        }
    }

    private func endCell() {
        guard isInRow else { return }
        defer { column += 1 }
        guard hasValue || hasFormula else { return }
        switch kind {
        case .shared:
            guard let index = SheetRows.number(content), texts.withText(index, { append($0) }) != nil else {
                damage = .corrupt
                return
            }
        case .string, .inline: content.withUnsafeBufferPointer { append($0) }
        case .truth: appendField(content == [Ascii.zero + 1] ? "TRUE" : "FALSE")
        case .error: append(mark: content.isEmpty ? Array("#".utf8) : content)
        case .day: appendField(content.prefix { $0 != UInt8(ascii: "T") })
        case .number: appendNumber()
        }
        if lines.count - rowStart > Chunk.maxRow { damage = .rowTooLong(line: row) }
    }

    private func appendNumber() {
        guard !content.isEmpty else {
            // A formula that was never computed.
            if hasFormula { append(mark: Array("=".utf8)) }
            return
        }
        // Most numbers stand there as they are to be read.
        if format == .number, SheetRows.isPlain(content) {
            appendField(content)
            return
        }
        guard let number = CellNumber(content) else {
            damage = .corrupt
            return
        }
        var text: [UInt8] = []
        if number.hasLostDigits { text.append(CellMark.byte) }
        number.append(to: &text, as: format, from1904: countsFrom1904)
        appendField(text)
    }

    private func append(mark: [UInt8]) {
        appendField(
            [CellMark.byte] + mark.map { $0 < 0x20 || $0 == Ascii.quote || $0 == Ascii.comma ? 0x20 : $0 })
    }

    private func appendField(_ text: String) { appendField(text.utf8) }

    /// Text without commas, quotes and line breaks.
    private func appendField(_ text: some Sequence<UInt8>) {
        guard separate() else { return }
        lines.append(contentsOf: text)
    }

    /// Any text, in quotes where it needs them.
    private func append(_ text: UnsafeBufferPointer<UInt8>) {
        guard !text.isEmpty, separate() else { return }
        let needsCare = text.contains {
            $0 == Ascii.comma || $0 == Ascii.quote || $0 == Ascii.newline || $0 == Ascii.carriageReturn
                || $0 == UInt8(ascii: "_")
        }
        guard needsCare else {
            lines.append(contentsOf: text)
            return
        }
        lines.append(Ascii.quote)
        var at = 0
        while at < text.count {
            var byte = text[at]
            if let control = SheetRows.control(text, at) {
                byte = control
                at += 6
            }
            at += 1
            switch byte {
            case Ascii.quote: lines.append(contentsOf: [Ascii.quote, Ascii.quote])
            case Ascii.newline: lines.append(0x20)
            case Ascii.carriageReturn: break
            default: lines.append(byte)
            }
        }
        lines.append(Ascii.quote)
    }

    /// Commas up to the column of the cell; columns that are blank to the end of the row are not written.
    private func separate() -> Bool {
        guard column < Header.maxColumns else {
            damage = .tooManyColumns(line: row)
            return false
        }
        while written < column {
            lines.append(Ascii.comma)
            written += 1
        }
        return true
    }

    /// `B` of `B12` as 1; `nil` beyond the last column that sheets have.
    private static func column(_ place: UnsafePointer<CChar>) -> Int? {
        var column = 0
        var at = 0
        while place[at] >= 65, place[at] <= 90 {
            column = column * 26 + Int(place[at]) - 64
            guard column <= maxColumns else { return nil }
            at += 1
        }
        return at > 0 ? column - 1 : nil
    }

    private static func number(_ text: [UInt8]) -> Int? {
        guard !text.isEmpty, text.count <= 9 else { return nil }
        var value = 0
        for byte in text {
            let digit = byte &- Ascii.zero
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    /// At most 15 digits, without exponent, plus sign, and zeros that say nothing.
    private static func isPlain(_ text: [UInt8]) -> Bool {
        guard text.count <= 15, let last = text.last, last != Ascii.point else { return false }
        var at = text[0] == Ascii.minus ? 1 : 0
        let first = at
        var hasPoint = false
        while at < text.count {
            if text[at] == Ascii.point, !hasPoint, at > first {
                hasPoint = true
            } else if text[at] &- Ascii.zero >= 10 {
                return false
            }
            at += 1
        }
        guard at > first, !(hasPoint && last == Ascii.zero) else { return false }
        // `-0`, `007`.
        return text[first] != Ascii.zero || at == 1 || (hasPoint && text[first + 1] == Ascii.point)
    }

    /// `_x000A_` is a line break, `_x005F_` an underscore that is meant; nothing else of this form is looked at.
    private static func control(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt8? {
        guard text[at] == UInt8(ascii: "_"), at + 7 <= text.count else { return nil }
        for (name, byte) in [
            ("_x000A_", Ascii.newline), ("_x000D_", Ascii.carriageReturn), ("_x0009_", 9), ("_x005F_", 0x5f),
        ] as [(StaticString, UInt8)] {
            let wanted = UnsafeBufferPointer(start: name.utf8Start, count: 7)
            if text[at..<at + 7].elementsEqual(wanted) { return byte }
        }
        return nil
    }
}
