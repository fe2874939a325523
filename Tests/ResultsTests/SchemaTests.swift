import Foundation
import GRDB
import Testing

@testable import Results

@Suite struct SchemaTests {
    /// `UPDATE_SCHEMA=1 swift test --filter SchemaTests` writes the file anew after a migration was added.
    @Test func documentIsWhatTheMigrationsMake() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        _ = try store.record(InventedCounty().evaluated, workshop.record(store))
        let statements = try store.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT sql FROM sqlite_schema
                    WHERE sql IS NOT NULL AND name NOT LIKE 'grdb_%' ORDER BY rowid
                    """)
        }
        let document =
            """
            -- The store of mujun, as its migrations make it (Sources/Results/Store), with the values table and
            -- view of an invented method as an example. A test keeps this file equal to a fresh store.
            --
            -- Numbers are integers times 10^decimals: `node.decimals` says how many for a column of a values
            -- table, `run.total_decimals` for totals. Views show them as numbers.

            PRAGMA application_id = \(Migrations.applicationID);
            PRAGMA user_version = \(Migrations.version);


            """ + statements.map { $0 + ";\n" }.joined(separator: "\n")
        let file = repository.appendingPathComponent("Schemas/store.sql")
        if ProcessInfo.processInfo.environment["UPDATE_SCHEMA"] == "1" {
            try Data(document.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == document)
    }

    @Test func documentMakesTheSameSchema() throws {
        let script = try String(
            contentsOf: repository.appendingPathComponent("Schemas/store.sql"), encoding: .utf8)
        let queue = try DatabaseQueue()
        try queue.write { db in try db.execute(sql: script) }
        let names = try queue.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
        }
        #expect(names.contains("ranking") && names.contains("rectification"))
    }
}
