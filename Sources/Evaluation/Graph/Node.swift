/// One named value per firm.
package struct Node: Sendable {
    /// The part of the method that it comes from.
    package enum Section: String, Sendable {
        /// Filled by a feed.
        case column
        case measure, indicator, group
        /// What a cohort makes of an indicator (得分).
        case points
        /// What is added to the points (加分、扣分).
        case adjustment
        /// The total.
        case score
        /// State, cohort, rank and tiers.
        case standing
    }

    /// How its values come about.
    package enum Rule: Sendable {
        /// Filled by a feed: index into `feedColumns`.
        case column(Int)
        /// The same expression for every firm.
        case row(Expression)
        /// One expression per cohort, for graded firms only; `nil` where the node does not apply.
        case perCohort([CohortRule?])
        /// The index of the first condition that holds, otherwise `otherwise`. The value is a category whose
        /// dictionary is `texts`.
        case classification(conditions: [Expression], texts: [String], otherwise: Int64)
        /// The number of the first condition that holds, from 1; 0 (graded) where none does.
        case scope([Expression])
        /// The scope's state, or the last state where a graded firm has no cohort or no total.
        case state
        /// Position inside the cohort, 1 = best; equal keys share a position (competition ranking).
        case rank
        case initialTier
        case tier
    }

    /// What one cohort makes of an indicator.
    package struct CohortRule: Sendable {
        /// The node's value, of the firms of the cohort.
        package let expression: Expression
        /// What a missing value becomes, except after a refused row; `nil` leaves it missing.
        package let missing: Expression?
        /// A baseline that is computed from many firms, which must be greater than zero; `nil` for a number of the file,
        /// or none.
        package var computedBaseline: Expression?
        /// Whether the other indicators count for this one where it is missing (`leave_out`).
        package var isLeftOut = false
        /// The document that it rests on; empty when none is given.
        package let source: String
    }

    /// What a cell holds.
    package enum ValueType: Sendable, Equatable {
        /// The number in this unit, times 10^decimals.
        case number(Unit)
        /// An index into the dictionary of the node's texts.
        case category
        /// Days since 1970-01-01.
        case day
        /// 1 = yes, 0 = no.
        case flag
    }

    /// ASCII; becomes the column's name.
    package let name: String
    /// 亩均税收: what outputs show.
    package let label: String
    package let section: Section
    package let type: ValueType
    /// Places after the decimal point that the value is rounded to and stored with.
    package let decimals: Int
    /// How the exact value becomes one with the decimals.
    package let rounding: Rounding
    package let rule: Rule
    /// The document that it rests on, or the department that sends it; empty when none is given.
    package let source: String
    /// Where the method file names it.
    package let place: SourcePlace

    /// `nil` for what is no number.
    package var unit: Unit? {
        if case .number(let unit) = type { unit } else { nil }
    }
}
