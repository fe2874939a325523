import Foundation
import GRDB

/// Brings an older store up to date, and keeps a copy of it until that is known to have gone well.
///
/// Interrupted at any instant, the next run goes on where this one ended: a copy under its name is complete, and a store
/// beside which a copy lies has not been verified yet.
struct StoreUpdate {
    let path: String
    let queue: DatabaseQueue

    /// Where the copy lies meanwhile.
    var copy: String { path + ".before-update" }

    /// - Throws: `StoreError`, naming the copy when the store does not hold what it held.
    func apply() throws {
        let found = try queue.read { db in try Migrations.foundVersion(db) }
        if let found, found < Migrations.version {
            // A copy that is older than the store is of an update that was interrupted half way, and is the one to keep.
            if try version(ofCopy: copy) ?? found >= found { try StoreCopy.make(of: queue, to: copy) }
        }
        try Migrations.apply(to: queue)
        guard FileManager.default.fileExists(atPath: copy) else { return }
        try verify()
        unlink(copy)
    }

    private func version(ofCopy path: String) throws -> Int? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try Self.reading(path).read { db in try Migrations.foundVersion(db) }
    }

    private static func reading(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// SQLite finds the file sound, and every row of every result is what it was.
    private func verify() throws {
        let before = try Self.reading(copy)
        try before.read { old in
            try queue.read { new in
                try StoreCheck.integrity(new, path: path)
                guard try Row.fetchOne(new, sql: "PRAGMA foreign_key_check") == nil else {
                    throw StoreError.notUpdated(path, copy: copy, table: "foreign keys")
                }
                for table in try tables(old) {
                    guard try isSame(table, old, new) else {
                        throw StoreError.notUpdated(path, copy: copy, table: table)
                    }
                }
            }
        }
    }

    /// What holds results: no update may change them.
    private func tables(_ db: Database) throws -> [String] {
        let values = try String.fetchAll(db, sql: "SELECT DISTINCT values_table FROM method ORDER BY 1")
        let tables = ["run", "result", "placing", "decision_applied", "list_entry", "missing_cause"] + values
        return try tables.filter { table in try db.tableExists(table) }
    }

    /// Whether all columns that the table had hold what they held, in the order of its key.
    private func isSame(_ table: String, _ old: Database, _ new: Database) throws -> Bool {
        let known = Set(try new.columns(in: table).map(\.name))
        let columns = try old.columns(in: table).map(\.name).filter(known.contains)
        let sql = "SELECT \(columns.map(quoted).joined(separator: ", ")) FROM \(quoted(table))"
        let before = try Row.fetchCursor(old, sql: sql)
        let after = try Row.fetchCursor(new, sql: sql)
        while let row = try before.next() {
            guard let other = try after.next(), row == other else { return false }
        }
        return try after.next() == nil
    }
}
