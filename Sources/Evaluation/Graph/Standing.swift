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

/// How the firms of a cohort are ordered and cut into tiers.
package struct Ranking: Sendable {
    /// What becomes of firms with equal keys at a cut.
    package enum Ties: String, Sendable, CaseIterable {
        /// Firms with equal keys at a cut all take the better tier …
        case shareBetter = "share_better"
        /// … or all the worse one …
        case shareWorse = "share_worse"
        /// … or are cut between them, in order of their credit codes.
        case split
    }

    /// How a share of firms becomes a whole number of them.
    package enum QuotaRounding: String, Sendable, CaseIterable { case down, up, nearest }

    /// Whether the firm that lies exactly on a bound belongs to the better tier (closed) or to the worse.
    package enum Bound: String, Sendable, CaseIterable { case closed, open }

    /// The firms of which the shares are taken.
    package enum Base: String, Sendable, CaseIterable {
        case graded
        case gradedAndUngraded = "graded_and_ungraded"
    }

    /// A value that firms are ordered by.
    package struct Key: Sendable {
        /// A number node.
        package let node: Int
        /// Whether the greatest value is the best.
        package let descending: Bool
    }

    /// The first decides; each further one decides between firms that are equal so far.
    package let keys: [Key]
    package let ties: Ties
    /// Best first: A, B, C, D.
    package let tiers: [String]
    /// For each cohort the cumulative shares of the tiers but the last, in ten-thousandths, ascending.
    package let cumulative: [[Int]]
    package let rounding: QuotaRounding
    package let bound: Bound
    package let base: Base
}
