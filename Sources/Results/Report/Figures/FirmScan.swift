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
            earlierColumn = quoted(column)
            transitions = Transitions(source: earlier, old: graph.ranking.tiers, new: graph.ranking.tiers)
        case .unknown: break
        }
        // Side by side, each in the order of its own index: a join would look up every firm. The statements are stepped
        // by hand: a row value per firm would cost more than all the rest.
        let results = try db.makeStatement(
            sql: "SELECT firm, cohort, tier, total, unit, rank, code FROM result WHERE run = ? ORDER BY firm")
        results.arguments = [run.id]
        let values = try db.makeStatement(
            sql: """
                SELECT firm, \(earlierColumn) \(shown.map { ", " + quoted($0) }.joined())
                FROM \(quoted(run.valuesTable)) WHERE run = ? ORDER BY firm
                """)
        values.arguments = [run.id]
        let row = StatementRow(results)
        let cells = StatementRow(values)
        var hasCells = try cells.step()
        let names = graph.cohorts.map(\.name)
        var units: Set<String> = []
        while try row.step() {
            let firm = row.integer(0)
            while hasCells, cells.integer(0) < firm { hasCells = try cells.step() }
            let isThere = hasCells && cells.integer(0) == firm
            if transitions != nil {
                let old =
                    try earlierRun.map { try $0.place(of: row.text(6) ?? "") }
                    ?? .of(isThere ? cells.text(1) : nil)
                transitions?.add(old, .of(row.text(2)))
            }
            guard !row.isNull(5), let name = row.text(1), let cohort = names.firstIndex(of: name) else {
                continue
            }
            if let unit = row.text(4), !units.insert(unit).inserted { continue }
            cohorts[cohort].firms += 1
            if !row.isNull(3) { cohorts[cohort].totals.append(row.integer(3)) }
            guard isThere else { continue }
            for (indicator, place) in places[cohort].enumerated() {
                guard let place, !cells.isNull(2 + place) else { continue }
                cohorts[cohort].indicators[indicator].append(cells.integer(2 + place))
            }
        }
        if let earlierRun { transitions?.addGone(try earlierRun.rest()) }
    }
}

/// A statement of SQLite, row by row.
struct StatementRow {
    // Asked for its pointer each time, so that it lives as long as it is read.
    private let owner: Statement
    private var statement: SQLiteStatement { owner.sqliteStatement }

    init(_ statement: Statement) { owner = statement }

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
