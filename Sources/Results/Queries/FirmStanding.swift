import GRDB

/// Why a firm stands where it stands: its result, the decisions that held, its lists, the cuts around it.
package struct FirmStanding: Sendable, Equatable {
    /// A decision that held for the firm.
    package struct Decision: Sendable, Equatable {
        /// Name in the method, or `manual`.
        package let name: String
        package let label: String
        /// `set`, `not_above`, `not_below`, `raise` or `lower`.
        package let effect: String
        /// The tier that the effect names, or how many tiers.
        package let tier: String
        package let priority: Int
        /// Whether one of higher priority contradicts it: it then changes nothing.
        package let isOverruled: Bool
        package let reason: String
        package let document: String
    }

    /// A ground on which the firm is on a list.
    package struct Entry: Sendable, Equatable {
        package let list: String
        package let listLabel: String
        package let ground: String
        package let groundLabel: String
        /// The numbers behind it.
        package let evidence: String
        /// The document that the ground rests on; may be empty.
        package let source: String
    }

    /// A cut of the firm's cohort with the firms on both sides.
    package struct CutSide: Sendable, Equatable {
        package let cut: CutRow
        /// The last firm of the tier and the first after it, by rank; `nil` where there is none.
        package let last: FirmRow?
        package let next: FirmRow?
    }

    package let result: FirmRow
    /// From the highest priority.
    package let decisions: [Decision]
    /// In the order of the method's lists and grounds.
    package let entries: [Entry]
    /// Those of its cohort, or of its part of it, best tier first; empty for a firm without one.
    package let cuts: [CutSide]

    /// How many firms are ranked with it; 0 when it belongs to none.
    package var ranked: Int { cuts.reduce(0) { $0 + $1.cut.firms } }
}

extension Store {
    /// Everything about one firm of a run but its values; `nil` when the run has no such firm.
    package func firmStanding(_ run: RunSummary, firm: Int64) throws(StoreError) -> FirmStanding? {
        try read { db in
            guard let result = try FirmRow.fetch(firm, run, db) else { return nil }
            return FirmStanding(
                result: result, decisions: try Store.decisions(run, firm, db),
                entries: try Store.entries(run, firm, db), cuts: try Store.cutSides(run, result, db))
        }
    }

    /// The one firm whose code or whole name is the text, or that leads the firms evaluated as one under it; otherwise firms whose name contains it, in order of code.
    package func firms(matching text: String, _ run: RunSummary, limit: Int) throws(StoreError) -> [FirmRow] {
        try read { db in
            let arguments: StatementArguments = [
                "run": run.id, "method": run.method, "text": text, "limit": max(0, limit),
            ]
            let select = "\(FirmRow.selection) FROM result \(FirmRow.joins) WHERE result.run = :run"
            let exact = try FirmRow.fetchAll(
                db, sql: "\(select) AND result.code = :text LIMIT :limit", arguments: arguments)
            if !exact.isEmpty { return exact }
            let units =
                try Int.fetchOne(db, sql: "SELECT units FROM run WHERE id = ?", arguments: [run.id]) ?? 0
            if units > 0 {
                // What firms share that were evaluated as one stands for the leading one.
                let leading = try FirmRow.fetchAll(
                    db,
                    sql: """
                        \(select) AND result.unit = :text AND EXISTS (SELECT * FROM placing
                            WHERE placing.run = :run AND placing.firm = result.firm AND placing.rank IS NOT NULL)
                        LIMIT :limit
                        """, arguments: arguments)
                if !leading.isEmpty { return leading }
            }
            let found = try FirmRow.fetchAll(
                db,
                // The index by code holds the names too, so that only matches are looked up in the table.
                sql: """
                    \(FirmRow.selection)
                    FROM result INDEXED BY result_by_code \(FirmRow.joins)
                    WHERE result.run = :run AND instr(result.name, :text) > 0
                    ORDER BY result.name <> :text, result.code LIMIT :limit
                    """,
                arguments: arguments)
            let named = found.prefix { $0.name == text }
            return named.count == 1 ? Array(named) : found
        }
    }

    private static func decisions(
        _ run: RunSummary, _ firm: Int64, _ db: Database
    ) throws -> [FirmStanding.Decision] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM decision_applied WHERE run = ? AND firm = ? ORDER BY position",
            arguments: [run.id, firm]
        ).map { row in
            FirmStanding.Decision(
                name: row["name"], label: row["label"], effect: row["effect"], tier: row["tier"],
                priority: row["priority"], isOverruled: row["overruled"], reason: row["reason"],
                document: row["document"])
        }
    }

    private static func entries(
        _ run: RunSummary, _ firm: Int64, _ db: Database
    ) throws -> [FirmStanding.Entry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT list.name AS list, list.label AS list_label, ground.name AS ground,
                    ground.label AS ground_label, list_entry.evidence, ground.source
                FROM list
                    -- CROSS keeps SQLite from reading the entries of all firms first.
                    CROSS JOIN list_entry ON list_entry.run = ? AND list_entry.list = list.name
                        AND list_entry.firm = ?
                    JOIN ground ON ground.method = list.method AND ground.list = list.name
                        AND ground.name = list_entry.ground
                WHERE list.method = ? ORDER BY list.position, ground.position
                """,
            arguments: [run.id, firm, run.method]
        ).map { row in
            FirmStanding.Entry(
                list: row["list"], listLabel: row["list_label"], ground: row["ground"],
                groundLabel: row["ground_label"], evidence: row["evidence"], source: row["source"])
        }
    }

    private static func cutSides(
        _ run: RunSummary, _ result: FirmRow, _ db: Database
    ) throws -> [FirmStanding.CutSide] {
        guard let cohort = result.cohort else { return [] }
        let places = try PlacingSearch(run, db).places(ofCohort: cohort)
        func firm(at place: Int) throws -> FirmRow? {
            guard places.contains(place),
                let firm = try Int64.fetchOne(
                    db, sql: "SELECT firm FROM placing WHERE run = ? AND place = ? AND rank IS NOT NULL",
                    arguments: [run.id, place])
            else { return nil }
            return try FirmRow.fetch(firm, run, db)
        }
        let cuts = try CutRow.fetch(run, cohort: cohort, db)
        let own = cuts.filter { $0.part == result.part ?? "" }
        // Parts follow each other in the order of ranking as their cuts do.
        let before = cuts.prefix { $0.part != result.part ?? "" }.reduce(0) { $0 + $1.firms }
        var end = places.lowerBound + before
        let last = end + own.reduce(0) { $0 + $1.firms }
        return try own.map { cut in
            end += cut.firms
            return FirmStanding.CutSide(
                cut: cut, last: cut.firms > 0 ? try firm(at: end - 1) : nil,
                next: end < last ? try firm(at: end) : nil)
        }
    }
}
