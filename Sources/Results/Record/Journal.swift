package import Evaluation
import GRDB

extension Store {
    /// Notes that a run begins, in a transaction of its own: an attempt that dies stays visible as unfinished.
    /// - Parameter time: `2022-05-31T02:00:00Z`.
    package func beginAttempt(at time: String) throws(StoreError) -> Int64 {
        try write { db in
            try db.execute(sql: "INSERT INTO attempt (started_at) VALUES (?)", arguments: [time])
            return db.lastInsertedRowID
        }
    }

    /// Notes how an attempt ended that recorded nothing, or failed after it had recorded a run.
    /// - Parameters:
    ///   - dataYear: `nil` when the method could not be read.
    ///   - run: the run that was found unchanged; `nil` keeps the one that was recorded, if any.
    ///   - findings, findingCounts, files: those of a refused attempt; a recorded run brings its own.
    package func finishAttempt(
        _ attempt: Int64, at time: String, exitCode: Int32, dataYear: Int? = nil, run: Int64?,
        message: String,
        findings: [Finding] = [], findingCounts: [FindingCount] = [], files: [FileRecord] = []
    ) throws(StoreError) {
        try write { db in
            try DeliveryRows.insertFiles(files, attempt: attempt, db)
            try Journal.insertFindings(findings, findingCounts, attempt: attempt, db)
            try Retention.pruneFindings(db)
            try Journal.finish(
                attempt, at: time, exitCode: exitCode, dataYear: dataYear, run: run, message: message, db)
        }
        settle()
    }

    /// The newest attempts, newest first.
    package func attempts(limit: Int) throws(StoreError) -> [Attempt] {
        try read { db in
            try Attempt.fetchAll(
                db, sql: "SELECT * FROM attempt ORDER BY id DESC LIMIT ?", arguments: [max(0, limit)])
        }
    }
}

/// One start of a run, whatever came of it.
package struct Attempt: Sendable, Equatable, FetchableRecord {
    /// Grows with every start.
    package let id: Int64
    /// `2022-05-31T02:00:00Z`.
    package let startedAt: String
    /// `nil` while it goes on, and for ever when it was killed.
    package let finishedAt: String?
    /// `nil` when it was not yet known.
    package let dataYear: Int?
    /// `nil` like `finishedAt`.
    package let exitCode: Int?
    /// The run that it recorded or found unchanged; a newer draft may have replaced it since.
    package let run: Int64?
    /// What happened, in a sentence; `nil` like `finishedAt`.
    package let message: String?

    init(row: Row) throws {
        id = row["id"]
        startedAt = row["started_at"]
        finishedAt = row["finished_at"]
        dataYear = row["data_year"]
        exitCode = row["exit_code"]
        run = row["run"]
        message = row["message"]
    }
}

enum Journal {
    static func finish(
        _ attempt: Int64, at time: String, exitCode: Int32, dataYear: Int?, run: Int64?, message: String,
        _ db: Database
    ) throws {
        try db.execute(
            sql: """
                UPDATE attempt SET finished_at = ?, exit_code = ?, data_year = coalesce(?, data_year),
                    run = coalesce(?, run), message = ?
                WHERE id = ?
                """,
            arguments: [time, exitCode, dataYear, run, message, attempt])
    }

    static func insertFindings(
        _ findings: [Finding], _ counts: [FindingCount], attempt: Int64, _ db: Database
    ) throws {
        let insert = try db.makeStatement(
            sql: "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (position, finding) in findings.enumerated() {
            try insert.execute(arguments: [
                attempt, position, finding.severity.rawValue, finding.code, finding.feed, finding.delivery,
                finding.file, finding.line, finding.byte, finding.column, finding.chinese, finding.english,
                // SQLite's texts end at a NUL, and a row is refused for one: ␀ shows it.
                finding.row.replacing("\0", with: "␀"),
            ])
        }
        let count = try db.makeStatement(
            sql: """
                INSERT INTO finding_count VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET count = count + excluded.count
                """)
        for finding in counts {
            try count.execute(arguments: [
                attempt, finding.feed, finding.code, finding.severity.rawValue, finding.count,
            ])
        }
    }
}
