/// The cells of one node, or of one column of a feed, one per firm; see ``Cell``. Immutable.
///
/// Nearly every column of a county fits into 32 bits (flags, categories, points, money of all but the largest firms), and
/// a large run is mostly columns: so such a column takes half the memory.
package struct CellColumn: RandomAccessCollection, Equatable, Sendable {
    @usableFromInline
    enum Storage: Equatable, Sendable {
        case wide([Int64])
        /// Values as they are; the sixteen smallest integers are the causes of missing values, as in 64 bits.
        case narrow([Int32])
    }

    @usableFromInline let storage: Storage

    package init(_ cells: [Int64]) {
        storage = CellColumn.narrowed(cells).map { .narrow($0) } ?? .wide(cells)
    }

    /// Nothing for any of so many firms.
    package static func missing(_ count: Int) -> CellColumn {
        CellColumn(Array(repeating: Missing.notApplicable.cell, count: count))
    }

    @inlinable package var startIndex: Int { 0 }

    @inlinable package var endIndex: Int {
        switch storage {
        case .wide(let cells): cells.count
        case .narrow(let cells): cells.count
        }
    }

    @inlinable package subscript(firm: Int) -> Int64 {
        @inline(__always) get {
            switch storage {
            case .wide(let cells): cells[firm]
            case .narrow(let cells): CellColumn.widened(cells[firm])
            }
        }
    }

    /// Where the cells are; a narrow one is to be ``widened(_:)``.
    package enum Pointer {
        case wide(UnsafePointer<Int64>)
        case narrow(UnsafePointer<Int32>)
    }

    /// Calls `body` with where the cells are until it returns; `nil` when there are none.
    @inlinable @inline(__always)
    package func withPointer<Result>(_ body: (Pointer?) throws -> Result) rethrows -> Result {
        switch storage {
        case .wide(let cells):
            try cells.withUnsafeBufferPointer { try body($0.baseAddress.map { .wide($0) }) }
        case .narrow(let cells):
            try cells.withUnsafeBufferPointer { try body($0.baseAddress.map { .narrow($0) }) }
        }
    }

    @inlinable @inline(__always)
    package static func widened(_ cell: Int32) -> Int64 {
        cell < Int32.min + 16 ? Int64.min + Int64(cell &- Int32.min) : Int64(cell)
    }

    /// `nil` when a value does not fit.
    private static func narrowed(_ cells: [Int64]) -> [Int32]? {
        var fits = true
        let narrow = [Int32](unsafeUninitializedCapacity: cells.count) { buffer, count in
            for (index, cell) in cells.enumerated() {
                let value = Cell.isMissing(cell) ? Int64(Int32.min) + (cell &- Int64.min) : cell
                let isFree = value >= Int64(Int32.min) + 16 || Cell.isMissing(cell)
                guard let narrow = Int32(exactly: value), isFree else {
                    fits = false
                    return
                }
                buffer.initializeElement(at: index, to: narrow)
                count = index + 1
            }
        }
        return fits ? narrow : nil
    }
}
