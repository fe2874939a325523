import Intake
import Testing

@testable import Evaluation

/// Two methods on the same random firms.
struct ComparedTrial {
    let way: MethodSteps
    let comparison: Comparison
    let end: Evaluated

    /// - Parameters: texts of method files of 2021.
    init(_ old: String, _ new: String, firms: Int, _ dice: inout Dice) throws {
        let asOf = try #require(Day("2022-05-31"))
        let way = try #require(
            MethodSteps(
                from: MethodFile.parse(old), to: MethodFile.parse(new), contracts: Shipped.contracts,
                dataYear: 2021, asOf: asOf))
        self.way = way
        let graphs = [way.start] + way.steps.map(\.graph)
        var columns: [FeedColumn: (CellColumn, [String])] = [:]
        var populations: [Population] = []
        for graph in graphs {
            let own = try graph.population((0..<firms).map { _ in graph.randomRow(&dice) })
            for (index, column) in graph.feedColumns.enumerated() where columns[column] == nil {
                columns[column] = (own.columns[index], own.dictionaries[index])
            }
            let chosen = graph.feedColumns.map { columns[$0] ?? (CellColumn([]), []) }
            populations.append(
                Population(
                    codes: own.codes, names: own.names, town: own.town, industry: own.industry,
                    towns: own.towns, industries: own.industries, columns: chosen.map(\.0),
                    dictionaries: chosen.map(\.1), manualDecisions: []))
        }
        let evaluated = try zip(graphs, populations).map { try $0.evaluate($1, concurrently: inOrder) }
        comparison = Comparison(
            firms: ComparedFirms(populations[0]), standings: evaluated.map { Standings($0) },
            steps: way.steps.map { step in
                Comparison.Step(name: step.kinds[0].name, label: step.kinds[0].label)
            })
        end = evaluated[evaluated.count - 1]
    }
}
