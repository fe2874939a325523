package import Evaluation
import GRDB

/// Everything that a report shows of a run, read from one state of the store.
struct ReportFigures {
    /// Firms of a list, as its export shows them to the audience of the report.
    struct Listing {
        let name: String
        let title: String
        /// Whose eyes it is for.
        let audience: ListRule.Audience
        let firms: Int
        /// Empty where the report's audience may not see the list.
        let columns: [ExportTable.Column]
        let rows: [[ExportTable.Value]]
        let isShown: Bool
    }

    /// Rows of a list that a report prints.
    static let listed = 100

    let run: RunSummary
    let graph: Graph
    let audience: ListRule.Audience
    let states: [AggregateRow]
    let cohorts: TierCounts
    let towns: TierCounts
    let sections: TierCounts
    let divisions: TierCounts
    let cuts: [CutRow]
    let scan: FirmScan
    let lists: [Listing]
    let quality: FeedQuality

    init(_ run: RunSummary, graph: Graph, audience: ListRule.Audience, _ db: Database) throws {
        self.run = run
        self.graph = graph
        self.audience = audience
        let tiers = graph.ranking.tiers
        states = try AggregateRow.fetch(run, .state, db)
        cohorts = TierCounts(tiers: tiers, try AggregateRow.fetch(run, .cohort, db), name: \.label)
        towns = TierCounts(tiers: tiers, try AggregateRow.fetch(run, .town, db), name: \.name).largestFirst
        let industries = try AggregateRow.fetch(run, .industry, db)
        divisions =
            TierCounts(tiers: tiers, industries) { row in
                let division = String(row.name.prefix(2))
                return Industry.division(division).map { "\(division) \($0)" } ?? division
            }.largestFirst
        sections =
            TierCounts(tiers: tiers, industries) { row in
                Industry.section(of: row.name).map { "\($0.letter) \($0.name)" } ?? "其他代码"
            }.largestFirst
        cuts = try CutRow.fetch(run, db)
        scan = try FirmScan(
            run, graph: graph, earlier: EarlierTiers(before: run, graph: graph, db), db)
        let counts = try AggregateRow.fetch(run, .list, db)
        lists = try Store.exports(run, db).filter { $0.name != "ranking" }.map { list in
            let firms = counts.first { $0.name == list.name }?.firms ?? 0
            let isShown = list.audience.mayReach(audience)
            let seen = ExportDescription(name: list.name, title: list.title, audience: audience)
            let table =
                isShown
                ? try FirmExport(seen, run, .init(), db).rows(limit: ReportFigures.listed) : ([], [])
            return Listing(
                name: list.name, title: list.title, audience: list.audience, firms: firms,
                columns: table.0, rows: table.1, isShown: isShown)
        }
        quality = try FeedQuality(run, contracts: graph.contracts, db)
    }

    /// Below so many firms a distribution tells what single firms have, which only the office may know.
    static let fewest = 10

    func mayShowValues(of firms: Int) -> Bool { audience == .office || firms >= ReportFigures.fewest }
}

extension Store {
    /// The page about a run for people who look rather than read (评价结果图表): one HTML file that needs nothing else.
    /// - Parameters:
    ///   - graph: the run's method, compiled from its text.
    ///   - audience: who may see the page; lists and columns above it are left out.
    package func report(
        _ run: RunSummary, graph: Graph, audience: ListRule.Audience
    ) throws(StoreError) -> String {
        let figures = try read { db in try ReportFigures(run, graph: graph, audience: audience, db) }
        return ReportPage(figures).text
    }
}
