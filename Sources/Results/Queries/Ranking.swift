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

    /// How many firms a filter leaves, from the counts that a run has stored; `nil` for a combination that is not
    /// among them, which would take a look at every firm.
    package func count(_ run: RunSummary, _ filter: RankingFilter = .init()) throws(StoreError) -> Int? {
        // Lists are counted with their firms without a rank, everything else without them.
        guard filter.includesUnranked == (filter.list != nil) else { return nil }
        let kind: AggregateRow.Kind
        switch (filter.list, filter.town, filter.industry, filter.cohort) {
        case (nil, nil, nil, _): kind = .cohort
        case (nil, _?, nil, nil): kind = .town
        case (nil, nil, _?, nil): kind = .industry
        case (_?, nil, nil, nil) where filter.tier == nil: kind = .list
        default: return nil
        }
        let name = filter.list ?? filter.town ?? filter.industry ?? filter.cohort
        let match = kind == .industry ? "substr(name, 1, length(:name)) = :name" : "name = :name"
        return try read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT coalesce(sum(firms), 0) FROM aggregate WHERE run = :run AND kind = :kind
                        AND (:name IS NULL OR \(match)) AND (:tier IS NULL OR tier = :tier)
                    """,
                arguments: ["run": run.id, "kind": kind.rawValue, "name": name, "tier": filter.tier])
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
            // A look-up for each firm until the page is full, rather than all firms of the list beforehand.
            conditions.append(
                """
                EXISTS (SELECT * FROM list_entry AS entry
                    WHERE entry.run = :run AND entry.list = :list AND entry.firm = placing.firm)
                """)
            arguments += ["list": list]
        }
        return ("FROM placing WHERE \(conditions.joined(separator: " AND "))", arguments)
    }
}
