/// What a cell's number format says a number is.
enum NumberFormat: UInt8 {
    case number
    /// A day: year, month and day, or month and day.
    case day
    /// A day with a time of it.
    case moment
    /// Year and month.
    case month
    case year

    /// A format that has a number instead of a code. The meaning of 27 to 36 and 50 to 58 is that of Chinese workbooks.
    init(builtIn id: Int) {
        switch id {
        case 14, 15, 16, 28, 29, 30, 31, 51, 53, 54, 58: self = .day
        case 17, 27, 36, 50, 52, 57: self = .month
        case 22: self = .moment
        default: self = .number
        }
    }

    /// A code such as `yyyy"年"m"月"d"日"`: what stands in quotes, behind a backslash and in brackets says nothing, and the
    /// first section is looked at alone. `m` beside hours or seconds is minutes.
    init(code: String) {
        var letters: [UInt8] = []
        var isQuoted = false
        var isBracketed = false
        var skipsNext = false
        for byte in code.utf8 {
            if skipsNext {
                skipsNext = false
            } else if isQuoted {
                isQuoted = byte != Ascii.quote
            } else if isBracketed {
                isBracketed = byte != UInt8(ascii: "]")
            } else {
                switch byte {
                case Ascii.quote: isQuoted = true
                case UInt8(ascii: "["): isBracketed = true
                case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): skipsNext = true
                default: letters.append(byte | 0x20)
                }
                if byte == UInt8(ascii: ";") { break }
            }
        }
        if let end = letters.firstIndex(of: UInt8(ascii: ";")) { letters.removeSubrange(end...) }
        let text = String(decoding: letters, as: UTF8.self)
        guard text != "general" else {
            self = .number
            return
        }
        let hasTime = letters.contains(UInt8(ascii: "h")) || letters.contains(UInt8(ascii: "s"))
        let hasYear = letters.contains(UInt8(ascii: "y")) || letters.contains(UInt8(ascii: "e"))
        let hasDay = letters.contains(UInt8(ascii: "d"))
        let hasDigits = letters.contains { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "#") }
        switch (hasYear && !hasDigits, letters.contains(UInt8(ascii: "m")), hasDay, hasTime) {
        case (_, _, true, true), (true, true, _, true): self = .moment
        case (_, _, true, false): self = .day
        case (true, true, false, false): self = .month
        case (true, false, false, false): self = .year
        default: self = .number
        }
    }
}

/// `xl/styles.xml`: the number format of each cell style.
final class StylePart: XMLHandler {
    private static let most = 1 << 16
    private var codes: [Int: NumberFormat] = [:]
    private(set) var formats: [NumberFormat] = []
    private(set) var isTooLarge = false
    private var isInCells = false

    var isFull: Bool { false }
    var isDone: Bool { isTooLarge }

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "numFmt", let id = attributes.number("numFmtId"),
            let code = attributes.string("formatCode")
        {
            codes[id] = NumberFormat(code: code)
        } else if name == "cellXfs" {
            isInCells = true
        } else if name == "xf", isInCells {
            let id = attributes.number("numFmtId") ?? 0
            formats.append(codes[id] ?? NumberFormat(builtIn: id))
        }
        isTooLarge = codes.count > StylePart.most || formats.count > StylePart.most
    }

    func end(_ name: XMLName) { if name == "cellXfs" { isInCells = false } }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
