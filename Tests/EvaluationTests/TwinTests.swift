import Intake
import Testing

@testable import Evaluation

/// What another method's evaluation has already is taken from it; the results are those of computing everything.
@Suite struct TwinTests {
    private func expectSame(_ graph: Graph, after old: Graph, _ rows: [FirmRow], _ what: String) throws {
        func known(to graph: Graph) throws -> Population {
            let names = Set(graph.nodes.map(\.name))
            return try graph.population(rows.map { $0.filter { names.contains($0.key) } })
        }
        let earlier = try old.evaluate(try known(to: old), concurrently: inOrder)
        let population = try known(to: graph)
        let whole: Evaluated
        do throws(EvaluationError) {
            whole = try graph.evaluate(population, concurrently: inOrder)
        } catch {
            let again = #expect(throws: EvaluationError.self, "\(what)") {
                try graph.evaluate(population, after: earlier, concurrently: inOrder)
            }
            #expect(again?.message == error.message, "\(what)")
            return
        }
        let short = try graph.evaluate(population, after: earlier, concurrently: inOrder)
        for node in graph.nodes.indices {
            #expect(short.cells[node] == whole.cells[node], "\(what): \(graph.nodes[node].name)")
        }
        #expect(short.cuts == whole.cuts, "\(what)")
        #expect(short.decisions == whole.decisions, "\(what)")
        #expect(short.listEntries == whole.listEntries, "\(what)")
        #expect(
            short.statistics.map { $0.groups.map(\.value) } == whole.statistics.map { $0.groups.map(\.value) }
        )
    }

    @Test(arguments: MethodStepTests.changes)
    func oneChange(_ change: MethodStepTests.Change) throws {
        let old = try compiled(try Shipped.method("yongkang-2021"))
        let new = try compiled(try change.method())
        var dice = Dice(seed: 5)
        let rows = (0..<200).map { _ in
            old.randomRow(&dice).merging(new.randomRow(&dice)) { old, _ in old }
        }
        try expectSame(new, after: old, rows, change.testDescription)
    }

    @Test func aChangedQuotaLeavesAllValuesAlike() throws {
        let old = try compiled(try Shipped.method("yongkang-2021"))
        let quota = try #require(MethodStepTests.changes.first { $0.testDescription.contains("A: 30%") })
        let new = try compiled(try quota.method())
        let twins = new.twins(in: old)
        for (node, twin) in zip(new.nodes, twins) {
            switch node.rule {
            case .state, .rank, .initialTier, .tier: #expect(twin == nil, "\(node.name)")
            default: #expect(twin != nil, "\(node.name)")
            }
        }
    }

    @Test(arguments: Shipped.methods)
    func damaged(_ method: String) throws {
        let text = try Shipped.method(method)
        let old = try compiled(text)
        var compared = 0
        for round in 0..<60 {
            var dice = Dice(seed: UInt64(9_000_000 + round))
            guard let damaged = GarbageTests.damage(text, &dice), let root = try? MethodFile.parse(damaged),
                let new = Checker(root, contracts: Shipped.contracts).graph
            else { continue }
            compared += 1
            let rows = (0..<40).map { _ in
                old.randomRow(&dice).merging(new.randomRow(&dice)) { old, _ in old }
            }
            // Random rows may be refused (a baseline of nothing); then there is nothing to take over.
            guard (try? expectSame(new, after: old, rows, "\(method) \(round)")) != nil else { continue }
        }
        #expect(compared > 0)
    }
}
