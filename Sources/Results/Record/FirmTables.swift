import Evaluation
import GRDB

/// The large tables besides the values: results, their order, why values are missing, decisions, list entries.
struct FirmTables {
    let evaluated: Evaluated

    var result: BulkInsert {
        let population = evaluated.population
        let graph = evaluated.graph
        let state = evaluated.cells[graph.landmarks.state]
        return BulkInsert(
            into: "result", count: population.count,
            [
                ("firm", .row), ("code", .texts(population.codes)),
                ("name", .texts(population.names)), ("town", town), ("industry", industry),
                ("cohort", cohort),
                ("state", .choices(state, among: graph.states.map(\.name))),
                ("class", .choices(state, among: graph.states.map(\.accountingClass.rawValue))),
                ("total", .cells(evaluated.cells[graph.landmarks.total])), ("rank", rank),
                ("initial_tier", tier(graph.landmarks.initialTier)), ("tier", tier(graph.landmarks.tier)),
                ("part", .choices(evaluated.parts.column, among: evaluated.parts.texts)), ("unit", unit),
            ])
    }

    var placing: BulkInsert {
        BulkInsert(
            into: "placing", count: evaluated.population.count, order: FirmOrder.placing(evaluated),
            [
                ("place", .position), ("firm", .row), ("cohort", cohort),
                ("rank", .cells(evaluated.leadingRanks)),
                ("tier", tier(evaluated.graph.landmarks.tier)), ("town", town), ("industry", industry),
            ])
    }

    private var unit: BulkInsert.Column {
        .choices(
            evaluated.merged?.unit ?? CellColumn.missing(evaluated.population.count),
            among: evaluated.merged?.names ?? [])
    }

    private var town: BulkInsert.Column {
        .choices(evaluated.population.town, among: evaluated.population.towns)
    }

    private var industry: BulkInsert.Column {
        .choices(evaluated.population.industry, among: evaluated.population.industries)
    }

    private var cohort: BulkInsert.Column {
        .choices(
            evaluated.cells[evaluated.graph.landmarks.cohort], among: evaluated.graph.cohorts.map(\.name))
    }

    private var rank: BulkInsert.Column { .cells(evaluated.cells[evaluated.graph.landmarks.rank]) }

    private func tier(_ node: Int) -> BulkInsert.Column {
        .choices(evaluated.cells[node], among: evaluated.graph.ranking.tiers)
    }

    /// Only what cannot be told from an empty cell: a missing value of a feed whose cause is not "no row".
    var missingCauses: BulkInsert {
        let graph = evaluated.graph
        let nodes = graph.nodes.indices.filter {
            if case .column = graph.nodes[$0].rule { true } else { false }
        }.sorted { graph.nodes[$0].name.utf8.lexicographicallyPrecedes(graph.nodes[$1].name.utf8) }
        var names: [Int64] = []
        var firms: [Int64] = []
        var causes: [Int64] = []
        for (index, node) in nodes.enumerated() {
            let cells = evaluated.cells[node]
            for firm in cells.indices where cells[firm] < 0 {
                guard let cause = Cell.cause(cells[firm]), cause != .noRow else { continue }
                names.append(Int64(index))
                firms.append(Int64(firm))
                causes.append(Int64(cause.rawValue))
            }
        }
        return BulkInsert(
            into: "missing_cause", count: firms.count,
            [
                ("node", .choices(CellColumn(names), among: nodes.map { graph.nodes[$0].name })),
                ("firm", .cells(CellColumn(firms))),
                ("cause", .choices(CellColumn(causes), among: Missing.allCases.map(\.word))),
            ])
    }

    var decisions: BulkInsert {
        let all = evaluated.decisions
        let words = all.map { $0.effect.words(evaluated.graph) }
        var positions: [Int64] = []
        for (index, decision) in all.enumerated() {
            let isNext = index > 0 && all[index - 1].firm == decision.firm
            positions.append(isNext ? positions[index - 1] + 1 : 0)
        }
        return BulkInsert(
            into: "decision_applied", count: all.count,
            [
                ("firm", .cells(CellColumn(all.map { Int64($0.firm) }))),
                ("position", .cells(CellColumn(positions))),
                ("name", .texts(TextColumn(all.lazy.map(\.name)))),
                ("label", .texts(TextColumn(all.lazy.map(\.label)))),
                ("effect", .texts(TextColumn(words.lazy.map(\.effect)))),
                ("tier", .texts(TextColumn(words.lazy.map(\.tier)))),
                ("priority", .cells(CellColumn(all.map { Int64($0.priority) }))),
                ("overruled", .cells(CellColumn(all.map { $0.isOverruled ? 1 : 0 }))),
                ("reason", .texts(TextColumn(all.lazy.map(\.reason)))),
                ("document", .texts(TextColumn(all.lazy.map(\.document)))),
            ])
    }

    /// - Parameter order: see ``FirmOrder/listEntries(_:)``.
    func listEntries(order: [Int], evidence: TextColumn) -> BulkInsert {
        let lists = evaluated.graph.lists
        let entries = evaluated.listEntries
        // The grounds of all lists in one dictionary, each list's after those of the lists before it.
        var starts: [Int] = []
        var grounds: [String] = []
        for list in lists {
            starts.append(grounds.count)
            grounds += list.grounds.map(\.name)
        }
        return BulkInsert(
            into: "list_entry", count: order.count,
            [
                (
                    "list",
                    .choices(CellColumn(order.map { Int64(entries[$0].list) }), among: lists.map(\.name))
                ),
                ("firm", .cells(CellColumn(order.map { Int64(entries[$0].firm) }))),
                (
                    "ground",
                    .choices(
                        CellColumn(order.map { Int64(starts[entries[$0].list] + entries[$0].ground) }),
                        among: grounds)
                ),
                ("evidence", .texts(evidence)),
                (
                    "amount",
                    .cells(
                        CellColumn(order.map { evaluated.amount(of: entries[$0]) }))
                ),
            ])
    }
}

extension Evaluated {
    /// What the list says that the firm is charged or granted; missing where it says nothing.
    func amount(of entry: ListEntry) -> Int64 {
        // What a unit is charged, its leading firm is charged, and once.
        guard let amount = graph.lists[entry.list].amount, merged?.leads(entry.firm) ?? true else {
            return Missing.notApplicable.cell
        }
        return cells[amount][entry.firm]
    }

    /// The ranks of firms that stand for themselves, or for those that are evaluated with them.
    var leadingRanks: CellColumn {
        let rank = cells[graph.landmarks.rank]
        guard let merged else { return rank }
        return CellColumn(rank.indices.map { merged.leads($0) ? rank[$0] : Missing.notApplicable.cell })
    }
}

extension Missing {
    /// The cause as tables name it.
    var word: String {
        switch self {
        case .noRow: "no_row"
        case .blank: "blank"
        case .divisionByZero: "division_by_zero"
        case .undefined: "undefined"
        case .notApplicable: "not_applicable"
        case .refusedRow: "refused_row"
        }
    }
}
