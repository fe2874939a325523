/// A method file as declared, before any expression is looked into.
struct MethodDocument {
    /// A text with its place; expressions and names alike.
    struct Text {
        let text: String
        let place: SourcePlace
        private let lines: [SourceNode.Line]

        /// A scalar of the file.
        init(_ text: String, of node: SourceNode) {
            self.text = text
            lines = node.lines
            place = node.lines.first?.place ?? node.place
        }

        /// A text that the file does not spell out.
        init(_ text: String, at place: SourcePlace) {
            self.text = text
            self.place = place
            lines = []
        }

        /// Where some characters of the text stand in the file: all of them, as far as they share a line.
        func span(_ start: Int, _ length: Int) -> (place: SourcePlace, length: Int) {
            guard let index = lines.lastIndex(where: { $0.offset <= start }) else { return (place, 1) }
            let line = lines[index]
            let end = index + 1 < lines.count ? lines[index + 1].offset - 1 : text.count
            return (
                SourcePlace(line: line.place.line, column: line.place.column + start - line.offset),
                max(1, min(length, end - start))
            )
        }
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
        /// Otherwise their weights say nothing yet.
        let hasAllIndicators: Bool
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
        /// Its key.
        let place: SourcePlace
        let length: Int
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
    var manual: (rule: ManualRule, priorityPlace: SourcePlace)?
    var lists: [List] = []
    /// Names of sections in which something was wrong: what mentions them need not be complained about as well.
    var misread: Set<String> = []
}
