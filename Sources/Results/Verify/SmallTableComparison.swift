import GRDB

/// Compares the tables with a few rows per run or method: what recording would write goes into a store in memory.
struct SmallTableComparison {
    private struct Part {
        let table: String
        /// The column that says whose rows they are.
        let owner: String
        /// What is not of the results: numbers that a store gives, and the stage, which follows from the publications.
        var ignored: Set<String> = []
    }

    private static let ofRun = [
        Part(table: "run", owner: "id", ignored: ["stage", "method"]), Part(table: "statistic", owner: "run"),
        Part(table: "cut", owner: "run"), Part(table: "aggregate", owner: "run"),
        Part(table: "input_file", owner: "run"), Part(table: "waiver", owner: "run"),
        Part(table: "link_count", owner: "run"), Part(table: "link_entry", owner: "run"),
        Part(table: "objection", owner: "run"),
    ]
    private static let ofMethod = [
        Part(table: "method", owner: "id"), Part(table: "node", owner: "method"),
        Part(table: "state", owner: "method"), Part(table: "cohort", owner: "method"),
        Part(table: "list", owner: "method"), Part(table: "ground", owner: "method"),
    ]

    private let run: RunSummary
    private let stored: Database
    private let scratch: DatabaseQueue

    /// - Parameter record: writes the run, under its own number, and its method.
    init(_ run: RunSummary, _ stored: Database, record: (Database) throws -> Void) throws {
        self.run = run
        self.stored = stored
        scratch = try DatabaseQueue()
        try Migrations.apply(to: scratch)
        try scratch.write(record)
    }

    func compare(into found: inout RunVerification) throws {
        try scratch.read { computed in
            let method = try Int64.fetchOne(computed, sql: "SELECT id FROM method") ?? 0
            for part in Self.ofRun { try compare(part, run.id, computed, run.id, &found) }
            for part in Self.ofMethod { try compare(part, run.method, computed, method, &found) }
        }
    }

    private func compare(
        _ part: Part, _ owner: Int64, _ computed: Database, _ computedOwner: Int64,
        _ found: inout RunVerification
    ) throws {
        let columns = try computed.columns(in: part.table).map(\.name).filter {
            $0 != part.owner && !part.ignored.contains($0)
        }
        let key = try computed.primaryKey(part.table).columns.filter { $0 != part.owner }
        func rows(_ db: Database, _ owner: Int64) throws -> [[DatabaseValue]: Row] {
            let names = columns.map(quoted).joined(separator: ", ")
            let rows = try Row.fetchAll(
                db, sql: "SELECT \(names) FROM \(part.table) WHERE \(part.owner) = ?", arguments: [owner])
            return Dictionary(
                rows.map { row in (key.map { row[$0] }, row) }, uniquingKeysWith: { first, _ in first })
        }
        let (old, new) = (try rows(stored, owner), try rows(computed, computedOwner))
        var table = RunVerification.Table(name: part.table, rows: new.count)
        var differences: [RunVerification.Difference] = []
        func note(_ key: [DatabaseValue], _ column: String?, _ old: DatabaseValue, _ new: DatabaseValue) {
            let names = self.key(of: part, key)
            differences.append(
                .init(
                    table: part.table, code: "", key: names, column: column, stored: text(old),
                    computed: text(new)))
        }
        for (place, row) in new {
            guard let other = old[place] else {
                table.missing += 1
                note(place, nil, .null, .null)
                continue
            }
            for column in columns {
                let (before, now): (DatabaseValue, DatabaseValue) = (other[column], row[column])
                guard before != now else { continue }
                table.cells += 1
                note(place, column, before, now)
            }
        }
        for place in old.keys where new[place] == nil {
            table.extra += 1
            note(place, nil, .null, .null)
        }
        found.tables.append(table)
        found.differences += differences.sorted { ($0.key, $0.column ?? "") < ($1.key, $1.column ?? "") }
            .prefix(RunVerification.samples)
    }

    private func key(of part: Part, _ values: [DatabaseValue]) -> String {
        values.isEmpty
            ? "\(part.table) \(part.table == "run" ? run.id : run.method)"
            : values.map(\.description).joined(separator: ", ")
    }

    private func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .string(let text): text
        default: value.description
        }
    }
}
