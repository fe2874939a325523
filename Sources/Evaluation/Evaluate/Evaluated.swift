/// A graph evaluated over a population: every value of every firm, and all that follows from them.
package struct Evaluated: Sendable {
    package let graph: Graph
    package let population: Population
    /// One column per node. The tier, initial tier, state and cohort columns
    /// hold indices into `graph.ranking.tiers`, `graph.states` and `graph.cohorts`.
    package let cells: [CellColumn]
    /// One per node: the texts of a category node, empty for all other nodes.
    package let dictionaries: [[String]]
    /// One per statistic of the graph.
    package let statistics: [StatisticTable]
    /// Which firms were evaluated as one; `nil` when each was evaluated alone.
    package let merged: MergedFirms?
    package let parts: Parts
    package let cuts: [Cut]
    /// In order of firm, then priority from the highest.
    package let decisions: [AppliedDecision]
    /// In order of list, firm, ground.
    package let listEntries: [ListEntry]
    /// How a firm finds its value of each statistic.
    var lookups: [StatisticLookup?] = []

    package var tally: Tally { Tally(self) }
}

/// The values of one statistic, one per group.
package struct StatisticTable: Sendable {
    package struct Group: Sendable {
        /// Index of the cohort; -1 for a statistic over all.
        package let cohort: Int
        /// Text of the category that splits the members; empty when nothing does.
        package let by: String
        package let value: Int64
        /// How many values went in.
        package let count: Int

        package init(cohort: Int, by: String, value: Int64, count: Int) {
            self.cohort = cohort
            self.by = by
            self.value = value
            self.count = count
        }
    }

    package let groups: [Group]

    package init(groups: [Group]) { self.groups = groups }
}

/// Where one tier ends in one cohort, or in one of its parts.
package struct Cut: Sendable, Equatable {
    package let cohort: Int
    /// What splits the cohort, of these firms; empty where it stays whole.
    package let part: String
    package let tier: Int
    /// Firms of which the quota is taken.
    package let base: Int
    /// How many firms the tiers down to this one may hold together.
    package let upTo: Int
    /// How many the tier holds by rank (initial tier).
    package let firms: Int
    /// Total of the last firm in the tier; missing when the tier is empty, or firms are not ordered by the total.
    package let lastTotal: Int64
    /// Firms that moved across this cut because their keys equal those at the cut.
    package let tied: Int
}

/// A decision whose condition held for a firm.
package struct AppliedDecision: Sendable, Equatable {
    package let firm: Int
    /// Name in the method.
    package let name: String
    package let label: String
    package let effect: DecisionRule.Effect
    package let priority: Int
    /// Whether it took part; a decision that contradicts one of higher priority is overruled and changes nothing.
    package let isOverruled: Bool
    /// What the feed of decisions gives as reason, or the rule's condition in words.
    package let reason: String
    /// The document that the feed of decisions names, or the one that the rule rests on; may be empty.
    package let document: String
}

extension [AppliedDecision] {
    /// Those of leading firms for every member, in order of firm.
    func shared(by merged: MergedFirms) -> [AppliedDecision] {
        flatMap { decision -> [AppliedDecision] in
            let unit = merged.unit[decision.firm]
            guard !Cell.isMissing(unit) else { return [decision] }
            return merged.members[Int(unit)].map { firm in
                AppliedDecision(
                    firm: Int(firm), name: decision.name, label: decision.label, effect: decision.effect,
                    priority: decision.priority, isOverruled: decision.isOverruled, reason: decision.reason,
                    document: decision.document)
            }
        }
        .enumerated().sorted { ($0.element.firm, $0.offset) < ($1.element.firm, $1.offset) }.map(\.element)
    }
}

/// One ground on which a firm is on a list.
package struct ListEntry: Sendable, Equatable {
    package let list: Int
    package let firm: Int
    package let ground: Int
}

/// Counts of firms, which close: graded + ungraded + exempt + out of scope = registry.
package struct Tally: Sendable {
    /// [state]
    package private(set) var states: [Int]
    /// [cohort][tier], graded firms; those that are evaluated as one count once, here and below.
    package private(set) var tiers: [[Int]]
    /// Distinct firms on each list.
    package private(set) var lists: [Int]
    /// [town][tier] and [industry][tier]; firms without a town are not counted.
    package private(set) var towns: [[Int]]
    package private(set) var industries: [[Int]]

    fileprivate init(_ evaluated: Evaluated) {
        let graph = evaluated.graph
        let marks = graph.landmarks
        let tierCount = graph.ranking.tiers.count
        states = Array(repeating: 0, count: graph.states.count)
        tiers = Array(repeating: Array(repeating: 0, count: tierCount), count: graph.cohorts.count)
        lists = Array(repeating: 0, count: graph.lists.count)
        towns = Array(
            repeating: Array(repeating: 0, count: tierCount), count: evaluated.population.towns.count)
        industries = Array(
            repeating: Array(repeating: 0, count: tierCount), count: evaluated.population.industries.count)
        let state = evaluated.cells[marks.state]
        let cohort = evaluated.cells[marks.cohort]
        let tier = evaluated.cells[marks.tier]
        for firm in 0..<evaluated.population.count {
            states[Int(state[firm])] += 1
            guard !Cell.isMissing(tier[firm]), evaluated.merged?.leads(firm) ?? true else { continue }
            let t = Int(tier[firm])
            if !Cell.isMissing(cohort[firm]) { tiers[Int(cohort[firm])][t] += 1 }
            let town = evaluated.population.town[firm]
            let industry = evaluated.population.industry[firm]
            if !Cell.isMissing(town) { towns[Int(town)][t] += 1 }
            if !Cell.isMissing(industry) { industries[Int(industry)][t] += 1 }
        }
        var last: (list: Int, firm: Int)?
        for entry in evaluated.listEntries {
            if let previous = last, previous == (entry.list, entry.firm) { continue }
            lists[entry.list] += 1
            last = (entry.list, entry.firm)
        }
    }
}
