import GRDB

/// What became of a firm in one data year: by the publication that counts, or by the latest draft.
package struct FirmYear: Sendable, Equatable {
    package let run: RunSummary
    /// `nil` when the registry of that year does not have the firm.
    package let standing: FirmStanding?
}

extension Store {
    /// The run of each data year that tells what became of its firms, the earliest year first: the published one that
    /// counts, or the latest.
    package func runsOfYears() throws(StoreError) -> [RunSummary] {
        try read { db in
            try RunSummary.fetchAll(
                db,
                sql: RunSummary.sql(
                    where: """
                        WHERE run.id IN (SELECT coalesce(
                            (SELECT run FROM current_publication AS current WHERE current.data_year = year.data_year),
                            year.latest)
                            FROM (SELECT data_year, max(id) AS latest FROM run GROUP BY data_year) AS year)
                        ORDER BY run.data_year
                        """))
        }
    }

    /// What became of a firm in every data year of the store.
    /// - Parameter codes: the credit codes that the firm has had.
    package func history(_ codes: Set<String>) throws(StoreError) -> [FirmYear] {
        var years: [FirmYear] = []
        for run in try runsOfYears() {
            let firms = try read { db in
                try codes.sorted().compactMap { code in
                    try Int64.fetchOne(
                        db, sql: "SELECT firm FROM result WHERE run = ? AND code = ?",
                        arguments: [run.id, code])
                }
            }
            if firms.isEmpty { years.append(FirmYear(run: run, standing: nil)) }
            for firm in firms {
                years.append(FirmYear(run: run, standing: try firmStanding(run, firm: firm)))
            }
        }
        return years
    }
}
