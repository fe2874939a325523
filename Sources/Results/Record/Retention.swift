import GRDB

/// Takes old drafts out of the store, in the transaction that brings a new one in.
enum Retention {
    /// Tables with the rows of a run, beside its values table.
    private static let tables = [
        "input_file", "result", "placing", "missing_cause", "decision_applied", "list_entry", "statistic",
        "cut", "aggregate", "waiver", "link_count", "link_entry", "objection",
    ]
    /// Findings of so many attempts stay, beside those of the runs that are kept.
    private static let attemptsWithFindings = 30

    /// Keeps the newest drafts of a data year. Published runs are never touched.
    static func prune(_ db: Database, dataYear: Int, draftsKept: Int) throws {
        let runs = try Row.fetchAll(
            db,
            sql: """
                SELECT run.id, method.values_table FROM run JOIN method ON method.id = run.method
                WHERE run.data_year = ? AND run.id NOT IN (SELECT run FROM publication)
                ORDER BY run.id DESC LIMIT -1 OFFSET ?
                """,
            arguments: [dataYear, draftsKept])
        if !runs.isEmpty {
            try Protection.suspended(db) {
                for row in runs {
                    let run: Int64 = row["id"]
                    let values: String = row["values_table"]
                    for table in tables + [values] { try deleteRows(of: run, from: table, db) }
                    try db.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [run])
                }
            }
        }
        try pruneFindings(db)
    }

    /// Removes methods that no run was made with, and values tables that no method needs.
    static func dropUnusedMethods(_ db: Database) throws {
        let methods = try Row.fetchAll(
            db, sql: "SELECT id, values_table FROM method WHERE id NOT IN (SELECT method FROM run)")
        for row in methods {
            let method: Int64 = row["id"]
            let values: String = row["values_table"]
            for table in ["node", "state", "cohort", "list", "ground"] {
                try db.execute(sql: "DELETE FROM \(table) WHERE method = ?", arguments: [method])
            }
            try db.execute(sql: "DELETE FROM method WHERE id = ?", arguments: [method])
            let isUsed = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT * FROM method WHERE values_table = ?)", arguments: [values])
            if isUsed == false {
                try db.execute(sql: "DROP VIEW IF EXISTS \(quoted("firm_" + values))")
                try db.execute(sql: "DROP TABLE IF EXISTS \(quoted(values))")
            }
        }
    }

    private static func deleteRows(of run: Int64, from table: String, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM \(quoted(table)) WHERE run = ?", arguments: [run])
    }

    /// Old findings go also while runs are refused night after night.
    static func pruneFindings(_ db: Database) throws {
        for table in ["finding", "finding_count", "attempt_file"] {
            try db.execute(
                sql: """
                    DELETE FROM \(table) WHERE attempt IN (
                        SELECT id FROM attempt WHERE id <= (SELECT max(id) FROM attempt) - ?
                            AND (run IS NULL OR run NOT IN (SELECT id FROM run)))
                    """, arguments: [attemptsWithFindings])
        }
    }
}
