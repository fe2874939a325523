/// A checked method: every named value as a typed node.
///
/// The one structure that check, run, explain and schema all read. Nodes stand in the order of the method file;
/// `order` is the one in which they can be evaluated. Indices into `nodes` are called node indices.
package struct Graph: Sendable {
    /// `yongkang-2021`.
    package let id: String
    package let title: String
    /// A note that every output repeats, such as 示例，非官方办法; empty when there is none.
    package let note: String
    package let dataYear: Int
    /// The day on which titles, events and ages are judged. No code reads the clock.
    package let asOf: Day
    package let sources: [Source]
    package let contracts: [FeedContract]
    /// What Intake must fill; node rules refer to it by index.
    package let feedColumns: [FeedColumn]
    package let nodes: [Node]
    /// Node indices, each after everything that it needs.
    package let order: [Int]
    package let statistics: [Statistic]
    /// Index 0 is 参评 (graded); the declared states follow in order; the last is 数据待核 (unresolved): a firm
    /// that should be graded but has no cohort or no total.
    package let states: [State]
    package let cohorts: [Cohort]
    package let ranking: Ranking
    package let decisions: [DecisionRule]
    /// How what the decision feed says (人工认定) ranks among the rules; `nil` when the method does not use the feed.
    package let manualRule: ManualRule?
    package let lists: [ListRule]
    /// The nodes with a part in every run.
    package let landmarks: Landmarks
    /// What the checker noticed without refusing the method.
    package let warnings: [MethodProblem]

    package struct Landmarks: Sendable {
        /// The state that the scope rules give, before a missing total can make it unresolved.
        package let scope: Int
        package let state: Int
        package let cohort: Int
        package let total: Int
        package let rank: Int
        package let initialTier: Int
        package let tier: Int
    }

    package func node(named name: String) -> Int? { nodes.firstIndex { $0.name == name } }
}

/// Where a rule comes from.
package struct Source: Sendable, Equatable {
    /// Its key in the method file: `rules`.
    package let key: String
    /// 黄政发〔2018〕12号, or a title with its date.
    package let text: String
}

/// One named value per firm.
package struct Node: Sendable {
    package enum Section: String, Sendable {
        case column, measure, indicator, group, points, adjustment, score, standing
    }

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
        package let expression: Expression
        /// What a missing value becomes, except after a refused row; `nil` leaves it missing.
        package let missing: Expression?
        package let source: String
    }

    package enum ValueType: Sendable, Equatable {
        case number(Unit)
        case category
        case day
        case flag
    }

    /// ASCII; becomes the column's name.
    package let name: String
    /// 亩均税收.
    package let label: String
    package let section: Section
    package let type: ValueType
    /// Places after the decimal point that the value is rounded to and stored with.
    package let decimals: Int
    package let rounding: Rounding
    package let rule: Rule
    /// Key into `sources`, or free text; empty when none is given.
    package let source: String
    package let place: SourcePlace

    package var unit: Unit? {
        if case .number(let unit) = type { unit } else { nil }
    }
}

/// A number computed from many firms: a mean by industry, a median of points.
package struct Statistic: Sendable, Equatable {
    package enum Function: Sendable, Equatable {
        case sum, mean, minimum, maximum, count, median
        /// Linear interpolation between order statistics: position 1 + (n − 1)·q. `q` is in ten-thousandths.
        case quantile(tenThousandths: Int)
    }

    package enum Members: String, Sendable {
        /// Firms whose state's class is graded.
        case graded
        /// Graded firms of one cohort.
        case cohort
        /// Every firm of the registry.
        case registry
    }

    /// `mean_tax_per_mu_by_industry`.
    package internal(set) var name: String
    /// 亩均税收均值（按行业）.
    package internal(set) var label: String
    package let function: Function
    /// The node whose values are taken; missing values do not count.
    package let argument: Int
    /// Where the argument is one cohort's points: before their missing rule.
    package let beforeMissingRule: Bool
    package let members: Members
    /// The one cohort that counts, inside a cohort's rule.
    package let onlyCohort: Int?
    /// Category node that splits the members; its first characters only when `prefix` is given.
    package let by: Int?
    package let prefix: Int?
    package let unit: Unit
    package let decimals: Int
    package let rounding: Rounding

    /// Whether both are the same but for their names.
    func computesTheSame(as other: Statistic) -> Bool {
        var renamed = other
        (renamed.name, renamed.label) = (name, label)
        return renamed == self
    }
}

/// A state of a firm in the evaluation, and how it is accounted for.
package struct State: Sendable, Equatable {
    /// The four classes always sum to the registry.
    package enum AccountingClass: String, Sendable, CaseIterable {
        case graded
        case ungraded
        case exempt
        case outOfScope = "out_of_scope"

        package var label: String {
            switch self {
            case .graded: "参评"
            case .ungraded: "暂不评价"
            case .exempt: "免评"
            case .outOfScope: "不在范围"
            }
        }
    }

    package let name: String
    package let label: String
    package let accountingClass: AccountingClass
    package let source: String
}

/// Firms that are scored with the same indicators and ranked together (评价组).
package struct Cohort: Sendable, Equatable {
    package let name: String
    package let label: String
    package let weightedIndicators: [WeightedIndicator]
    package let source: String

    package struct WeightedIndicator: Sendable, Equatable {
        /// Node of the value and node of its points.
        package let indicator: Int
        package let points: Int
        package let weight: String
        package let baseline: String?
    }
}

/// How the firms of a cohort are ordered and cut into tiers.
package struct Ranking: Sendable {
    package enum Ties: String, Sendable, CaseIterable {
        /// Firms with equal keys at a cut all take the better tier …
        case shareBetter = "share_better"
        /// … or all the worse one …
        case shareWorse = "share_worse"
        /// … or are cut between them, in order of their credit codes.
        case split
    }

    package enum QuotaRounding: String, Sendable, CaseIterable { case down, up, nearest }
    package enum Bound: String, Sendable, CaseIterable { case closed, open }
    package enum Base: String, Sendable, CaseIterable {
        case graded
        case gradedAndUngraded = "graded_and_ungraded"
    }

    package struct Key: Sendable {
        package let node: Int
        package let descending: Bool
    }

    package let keys: [Key]
    package let ties: Ties
    /// Best first: A, B, C, D.
    package let tiers: [String]
    /// For each cohort the cumulative shares of the tiers but the last, in ten-thousandths, ascending.
    package let cumulative: [[Int]]
    package let rounding: QuotaRounding
    /// Whether the firm that lies exactly on a bound belongs to the better tier (closed).
    package let bound: Bound
    package let base: Base
}

/// A tier rule applied after the quota: a veto, a protection.
package struct DecisionRule: Sendable {
    package enum Effect: Sendable, Equatable {
        /// Index of the tier.
        case set(Int)
        case notAbove(Int)
        case notBelow(Int)
    }

    package let name: String
    package let label: String
    package let priority: Int
    package let condition: Expression
    package let effect: Effect
    package let source: String
    package let place: SourcePlace
}

/// The place of the decision feed among the decisions.
package struct ManualRule: Sendable, Equatable {
    package let name: String
    package let label: String
    package let priority: Int
}

/// A published list: who is on it, and on which grounds.
package struct ListRule: Sendable {
    package enum Audience: String, Sendable, CaseIterable { case `public`, town, office }

    package struct Ground: Sendable {
        package let name: String
        package let label: String
        package let condition: Expression
        package let source: String
    }

    package let name: String
    package let label: String
    package let audience: Audience
    /// Graded firms only, or the whole registry.
    package let overRegistry: Bool
    /// A firm is listed when one of them holds; all that hold are recorded.
    package let grounds: [Ground]
}
