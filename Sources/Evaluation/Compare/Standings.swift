/// Where every firm stands after one evaluation, as far as comparisons need it.
package struct Standings: Sendable {
    /// A name of the method with what outputs show for it.
    package struct Term: Sendable, Hashable {
        package let name: String
        package let label: String

        package init(name: String, label: String) {
            self.name = name
            self.label = label
        }
    }

    /// A list with the firms on it, in ascending order.
    package struct List: Sendable {
        package let term: Term
        package let firms: [Int32]

        package init(term: Term, firms: [Int32]) {
            self.term = term
            self.firms = firms
        }
    }

    package let cohorts: [Term]
    package let states: [Term]
    /// Best first.
    package let tiers: [String]
    /// Of the totals.
    package let decimals: Int
    /// One cell per firm: indices into `states`, `cohorts` and `tiers`, the scaled total, the rank. A firm that was not
    /// in the registry has no state, one that was not graded no tier.
    package let state: CellColumn
    package let cohort: CellColumn
    package let total: CellColumn
    package let rank: CellColumn
    package let tier: CellColumn
    package let lists: [List]

    package init(
        cohorts: [Term], states: [Term], tiers: [String], decimals: Int, state: CellColumn,
        cohort: CellColumn, total: CellColumn, rank: CellColumn, tier: CellColumn, lists: [List]
    ) {
        self.cohorts = cohorts
        self.states = states
        self.tiers = tiers
        self.decimals = decimals
        self.state = state
        self.cohort = cohort
        self.total = total
        self.rank = rank
        self.tier = tier
        self.lists = lists
    }

    package init(_ evaluated: Evaluated) {
        let graph = evaluated.graph
        let marks = graph.landmarks
        cohorts = graph.cohorts.map { Term(name: $0.name, label: $0.label) }
        states = graph.states.map { Term(name: $0.name, label: $0.label) }
        tiers = graph.ranking.tiers
        decimals = graph.nodes[marks.total].decimals
        state = evaluated.cells[marks.state]
        cohort = evaluated.cells[marks.cohort]
        total = evaluated.cells[marks.total]
        rank = evaluated.cells[marks.rank]
        tier = evaluated.cells[marks.tier]
        var firms = [[Int32]](repeating: [], count: graph.lists.count)
        for entry in evaluated.listEntries where firms[entry.list].last != Int32(entry.firm) {
            firms[entry.list].append(Int32(entry.firm))
        }
        lists = zip(graph.lists, firms).map {
            List(term: Term(name: $0.name, label: $0.label), firms: $1)
        }
    }

    /// The same among more firms.
    /// - Parameter places: ascending; where each of its firms stands among `count`.
    package func among(_ count: Int, at places: [Int32]) -> Standings {
        guard places.count != count else { return self }
        func spread(_ column: CellColumn) -> CellColumn {
            var cells = [Int64](repeating: Missing.noRow.cell, count: count)
            for (firm, place) in places.enumerated() { cells[Int(place)] = column[firm] }
            return CellColumn(cells)
        }
        return Standings(
            cohorts: cohorts, states: states, tiers: tiers, decimals: decimals, state: spread(state),
            cohort: spread(cohort), total: spread(total), rank: spread(rank), tier: spread(tier),
            lists: lists.map { list in
                List(term: list.term, firms: list.firms.map { places[Int($0)] })
            })
    }
}
