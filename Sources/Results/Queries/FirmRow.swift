import GRDB

/// What became of one firm in one run: a line of a ranking.
package struct FirmRow: Sendable, Equatable {
    /// Number of the firm in the run, which other queries take.
    package let firm: Int64
    /// 统一社会信用代码.
    package let code: String
    package let name: String
    /// `nil` when the registry does not say.
    package let town: String?
    /// GB/T 4754; `nil` when the registry does not say.
    package let industry: String?
    /// Code name of the cohort; `nil` when the firm belongs to none.
    package let cohort: String?
    package let cohortLabel: String?
    /// The part of the cohort in which the firm is ranked; `nil` when the cohort stays whole.
    package let part: String?
    /// The firms that were evaluated as one share it; `nil` when the firm was evaluated alone.
    package let unit: String?
    /// Code name of the state.
    package let state: String
    package let stateLabel: String
    /// `graded`, `ungraded`, `exempt` or `out_of_scope`.
    package let accountingClass: String
    /// Scaled by the run's `totalDecimals`; `nil` for a firm without a total.
    package let total: Int64?
    /// In the cohort or its part, 1 = best.
    package let rank: Int?
    /// By rank alone; `nil` without a rank.
    package let initialTier: String?
    /// After decisions; `nil` without a rank.
    package let tier: String?

    /// For people: `规上`, `规上·泵阀`; `nil` without a cohort.
    package var cohortText: String? {
        (cohortLabel ?? cohort).map { label in part.map { "\(label)·\($0)" } ?? label }
    }
}

extension FirmRow: FetchableRecord {
    /// Rows of `result`, to be joined with labels by ``joins``.
    static let selection = """
        SELECT result.*, cohort.label AS cohort_label, state.label AS state_label
        """
    static let joins = """
        LEFT JOIN cohort ON cohort.method = :method AND cohort.name = result.cohort
        LEFT JOIN state ON state.method = :method AND state.name = result.state
        """

    init(row: Row) throws {
        firm = row["firm"]
        code = row["code"]
        name = row["name"]
        town = row["town"]
        industry = row["industry"]
        cohort = row["cohort"]
        cohortLabel = row["cohort_label"]
        part = row["part"]
        unit = row["unit"]
        state = row["state"]
        stateLabel = row["state_label"] ?? state
        accountingClass = row["class"]
        total = row["total"]
        rank = row["rank"]
        initialTier = row["initial_tier"]
        tier = row["tier"]
    }

    /// The row of one firm.
    static func fetch(_ firm: Int64, _ run: RunSummary, _ db: Database) throws -> FirmRow? {
        try fetchOne(
            db,
            sql: "\(selection) FROM result \(joins) WHERE result.run = :run AND result.firm = :firm",
            arguments: ["run": run.id, "method": run.method, "firm": firm])
    }
}
