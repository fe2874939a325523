import GRDB

/// Brings stores of every version up to date, and tells stores from other files.
enum Migrations {
    /// `mujn`: what `file` and SQLite know a store by.
    static let applicationID = 0x6D75_6A6E
    /// Number of migrations; kept as SQLite's `user_version`.
    static let version = 6

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1", foreignKeyChecks: .immediate) { db in
            for statement in SchemaV1.statements { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = 1")
        }
        migrator.registerMigration("2", foreignKeyChecks: .immediate) { db in
            // What names a table that is renamed must not stand in the way.
            try Views.drop(db)
            for statement in SchemaV2.statements { try db.execute(sql: statement) }
            try Views.make(db)
            try db.execute(sql: "PRAGMA user_version = 2")
        }
        migrator.registerMigration("3", foreignKeyChecks: .immediate) { db in
            try Views.drop(db)
            for statement in SchemaV3.statements { try db.execute(sql: statement) }
            try Views.make(db)
            try db.execute(sql: "PRAGMA user_version = 3")
        }
        migrator.registerMigration("4", foreignKeyChecks: .immediate) { db in
            for statement in SchemaV4.statements { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA user_version = 4")
        }
        migrator.registerMigration("5", foreignKeyChecks: .immediate) { db in
            try Views.drop(db)
            for statement in SchemaV5.statements { try db.execute(sql: statement) }
            try Views.make(db)
            try db.execute(sql: "PRAGMA user_version = 5")
        }
        migrator.registerMigration("6", foreignKeyChecks: .immediate) { db in
            for statement in SchemaV6.statements { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA user_version = 6")
        }
        return migrator
    }

    static func apply(to queue: DatabaseQueue) throws {
        try migrator.migrate(queue)
    }

    /// The version of a store; `nil` for a file that is none yet.
    static func foundVersion(_ db: Database) throws -> Int? {
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == applicationID else { return nil }
        return try Int.fetchOne(db, sql: "PRAGMA user_version")
    }

    /// Whether the file is a store that this program can use; an empty file may become one.
    /// - Throws: `StoreError`.
    static func check(_ db: Database, path: String, writing: Bool) throws {
        let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if id != applicationID {
            // A run that is killed first thing leaves nothing, or the empty table in which migrations are noted.
            let objects = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'")
            guard id == 0, found == 0, objects == 0 else { throw StoreError.notAStore(path) }
            guard writing else { throw StoreError.missing(path) }
        } else if found > version {
            throw StoreError.newer(path, version: found, known: version)
        } else if found < version, !writing {
            throw StoreError.older(path, version: found, known: version)
        }
    }
}
