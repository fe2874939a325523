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
    /// As the file has it: an alias may have another unit than the contract.
    let field: FeedField
    /// Index of the field in the contract, and column of the file.
    private let number: Int
    let column: Int
    private var index: TextIndex?
    /// What texts are looked through for; `nil` where every form is the exact one.
    private let scan: TextScan?
    private let powers: [Int64]

    /// - Parameter scan: what a text whose content matters is looked through for.
    init(_ header: Header, field number: Int, dictionary: TextDictionary?, scan: TextScan?) {
        self.number = number
        field = header.fields[number]
        column = header.columns[number]
        self.scan = scan
        index = dictionary.map { TextIndex($0, allowed: header.fields[number].allowed, scan: scan) }
        powers = DecimalText.powersOfTen
    }

    /// - Parameter mender: takes what is not written exactly; `nil` where the contract has no leniencies.
    mutating func decode(
        _ batch: RowBatch, in bytes: UnsafePointer<UInt8>, into cells: UnsafeMutablePointer<Int64>,
        mender: FieldMender?
    ) {
        guard column >= 0 else {
            // An optional column that the file does not have.
            cells.update(repeating: Int64.blank, count: batch.count)
            return
        }
        let hasFlaw: Bool
        switch field.kind {
        case .decimal(let places): hasFlaw = decodeDecimals(batch, bytes, cells, places: places)
        case .month: hasFlaw = each(batch, cells) { Decode.month(bytes, $0) }
        case .year: hasFlaw = each(batch, cells) { Decode.year(bytes, $0) }
        case .date: hasFlaw = each(batch, cells) { Decode.date(bytes, $0) }
        case .creditCode: hasFlaw = each(batch, cells) { Decode.creditCode(bytes, $0) }
        case .category, .text:
            if index != nil {
                number(batch, bytes, cells, mender)
                return
            }
            if let scan {
                hasFlaw = each(batch, cells) { scan.text(bytes, $0) }
            } else {
                hasFlaw = each(batch, cells) { Decode.text(bytes, $0) }
            }
        }
        if hasFlaw { settle(batch, cells, mender) }
        if index != nil { number(batch, bytes, cells, nil) }
    }

    /// Inlined into each use, so that no call remains per field. Whether some cell has a flaw.
    @inline(__always)
    private func each(
        _ batch: RowBatch, _ cells: UnsafeMutablePointer<Int64>, _ decode: (FieldSpan) -> Int64
    ) -> Bool {
        let required = field.required
        var hasFlaw = false
        for row in 0..<batch.count {
            var cell = decode(batch.span(row, column))
            if cell.isMissing {
                if required, cell == Int64.blank { cell = Flaw.blank.cell }
                if Flaw.isFlaw(cell) { hasFlaw = true }
            }
            cells[row] = cell
        }
        return hasFlaw
    }

    private func decodeDecimals(
        _ batch: RowBatch, _ bytes: UnsafePointer<UInt8>, _ cells: UnsafeMutablePointer<Int64>, places: Int
    ) -> Bool {
        let lowest = field.range.lowerBound
        let highest = field.range.upperBound
        return powers.withUnsafeBufferPointer { powers in
            guard let powers = powers.baseAddress else { return false }
            return each(batch, cells) { span in
                let cell = Decode.decimal(bytes, span, places: places, powers: powers)
                if cell.isMissing { return cell }
                return cell >= lowest && cell <= highest ? cell : Flaw.outOfRange.cell
            }
        }
    }

    /// Looks once more at cells with a flaw, and marks the rows of those that keep it.
    @inline(never)
    private func settle(_ batch: RowBatch, _ cells: UnsafeMutablePointer<Int64>, _ mender: FieldMender?) {
        for row in 0..<batch.count where Flaw.isFlaw(cells[row]) {
            if let mender, batch.states[row].isDisjoint(with: [.wrongWidth, .strayQuote]) {
                cells[row] = mended(row, of: batch, cells[row], mender)
            } else if cells[row] == Flaw.inexact.cell {
                cells[row] = 0
            }
            if Flaw.isFlaw(cells[row]) { batch.states[row].insert(.badField) }
        }
    }

    private func mended(_ row: Int, of batch: RowBatch, _ cell: Int64, _ mender: FieldMender) -> Int64 {
        var mended = cell
        switch field.kind {
        case .decimal(let places):
            guard cell == Flaw.malformed.cell || cell == Flaw.tooManyPlaces.cell else { return cell }
            mended = mender.number(number, row, of: batch, cell) { bytes, span in
                powers.withUnsafeBufferPointer { powers in
                    guard let powers = powers.baseAddress else { return cell }
                    let value = Decode.decimal(bytes, span, places: places, powers: powers)
                    if value.isMissing { return value }
                    return field.range.contains(value) ? value : Flaw.outOfRange.cell
                }
            }
        case .month: mended = mender.number(number, row, of: batch, cell) { Decode.month($0, $1) }
        case .year: mended = mender.number(number, row, of: batch, cell) { Decode.year($0, $1) }
        case .date: mended = mender.number(number, row, of: batch, cell) { Decode.date($0, $1) }
        case .creditCode:
            guard cell == Flaw.malformed.cell else { return cell }
            mended = mender.text(number, row, of: batch) { Decode.creditCode($0, $1) }
        case .category, .text:
            guard cell == Flaw.inexact.cell else { return cell }
            mended = mender.text(number, row, of: batch) { Decode.text($0, $1) }
        }
        return mended == Int64.blank && field.required ? Flaw.blank.cell : mended
    }

    /// The numbers of texts in the field's dictionary.
    private mutating func number(
        _ batch: RowBatch, _ bytes: UnsafePointer<UInt8>, _ cells: UnsafeMutablePointer<Int64>,
        _ mender: FieldMender?
    ) {
        let isCode = field.kind == .creditCode
        for row in 0..<batch.count {
            if isCode, cells[row].isMissing { continue }
            guard var cell = index?.id(bytes, batch.span(row, column)) else { continue }
            if Flaw.isFlaw(cell) { cell = settled(row, of: batch, cell, mender) }
            if cell == Int64.blank, field.required { cell = Flaw.blank.cell }
            if Flaw.isFlaw(cell) { batch.states[row].insert(.badField) }
            cells[row] = cell
        }
    }

    @inline(never)
    private mutating func settled(_ row: Int, of batch: RowBatch, _ cell: Int64, _ mender: FieldMender?)
        -> Int64
    {
        guard cell == Flaw.inexact.cell, let mender else { return cell }
        return mender.text(number, row, of: batch) { bytes, span in
            index?.id(bytes, span, isExact: true) ?? cell
        }
    }
}

/// What texts are looked through for, where the contract lets them have other forms than the exact one.
struct TextScan {
    let allowed: Leniencies
    let brackets: FeedField.Brackets?
    /// Bytes of ASCII below this one, eight times, are looked at more closely.
    private let below: UInt64

    /// `nil` where the contract has no leniency that concerns the text.
    init?(_ field: FeedField, _ allowed: Leniencies) {
        guard field.brackets != nil || !allowed.isDisjoint(with: [.blanks, .fullWidth]) else { return nil }
        self.allowed = allowed
        brackets = field.brackets
        let first: UInt64 = field.brackets == .full ? 0x2a : 0x21
        below = first &* 0x0101_0101_0101_0101
    }

    /// As `Decode.text`, and `Flaw.inexact` for what should be looked at more closely.
    @inline(__always)
    func text(_ bytes: UnsafePointer<UInt8>, _ span: FieldSpan) -> Int64 {
        // Most keys are ASCII without blanks: seen in one go.
        if span.count > 0, ExactForm.isPlain(bytes + Int(span.start), span.count, below: below) { return 0 }
        let cell = Decode.text(bytes, span)
        return cell == 0 && ExactForm.isSuspicious(bytes + Int(span.start), span.count, below: below)
            ? Flaw.inexact.cell : cell
    }

    /// Whether the content has another form than the exact one.
    func isInexact(_ content: [UInt8]) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: content.count * 3 + 32) { out in
            guard let out = out.baseAddress else { return false }
            return content.withUnsafeBufferPointer {
                !ExactForm.text($0, allowed, brackets, into: out).used.isEmpty
            }
        }
    }
}
