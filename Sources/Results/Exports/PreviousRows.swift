import Evaluation
import GRDB

/// One firm's results as the feed 上年结果 has them.
package struct PreviousRow: Sendable {
    package let code: String
    /// Label, as methods name it: 规上.
    package let cohort: String
    package let tier: String
    /// Scaled by the run's `totalDecimals`.
    package let total: Int64?
    package let rank: Int?
    /// Those that were asked for, in their order, scaled by the decimals of their nodes.
    package let values: [Int64?]
}

extension Store {
    /// The nodes of a run's method with these names that are numbers, with their decimals and units.
    package func numbers(
        _ run: RunSummary, named names: [String]
    ) throws(StoreError) -> [String: (decimals: Int, unit: String)] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql:
                    "SELECT name, decimals, unit FROM node WHERE method = ? AND value_column = name AND type = 'number'",
                arguments: [run.method])
            return Dictionary(
                rows.filter { names.contains($0["name"]) }.map {
                    ($0["name"], ($0["decimals"], $0["unit"] ?? "1"))
                },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// Every firm with a tier, in order of code.
    /// - Parameters:
    ///   - values: names of nodes of ``numbers(_:named:)``.
    ///   - body: takes a row; what it throws is passed on.
    package func forEachGraded(
        _ run: RunSummary, values: [String], _ body: (PreviousRow) throws -> Void
    ) throws {
        let columns = values.map { ", v.\(quoted($0))" }.joined()
        do {
            try queue.read { db in
                let rows = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT result.code, coalesce(cohort.label, result.cohort, ''), result.tier, result.total, result.rank\(columns)
                        FROM result JOIN \(quoted(run.valuesTable)) AS v ON v.run = result.run AND v.firm = result.firm
                            LEFT JOIN cohort ON cohort.method = :method AND cohort.name = result.cohort
                        WHERE result.run = :run AND result.tier IS NOT NULL ORDER BY result.firm
                        """, arguments: ["method": run.method, "run": run.id])
                while let row = try rows.next() {
                    try body(
                        PreviousRow(
                            code: row[0], cohort: row[1], tier: row[2], total: row[3], rank: row[4],
                            values: values.indices.map { row[5 + $0] }))
                }
            }
        } catch let error as DatabaseError { throw StoreError(error, path: path, writing: false) }
    }
}
