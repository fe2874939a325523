import Evaluation
import GRDB

/// The tables with a few rows per run: statistics, cuts and counts.
struct SmallTables {
    private let evaluated: Evaluated
    private let run: Int64

    init(_ evaluated: Evaluated, run: Int64) {
        self.evaluated = evaluated
        self.run = run
    }

    func insert(_ db: Database) throws {
        try insertStatistics(db)
        try insertCuts(db)
        try insertAggregates(db)
    }

    private func insertStatistics(_ db: Database) throws {
        let insert = try db.makeStatement(sql: "INSERT INTO statistic VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        let cohorts = evaluated.graph.cohorts
        for (statistic, table) in zip(evaluated.graph.statistics, evaluated.statistics) {
            for group in table.groups {
                let cohort = cohorts.indices.contains(group.cohort) ? cohorts[group.cohort].name : ""
                try insert.execute(arguments: [
                    run, statistic.name, statistic.label, cohort, group.by, number(group.value),
                    statistic.decimals, scale(statistic.decimals), statistic.unit.symbol, group.count,
                ])
            }
        }
    }

    private func insertCuts(_ db: Database) throws {
        let graph = evaluated.graph
        let insert = try db.makeStatement(sql: "INSERT INTO cut VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for cut in evaluated.cuts {
            guard graph.cohorts.indices.contains(cut.cohort), graph.ranking.tiers.indices.contains(cut.tier)
            else { continue }
            try insert.execute(arguments: [
                run, graph.cohorts[cut.cohort].name, cut.part, cut.tier, graph.ranking.tiers[cut.tier],
                cut.base, cut.upTo, cut.firms, number(cut.lastTotal),
                graph.selection(of: cut.tier), cut.tied,
            ])
        }
    }

    private func insertAggregates(_ db: Database) throws {
        // Two entries of one name are one in the table.
        let insert = try db.makeStatement(
            sql: """
                INSERT INTO aggregate VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET firms = firms + excluded.firms
                """)
        let graph = evaluated.graph
        let tally = evaluated.tally
        func plain(_ kind: String, _ names: [String], _ counts: [Int]) throws {
            for (name, count) in zip(names, counts) {
                try insert.execute(arguments: [run, kind, name, "", count])
            }
        }
        func byTier(_ kind: String, _ names: [String], _ counts: [[Int]]) throws {
            for (name, counts) in zip(names, counts) {
                for (tier, count) in zip(graph.ranking.tiers, counts) {
                    try insert.execute(arguments: [run, kind, name, tier, count])
                }
            }
        }
        try plain("state", graph.states.map(\.name), tally.states)
        try plain("list", graph.lists.map(\.name), tally.lists)
        try byTier("cohort", graph.cohorts.map(\.name), tally.tiers)
        try byTier("town", evaluated.population.towns, tally.towns)
        try byTier("industry", evaluated.population.industries, tally.industries)
    }

    private func number(_ cell: Int64) -> Int64? { Cell.isMissing(cell) ? nil : cell }
}
