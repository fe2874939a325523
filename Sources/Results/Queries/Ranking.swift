import GRDB

/// Which firms of a run a ranking shows; all conditions must hold.
package struct RankingFilter: Sendable, Equatable {
    /// Code name of a cohort: `above`.
    package var cohort: String?
    package var town: String?
    /// First characters of an industry code: `33`.
    package var industry: String?
    package var tier: String?
    /// Code name of a list that the firm is on: `rectification`.
    package var list: String?
    /// Also firms without a rank, after the ranked ones of their cohort.
    package var includesUnranked: Bool

    package init(
        cohort: String? = nil, town: String? = nil, industry: String? = nil, tier: String? = nil,
        list: String? = nil, includesUnranked: Bool = false
    ) {
        self.cohort = cohort
        self.town = town
        self.industry = industry
        self.tier = tier
        self.list = list
        self.includesUnranked = includesUnranked
    }
}

extension Store {
    /// Firms in the order of ranking: by cohort, rank and code.
    /// - Parameters:
    ///   - limit: how many at most; `nil` for all.
    ///   - offset: how many to skip.
    package func ranking(
        _ run: RunSummary, _ filter: RankingFilter = .init(), limit: Int? = nil, offset: Int = 0
    ) throws(StoreError) -> [FirmRow] {
        try read { db in
            let (places, arguments) = try Store.places(run, filter, db)
            return try FirmRow.fetchAll(
                db,
                sql: """
                    \(FirmRow.selection)
                    FROM (SELECT place, firm \(places) ORDER BY place LIMIT :limit OFFSET :offset) AS shown
                        JOIN result ON result.run = :run AND result.firm = shown.firm
                        \(FirmRow.joins)
                    ORDER BY shown.place
                    """,
                arguments: arguments + ["method": run.method, "limit": limit ?? -1, "offset": max(0, offset)])
        }
    }

    /// How many firms a filter leaves.
    package func count(_ run: RunSummary, _ filter: RankingFilter = .init()) throws(StoreError) -> Int {
        try read { db in
            let (places, arguments) = try Store.places(run, filter, db)
            return try Int.fetchOne(db, sql: "SELECT count(*) \(places)", arguments: arguments) ?? 0
        }
    }

    /// `FROM placing WHERE …`: every condition is on columns of this narrow table.
    static func places(
        _ run: RunSummary, _ filter: RankingFilter, _ db: Database
    ) throws -> (sql: String, arguments: StatementArguments) {
        var conditions = ["run = :run"]
        var arguments: StatementArguments = ["run": run.id]
        if !filter.includesUnranked { conditions.append("rank IS NOT NULL") }
        if let cohort = filter.cohort {
            let range = try PlacingSearch(run, db).places(ofCohort: cohort)
            conditions.append("place >= :first AND place < :end")
            arguments += ["first": range.lowerBound, "end": range.upperBound]
        }
        if let town = filter.town {
            conditions.append("town = :town")
            arguments += ["town": town]
        }
        if let industry = filter.industry {
            conditions.append("substr(industry, 1, length(:industry)) = :industry")
            arguments += ["industry": industry]
        }
        if let tier = filter.tier {
            conditions.append("tier = :tier")
            arguments += ["tier": tier]
        }
        if let list = filter.list {
            conditions.append("firm IN (SELECT firm FROM list_entry WHERE run = :run AND list = :list)")
            arguments += ["list": list]
        }
        return ("FROM placing WHERE \(conditions.joined(separator: " AND "))", arguments)
    }
}
