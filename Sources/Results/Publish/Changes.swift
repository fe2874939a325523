import Evaluation
import Foundation
import GRDB
import GRDBSQLite

/// What one run says otherwise than another about the firms: what people were told, and now are told differently.
///
/// Ranks are not among it: one firm that moves shifts all below it. `mujun diff` shows them, and the causes. Firms are
/// numbered in the order of their codes, so that both runs are walked side by side, a million firms in a second.
struct Changes {
    /// A row of `publication_change` but the publication.
    struct Change {
        let code: String
        let item: String
        let name: String
        let old: String?
        let new: String?
    }

    private let db: Database
    private let lists: [String]
    private let old: Int64
    private let new: Int64

    init(from old: Int64, to new: Int64, _ db: Database) throws {
        self.db = db
        self.old = old
        self.new = new
        lists = try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT list.name FROM list JOIN run ON run.method = list.method
                WHERE run.id IN (?, ?) ORDER BY list.name
                """, arguments: [old, new])
    }

    /// Writes what a publication changes against the run that was published before it.
    static func record(_ publication: Int64, run: Int64, before: Int64, _ db: Database) throws {
        guard run != before else { return }
        let insert = try db.makeStatement(sql: "INSERT INTO publication_change VALUES (?, ?, ?, ?, ?, ?)")
        try Changes(from: before, to: run, db).walk { change in
            try insert.execute(
                arguments: [publication, change.code, change.item, change.name, change.old, change.new])
        }
    }

    /// Each change, by code; the items of a firm in the order of the table's columns, then by list.
    func walk(_ body: (Change) throws -> Void) throws {
        let before = try ResultRows(old, lists, db)
        let after = try ResultRows(new, lists, db)
        while before.isAtRow || after.isAtRow {
            let order = before.order(to: after)
            // The side that comes first has a firm that the other lacks.
            let (left, right) = (order <= 0 ? before : nil, order >= 0 ? after : nil)
            try compare(left, right, body)
            if order <= 0 { try before.next() }
            if order >= 0 { try after.next() }
        }
    }

    private func compare(_ old: ResultRows?, _ new: ResultRows?, _ body: (Change) throws -> Void) throws {
        guard let either = new ?? old else { return }
        func tell(_ item: String, _ before: String?, _ now: String?) throws {
            try body(Change(code: either.code, item: item, name: either.name, old: before, new: now))
        }
        for (column, item) in ResultRows.items {
            if let old, let new, old.equals(new, column) { continue }
            let (before, now) = (old?.text(column), new?.text(column))
            if before != now { try tell(item, before, now) }
        }
        for index in lists.indices {
            let (was, isOn) = (old?.isOn(index) ?? false, new?.isOn(index) ?? false)
            if was != isOn { try tell("list:\(lists[index])", was ? "1" : nil, isOn ? "1" : nil) }
        }
    }
}

/// The results of a run, firm by firm. A class, because a statement is stepped and then finalized once.
private final class ResultRows {
    static let items: [(column: Int32, item: String)] = [
        (2, "state"), (3, "cohort"), (4, "part"), (5, "unit"), (6, "total"), (7, "tier"),
    ]

    private let statement: OpaquePointer
    private let decimals: Int
    private(set) var isAtRow = false
    private var firm: Int64 = -1
    /// The firms on each list in ascending order, and how far each was read.
    private let listed: [[Int64]]
    private var places: [Int]

    init(_ run: Int64, _ lists: [String], _ db: Database) throws {
        decimals =
            try Int.fetchOne(db, sql: "SELECT total_decimals FROM run WHERE id = ?", arguments: [run]) ?? 0
        listed = try lists.map { list in
            try Int64.fetchAll(
                db, sql: "SELECT DISTINCT firm FROM list_entry WHERE run = ? AND list = ? ORDER BY firm",
                arguments: [run, list])
        }
        places = listed.map { _ in 0 }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v2(
            db.sqliteConnection,
            "SELECT code, name, state, cohort, part, unit, total, tier, firm FROM result WHERE run = \(run) ORDER BY firm",
            -1, &statement, nil)
        guard code == SQLITE_OK, let statement else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
        self.statement = statement
        try next()
    }

    deinit { sqlite3_finalize(statement) }

    func next() throws {
        let state = sqlite3_step(statement)
        guard state == SQLITE_ROW || state == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: state))
        }
        isAtRow = state == SQLITE_ROW
        guard isAtRow else { return }
        firm = sqlite3_column_int64(statement, 8)
        for list in listed.indices {
            while places[list] < listed[list].count, listed[list][places[list]] < firm { places[list] += 1 }
        }
    }

    /// Whether the firm is on a list.
    func isOn(_ list: Int) -> Bool {
        places[list] < listed[list].count && listed[list][places[list]] == firm
    }

    var code: String { text(0) ?? "" }
    var name: String { text(1) ?? "" }

    /// Negative when this firm's code comes first; a side without a row comes last.
    func order(to other: ResultRows) -> Int {
        guard isAtRow else { return 1 }
        guard other.isAtRow else { return -1 }
        return bytes(0).order(other.bytes(0))
    }

    func equals(_ other: ResultRows, _ column: Int32) -> Bool {
        let type = sqlite3_column_type(statement, column)
        guard type == sqlite3_column_type(other.statement, column) else { return false }
        switch type {
        case SQLITE_NULL: return true
        case SQLITE_INTEGER:
            return sqlite3_column_int64(statement, column) == sqlite3_column_int64(other.statement, column)
                && (column != 6 || decimals == other.decimals)
        default: return bytes(column).order(other.bytes(column)) == 0
        }
    }

    /// A total with its decimals, anything else as it is; `nil` for NULL.
    func text(_ column: Int32) -> String? {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: nil
        case SQLITE_INTEGER:
            DecimalText.format(sqlite3_column_int64(statement, column), decimals: column == 6 ? decimals : 0)
        default: String(decoding: bytes(column), as: UTF8.self)
        }
    }

    private func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_text(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }
}

extension UnsafeRawBufferPointer {
    /// As SQLite compares texts: by their bytes.
    fileprivate func order(_ other: UnsafeRawBufferPointer) -> Int {
        let common = Swift.min(count, other.count)
        if common > 0, let a = baseAddress, let b = other.baseAddress {
            let order = memcmp(a, b, common)
            if order != 0 { return Int(order) }
        }
        return count - other.count
    }
}
