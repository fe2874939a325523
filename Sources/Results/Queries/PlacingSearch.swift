import GRDB

/// Finds places in the order of ranking by halving: some twenty look-ups instead of an index.
struct PlacingSearch {
    private let run: RunSummary
    private let statement: Statement
    /// Position of each cohort in the method, which the order follows.
    private let positions: [String: Int]

    init(_ run: RunSummary, _ db: Database) throws {
        self.run = run
        statement = try db.makeStatement(
            sql: "SELECT cohort, rank, firm FROM placing WHERE run = ? AND place = ?")
        var positions: [String: Int] = [:]
        let rows = try Row.fetchCursor(
            db, sql: "SELECT name, position FROM cohort WHERE method = ?", arguments: [run.method])
        while let row = try rows.next() { positions[row["name"]] = row["position"] }
        self.positions = positions
    }

    /// The places of a cohort's firms; empty for an unknown cohort.
    func places(ofCohort cohort: String) throws -> Range<Int> {
        guard let position = positions[cohort] else { return 0..<0 }
        let first = try first { $0.cohort >= position }
        return first..<(try self.first { $0.cohort > position })
    }

    /// The place of a firm.
    func place(cohort: String?, rank: Int?, firm: Int64) throws -> Int {
        let key = (position(cohort), rank ?? .max, firm)
        return try first { ($0.cohort, $0.rank, $0.firm) >= key }
    }

    private func position(_ cohort: String?) -> Int { cohort.flatMap { positions[$0] } ?? .max }

    /// The first place for which a condition holds that holds for all later ones.
    private func first(_ holds: ((cohort: Int, rank: Int, firm: Int64)) -> Bool) throws -> Int {
        var low = 0
        var high = run.firms
        while low < high {
            let middle = low + (high - low) / 2
            guard let row = try Row.fetchOne(statement, arguments: [run.id, middle]) else { return low }
            if holds((position(row["cohort"]), row["rank"] ?? .max, row["firm"])) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }
}
