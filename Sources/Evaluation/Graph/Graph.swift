/// A checked method: every named value as a typed node.
///
/// The one structure that check, run, explain and schema all read. Nodes stand in the order of the method file;
/// `order` is the one in which they can be evaluated. Indices into `nodes` are called node indices.
package struct Graph: Sendable {
    /// `yongkang-2021`.
    package let id: String
    /// The method's title as outputs show it.
    package let title: String
    /// A note that every output repeats, such as 示例，非官方办法; empty when there is none.
    package let note: String
    /// The year whose facts are evaluated: 2021.
    package let dataYear: Int
    /// The day on which titles, events and ages are judged. No code reads the clock.
    package let asOf: Day
    /// Every document that the method cites, in the order of the file.
    package let sources: [Source]
    /// All feeds that there are; feed columns refer to them by index.
    package let contracts: [FeedContract]
    /// What Intake must fill; node rules refer to it by index.
    package let feedColumns: [FeedColumn]
    /// Every named value: what the method declares, then columns of feeds in the order of first mention.
    package let nodes: [Node]
    /// Node indices, each after everything that it needs.
    package let order: [Int]
    /// Expressions refer to them by index.
    package let statistics: [Statistic]
    /// Index 0 is 参评 (graded); the declared states follow in order; the last is 数据待核 (unresolved): a firm
    /// that should be graded but has no cohort or no total.
    package let states: [State]
    /// In the order of the file.
    package let cohorts: [Cohort]
    package let cohortChoice: CohortChoice
    package let ranking: Ranking
    /// Which firms are evaluated as one; `nil` when each is evaluated alone.
    package let merging: Merging?
    /// What becomes of rows that do not simply belong to one firm.
    package var linking = LinkRules()
    /// In the order of the file; no two have one priority.
    package let decisions: [DecisionRule]
    /// How what the decision feed says (人工认定) ranks among the rules; `nil` when the method does not use the feed.
    package let manualRule: ManualRule?
    /// In the order of the file.
    package let lists: [ListRule]
    /// The nodes with a part in every run.
    package let landmarks: Landmarks
    /// Those whose values were picked, in the order of the file. Only values that rules mention count for the meaning.
    var parameters: [PickedParameter] = []

    /// Node indices of what every method has, whatever it declares.
    package struct Landmarks: Sendable {
        /// The state that the scope rules give, before a missing total can make it unresolved.
        package let scope: Int
        /// The state that counts: an index into `states`.
        package let state: Int
        /// An index into `cohorts`; missing where no condition holds.
        package let cohort: Int
        /// The score; missing for firms that are not graded.
        package let total: Int
        /// The place inside the cohort, 1 = best.
        package let rank: Int
        /// The tier by rank: an index into `ranking.tiers`.
        package let initialTier: Int
        /// The tier after all decisions.
        package let tier: Int
    }

    /// The index of the node with this ASCII name.
    package func node(named name: String) -> Int? { nodes.firstIndex { $0.name == name } }
}

/// Where a rule comes from.
package struct Source: Sendable, Equatable {
    /// Its key in the method file: `rules`.
    package let key: String
    /// 黄政发〔2018〕12号, or a title with its date.
    package let text: String
}
