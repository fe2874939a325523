/// What is known of a row before its fields are looked at one by one.
struct RowState: OptionSet {
    let rawValue: UInt8

    /// More or fewer fields than the header has.
    static let wrongWidth = RowState(rawValue: 1)
    /// A quote inside an unquoted field, or something after a closing quote.
    static let strayQuote = RowState(rawValue: 2)
    /// At least one field does not satisfy the contract.
    static let badField = RowState(rawValue: 4)
    /// Not counted, and nothing is wrong with it: a superseded month, a firm that is not in the registry.
    static let unused = RowState(rawValue: 8)
    /// Kept aside because its key may be repeated.
    static let held = RowState(rawValue: 16)

    static let refused: RowState = [.wrongWidth, .strayQuote, .badField]
}

/// Up to `capacity` rows of a chunk as positions of their fields: one worker's memory, used again and again.
///
/// The pointers are valid as long as the batch; row indices are below `count`, column indices below `width`.
final class RowBatch {
    let capacity: Int
    /// Columns of the file.
    let width: Int
    /// Whether fields that are missing at the end of a row are blank ones, as in a sheet, and nothing wrong.
    let endsWithLastValue: Bool
    /// Row by row, `width` per row.
    let spans: UnsafeMutablePointer<FieldSpan>
    let states: UnsafeMutablePointer<RowState>
    /// First byte of each row in the chunk, and the byte after its last (without the line break).
    let starts: UnsafeMutablePointer<UInt32>
    let ends: UnsafeMutablePointer<UInt32>
    /// Physical line, from 1, on which each row begins.
    let lines: UnsafeMutablePointer<Int>
    var count = 0
    /// Fields of the last row that did not have `width` of them.
    var fieldCount = 0

    init(width: Int, capacity: Int, endsWithLastValue: Bool = false) {
        self.width = width
        self.endsWithLastValue = endsWithLastValue
        self.capacity = capacity
        spans = .allocate(capacity: capacity * width)
        spans.initialize(repeating: FieldSpan(start: 0, end: 0), count: capacity * width)
        states = .allocate(capacity: capacity)
        states.initialize(repeating: [], count: capacity)
        starts = .allocate(capacity: capacity)
        starts.initialize(repeating: 0, count: capacity)
        ends = .allocate(capacity: capacity)
        ends.initialize(repeating: 0, count: capacity)
        lines = .allocate(capacity: capacity)
        lines.initialize(repeating: 0, count: capacity)
    }

    deinit {
        spans.deallocate()
        states.deallocate()
        starts.deallocate()
        ends.deallocate()
        lines.deallocate()
    }

    @inline(__always)
    func span(_ row: Int, _ column: Int) -> FieldSpan { spans[row &* width &+ column] }
}
