import GRDB

/// Triggers that refuse to change what is published. They guard against mistakes, also with the `sqlite3` shell; who owns
/// the file can drop them, and then `mujun verify` and the published digests tell.
enum Protection {
    /// Nobody ever changes these rows.
    static func always(_ table: String) -> [String] {
        triggers(table, when: nil)
    }

    /// Rows that stay with a published run. Whoever adds rows to one is found by `mujun verify` alone: a trigger for
    /// every row that comes in would slow every night.
    static func ofRuns(_ table: String) -> [String] {
        triggers(table, when: "EXISTS (SELECT * FROM publication WHERE run = OLD.run)")
    }

    /// Rows about a method that stay with the published runs that were made with it.
    static func ofMethods(_ table: String) -> [String] {
        let method = table == "method" ? "OLD.id" : "OLD.method"
        return triggers(
            table,
            when:
                "EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = \(method))"
        )
    }

    private static func triggers(_ table: String, when condition: String?) -> [String] {
        ["update", "delete"].map { event in
            """
            CREATE TRIGGER \(quoted("kept_\(table)_\(event)")) BEFORE \(event.uppercased()) ON \(quoted(table))
            \(condition.map { "WHEN \($0)\n" } ?? "")BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END
            """
        }
    }

    /// Makes those of a values table, unless they are there.
    static func keep(values table: String, _ db: Database) throws {
        for trigger in ofRuns(table) {
            try db.execute(
                sql: trigger.replacing(
                    "CREATE TRIGGER", with: "CREATE TRIGGER IF NOT EXISTS", maxReplacements: 1))
        }
    }

    /// Lets `body` delete rows that are not published: a trigger for each of a million rows would take longer than to
    /// delete them. The triggers are back before the transaction ends.
    static func suspended(_ db: Database, _ body: () throws -> Void) throws {
        let triggers = try Row.fetchAll(
            db,
            sql: """
                SELECT name, sql FROM sqlite_schema
                WHERE type = 'trigger' AND name GLOB 'kept_*_delete' ORDER BY rowid
                """)
        for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(quoted(trigger["name"]))") }
        try body()
        for trigger in triggers { try db.execute(sql: trigger["sql"]) }
    }
}
