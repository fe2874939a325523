/// One quantity per firm that a method asks of a feed: `sum(tax.vat_net)`, `has(event, 安全事故)`.
///
/// Rows that are refused, outside the data year, not in force on the as-of day or excluded by the filter do not
/// count. Every aggregate gives the same result in whatever order the rows arrive.
package struct FeedColumn: Sendable, Hashable {
    /// What becomes of the rows of one firm.
    package enum Aggregate: Sendable, Hashable {
        /// Sum of a decimal field, with the field's decimals. Missing: no row, all blank, or a refused row.
        case sum(field: Int)
        /// Number of rows; 0 without rows, missing only for a refused row.
        case count
        /// 1 when there is a row, otherwise 0; a refused row counts as missing only when no row is found.
        case has
        /// The field of the row with the latest period or the latest first day in force, or of the only row where the
        /// feed has one per firm; of several that are as late, the greatest.
        /// Missing: no row, blank, or a refused row.
        case latest(field: Int)
    }

    /// Index of the contract in the catalogue.
    package let feed: Int
    /// Index of the relation in the contract: through which field a row belongs to a firm.
    package let relation: Int
    package let aggregate: Aggregate
    /// Which rows count; `nil` for all.
    package let filter: RowFilter?

    package init(feed: Int, relation: Int, aggregate: Aggregate, filter: RowFilter?) {
        self.feed = feed
        self.relation = relation
        self.aggregate = aggregate
        self.filter = filter
    }
}

/// A condition on one row of a feed. A blank field satisfies no comparison.
package indirect enum RowFilter: Sendable, Hashable {
    package typealias Comparison = Expression.Comparison

    /// A category or text field is one of these texts.
    case isOneOf(field: Int, [String])
    /// A decimal (scaled), month, year or date field compared with a constant of the same scale.
    case compare(field: Int, Comparison, Int64)
    case all([RowFilter])
    case any([RowFilter])
    case not(RowFilter)
}
