import GRDB

/// Finds a cohort in the order of ranking by halving: some twenty look-ups instead of an index.
struct PlacingSearch {
    private let run: RunSummary
    private let statement: Statement
    /// Position of each cohort in the method, which the order follows.
    private let positions: [String: Int]

    init(_ run: RunSummary, _ db: Database) throws {
        self.run = run
        statement = try db.makeStatement(sql: "SELECT cohort FROM placing WHERE run = ? AND place = ?")
        var positions: [String: Int] = [:]
        let rows = try Row.fetchCursor(
            db, sql: "SELECT name, position FROM cohort WHERE method = ?", arguments: [run.method])
        while let row = try rows.next() { positions[row["name"]] = row["position"] }
        self.positions = positions
    }

    /// The places of a cohort's firms; empty for an unknown cohort.
    func places(ofCohort cohort: String) throws -> Range<Int> {
        guard let position = positions[cohort] else { return 0..<0 }
        return try first(from: position)..<first(from: position + 1)
    }

    /// The first place that belongs to the cohort at a position, to a later one or to none.
    private func first(from position: Int) throws -> Int {
        var low = 0
        var high = run.firms
        while low < high {
            let middle = low + (high - low) / 2
            guard let row = try Row.fetchOne(statement, arguments: [run.id, middle]) else { return low }
            let cohort: String? = row["cohort"]
            if (cohort.flatMap { positions[$0] } ?? .max) >= position {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }
}
