import Evaluation
import GRDB
import GRDBSQLite

/// One pass over the firms of a run: the scores and indicators of every cohort, and who came from which tier.
///
/// A grouping query per distribution would sort all firms each time: half a second each for a million of them. One pass
/// in the order of the table, with the few columns that are shown kept in memory, gives all of them, and exact quantiles.
struct FirmScan {
    /// The values of a cohort's ranked firms; firms that are evaluated as one count once.
    struct CohortValues {
        var totals: [Int64] = []
        /// By the cohort's weighted indicators; what is missing is left out.
        var indicators: [[Int64]]
        /// Ranked firms, also those without a total.
        var firms = 0
    }

    private(set) var cohorts: [CohortValues]
    /// `nil` when nothing says how firms stood a year ago.
    private(set) var transitions: Transitions?

    private let run: RunSummary
    private let graph: Graph

    /// - Parameter earlier: what says how firms stood a year ago.
    init(_ run: RunSummary, graph: Graph, earlier: EarlierTiers, _ db: Database) throws {
        self.run = run
        self.graph = graph
        cohorts = graph.cohorts.map { .init(indicators: $0.weightedIndicators.map { _ in [] }) }
        try scan(earlier, db)
    }

    private mutating func scan(_ earlier: EarlierTiers, _ db: Database) throws {
        let columns = Dictionary(
            try Row.fetchAll(
                db, sql: "SELECT name, value_column FROM node WHERE method = ? AND value_column IS NOT NULL",
                arguments: [run.method]
            ).map { ($0["name"] as String, $0["value_column"] as String) }
        ) { first, _ in first }
        var shown: [String] = []
        // [cohort][indicator]: which of the shown columns; `nil` when the store has none of that name.
        let places = graph.cohorts.map { cohort in
            cohort.weightedIndicators.map { indicator -> Int? in
                guard let column = columns[graph.nodes[indicator.indicator].name] else { return nil }
                if let place = shown.firstIndex(of: column) { return place }
                shown.append(column)
                return shown.count - 1
            }
        }
        var earlierRun: EarlierRun?
        var earlierColumn = "NULL"
        switch earlier {
        case .run(let other):
            earlierRun = try EarlierRun(other, db)
            transitions = Transitions(
                source: earlier, old: earlierRun?.tiers ?? [], new: graph.ranking.tiers)
        case .feed(let column):
            earlierColumn = "v." + quoted(column)
            transitions = Transitions(source: earlier, old: graph.ranking.tiers, new: graph.ranking.tiers)
        case .unknown: break
        }
        let statement = try db.makeStatement(
            sql: """
                SELECT r.cohort, r.tier, r.total, r.unit, r.rank, r.code, \(earlierColumn)
                    \(shown.map { ", v." + quoted($0) }.joined())
                FROM result AS r CROSS JOIN \(quoted(run.valuesTable)) AS v ON v.run = r.run AND v.firm = r.firm
                WHERE r.run = ? ORDER BY r.firm
                """)
        statement.arguments = [run.id]
        // The statement is stepped by hand: a row value per firm would cost more than all the rest.
        let row = StatementRow(statement.sqliteStatement)
        let names = graph.cohorts.map(\.name)
        var units: Set<String> = []
        while try row.step() {
            let tier = row.text(1)
            if transitions != nil {
                let old = try earlierRun.map { try $0.place(of: row.text(5) ?? "") } ?? .of(row.text(6))
                transitions?.add(old, .of(tier))
            }
            guard !row.isNull(4), let name = row.text(0), let cohort = names.firstIndex(of: name) else {
                continue
            }
            if let unit = row.text(3), !units.insert(unit).inserted { continue }
            cohorts[cohort].firms += 1
            if !row.isNull(2) { cohorts[cohort].totals.append(row.integer(2)) }
            for (indicator, place) in places[cohort].enumerated() {
                guard let place, !row.isNull(7 + place) else { continue }
                cohorts[cohort].indicators[indicator].append(row.integer(7 + place))
            }
        }
        if let earlierRun { transitions?.addGone(try earlierRun.rest()) }
    }
}

/// A statement of SQLite, row by row.
struct StatementRow {
    private let statement: SQLiteStatement

    init(_ statement: SQLiteStatement) { self.statement = statement }

    /// Goes to the next row; `false` behind the last.
    func step() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: String(cString: sqlite3_errmsg(sqlite3_db_handle(statement))))
        }
    }

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }

    /// `nil` for what is missing.
    func text(_ column: Int) -> String? {
        sqlite3_column_text(statement, Int32(column)).map { String(cString: $0) }
    }
}
