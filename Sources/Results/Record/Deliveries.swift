package import Evaluation
import GRDB

extension Store {
    /// What recorded runs have read, the oldest first.
    package func deliveredFigures() throws(StoreError) -> [FileFigures] {
        try read { db in
            let totals = try Row.fetchAll(db, sql: "SELECT * FROM delivered_total ORDER BY file, header")
            var byFile: [Int64: [FileFigures.Total]] = [:]
            for row in totals {
                byFile[row["file"], default: []].append(.init(header: row["header"], sum: row["total"]))
            }
            return try Row.fetchAll(db, sql: "SELECT * FROM delivered_file ORDER BY id").map { row in
                FileFigures(
                    feed: row["feed"], delivery: row["delivery"], path: row["path"], sha256: row["sha256"],
                    periodFrom: row["period_from"], periodTo: row["period_to"], rows: row["rows"],
                    totals: byFile[row["id"]] ?? [])
            }
        }
    }

    /// The waivers that a run was made with, in their order.
    package func waivers(_ run: RunSummary) throws(StoreError) -> [AppliedWaiver] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM waiver WHERE run = ? ORDER BY position", arguments: [run.id]
            ).map { row in
                AppliedWaiver(
                    waiver: Waiver(
                        feed: row["feed"], code: row["code"], period: row["period"],
                        document: row["document"], reason: row["reason"]),
                    title: row["title"], rows: row["rows"])
            }
        }
    }
}

/// Rows about deliveries that are written with a run or an attempt.
enum DeliveryRows {
    static func insertFigures(_ figures: [FileFigures], _ db: Database) throws {
        let file = try db.makeStatement(
            sql: """
                INSERT INTO delivered_file (feed, delivery, path, sha256, period_from, period_to, rows)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET rows = excluded.rows RETURNING id
                """)
        let total = try db.makeStatement(sql: "INSERT OR REPLACE INTO delivered_total VALUES (?, ?, ?)")
        for figure in figures {
            let id = try Int64.fetchOne(
                file,
                arguments: [
                    figure.feed, figure.delivery, figure.path, figure.sha256, figure.periodFrom,
                    figure.periodTo, figure.rows,
                ])
            for sum in figure.totals { try total.execute(arguments: [id, sum.header, sum.sum]) }
        }
    }

    static func insertWaivers(_ waivers: [AppliedWaiver], run: Int64, _ db: Database) throws {
        for (position, applied) in waivers.enumerated() {
            let waiver = applied.waiver
            try db.execute(
                sql: "INSERT INTO waiver VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    run, position, waiver.feed, applied.title, waiver.code, waiver.period, waiver.document,
                    waiver.reason, applied.rows, applied.text,
                ])
        }
    }

    static func insertFiles(_ files: [FileRecord], attempt: Int64, _ db: Database) throws {
        let insert = try db.makeStatement(
            sql: "INSERT INTO attempt_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (position, file) in files.enumerated() {
            try insert.execute(arguments: [
                attempt, position, file.feed, file.delivery, file.path, file.sha256, file.bytes,
                file.periodFrom, file.periodTo, file.stateOf, file.rows, file.accepted, file.refused,
                file.collapsed, file.unused,
            ])
        }
    }
}
