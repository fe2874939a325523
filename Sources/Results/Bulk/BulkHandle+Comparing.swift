import Foundation
import GRDB
import GRDBSQLite

/// The cells of a bulk insert beside those that a statement reads; like `load`, for seventy million cells.
extension BulkHandle {
    /// Whether the column of a statement's row is exactly what the insert would write.
    @inline(__always)
    func holds(
        _ statement: OpaquePointer, _ column: Int, row: Int, position: Int, cells: UnsafePointer<Int64>
    ) -> Bool {
        let slot = slots + column
        let index = Int32(truncatingIfNeeded: column)
        switch slot.pointee.kind {
        case .cells:
            let cell = cells[column]
            if cell < BulkHandle.firstValue { return isNull(statement, index) }
            return isInteger(statement, index, cell)
        case .choices:
            let cell = cells[column]
            if cell < 0 || cell >= slot.pointee.number { return isNull(statement, index) }
            return isText(statement, index, slot, Int(truncatingIfNeeded: cell))
        case .texts: return isText(statement, index, slot, row)
        case .position: return isInteger(statement, index, Int64(position))
        case .row: return isInteger(statement, index, Int64(row))
        }
    }

    @inline(__always)
    private func isNull(_ statement: OpaquePointer, _ index: Int32) -> Bool {
        sqlite3_column_type(statement, index) == SQLITE_NULL
    }

    @inline(__always)
    private func isInteger(_ statement: OpaquePointer, _ index: Int32, _ number: Int64) -> Bool {
        sqlite3_column_int64(statement, index) == number
            && sqlite3_column_type(statement, index) == SQLITE_INTEGER
    }

    @inline(__always)
    private func isText(
        _ statement: OpaquePointer, _ index: Int32, _ slot: UnsafePointer<Slot>, _ text: Int
    ) -> Bool {
        guard sqlite3_column_type(statement, index) == SQLITE_TEXT,
            let stored = sqlite3_column_text(statement, index)
        else { return false }
        let offsets = slot.pointee.offsets.unsafelyUnwrapped
        let count = offsets[text + 1] &- offsets[text]
        guard Int(sqlite3_column_bytes(statement, index)) == count else { return false }
        return memcmp(stored, slot.pointee.bytes.unsafelyUnwrapped + offsets[text], count) == 0
    }

    /// What the insert would write, for messages.
    func value(_ column: Int, row: Int, position: Int, cells: UnsafePointer<Int64>) -> DatabaseValue {
        let slot = slots[column]
        func text(_ index: Int) -> DatabaseValue {
            guard let offsets = slot.offsets, let bytes = slot.bytes else { return .null }
            let text = UnsafeBufferPointer(
                start: bytes + offsets[index], count: offsets[index + 1] - offsets[index])
            return String(decoding: text.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self).databaseValue
        }
        switch slot.kind {
        case .cells: return cells[column] < BulkHandle.firstValue ? .null : cells[column].databaseValue
        case .choices:
            return cells[column] < 0 || cells[column] >= slot.number ? .null : text(Int(cells[column]))
        case .texts: return text(row)
        case .position: return Int64(position).databaseValue
        case .row: return Int64(row).databaseValue
        }
    }
}
