import Evaluation

/// A cell that holds no value that could be read: an error, a number that has lost digits, a formula without a value.
///
/// Its text in the lines of a sheet begins with NUL, which no cell can hold: so every decoder refuses the field on its
/// way that is slow anyhow, and here the field gets its own sentence.
enum CellMark {
    static let byte: UInt8 = 0

    /// What is to be said of a field of a sheet that was refused; `nil` when it bears no mark.
    static func message(_ content: [UInt8], _ field: FeedField) -> Message? {
        guard content.first == byte else { return nil }
        let text = RowText.shown(Array(content.dropFirst()))
        switch content.dropFirst().first {
        case UInt8(ascii: "#"): return .cellError(text)
        case UInt8(ascii: "="): return .cellWithoutValue
        case nil: return nil
        default:
            switch field.kind {
            case .creditCode: return .codeIsNumber(text)
            case .decimal: return .decimalTooLong(text)
            case .month: return .monthMalformed(text)
            case .year: return .yearMalformed(text)
            case .date: return .dateMalformed(text)
            case .category, .text: return .textIsNumber(text)
            }
        }
    }

    /// What a field tells by itself, before its sentence is made.
    enum Kind: UInt8 {
        case error = 0
        case withoutValue = 1
        /// A number where the mark says so.
        case number = 2
        /// A code that is a number without a mark.
        case code = 3

        /// `nil` for a field without a mark.
        init?(_ content: UnsafeBufferPointer<UInt8>) {
            guard content.count > 1, content[0] == CellMark.byte else { return nil }
            switch content[1] {
            case UInt8(ascii: "#"): self = .error
            case UInt8(ascii: "="): self = .withoutValue
            default: self = .number
            }
        }
    }

    /// Whether a spreadsheet has made a number of a code: `9.13308E+17`.
    static func isNumber(code: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let exponent = code.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }), exponent > 0 else {
            return false
        }
        var places = 0
        for byte in code[..<exponent] {
            if byte == Ascii.point { places += 1 } else if byte &- Ascii.zero >= 10 { return false }
        }
        let power = code[(exponent + 1)...].drop { $0 == UInt8(ascii: "+") }
        return places <= 1 && exponent > places && (1...2).contains(power.count)
            && power.allSatisfy { $0 &- Ascii.zero < 10 }
    }
}
