package import Evaluation
import GRDB

/// What one attempt read and found: what letters to the departments are made of.
package struct LetterSource: Sendable {
    package let attempt: Attempt
    /// The run that the attempt recorded; `nil` when it was refused.
    package let run: RunSummary?
    package let files: [FileRecord]
    /// Samples, in their order.
    package let findings: [Finding]
    /// Complete.
    package let counts: [FindingCount]
}

extension Store {
    /// What an attempt read and found, recorded or refused.
    ///
    /// An attempt that found nothing changed stands for the one that recorded the run.
    /// - Parameters:
    ///   - attempt: its number; without it and `run`, the newest that read any row.
    ///   - run: a recorded run.
    /// - Returns: `nil` when there is no such attempt, or nothing of it is kept any more.
    package func letterSource(attempt: Int64? = nil, run: Int64? = nil) throws(StoreError) -> LetterSource? {
        try read { db in
            let asked =
                try attempt
                ?? Int64.fetchOne(
                    db,
                    sql: """
                        SELECT max(id) FROM attempt
                        WHERE CASE WHEN :run IS NOT NULL THEN attempt.run = :run ELSE
                            run IN (SELECT id FROM run)
                            OR EXISTS (SELECT * FROM attempt_file AS file WHERE file.attempt = attempt.id)
                            OR EXISTS (SELECT * FROM finding_count AS found WHERE found.attempt = attempt.id) END
                        """, arguments: ["run": run])
            guard let asked else { return nil }
            // The first attempt of a run is the one that recorded it.
            let id = try Int64.fetchOne(
                db,
                sql: """
                    SELECT coalesce((SELECT min(first.id) FROM attempt AS first WHERE first.run = attempt.run), id)
                    FROM attempt WHERE id = ?
                    """, arguments: [asked])
            guard let id,
                let found = try Attempt.fetchOne(
                    db, sql: "SELECT * FROM attempt WHERE id = ?", arguments: [id])
            else { return nil }
            let summary = try found.run.flatMap { run in
                try RunSummary.fetchOne(
                    db, sql: RunSummary.sql(where: "WHERE run.id = ?"), arguments: [run])
            }
            let table = summary == nil ? "attempt_file WHERE attempt = ?" : "input_file WHERE run = ?"
            let files = try Row.fetchAll(
                db, sql: "SELECT * FROM \(table) ORDER BY position", arguments: [summary?.id ?? id])
            let counts = try FindingCount.fetch(attempt: id, db)
            guard !files.isEmpty || !counts.isEmpty else { return nil }
            return LetterSource(
                attempt: found, run: summary, files: files.map(FileRecord.init(row:)),
                findings: try Finding.fetch(attempt: id, db), counts: counts)
        }
    }
}
