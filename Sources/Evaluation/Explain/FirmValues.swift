/// The values of one firm, from a store or from an evaluation: what an explanation is made of.
package struct FirmValues: Sendable {
    package let code: String
    package let name: String
    package let town: String
    package let industry: String
    /// One cell per node, causes of missing values included for feed columns. Cells of categories are 0 when present.
    package let cells: [Int64]
    /// Text of each category node; `nil` when it is missing or the node is no category.
    package let texts: [String?]
    /// For each statistic the value and count of the firm's group; `nil` when it has none.
    package let statistics: [StatisticTable.Group?]
    /// Nodes whose values were given, so that their rules say nothing about them.
    let given: Set<Int>

    package init(
        code: String, name: String, town: String, industry: String, cells: [Int64], texts: [String?],
        statistics: [StatisticTable.Group?], given: Set<Int> = []
    ) {
        self.code = code
        self.name = name
        self.town = town
        self.industry = industry
        self.cells = cells
        self.texts = texts
        self.statistics = statistics
        self.given = given
    }

    /// The row that a firm has in an evaluation.
    package init(_ evaluated: Evaluated, firm: Int) {
        let graph = evaluated.graph
        let population = evaluated.population
        let cells = evaluated.cells.map { $0[firm] }
        let texts: [String?] = cells.indices.map { node in
            guard case .category = graph.nodes[node].type, !Cell.isMissing(cells[node]) else { return nil }
            return evaluated.dictionaries[node][Int(cells[node])]
        }
        func text(_ index: Int64, _ texts: [String]) -> String {
            Cell.isMissing(index) ? "" : texts[Int(index)]
        }
        self.init(
            code: population.codes[firm], name: population.names[firm],
            town: text(population.town[firm], population.towns),
            industry: text(population.industry[firm], population.industries), cells: cells, texts: texts,
            statistics: FirmValues.statistics(
                of: graph, tables: evaluated.statistics, cohort: texts[graph.landmarks.cohort], texts: texts),
            given: Set(population.given.filter { $0.firm == firm }.map(\.node)))
    }

    /// Picks the firm's group from each statistic's table.
    package static func statistics(
        of graph: Graph, tables: [StatisticTable], cohort: String?, texts: [String?]
    ) -> [StatisticTable.Group?] {
        graph.statistics.indices.map { index in
            let statistic = graph.statistics[index]
            let by = statistic.by.map { node in
                texts[node].map { text in statistic.prefix.map { String(text.prefix($0)) } ?? text }
            }
            return tables[index].groups.first { group in
                if group.cohort >= 0, graph.cohorts[group.cohort].name != cohort { return false }
                if let by { return by == group.by }
                return true
            }
        }
    }
}
