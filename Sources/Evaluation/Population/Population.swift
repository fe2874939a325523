/// Every firm of the registry with the columns that the method asked for: what Intake makes from the feeds.
///
/// Row `i` is the same firm in all columns. Firms are in ascending order of their credit codes, so that nothing
/// ever depends on the order in which they arrived.
package struct Population: Sendable {
    /// 18 characters each.
    package let codes: TextColumn
    package let names: TextColumn
    /// Town and industry code of each firm, for outputs and filters: indices into `towns` and `industries`.
    package let town: CellColumn
    package let industry: CellColumn
    package let towns: [String]
    package let industries: [String]
    /// One per `FeedColumn` asked for, in that order.
    package let columns: [CellColumn]
    /// The texts behind the indices of a category column; empty for all other columns.
    package let dictionaries: [[String]]
    /// What the evaluation office decided about single firms (feed `decision`), in order of firm and document.
    package let manualDecisions: [ManualDecision]
    /// Values that are tried out in place of what the feeds come to; empty in every run.
    package let given: [GivenValue]

    package init(
        codes: TextColumn, names: TextColumn, town: CellColumn, industry: CellColumn, towns: [String],
        industries: [String], columns: [CellColumn], dictionaries: [[String]],
        manualDecisions: [ManualDecision], given: [GivenValue] = []
    ) {
        self.codes = codes
        self.names = names
        self.town = town
        self.industry = industry
        self.towns = towns
        self.industries = industries
        self.columns = columns
        self.dictionaries = dictionaries
        self.manualDecisions = manualDecisions
        self.given = given
    }

    package var count: Int { codes.count }
}

/// A value of one firm that stands in place of what its rule would make of the feeds.
package struct GivenValue: Sendable, Equatable {
    /// Row of the population.
    package let firm: Int
    /// A node that has one expression for all firms.
    package let node: Int
    /// The value, or why it is missing; see ``Cell``.
    package let cell: Int64

    package init(firm: Int, node: Int, cell: Int64) {
        self.firm = firm
        self.node = node
        self.cell = cell
    }
}

/// A row of the decision feed (人工认定) that concerns the tier of one firm.
package struct ManualDecision: Sendable, Equatable {
    /// Row of the population.
    package let firm: Int
    /// What is decided, as the feed says it: 定档, 不高于, 不低于.
    package let kind: String
    /// The tier, as the feed says it.
    package let tier: String
    package let reason: String
    package let document: String
    package let date: Day

    package init(firm: Int, kind: String, tier: String, reason: String, document: String, date: Day) {
        self.firm = firm
        self.kind = kind
        self.tier = tier
        self.reason = reason
        self.document = document
        self.date = date
    }
}
