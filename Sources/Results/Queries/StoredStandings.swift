package import Evaluation
import GRDB

extension Store {
    /// Where every firm of a run stands, as the store holds it.
    /// - Parameter graph: the run's method, compiled from its text.
    package func standings(
        _ run: RunSummary, graph: Graph
    ) throws(StoreError) -> (firms: ComparedFirms, standings: Standings) {
        try read { db in
            var codes = TextColumn()
            var names = TextColumn()
            var towns = Numbers()
            var industries = Numbers()
            var columns = [[Int64]](repeating: [], count: 5)
            func place(_ text: String?, _ known: [String]) -> Int64 {
                text.flatMap { known.firstIndex(of: $0) }.map(Int64.init) ?? Missing.notApplicable.cell
            }
            let states = graph.states.map(\.name)
            let cohorts = graph.cohorts.map(\.name)
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT code, name, town, industry, state, cohort, total, rank, tier FROM result
                    WHERE run = ? ORDER BY firm
                    """, arguments: [run.id])
            while let row = try rows.next() {
                codes.append((row[0] as String).utf8)
                names.append((row[1] as String).utf8)
                towns.append(row[2])
                industries.append(row[3])
                let total: Int64? = row[6]
                let rank: Int64? = row[7]
                let cells = [
                    place(row[4], states), place(row[5], cohorts), total ?? Missing.notApplicable.cell,
                    rank ?? Missing.notApplicable.cell, place(row[8], graph.ranking.tiers),
                ]
                for (index, cell) in cells.enumerated() { columns[index].append(cell) }
            }
            let lists = try graph.lists.map { list in
                Standings.List(
                    term: .init(name: list.name, label: list.label),
                    firms: try Int32.fetchAll(
                        db,
                        sql: "SELECT DISTINCT firm FROM list_entry WHERE run = ? AND list = ? ORDER BY firm",
                        arguments: [run.id, list.name]))
            }
            let firms = ComparedFirms(
                codes: codes, names: names, town: CellColumn(towns.cells),
                industry: CellColumn(industries.cells), towns: towns.texts, industries: industries.texts)
            let standings = Standings(
                cohorts: graph.cohorts.map { .init(name: $0.name, label: $0.label) },
                states: graph.states.map { .init(name: $0.name, label: $0.label) },
                tiers: graph.ranking.tiers, decimals: run.totalDecimals, state: CellColumn(columns[0]),
                cohort: CellColumn(columns[1]), total: CellColumn(columns[2]), rank: CellColumn(columns[3]),
                tier: CellColumn(columns[4]), lists: lists)
            return (firms, standings)
        }
    }

    /// Texts as numbers, in the order in which they come.
    private struct Numbers {
        private(set) var texts: [String] = []
        private(set) var cells: [Int64] = []
        private var known: [String: Int64] = [:]

        mutating func append(_ text: String?) {
            guard let text else {
                cells.append(Missing.noRow.cell)
                return
            }
            if let number = known[text] {
                cells.append(number)
            } else {
                let number = Int64(texts.count)
                known[text] = number
                texts.append(text)
                cells.append(number)
            }
        }
    }
}
