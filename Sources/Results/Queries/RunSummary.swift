import GRDB

/// One recorded run, as every command names it.
package struct RunSummary: Sendable, Equatable {
    /// Grows with every run and is never given twice.
    package let id: Int64
    /// SHA-256 of what makes it this run; see ``RunIdentity``.
    package let identity: String
    package let dataYear: Int
    /// `2022-05-31`.
    package let asOf: String
    /// `draft`, `notice`, `final` or `withdrawn`.
    package let stage: String
    /// Id of the method file in the store.
    package let method: Int64
    /// `yongkang-2021`.
    package let methodName: String
    package let methodTitle: String
    /// What every output repeats; may be empty.
    package let methodNote: String
    /// SHA-256 of what the method computes: not of its comments, labels and layout.
    package let meaningDigest: String
    package let engineVersion: String
    package let inputsDigest: String
    /// See `Docs/verify.md`.
    package let resultDigest: String
    /// `2022-05-31T02:00:07Z`.
    package let recordedAt: String
    /// The whole registry, which the next four sum to.
    package let firms: Int
    package let graded: Int
    package let ungraded: Int
    package let exempt: Int
    package let outOfScope: Int
    /// Decimals of every total of the run.
    package let totalDecimals: Int
    /// What was let pass (豁免), in a sentence; empty without a waiver.
    package var waivers = ""
    /// The last publication of the run, or the one by which it was named; `nil` for a draft.
    package fileprivate(set) var publication: Publication?
    /// Whether that one counts: nothing of its data year was published or withdrawn since.
    package fileprivate(set) var isCurrent = false
    /// Table with one column per node.
    let valuesTable: String
}

extension RunSummary: FetchableRecord {
    /// Joins a table of runs (`run` or `latest_run`) with their methods.
    static func sql(where condition: String) -> String {
        """
        SELECT run.*, method.name AS method_name, method.title, method.note, method.meaning_digest,
            method.values_table,
            (SELECT group_concat(text, '；') FROM (SELECT text FROM waiver WHERE waiver.run = run.id
                AND waiver.rows > 0 ORDER BY position)) AS waivers,
            published.number IN (SELECT number FROM current_publication) AS is_current, published.*
        FROM run JOIN method ON method.id = run.method
            LEFT JOIN publication AS published
                ON published.number = (SELECT max(number) FROM publication WHERE publication.run = run.id)
        \(condition)
        """
    }

    init(row: Row) throws {
        id = row["id"]
        identity = row["identity"]
        dataYear = row["data_year"]
        asOf = row["as_of"]
        stage = row["stage"]
        method = row["method"]
        methodName = row["method_name"]
        methodTitle = row["title"]
        methodNote = row["note"]
        meaningDigest = row["meaning_digest"]
        engineVersion = row["engine_version"]
        inputsDigest = row["inputs_digest"]
        resultDigest = row["result_digest"]
        recordedAt = row["recorded_at"]
        firms = row["firms"]
        graded = row["graded"]
        ungraded = row["ungraded"]
        exempt = row["exempt"]
        outOfScope = row["out_of_scope"]
        totalDecimals = row["total_decimals"]
        waivers = row["waivers"] ?? ""
        publication = row["number"] as Int64? == nil ? nil : try Publication(row: row)
        isCurrent = row["is_current"] ?? false
        valuesTable = row["values_table"]
    }
}

extension Store {
    /// The latest run of a data year, or of the latest year that has one; `nil` without a run.
    package func latestRun(dataYear: Int? = nil) throws(StoreError) -> RunSummary? {
        try read { db in
            try RunSummary.fetchOne(
                db,
                sql: RunSummary.sql(
                    where: """
                        WHERE run.data_year = coalesce(?, (SELECT max(data_year) FROM run))
                        ORDER BY run.id DESC LIMIT 1
                        """),
                arguments: [dataYear])
        }
    }

    /// The run of an entry of the chain as that entry published it: the same run may be a notice first, and the final list
    /// later. A notice that was withdrawn is shown as withdrawn, whoever asks for it.
    package func run(of entry: Publication) throws(StoreError) -> RunSummary? {
        try read { db in
            guard
                var run = try RunSummary.fetchOne(
                    db, sql: RunSummary.sql(where: "WHERE run.id = ?"), arguments: [entry.run])
            else { return nil }
            let withdrawal = try Publication.fetchOne(
                db, sql: "SELECT * FROM publication WHERE action = 'withdrawn' AND follows = ?",
                arguments: [entry.number])
            run.publication = withdrawal ?? entry
            run.isCurrent =
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT * FROM current_publication WHERE number = ?)",
                    arguments: [entry.number]) ?? false
            return run
        }
    }

    /// All runs, the newest first.
    package func runs() throws(StoreError) -> [RunSummary] {
        try read { db in
            try RunSummary.fetchAll(db, sql: RunSummary.sql(where: "ORDER BY run.id DESC"))
        }
    }

    /// The latest run of its data year, when it was made of the same inputs, method, day and engine. An older run of
    /// the same identity does not count: its results are no longer those that everybody reads.
    package func latestRun(withIdentity identity: RunIdentity) throws(StoreError) -> RunSummary? {
        try read { db in
            try RunSummary.fetchOne(
                db,
                sql: RunSummary.sql(
                    where: """
                        WHERE run.identity = ?
                            AND run.id = (SELECT max(id) FROM run AS other WHERE other.data_year = run.data_year)
                        """),
                arguments: [identity.digest])
        }
    }
}
