import Dispatch
import Testing

@testable import Evaluation

/// The same firms give the same values whatever the threads, and whatever the order of the firms.
@Suite struct ThreadTests {
    /// Small totals, so that ties and cuts meet.
    private func rows(_ graph: Graph, _ count: Int) -> [FirmRow] {
        var dice = Dice(seed: 7)
        let kinds = (0..<400).map { _ in graph.randomRow(&dice) }
        return (0..<count).map { _ in dice.one(of: kinds) }
    }

    @Test(arguments: Shipped.methods)
    func oneThreadAgainstMany(_ method: String) throws {
        let graph = try Shipped.graph(method)
        let population = try graph.population(rows(graph, 12_000))
        let alone = try graph.evaluate(population, concurrently: inOrder)
        let together = try graph.evaluate(population) { count, body in
            DispatchQueue.concurrentPerform(iterations: count) { body($0) }
        }
        let backwards = try graph.evaluate(population) { count, body in
            for index in (0..<count).reversed() { body(index) }
        }
        for other in [together, backwards] {
            #expect(alone.cells == other.cells)
            #expect(alone.dictionaries == other.dictionaries)
            #expect(alone.cuts == other.cuts)
            #expect(alone.decisions == other.decisions)
            #expect(alone.listEntries == other.listEntries)
            for (a, b) in zip(alone.statistics, other.statistics) {
                #expect(a.groups.map(\.value) == b.groups.map(\.value))
                #expect(a.groups.map(\.count) == b.groups.map(\.count))
            }
        }
        var classes = [0, 0, 0, 0]
        for (state, count) in zip(graph.states, alone.tally.states) {
            classes[State.AccountingClass.allCases.firstIndex(of: state.accountingClass) ?? 0] += count
        }
        #expect(classes.reduce(0, +) == population.count)
        let ranked = alone.tally.tiers.joined().reduce(0, +)
        #expect(alone.merged == nil ? ranked == classes[0] : ranked <= classes[0])
        if method == "yongkang-2021" { #expect(classes.allSatisfy { $0 > 0 }, "\(classes)") }
    }

    @Test(arguments: Shipped.methods)
    func permutedFirms(_ method: String) throws {
        let graph = try Shipped.graph(method)
        let firms = rows(graph, 300)
        var dice = Dice(seed: 11)
        let order = Array(firms.indices).shuffled(using: &dice)
        let straight = try graph.evaluate(firms)
        let permuted = try graph.evaluate(order.map { firms[$0] })
        for node in graph.nodes {
            let a = try straight.texts(node.name)
            let b = try permuted.texts(node.name)
            #expect(order.map { a[$0] } == b, "\(node.name)")
        }
        #expect(
            Set(straight.listEntries.map { [$0.list, $0.firm, $0.ground] })
                == Set(permuted.listEntries.map { [$0.list, order[$0.firm], $0.ground] }))
    }
}
