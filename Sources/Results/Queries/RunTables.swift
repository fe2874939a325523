package import Evaluation
import GRDB

/// The value of a statistic for one of its groups.
package struct StatisticRow: Sendable, Equatable, FetchableRecord {
    /// Code name: `mean_tax_per_mu`.
    package let name: String
    package let label: String
    /// Code name; empty for all cohorts together.
    package let cohort: String
    /// What the members were split by; empty when nothing did.
    package let category: String
    /// Scaled by `decimals`; `nil` when no value went in.
    package let value: Int64?
    package let decimals: Int
    /// Symbol; `1` without a unit.
    package let unit: String
    /// How many values went in.
    package let count: Int

    init(row: Row) throws {
        name = row["name"]
        label = row["label"]
        cohort = row["cohort"]
        category = row["category"]
        value = row["value"]
        decimals = row["decimals"]
        unit = row["unit"]
        count = row["count"]
    }

    static func fetch(_ run: RunSummary, _ db: Database) throws -> [StatisticRow] {
        try fetchAll(
            db, sql: "SELECT * FROM statistic WHERE run = ? ORDER BY name, cohort, category",
            arguments: [run.id])
    }
}

/// Where a tier ends in a cohort, or in a part of it.
package struct CutRow: Sendable, Equatable, FetchableRecord {
    /// Code name.
    package let cohort: String
    /// Empty when the cohort stays whole.
    package let part: String
    package let tier: String
    /// Firms of which the quota is taken.
    package let base: Int
    /// How many firms the tiers down to this one may hold together.
    package let upTo: Int
    /// How many the tier holds by rank.
    package let firms: Int
    /// Scaled by the run's `totalDecimals`; `nil` when the tier is empty, or firms are not ordered by the total.
    package let lastTotal: Int64?
    /// How its firms are chosen where a second selection does so, in words; empty when by rank alone.
    package let selection: String
    /// Firms moved across the cut because their keys equal those at it.
    package let tied: Int

    init(row: Row) throws {
        cohort = row["cohort"]
        part = row["part"]
        tier = row["tier"]
        base = row["base"]
        upTo = row["up_to"]
        firms = row["firms"]
        lastTotal = row["last_total"]
        selection = row["selection"]
        tied = row["tied"]
    }

    /// Those of one cohort, or of all in the order of the method; part by part, best tier first.
    static func fetch(_ run: RunSummary, cohort: String? = nil, _ db: Database) throws -> [CutRow] {
        try fetchAll(
            db,
            sql: """
                SELECT cut.* FROM cut
                    LEFT JOIN cohort ON cohort.method = ? AND cohort.name = cut.cohort
                WHERE cut.run = ? AND cut.cohort = coalesce(?, cut.cohort)
                ORDER BY cohort.position, cut.part, cut.position
                """,
            arguments: [run.method, run.id, cohort])
    }
}

/// A count of firms.
package struct AggregateRow: Sendable, Equatable, FetchableRecord {
    /// What the firms are counted by.
    package enum Kind: String, Sendable { case state, cohort, town, industry, list }

    /// Code name of a state, cohort or list; name of a town; code of an industry.
    package let name: String
    /// For people; the name where there is no label.
    package let label: String
    /// Empty for states and lists, which count all their firms.
    package let tier: String
    package let firms: Int

    init(row: Row) throws {
        name = row["name"]
        label = row["label"]
        tier = row["tier"]
        firms = row["firms"]
    }

    static func fetch(_ run: RunSummary, _ kind: Kind, _ db: Database) throws -> [AggregateRow] {
        let isOfMethod = [.state, .cohort, .list].contains(kind)
        let join =
            isOfMethod
            ? "LEFT JOIN \(kind.rawValue) AS term ON term.method = ? AND term.name = aggregate.name"
            : "LEFT JOIN (SELECT NULL AS label, NULL AS position) AS term ON term.position = ?"
        return try fetchAll(
            db,
            sql: """
                SELECT aggregate.name, coalesce(term.label, aggregate.name) AS label, tier, firms
                FROM aggregate \(join)
                WHERE run = ? AND kind = ? ORDER BY term.position, aggregate.name, tier
                """,
            arguments: [run.method, run.id, kind.rawValue])
    }
}

extension Store {
    /// The statistics of a run, in order of name and group.
    package func statistics(_ run: RunSummary) throws(StoreError) -> [StatisticRow] {
        try read { db in try StatisticRow.fetch(run, db) }
    }

    /// The cuts of a run, by cohort in the order of the method, best tier first.
    package func cuts(_ run: RunSummary) throws(StoreError) -> [CutRow] {
        try read { db in try CutRow.fetch(run, db) }
    }

    /// Counts of firms of one kind; states, cohorts and lists in the order of the method, others by name.
    package func aggregates(
        _ run: RunSummary, _ kind: AggregateRow.Kind
    ) throws(StoreError) -> [AggregateRow] {
        try read { db in try AggregateRow.fetch(run, kind, db) }
    }

    /// The method file that a run was made with, as it was read.
    package func methodText(_ run: RunSummary) throws(StoreError) -> String? {
        try read { db in
            try String.fetchOne(db, sql: "SELECT text FROM method WHERE id = ?", arguments: [run.method])
        }
    }

    /// The files that a run read, in the order in which they were recorded.
    package func inputFiles(_ run: RunSummary) throws(StoreError) -> [FileRecord] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM input_file WHERE run = ? ORDER BY position", arguments: [run.id]
            ).map(FileRecord.init(row:))
        }
    }

    /// The findings that an attempt kept, in their order.
    package func findings(attempt: Int64) throws(StoreError) -> [Finding] {
        try read { db in try Finding.fetch(attempt: attempt, db) }
    }

    /// How many findings an attempt had, also when only samples are kept; the most frequent first.
    package func findingCounts(attempt: Int64) throws(StoreError) -> [FindingCount] {
        try read { db in try FindingCount.fetch(attempt: attempt, db) }
    }
}

extension FileRecord {
    /// A row of `input_file` or `attempt_file`.
    init(row: Row) {
        self.init(
            feed: row["feed"], delivery: row["delivery"], path: row["path"], sha256: row["sha256"],
            bytes: row["bytes"], periodFrom: row["period_from"], periodTo: row["period_to"],
            stateOf: row["state_of"], rows: row["rows"], accepted: row["accepted"], refused: row["refused"],
            collapsed: row["collapsed"], unused: row["unused"])
    }
}

extension Finding {
    static func fetch(attempt: Int64, _ db: Database) throws -> [Finding] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM finding WHERE attempt = ? ORDER BY position", arguments: [attempt]
        ).map { row in
            Finding(
                code: row["code"], severity: Finding.Severity(rawValue: row["severity"]) ?? .note,
                feed: row["feed"], delivery: row["delivery"], file: row["file"], line: row["line"],
                byte: row["byte"], column: row["header"], chinese: row["chinese"],
                english: row["english"], row: row["row_text"])
        }
    }
}

extension FindingCount {
    static func fetch(attempt: Int64, _ db: Database) throws -> [FindingCount] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM finding_count WHERE attempt = ?
                ORDER BY count DESC, feed, code, severity
                """,
            arguments: [attempt]
        ).map { row in
            FindingCount(
                feed: row["feed"], code: row["code"],
                severity: Finding.Severity(rawValue: row["severity"]) ?? .note, count: row["count"])
        }
    }
}
