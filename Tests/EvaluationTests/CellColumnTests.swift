import Testing

@testable import Evaluation

@Suite struct CellColumnTests {
    private static let causes = (0..<16).map { Int64.min + Int64($0) }

    /// Values at every edge at which a column could lose one.
    static let columns: [[Int64]] = [
        [], [0], causes, causes + [0, -1, 1],
        [Int64(Int32.max), Int64(Int32.min) + 16], [Int64(Int32.max) + 1], [Int64(Int32.min) + 15],
        [Int64(Int32.min)], [Int64(Int32.min) - 1], causes + [Int64(Int32.max) + 1],
        [Cell.limit - 1, 1 - Cell.limit, Missing.blank.cell], [Int64.max, Int64.min + 16],
    ]

    @Test(arguments: columns) func holdsWhatWentIn(_ cells: [Int64]) {
        let column = CellColumn(cells)
        #expect(Array(column) == cells)
        #expect(column.count == cells.count)
        let read = column.withPointer { pointer in
            switch pointer {
            case .wide(let cells): column.indices.map { cells[$0] }
            case .narrow(let cells): column.indices.map { CellColumn.widened(cells[$0]) }
            case nil: [Int64]()
            }
        }
        #expect(read == cells)
    }

    @Test func takesHalfTheMemoryWhereItCan() {
        func isNarrow(_ cells: [Int64]) -> Bool {
            CellColumn(cells).withPointer { if case .narrow = $0 { true } else { false } }
        }
        #expect(isNarrow([0, Int64(Int32.max), Missing.refusedRow.cell, Int64(Int32.min) + 16]))
        #expect(!isNarrow([0, Int64(Int32.max) + 1]))
        #expect(!isNarrow([Int64(Int32.min) + 15]))
    }
}
