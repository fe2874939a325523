import Evaluation

/// The decoded fields of a batch, column by column, and the firms its rows belong to: a worker's reused memory.
///
/// Column indices are fields of the contract and slots of the plan; row indices are below the batch's count.
final class DecodedRows {
    let capacity: Int
    private let values: UnsafeMutablePointer<Int64>
    private let firmIndices: UnsafeMutablePointer<Int32>

    init(fields: Int, slots: Int, capacity: Int) {
        self.capacity = capacity
        values = .allocate(capacity: max(fields, 1) * capacity)
        values.initialize(repeating: 0, count: max(fields, 1) * capacity)
        firmIndices = .allocate(capacity: max(slots, 1) * capacity)
        firmIndices.initialize(repeating: -1, count: max(slots, 1) * capacity)
    }

    deinit {
        values.deallocate()
        firmIndices.deallocate()
    }

    /// The cells of a field: values, `Missing.blank` or flaws.
    @inline(__always)
    func column(_ field: Int) -> UnsafeMutablePointer<Int64> { values + field * capacity }

    /// The firm of each row through one relation: its index, -1 for blank, -2 for a code that is not in the registry.
    @inline(__always)
    func firms(_ slot: Int) -> UnsafeMutablePointer<Int32> { firmIndices + slot * capacity }
}

/// Decodes one column of a batch after another. Rows with a flaw are marked; the flaw stands in their cell.
struct ColumnDecoder {
    let field: FeedField
    /// Column of the file.
    let column: Int
    private var index: TextIndex?
    private let powers: [Int64]

    init(_ field: FeedField, column: Int, dictionary: TextDictionary?) {
        self.field = field
        self.column = column
        index = dictionary.map { TextIndex($0, allowed: field.allowed) }
        powers = DecimalText.powersOfTen
    }

    mutating func decode(
        _ batch: RowBatch, in bytes: UnsafePointer<UInt8>, into cells: UnsafeMutablePointer<Int64>
    ) {
        guard column >= 0 else {
            // An optional column that the file does not have.
            cells.update(repeating: Int64.blank, count: batch.count)
            return
        }
        switch field.kind {
        case .decimal(let places): decodeDecimals(batch, bytes, cells, places: places)
        case .month: each(batch, cells) { Decode.month(bytes, $0) }
        case .year: each(batch, cells) { Decode.year(bytes, $0) }
        case .date: each(batch, cells) { Decode.date(bytes, $0) }
        case .creditCode:
            each(batch, cells) { Decode.creditCode(bytes, $0) }
            if index != nil { number(batch, bytes, cells) }
        case .category, .text:
            if index != nil {
                number(batch, bytes, cells)
            } else {
                each(batch, cells) { Decode.text(bytes, $0) }
            }
        }
    }

    /// Inlined into each use, so that no call remains per field.
    @inline(__always)
    private func each(_ batch: RowBatch, _ cells: UnsafeMutablePointer<Int64>, _ decode: (FieldSpan) -> Int64)
    {
        let required = field.required
        let states = batch.states
        for row in 0..<batch.count {
            var cell = decode(batch.span(row, column))
            if cell.isMissing {
                if required, cell == Int64.blank { cell = Flaw.blank.cell }
                if Flaw.isFlaw(cell) { states[row].insert(.badField) }
            }
            cells[row] = cell
        }
    }

    private func decodeDecimals(
        _ batch: RowBatch, _ bytes: UnsafePointer<UInt8>, _ cells: UnsafeMutablePointer<Int64>, places: Int
    ) {
        let lowest = field.range.lowerBound
        let highest = field.range.upperBound
        powers.withUnsafeBufferPointer { powers in
            guard let powers = powers.baseAddress else { return }
            each(batch, cells) { span in
                let cell = Decode.decimal(bytes, span, places: places, powers: powers)
                if cell.isMissing { return cell }
                return cell >= lowest && cell <= highest ? cell : Flaw.outOfRange.cell
            }
        }
    }

    private mutating func number(
        _ batch: RowBatch, _ bytes: UnsafePointer<UInt8>, _ cells: UnsafeMutablePointer<Int64>
    ) {
        let isCode = field.kind == .creditCode
        for row in 0..<batch.count {
            if isCode, cells[row].isMissing { continue }
            guard var cell = index?.id(bytes, batch.span(row, column)) else { continue }
            if cell == Int64.blank, field.required { cell = Flaw.blank.cell }
            if Flaw.isFlaw(cell) { batch.states[row].insert(.badField) }
            cells[row] = cell
        }
    }
}
