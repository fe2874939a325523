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

    /// Whether a spreadsheet has made a number of a code: `9.13308E+17`.
    static func isNumber(code: String) -> Bool {
        guard code.utf8.contains(UInt8(ascii: "E")) || code.utf8.contains(UInt8(ascii: "e")) else {
            return false
        }
        return CellNumber(Array(code.utf8)) != nil
    }
}
