import Evaluation
import Intake

/// Which firms and towns have rows in which feeds.
struct FeedCoverage {
    struct Feed {
        let contract: FeedContract
        let relation: FeedContract.Relation
        /// Firms by whether a row of theirs counts, or one was refused.
        var with = 0
        var without = 0
        var refused = 0
        /// Firms of each town, and how many of them have rows.
        var towns: [(name: String, firms: Int, with: Int)]

        var title: String {
            relation.label.isEmpty ? contract.title : "\(contract.title)（\(relation.label)）"
        }

        /// Towns of which no firm has a row.
        var missingTowns: [String] { towns.filter { $0.firms > 0 && $0.with == 0 }.map(\.name) }
    }

    /// Whether only firms in scope are counted; not known before firms are evaluated.
    let isOfScope: Bool
    let firms: Int
    let feeds: [Feed]

    /// What must be asked of the feeds beside what the method asks: flows and snapshots, which should know every firm.
    static func columns(_ graph: Graph, feeds: Set<String>) -> [FeedColumn] {
        graph.contracts.enumerated().flatMap { index, contract -> [FeedColumn] in
            guard contract.name != FeedContract.registryName, contract.addsUp != .log,
                feeds.contains(contract.name)
            else { return [] }
            return contract.relations.indices.map {
                FeedColumn(feed: index, relation: $0, aggregate: .has, filter: nil)
            }
        }
    }

    /// - Parameters:
    ///   - population: with the columns of ``columns(_:feeds:)`` behind those of the method.
    ///   - evaluated: `nil` when the feeds are refused.
    init(_ graph: Graph, _ population: Population, _ asked: [FeedColumn], _ evaluated: Evaluated?) {
        isOfScope = evaluated != nil
        var counted = [Bool](repeating: true, count: population.count)
        if let evaluated {
            let states = evaluated.cells[graph.landmarks.state]
            for firm in counted.indices where !Cell.isMissing(states[firm]) {
                counted[firm] = graph.states[Int(states[firm])].accountingClass != .outOfScope
            }
        }
        firms = counted.count { $0 }
        let start = graph.feedColumns.count
        feeds = asked.enumerated().compactMap { index, column -> Feed? in
            guard population.columns.indices.contains(start + index) else { return nil }
            let cells = population.columns[start + index]
            let contract = graph.contracts[column.feed]
            var feed = Feed(
                contract: contract, relation: contract.relations[column.relation],
                towns: population.towns.map { ($0, 0, 0) })
            for firm in counted.indices where counted[firm] {
                let town = population.town[firm]
                let isKnown = !Cell.isMissing(town) && feed.towns.indices.contains(Int(town))
                if isKnown { feed.towns[Int(town)].firms += 1 }
                if Cell.isMissing(cells[firm]) {
                    feed.refused += 1
                } else if cells[firm] == 0 {
                    feed.without += 1
                } else {
                    feed.with += 1
                    if isKnown { feed.towns[Int(town)].with += 1 }
                }
            }
            return feed
        }
    }
}
