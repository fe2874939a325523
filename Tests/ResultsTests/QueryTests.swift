import Evaluation
import GRDB
import Testing

@testable import Results

@Suite struct QueryTests {
    private let workshop: Workshop
    private let store: Store
    private let evaluated: Evaluated
    private let run: RunSummary

    init() throws {
        workshop = try Workshop()
        store = try Store(opening: workshop.path, for: .writing)
        evaluated = InventedCounty(firms: 300).evaluated
        run = try store.record(evaluated, workshop.record(store)).run
    }

    /// What a filter must leave, found without the store.
    private func expected(_ filter: RankingFilter) -> [Int64] {
        let graph = evaluated.graph
        let marks = graph.landmarks
        func text(_ index: Int64, _ texts: [String]) -> String? {
            Cell.isMissing(index) ? nil : texts[Int(index)]
        }
        let firms = (0..<evaluated.population.count).filter { firm in
            let rank = evaluated.cells[marks.rank][firm]
            if Cell.isMissing(rank), !filter.includesUnranked { return false }
            let population = evaluated.population
            if let cohort = filter.cohort,
                text(evaluated.cells[marks.cohort][firm], graph.cohorts.map(\.name)) != cohort
            {
                return false
            }
            if let town = filter.town, text(population.town[firm], population.towns) != town { return false }
            if let industry = filter.industry,
                text(population.industry[firm], population.industries)?.hasPrefix(industry) != true
            {
                return false
            }
            if let tier = filter.tier, text(evaluated.cells[marks.tier][firm], graph.ranking.tiers) != tier {
                return false
            }
            if let list = filter.list {
                let index = graph.lists.firstIndex { $0.name == list }
                return evaluated.listEntries.contains { $0.firm == firm && $0.list == index }
            }
            return true
        }
        func key(_ firm: Int) -> (Int64, Int64, Int) {
            let cohort = evaluated.cells[marks.cohort][firm]
            let rank = evaluated.cells[marks.rank][firm]
            return (Cell.isMissing(cohort) ? .max : cohort, Cell.isMissing(rank) ? .max : rank, firm)
        }
        return firms.sorted { key($0) < key($1) }.map(Int64.init)
    }

    @Test(arguments: [
        RankingFilter(), RankingFilter(cohort: "above"), RankingFilter(cohort: "below", tier: "B"),
        RankingFilter(town: "古山镇"), RankingFilter(industry: "33"), RankingFilter(industry: "3465", tier: "A"),
        RankingFilter(list: "rectification"), RankingFilter(cohort: "none"),
        RankingFilter(list: "elimination_candidate", includesUnranked: true),
        RankingFilter(includesUnranked: true), RankingFilter(town: "'; DROP TABLE run; --"),
    ])
    func rankingIsFilteredAndOrdered(filter: RankingFilter) throws {
        let expected = expected(filter)
        #expect(try store.ranking(run, filter).map(\.firm) == expected)
        if let count = try store.count(run, filter) { #expect(count == expected.count) }
        #expect(
            try store.ranking(run, filter, limit: 7, offset: 3).map(\.firm)
                == Array(expected.dropFirst(3).prefix(7)))
    }

    @Test func plainFiltersAreCounted() throws {
        for filter in [
            RankingFilter(), RankingFilter(cohort: "below", tier: "B"), RankingFilter(industry: "33"),
        ] {
            #expect(try store.count(run, filter) == expected(filter).count)
        }
        let listed = RankingFilter(list: "elimination_candidate", includesUnranked: true)
        #expect(try store.count(run, listed) == expected(listed).count)
        #expect(try store.count(run, RankingFilter(town: "古山镇", list: "rectification")) == nil)
    }

    @Test func firmsAreFoundByCodeAndPartOfTheName() throws {
        let code = evaluated.population.codes[17]
        #expect(try store.firms(matching: code, run, limit: 10).map(\.firm) == [17])
        let all = try store.firms(matching: "五金制品", run, limit: 1000)
        #expect(all.map(\.firm) == Array(0..<300))
        #expect(try store.firms(matching: "100%", run, limit: 10).isEmpty)
        #expect(try store.firms(matching: "五金", run, limit: 5).count == 5)
    }

    @Test func standingNamesTheNeighboursAtTheCuts() throws {
        let first = try #require(try store.ranking(run, RankingFilter(cohort: "below"), limit: 1).first)
        let standing = try #require(try store.firmStanding(run, firm: first.firm))
        #expect(standing.result == first)
        #expect(standing.cuts.map(\.cut.tier) == ["A", "B"])
        #expect(standing.cuts[0].last?.rank == 1)
        #expect(standing.cuts[0].next?.rank == 2)
        #expect(standing.cuts[1].last?.rank == 4)
        #expect(try store.firmStanding(run, firm: 1_000_000) == nil)
        #expect(try store.firmCells(run, firm: -1).isEmpty)
    }

    @Test func standingHoldsDecisionsAndGrounds() throws {
        let entry = try #require(evaluated.listEntries.last)
        let standing = try #require(try store.firmStanding(run, firm: Int64(entry.firm)))
        #expect(standing.entries.contains { $0.list == "elimination_candidate" && !$0.evidence.isEmpty })
        let decision = try #require(evaluated.decisions.first)
        let decided = try #require(try store.firmStanding(run, firm: Int64(decision.firm)))
        #expect(decided.decisions.map(\.name) == ["accident", "manual"])
        #expect(decided.decisions.map(\.isOverruled) == [false, true])
        #expect(decided.decisions.first?.effect == "not_above")
    }
}
