import Evaluation
import GRDB
import GRDBSQLite

/// Compares the tables with rows per firm, a row of either side at a time: nothing is kept of rows that agree.
struct LargeTables {
    private let run: Int64
    private let evaluated: Evaluated
    private let db: Database
    /// Of columns with decimals, by table and column.
    private let decimals: [String: Int]

    init(run: Int64, _ evaluated: Evaluated, _ db: Database) {
        self.run = run
        self.evaluated = evaluated
        self.db = db
        let graph = evaluated.graph
        var decimals = ["result.total": graph.nodes[graph.landmarks.total].decimals]
        let values = ValuesTable(graph, meaningDigest: "")
        for column in values.columns {
            if case .number = graph.nodes[column.node].type {
                decimals[column.name] = graph.nodes[column.node].decimals
            }
        }
        self.decimals = decimals
    }

    func compare(_ expected: BulkInsert, into found: inout RunVerification) throws {
        guard expected.isConsistent else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "columns of unequal length")
        }
        guard try db.tableExists(expected.table) else {
            found.tables.append(.init(name: expected.table, rows: expected.count, missing: expected.count))
            return
        }
        let key = try db.primaryKey(expected.table).columns.filter { $0 != "run" }.compactMap {
            expected.names.firstIndex(of: $0)
        }
        let log = try expected.withHandle { handle in
            try TableWalk(expected, handle, key: key, run: run, db).walk()
        }
        found.tables.append(log.table)
        found.differences += try log.differences.map(named)
    }

    /// The difference for people: with the code of the firm, and decimals where the column has them.
    private func named(_ difference: TableWalk.Difference) throws -> RunVerification.Difference {
        var code = ""
        if let firm = difference.firm {
            let codes = evaluated.population.codes
            code =
                firm >= 0 && firm < codes.count
                ? codes[Int(firm)]
                : try String.fetchOne(
                    db, sql: "SELECT code FROM result WHERE run = ? AND firm = ?", arguments: [run, firm])
                    ?? ""
        }
        let places = difference.column.flatMap { column in
            difference.table.hasPrefix("values_")
                ? decimals[column] : decimals["\(difference.table).\(column)"]
        }
        func text(_ value: DatabaseValue) -> String? {
            switch value.storage {
            case .null: nil
            case .int64(let number):
                places.map { DecimalText.format(number, decimals: $0) } ?? String(number)
            case .double(let number): "\(number)"
            case .string(let text): text
            case .blob: "(bytes)"
            }
        }
        return .init(
            table: difference.table, code: code, key: difference.key, column: difference.column,
            stored: text(difference.stored), computed: text(difference.computed))
    }
}

/// The rows of one table in the order of its key, beside those that were computed.
private struct TableWalk {
    struct Difference {
        let table: String
        let firm: Int64?
        let key: String
        let column: String?
        let stored: DatabaseValue
        let computed: DatabaseValue
    }

    struct Log {
        var table: RunVerification.Table
        var differences: [Difference] = []
    }

    private let expected: BulkInsert
    private let handle: BulkHandle
    /// Indices of the columns of the key.
    private let key: [Int]
    private let run: Int64
    private let db: Database

    init(_ expected: BulkInsert, _ handle: BulkHandle, key: [Int], run: Int64, _ db: Database) {
        self.expected = expected
        self.handle = handle
        self.key = key
        self.run = run
        self.db = db
    }

    func walk() throws -> Log {
        var log = Log(table: .init(name: expected.table, rows: expected.count))
        let columns = expected.names.map(quoted)
        let order = key.map { columns[$0] }.joined(separator: ", ")
        let sql =
            "SELECT \(columns.joined(separator: ", ")) FROM \(quoted(expected.table)) WHERE run = \(run) ORDER BY \(order)"
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(db.sqliteConnection, sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        defer { sqlite3_finalize(statement) }
        let staged = UnsafeMutablePointer<Int64>.allocate(
            capacity: BulkHandle.stagedRows * max(1, handle.columns))
        defer { staged.deallocate() }
        var position = 0
        func cells() -> UnsafePointer<Int64> {
            UnsafePointer(staged + (position % BulkHandle.stagedRows) &* handle.columns)
        }
        if handle.count > 0 { handle.stage(from: 0, into: staged) }
        func advance() {
            position += 1
            if position < handle.count, position % BulkHandle.stagedRows == 0 {
                handle.stage(from: position, into: staged)
            }
        }
        var state = sqlite3_step(statement)
        while state == SQLITE_ROW {
            // The side whose key comes first has a row that the other lacks.
            let order = position < handle.count ? compareKeys(statement, position, cells()) : 1
            if order == 0 {
                compareRow(statement, position, cells(), &log)
                advance()
                state = sqlite3_step(statement)
            } else if order < 0 {
                log.table.missing += 1
                note(nil, nil, position, cells(), &log)
                advance()
            } else {
                log.table.extra += 1
                note(nil, statement, nil, cells(), &log)
                state = sqlite3_step(statement)
            }
        }
        guard state == SQLITE_DONE else { throw failure(state) }
        while position < handle.count {
            log.table.missing += 1
            note(nil, nil, position, cells(), &log)
            advance()
        }
        return log
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
    }

    private func row(at position: Int) -> Int { handle.order.map { $0[position] } ?? position }

    private func compareRow(
        _ statement: OpaquePointer, _ position: Int, _ cells: UnsafePointer<Int64>, _ log: inout Log
    ) {
        let row = row(at: position)
        for column in 0..<handle.columns
        where !handle.holds(statement, column, row: row, position: position, cells: cells) {
            log.table.cells += 1
            note(column, statement, position, cells, &log)
        }
    }

    /// Negative when the computed row comes first, positive when the stored one does.
    private func compareKeys(_ statement: OpaquePointer, _ position: Int, _ cells: UnsafePointer<Int64>)
        -> Int
    {
        for column in key
        where !handle.holds(
            statement, column, row: row(at: position), position: position, cells: cells)
        {
            let computed = handle.value(column, row: row(at: position), position: position, cells: cells)
            switch (computed.storage, value(statement, column).storage) {
            case (.int64(let a), .int64(let b)): return a < b ? -1 : 1
            case (.string(let a), .string(let b)):
                return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
            // SQLite's order of types: NULL, numbers, texts.
            case (_, .null): return 1
            case (.int64, _): return -1
            default: return 1
            }
        }
        return 0
    }

    private func value(_ statement: OpaquePointer, _ column: Int) -> DatabaseValue {
        DatabaseValue(sqliteStatement: statement, index: Int32(column))
    }

    /// Keeps a sample.
    /// - Parameters:
    ///   - column: `nil` when the row as a whole is on one side only.
    ///   - statement: `nil` when the store lacks the row.
    ///   - position: `nil` when the row was not computed.
    private func note(
        _ column: Int?, _ statement: OpaquePointer?, _ position: Int?, _ cells: UnsafePointer<Int64>,
        _ log: inout Log
    ) {
        guard log.differences.count < RunVerification.samples else { return }
        func computed(_ column: Int) -> DatabaseValue {
            position.map { handle.value(column, row: row(at: $0), position: $0, cells: cells) } ?? .null
        }
        func stored(_ column: Int) -> DatabaseValue { statement.map { value($0, column) } ?? .null }
        func either(_ column: Int) -> DatabaseValue { position == nil ? stored(column) : computed(column) }
        let key = key.map { "\(expected.names[$0]) \(either($0).description)" }
        log.differences.append(
            Difference(
                table: expected.table,
                firm: expected.names.firstIndex(of: "firm").flatMap { Int64.fromDatabaseValue(either($0)) },
                key: key.joined(separator: ", "), column: column.map { expected.names[$0] },
                stored: column.map(stored) ?? .null, computed: column.map(computed) ?? .null))
    }
}
