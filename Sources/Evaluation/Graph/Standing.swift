/// A state of a firm in the evaluation, and how it is accounted for.
package struct State: Sendable, Equatable {
    /// The four classes always sum to the registry.
    package enum AccountingClass: String, Sendable, CaseIterable {
        case graded
        case ungraded
        case exempt
        case outOfScope = "out_of_scope"

        /// As outputs show it.
        package var label: String {
            switch self {
            case .graded: "参评"
            case .ungraded: "暂不评价"
            case .exempt: "免评"
            case .outOfScope: "不在范围"
            }
        }
    }

    /// ASCII: `graded`, `grace`, `unresolved`.
    package let name: String
    /// 新设企业过渡期.
    package let label: String
    package let accountingClass: AccountingClass
    /// The document that it rests on; empty when none is given.
    package let source: String
}

/// What a firm belongs to that satisfies the conditions of several cohorts.
package enum CohortChoice: String, Sendable, CaseIterable {
    case firstThatHolds = "first_that_holds"
    /// Such a firm refuses the run.
    case exclusive
}

/// Firms that are scored with the same indicators and ranked together (评价组).
package struct Cohort: Sendable, Equatable {
    /// ASCII: `above`.
    package let name: String
    /// 规上.
    package let label: String
    /// In the order of the file.
    package let weightedIndicators: [WeightedIndicator]
    /// The document that it rests on; empty when none is given.
    package let source: String

    /// An indicator that the cohort scores.
    package struct WeightedIndicator: Sendable, Equatable {
        /// Node of the value.
        package let indicator: Int
        /// Node of the points.
        package let points: Int
        /// As written: `30`.
        package let weight: String
        /// As written: `24.097`; `nil` when its formula needs none.
        package let baseline: String?
    }
}
