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
                SourcePlace(
                    line: line.place.line, column: line.place.column + start - line.offset,
                    file: line.place.file),
                max(1, min(length, end - start))
            )
        }
    }

    /// `yongkang-2021`.
    var id = ""
    var title = ""
    /// Empty when there is none.
    var note = ""
    var dataYear = 0
    /// `nil` when it was misread, which is complained about.
    var asOf: Day?
    /// As the file says it; `nil` where it could not be read.
    var asOfText: Text?
    var sources: [Source] = []
    var parameters: [Parameter] = []
    var measures: [Value] = []
    var indicators: [Value] = []
    var groups: [Group] = []
    var statistics: [NamedStatistic] = []
    /// Formulas that cohorts refer to by name.
    var formulas: [(name: Text, expression: Text)] = []
    var merging: Merging?
    var linking = LinkRules()
    var scope: [ScopeState] = []
    var cohorts: [Cohort] = []
    var cohortChoice = CohortChoice.firstThatHolds
    var adjustments: [Adjustment] = []
    var total: Total?
    var tiers: Tiers?
    var decisions: [Decision] = []
    /// Where the feed of decisions (人工认定) stands among them; `nil` when the method does not use it.
    var manual: (rule: ManualRule, name: Text)?
    var lists: [List] = []

    /// A key under ‘sources’ stands for its text; anything else stands for itself.
    func sourceText(_ source: String) -> String {
        sources.first { $0.key == source }?.text ?? source
    }
}
