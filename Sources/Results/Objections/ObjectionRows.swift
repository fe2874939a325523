package import Evaluation
import GRDB

/// The table `objection`.
enum ObjectionRows {
    static func insert(_ objections: [Objection], run: Int64, _ db: Database) throws {
        let insert = try db.makeStatement(
            sql: "INSERT INTO objection VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (position, row) in objections.enumerated() {
            try insert.execute(arguments: [
                run, position, row.code, row.subject, row.grounds, row.evidence, row.date, row.outcome,
                row.document, row.decidedOn, row.explanation,
            ])
        }
    }

    static func fetch(_ run: Int64, code: String? = nil, _ db: Database) throws -> [Objection] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM objection WHERE run = :run AND (:code IS NULL OR code = :code) ORDER BY position
                """, arguments: ["run": run, "code": code]
        ).map { row in
            Objection(
                code: row["code"], subject: row["subject"], grounds: row["grounds"],
                evidence: row["evidence"], date: row["date"], outcome: row["outcome"],
                document: row["document"], decidedOn: row["decided_on"], explanation: row["explanation"])
        }
    }
}

extension Store {
    /// What firms object to, as a run read it, in order of firm, subject and date.
    /// - Parameter code: of one firm; `nil` for all.
    package func objections(
        _ run: RunSummary, code: String? = nil
    ) throws(StoreError) -> [Objection] {
        try read { db in try ObjectionRows.fetch(run.id, code: code, db) }
    }
}
