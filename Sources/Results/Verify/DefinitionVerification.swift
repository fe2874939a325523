import GRDB

/// What is wrong with the tables, views and triggers of a store, each in a sentence; empty when they are those that this
/// program makes.
package struct DefinitionVerification: Sendable {
    package var problems: [String] = []
    /// Whether a table is not there or is another: then nothing can be read from the store with certainty.
    package var isUnreadable = false

    package init() {}
}

extension Store {
    /// Compares tables, views and triggers with what the migrations make: a view that was changed shows what is not
    /// stored, and a trigger that was dropped guards nothing.
    ///
    /// Views that auditors add for themselves are nobody's business, unless they look like published ones.
    package func verifyDefinitions() throws(StoreError) -> DefinitionVerification {
        try read { db in
            let stored = try Definition.all(db)
            let scratch = try DatabaseQueue()
            try Migrations.apply(to: scratch)
            let expected = try scratch.read { try Definition.all($0) }
            var found = DefinitionVerification()
            found.compare(stored, with: expected)
            guard !found.isUnreadable else { return found }
            try found.compareValuesTables(stored, with: expected, db)
            return found
        }
    }
}

/// A row of `sqlite_schema`.
private struct Definition: Decodable, FetchableRecord {
    let name: String
    let type: String
    let table: String
    let sql: String

    /// In the order in which they were made.
    static func all(_ db: Database) throws -> [Definition] {
        try fetchAll(
            db,
            sql: """
                SELECT name, type, tbl_name AS "table", sql FROM sqlite_schema
                WHERE sql IS NOT NULL AND name NOT LIKE 'grdb_%' ORDER BY rowid
                """)
    }
}

extension DefinitionVerification {
    fileprivate mutating func compare(_ stored: [Definition], with expected: [Definition]) {
        let definitions = stored.reduce(into: [:]) { $0[$1.name] = $1 }
        for definition in expected {
            let found = definitions[definition.name]
            guard found?.sql != definition.sql else { continue }
            problems.append(
                "the \(definition.type) \(definition.name) was \(found == nil ? "dropped" : "changed")")
            if definition.type == "table" { isUnreadable = true }
        }
        let known = Set(expected.map(\.name))
        problems += stored.filter { $0.name.hasPrefix("published_") && !known.contains($0.name) }
            .map { "the \($0.type) \($0.name) is not of this program" }
    }

    /// Each method has a table of values, which is kept once a run in it is published. No other trigger may be there: it
    /// could write anything.
    fileprivate mutating func compareValuesTables(
        _ stored: [Definition], with expected: [Definition], _ db: Database
    ) throws {
        let tables = try Row.fetchAll(
            db,
            sql: """
                SELECT values_table, max(run.id IN (SELECT run FROM publication)) AS is_published
                FROM method JOIN run ON run.method = method.id GROUP BY 1 ORDER BY 1
                """)
        let names = Set(stored.map(\.name))
        var known: Set<String> = []
        for row in tables {
            let table: String = row["values_table"]
            guard names.contains(table) else {
                problems.append("the table \(table) was dropped")
                isUnreadable = true
                continue
            }
            let triggers = Protection.ofRuns(table)
            known.formUnion(triggers)
            let isKept = stored.filter { triggers.contains($0.sql) }.count == triggers.count
            if row["is_published"], !isKept {
                problems.append("the triggers that keep \(table) were dropped or changed")
            }
        }
        let ours = Set(expected.map(\.name))
        problems +=
            stored.filter { $0.type == "trigger" && !ours.contains($0.name) && !known.contains($0.sql) }
            .map { "the trigger \($0.name) on \($0.table) is not of this program" }
    }
}
