/// A method file as declared, before any expression is looked into.
struct MethodDocument {
    /// A text with its place; expressions and names alike.
    struct Text {
        let text: String
        let place: SourcePlace
        let isSingleLine: Bool
    }

    struct Value {
        let name: Text
        let label: String
        let unit: Unit
        let decimals: Int
        let rounding: Rounding
        let expression: Text
        let source: String
    }

    struct Choice {
        let text: String
        let condition: Text
    }

    struct Group {
        let name: Text
        let label: String
        let choices: [Choice]
        let otherwise: String
        let source: String
    }

    struct ScopeState {
        let name: Text
        let label: String
        let accountingClass: State.AccountingClass
        let condition: Text
        let source: String
    }

    struct CohortIndicator {
        let name: Text
        let weight: Text
        let baseline: Text?
        let formula: Text
        let missing: Text
        let source: String
    }

    struct CohortDeclaration {
        let name: Text
        let label: String
        let condition: Text
        let pointsDecimals: Int
        let indicators: [CohortIndicator]
        let weightsSumTo: Text
        let quota: Quota?
        let source: String
    }

    struct Adjustment {
        let name: Text
        let label: String
        /// Cohort names; empty means every cohort.
        let cohorts: [Text]
        let expression: Text
        let decimals: Int
        let source: String
    }

    struct NamedStatistic {
        let name: Text
        let label: String
        let expression: Text
        let decimals: Int
        let rounding: Rounding
    }

    struct Total {
        let label: String
        let decimals: Int
        let rounding: Rounding
        let expression: Text
        let source: String
    }

    /// Share of each tier in ten-thousandths; `nil` for the tier that takes the rest.
    struct Quota {
        let shares: [(tier: Text, share: Int?)]
        let place: SourcePlace
    }

    struct Tiers {
        let order: [Text]
        let rankBy: [(key: Text, descending: Bool)]
        let ties: Ranking.Ties
        let quota: Quota
        let base: Ranking.Base
        let bound: Ranking.Bound
        let rounding: Ranking.QuotaRounding
    }

    struct Decision {
        enum Effect { case set, notAbove, notBelow }
        let name: Text
        let label: String
        let priority: Int
        let priorityPlace: SourcePlace
        let condition: Text
        let effect: Effect
        let tier: Text
        let source: String
    }

    struct List {
        struct Ground {
            let name: Text
            let label: String
            let condition: Text
            let source: String
        }
        let name: Text
        let label: String
        let audience: ListRule.Audience
        let overRegistry: Bool
        let grounds: [Ground]
    }

    var id = ""
    var title = ""
    var note = ""
    var dataYear = 0
    var asOf = Day(number: 0)
    var sources: [Source] = []
    var measures: [Value] = []
    var indicators: [Value] = []
    var groups: [Group] = []
    var statistics: [NamedStatistic] = []
    var formulas: [(name: Text, expression: Text)] = []
    var scope: [ScopeState] = []
    var cohorts: [CohortDeclaration] = []
    var adjustments: [Adjustment] = []
    var total: Total?
    var tiers: Tiers?
    var decisions: [Decision] = []
    var manualPriority: (priority: Int, place: SourcePlace)?
    var lists: [List] = []
}
