import Evaluation
import GRDBSQLite

/// The columns of a bulk insert as pointers, for SQLite to read one cell at a time.
///
/// All unsafe reading happens here. What is checked once beforehand (``BulkInsert/isConsistent``) is not checked
/// again: `load` runs for every cell, seventy million times in a large run.
struct BulkHandle {
    /// One column. Which fields are set follows from `kind`.
    struct Slot {
        enum Kind: UInt8 { case position, row, cells, choices, texts }

        var kind: Kind
        /// How many texts `choices` chooses among.
        var number: Int64 = 0
        var cells: CellColumn.Pointer?
        /// Bytes of `choices` and `texts`.
        var bytes: UnsafePointer<CChar>?
        /// Where text i begins and i + 1 ends in `bytes`.
        var offsets: UnsafePointer<Int>?
    }

    /// The least cell that is a value; see ``Cell/isMissing(_:)``, which is not inlined here.
    static let firstValue = Int64.min + 16

    /// ``CellColumn/widened(_:)``, which is not inlined here either.
    @inline(__always)
    private static func widened(_ cell: Int32) -> Int64 {
        cell < Int32.min + 16 ? Int64.min + Int64(cell &- Int32.min) : Int64(cell)
    }

    let count: Int
    let order: UnsafePointer<Int>?
    let slots: UnsafePointer<Slot>
    let columns: Int

    /// How many rows are brought together at once.
    static let stagedRows = 64

    /// Copies the cells of up to 64 rows from `position` on, row by row: SQLite asks for one row after the other, and
    /// seventy columns far apart in memory would miss the cache at every cell.
    func stage(from position: Int, into rows: UnsafeMutablePointer<Int64>) {
        let staged = position..<min(count, position &+ BulkHandle.stagedRows)
        for column in 0..<columns {
            switch slots[column].cells {
            case .wide(let cells): stage(staged, into: rows + column) { cells[$0] }
            case .narrow(let cells): stage(staged, into: rows + column) { BulkHandle.widened(cells[$0]) }
            case nil: continue
            }
        }
    }

    @inline(__always)
    private func stage(
        _ positions: Range<Int>, into column: UnsafeMutablePointer<Int64>, _ cell: (Int) -> Int64
    ) {
        var target = column
        for position in positions {
            target.pointee = cell(order.map { $0[position] } ?? position)
            target += columns
        }
    }

    /// Gives SQLite the cell of a column.
    /// - Parameter cells: the staged cells of the row.
    @inline(__always)
    func load(
        _ column: Int, row: Int, position: Int, cells: UnsafePointer<Int64>, into context: OpaquePointer?
    ) {
        let slot = slots + column
        switch slot.pointee.kind {
        case .cells:
            let cell = cells[column]
            if cell < BulkHandle.firstValue { return }  // A context that gets nothing is NULL.
            sqlite3_result_int64(context, cell)
        case .choices:
            let cell = cells[column]
            if cell < 0 || cell >= slot.pointee.number { return }
            text(slot, Int(truncatingIfNeeded: cell), context)
        case .texts:
            text(slot, row, context)
        case .position:
            sqlite3_result_int64(context, Int64(position))
        case .row:
            sqlite3_result_int64(context, Int64(row))
        }
    }

    /// Hands over a text without copying it: it outlives the statement.
    @inline(__always)
    private func text(_ slot: UnsafePointer<Slot>, _ index: Int, _ context: OpaquePointer?) {
        let offsets = slot.pointee.offsets.unsafelyUnwrapped
        let start = offsets[index]
        sqlite3_result_text(
            context, slot.pointee.bytes.unsafelyUnwrapped + start,
            Int32(truncatingIfNeeded: offsets[index + 1] &- start), nil)
    }
}

extension BulkInsert {
    /// Calls `body` with pointers that are valid until it returns.
    func withHandle<Result>(_ body: (BulkHandle) throws -> Result) rethrows -> Result {
        var slots: [BulkHandle.Slot] = []
        slots.reserveCapacity(columns.count)
        return try pin(columns[...], &slots) { slots in
            try slots.withUnsafeBufferPointer { slots in
                // An empty table is never read, so that any address will do.
                let base = slots.baseAddress ?? UnsafePointer(bitPattern: 8).unsafelyUnwrapped
                guard let order else {
                    return try body(
                        BulkHandle(count: count, order: nil, slots: base, columns: columns.count))
                }
                return try order.withUnsafeBufferPointer {
                    try body(
                        BulkHandle(
                            count: count, order: $0.baseAddress, slots: base, columns: columns.count))
                }
            }
        }
    }

    /// Holds one column after the other in place; the recursion is as deep as there are columns.
    private func pin<Result>(
        _ rest: ArraySlice<Column>, _ slots: inout [BulkHandle.Slot],
        _ body: ([BulkHandle.Slot]) throws -> Result
    ) rethrows -> Result {
        guard let column = rest.first else { return try body(slots) }
        let rest = rest.dropFirst()
        switch column {
        case .position:
            slots.append(.init(kind: .position))
            return try pin(rest, &slots, body)
        case .row:
            slots.append(.init(kind: .row))
            return try pin(rest, &slots, body)
        case .texts(let texts):
            return try pin(texts, kind: .texts, rest, &slots, body)
        case .cells(let cells):
            return try cells.withPointer {
                slots.append(.init(kind: .cells, cells: $0))
                return try pin(rest, &slots, body)
            }
        case .choices(let cells, let texts):
            return try cells.withPointer { cells in
                try pin(TextColumn(texts), kind: .choices, cells: cells, rest, &slots, body)
            }
        }
    }

    private func pin<Result>(
        _ texts: TextColumn, kind: BulkHandle.Slot.Kind, cells: CellColumn.Pointer? = nil,
        _ rest: ArraySlice<Column>, _ slots: inout [BulkHandle.Slot],
        _ body: ([BulkHandle.Slot]) throws -> Result
    ) rethrows -> Result {
        // SQLite takes a null pointer for NULL; a text column without a single byte still holds empty texts.
        let bytes = texts.bytes.isEmpty ? [0] : texts.bytes
        return try bytes.withUnsafeBufferPointer { bytes in
            try texts.offsets.withUnsafeBufferPointer { offsets in
                try bytes.withMemoryRebound(to: CChar.self) { characters in
                    slots.append(
                        .init(
                            kind: kind, number: Int64(texts.count), cells: cells,
                            bytes: characters.baseAddress,
                            offsets: offsets.baseAddress))
                    return try pin(rest, &slots, body)
                }
            }
        }
    }
}
