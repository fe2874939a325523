import Foundation
import GRDB
import GRDBSQLite

/// The SQLite file that keeps every run: what is recorded goes in here, and every command reads from here.
///
/// The file is in WAL mode, so that readers keep working while a run is recorded, and see it whole or not at
/// all. `Schemas/store.sql` documents the tables and views.
package struct Store: Sendable {
    /// What a store is opened for.
    package enum Access: Sendable {
        case reading
        /// Makes the store when there is none and brings an older one up to date. Hold a ``RunLock``.
        case writing
    }

    /// The file as it was named.
    package let path: String
    let queue: DatabaseQueue
    /// For how many seconds a lock of another program is waited for.
    private static let patience = 10

    /// Opens a store.
    /// - Throws: `cannotRead` when it is missing (reading), a folder, not a store, newer or damaged; `cannotWrite`
    ///   when it cannot be made or changed.
    package init(opening path: String, for access: Access) throws(StoreError) {
        self.path = path
        let writing = access == .writing
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if isFolder.boolValue { throw .folder(path) }
        if writing {
            try Store.create(path)
        } else if !exists {
            throw .missing(path)
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: Store.configuration(path, writing: writing))
            if writing {
                try StoreUpdate(path: path, queue: queue).apply()
            } else {
                try queue.read { db in try Migrations.check(db, path: path, writing: false) }
            }
        } catch {
            throw StoreError(error, path: path, writing: writing)
        }
    }

    /// Makes an empty file that the group may read, so that SQLite gives the files beside it the same rights.
    private static func create(_ path: String) throws(StoreError) {
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw .cannotCreate(path, String(cString: strerror(errno)))
        }
    }

    private static func configuration(_ path: String, writing: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = !writing
        configuration.busyMode = .timeout(TimeInterval(patience))
        configuration.label = "mujun.store"
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // The number of pages in the cache follows from their size, which is known once a page was read.
            defer { try? db.execute(sql: "PRAGMA cache_size = -8000") }
            guard writing else { return }
            // The largest pages: a page that is changed after it was pushed out of the cache makes SQLite read the
            // whole log once more at the commit, and inner pages of large tables are such pages. More cache than
            // 8 MB is only more memory, since nearly everything is written once and in order.
            try db.execute(sql: "PRAGMA page_size = 65536; PRAGMA secure_delete = OFF")
            try Migrations.check(db, path: path, writing: true)
            _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
            // What a command reported as recorded must survive a power failure.
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
            // The files -wal and -shm stay, so that accounts without the right to write can read.
            var stay: Int32 = 1
            sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &stay)
        }
        return configuration
    }

    /// Moves what was committed from the log into the file and gives back the space of the log.
    ///
    /// What cannot be moved, because someone is reading for longer than a second or the disk is full, is as safe
    /// in the log and as readable: the next run moves it. So nothing is thrown.
    package func settle() {
        try? queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA busy_timeout = 1000")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = \(Store.patience * 1000)") }
            _ = try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// Makes what is being read or written fail at once, from any thread; a transaction is rolled back.
    package func interrupt() { queue.interrupt() }

    // MARK: Access for queries

    func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try queue.read(body) } catch { throw StoreError(error, path: path, writing: false) }
    }

    /// Runs `body` in one transaction, which is committed only if the store still is where it was opened.
    func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        var isCommitting = false
        do {
            return try queue.writeWithoutTransaction { db in
                var value: Value?
                try db.inTransaction(.immediate) {
                    value = try body(db)
                    try checkPlace(db)
                    isCommitting = true
                    return .commit
                }
                guard let value else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
                return value
            }
        } catch { throw StoreError(error, path: path, writing: true, committing: isCommitting) }
    }

    /// A file that was moved, replaced or deleted can still be written, and nobody would ever read it.
    private func checkPlace(_ db: Database) throws(StoreError) {
        var hasMoved: Int32 = 0
        sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        if hasMoved != 0 { throw .moved(path) }
    }
}
