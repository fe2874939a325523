package import Evaluation
import Foundation
import GRDB

/// How the nights went, for the operator and a monitor.
package struct StoreStatus: Sendable {
    /// The newest deliveries of a feed that the latest run read.
    package struct Input: Sendable, Equatable {
        package let feed: String
        package let files: Int
        /// The last day that they speak of, `2021-12-31`; empty when no manifest says so.
        package let until: String
    }

    /// The newest attempt that ended with exit code 0, whether it recorded a run or found nothing changed.
    package let lastSuccess: Attempt?
    /// The newest attempt, whatever came of it.
    package let lastAttempt: Attempt?
    /// How many findings of each kind the newest attempt had, the most frequent first; when it found nothing changed, those
    /// of the attempt that recorded the run.
    package let findings: [FindingCount]
    /// The latest run of the latest data year.
    package let run: RunSummary?
    /// What it read, by feed.
    package let inputs: [Input]
    /// Bytes of the store and of its log.
    package let bytes: Int
    package let logBytes: Int
    /// Where the copy of a store lies whose update was never finished.
    package let unfinishedUpdate: String?
}

extension Store {
    /// What the journal and the latest run say, in one transaction.
    package func status() throws(StoreError) -> StoreStatus {
        let run = try latestRun()
        func size(_ suffix: String) -> Int {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            return attributes?[.size] as? Int ?? 0
        }
        let copy = StoreUpdate(path: path, queue: queue).copy
        return try read { db in
            func attempt(_ condition: String) throws -> Attempt? {
                try Attempt.fetchOne(
                    db, sql: "SELECT * FROM attempt WHERE \(condition) ORDER BY id DESC LIMIT 1")
            }
            let last = try attempt("true")
            let told = try last?.run.map { run in
                try Int64.fetchOne(db, sql: "SELECT min(id) FROM attempt WHERE run = ?", arguments: [run])
            }
            return StoreStatus(
                lastSuccess: try attempt("exit_code = 0"), lastAttempt: last,
                findings: try (told ?? last?.id).map { try FindingCount.fetch(attempt: $0, db) } ?? [],
                run: run,
                inputs: try run.map { try StoreStatus.Input.fetch($0, db) } ?? [],
                bytes: size(""), logBytes: size("-wal"),
                unfinishedUpdate: FileManager.default.fileExists(atPath: copy) ? copy : nil)
        }
    }
}

extension StoreStatus.Input {
    fileprivate static func fetch(_ run: RunSummary, _ db: Database) throws -> [Self] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT feed, count(*) AS files,
                    max(CASE WHEN state_of <> '' THEN state_of WHEN period_to <> ''
                        THEN date(period_to || '-01', '+1 month', '-1 day') ELSE '' END) AS until
                FROM input_file WHERE run = ? GROUP BY feed ORDER BY feed
                """,
            arguments: [run.id]
        ).map { row in Self(feed: row["feed"], files: row["files"], until: row["until"] ?? "") }
    }
}
