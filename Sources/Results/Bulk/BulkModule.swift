import GRDB
import GRDBSQLite

/// A virtual table that shows the columns of a bulk insert to SQLite, so that one `INSERT … SELECT` stores them.
///
/// SQLite pulls the cells itself: no statement is stepped, bound and reset for every row. The table exists on
/// one connection, under a name of its own, while one insert goes on (https://www.sqlite.org/vtab.html,
/// "eponymous-only virtual tables").
enum BulkModule {
    private static let name = "mujun_bulk_rows"

    /// Stores all rows of the insert for a run.
    /// - Throws: `DatabaseError`, for example when the disk is full.
    static func insert(_ insert: BulkInsert, run: Int64, _ db: Database) throws {
        guard insert.isConsistent else {
            throw DatabaseError(
                resultCode: .SQLITE_MISUSE, message: "columns of unequal length for table \(insert.table)")
        }
        guard insert.count > 0 else { return }
        try insert.withHandle { handle in
            try withUnsafePointer(to: handle) { try BulkModule.insert(insert, $0, run: run, db) }
        }
    }

    private static func insert(
        _ insert: BulkInsert, _ handle: UnsafePointer<BulkHandle>, run: Int64, _ db: Database
    ) throws {
        let code = sqlite3_create_module_v2(
            db.sqliteConnection, name, module, UnsafeMutableRawPointer(mutating: handle), nil)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        // Without a module, SQLite forgets the one of that name.
        defer { sqlite3_create_module_v2(db.sqliteConnection, name, nil, nil, nil) }
        let names = insert.names.map(quoted).joined(separator: ", ")
        try db.execute(
            sql: "INSERT INTO \(quoted(insert.table)) (run, \(names)) SELECT \(run), * FROM \(name)")
    }

    private struct Table {
        var base: sqlite3_vtab
        let handle: UnsafePointer<BulkHandle>
    }

    private struct Cursor {
        var base: sqlite3_vtab_cursor
        let handle: BulkHandle
        var position: Int
        var row: Int
        /// The cells of `BulkHandle.stagedRows` rows, among them the current one.
        let staged: UnsafeMutablePointer<Int64>
        var cells: UnsafeMutablePointer<Int64>

        mutating func move(to position: Int) {
            self.position = position
            guard position < handle.count else { return }
            row = handle.order.map { $0[position] } ?? position
            let index = position % BulkHandle.stagedRows
            if index == 0 { handle.stage(from: position, into: staged) }
            cells = staged + index &* handle.columns
        }
    }

    private static func cursor(_ base: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> UnsafeMutablePointer<
        Cursor
    > {
        UnsafeMutableRawPointer(base.unsafelyUnwrapped).assumingMemoryBound(to: Cursor.self)
    }

    /// Stays for ever: SQLite may let go of a table only when it prepares its next statement.
    private nonisolated(unsafe) static let module: UnsafePointer<sqlite3_module> = {
        var module = sqlite3_module()
        module.xConnect = { db, handle, _, _, result, _ in
            guard let handle, let result else { return SQLITE_MISUSE }
            let pointer = UnsafePointer(handle.assumingMemoryBound(to: BulkHandle.self))
            let columns = (0..<pointer.pointee.columns).map { "c\($0)" }.joined(separator: ", ")
            let code = sqlite3_declare_vtab(db, "CREATE TABLE x (\(columns))")
            guard code == SQLITE_OK else { return code }
            let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
            table.initialize(to: Table(base: sqlite3_vtab(), handle: pointer))
            result.pointee = UnsafeMutableRawPointer(table).assumingMemoryBound(to: sqlite3_vtab.self)
            return SQLITE_OK
        }
        module.xDisconnect = { table in
            UnsafeMutableRawPointer(table.unsafelyUnwrapped).assumingMemoryBound(to: Table.self).deallocate()
            return SQLITE_OK
        }
        module.xBestIndex = { _, info in
            info.unsafelyUnwrapped.pointee.estimatedCost = 1
            return SQLITE_OK
        }
        module.xOpen = { table, result in
            guard let table, let result else { return SQLITE_MISUSE }
            let handle = UnsafeMutableRawPointer(table).assumingMemoryBound(to: Table.self).pointee.handle
            let cursor = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
            let cells = UnsafeMutablePointer<Int64>.allocate(
                capacity: BulkHandle.stagedRows * max(1, handle.pointee.columns))
            cursor.initialize(
                to: Cursor(
                    base: sqlite3_vtab_cursor(), handle: handle.pointee, position: 0, row: 0, staged: cells,
                    cells: cells))
            result.pointee = UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
            return SQLITE_OK
        }
        module.xClose = { base in
            let cursor = cursor(base)
            cursor.pointee.staged.deallocate()
            cursor.deallocate()
            return SQLITE_OK
        }
        module.xFilter = { base, _, _, _, _ in
            cursor(base).pointee.move(to: 0)
            return SQLITE_OK
        }
        module.xNext = { base in
            let cursor = cursor(base)
            cursor.pointee.move(to: cursor.pointee.position &+ 1)
            return SQLITE_OK
        }
        module.xEof = { base in
            let cursor = cursor(base)
            return cursor.pointee.position >= cursor.pointee.handle.count ? 1 : 0
        }
        module.xColumn = { base, context, column in
            let cursor = cursor(base)
            cursor.pointee.handle.load(
                Int(column), row: cursor.pointee.row, position: cursor.pointee.position,
                cells: cursor.pointee.cells, into: context)
            return SQLITE_OK
        }
        module.xRowid = { base, result in
            result?.pointee = Int64(cursor(base).pointee.position)
            return SQLITE_OK
        }
        let place = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
        place.initialize(to: module)
        return UnsafePointer(place)
    }()
}

/// An SQL identifier.
func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
