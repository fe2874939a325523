import Evaluation

/// What is wrong with one field. Travels in the field's cell, in place of a value.
enum Flaw: UInt8, CaseIterable {
    /// Blank, and the contract requires a value.
    case blank = 6
    /// Not written as the kind of field is written.
    case malformed = 7
    case tooManyPlaces = 8
    /// More than 15 digits with the contract's decimals.
    case tooLong = 9
    case outOfRange = 10
    /// Not one of the texts that the contract allows.
    case notAllowed = 11
    case invalidUTF8 = 12
    /// A NUL byte in a text.
    case nulByte = 13
    /// The last character of a credit code does not belong to the others.
    case checkCharacter = 14
    /// A text that may have another form than the exact one. Only while a batch is decoded: `FieldMender` settles it.
    case inexact = 15

    @inline(__always) var cell: Int64 { Int64.min + Int64(rawValue) }

    /// Whether the cell holds a flaw rather than a value or a permitted blank.
    @inline(__always)
    static func isFlaw(_ cell: Int64) -> Bool {
        cell < Int64.min + 16 && cell >= Int64.min + 6
    }

    init?(cell: Int64) {
        guard Flaw.isFlaw(cell) else { return nil }
        self.init(rawValue: UInt8(truncatingIfNeeded: cell &- Int64.min))
    }
}
