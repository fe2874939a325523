package import Evaluation
import GRDB

/// The value of one node for one firm, with all that is needed to print it.
package struct FirmCell: Sendable, Equatable {
    /// A stored value, by the type of its node.
    package enum Value: Sendable, Equatable {
        /// A number times 10^decimals, days since 1970-01-01, or a flag.
        case integer(Int64)
        /// A category.
        case text(String)
        /// The cause is known for columns of feeds only.
        case missing(Missing?)
    }

    package let node: NodeRow
    package let value: Value
}

/// An entry of a method's catalogue of nodes.
package struct NodeRow: Sendable, Equatable {
    package let name: String
    package let label: String
    /// `column`, `measure`, `indicator`, `group`, `points`, `adjustment`, `score` or `standing`.
    package let section: String
    /// `number`, `category`, `day` or `flag`.
    package let type: String
    /// Symbol of a number's unit; `nil` for other types.
    package let unit: String?
    /// A number is stored times 10^decimals.
    package let decimals: Int
    /// In words; of a feed's column the feed and its department.
    package let formula: String
    /// The document that it rests on; may be empty.
    package let source: String
    /// Column of the values table; `nil` when `result` has the value.
    let valueColumn: String?
}

extension NodeRow: FetchableRecord {
    init(row: Row) throws {
        name = row["name"]
        label = row["label"]
        section = row["section"]
        type = row["type"]
        unit = row["unit"]
        decimals = row["decimals"]
        formula = row["formula"]
        source = row["source"]
        valueColumn = row["value_column"]
    }
}

extension Store {
    /// The nodes of a run's method, in the order of evaluation.
    package func nodes(_ run: RunSummary) throws(StoreError) -> [NodeRow] {
        try read { db in try Store.nodes(run, db) }
    }

    /// The values of one firm, in the order of evaluation; empty when the run has no such firm.
    package func firmCells(_ run: RunSummary, firm: Int64) throws(StoreError) -> [FirmCell] {
        try read { db in try Store.firmCells(run, firm: firm, db) }
    }

    private static func firmCells(_ run: RunSummary, firm: Int64, _ db: Database) throws -> [FirmCell] {
        let values = try Row.fetchOne(
            db, sql: "SELECT * FROM \(quoted(run.valuesTable)) WHERE run = ? AND firm = ?",
            arguments: [run.id, firm])
        guard let values else { return [] }
        let cause = try db.makeStatement(
            sql: "SELECT cause FROM missing_cause WHERE run = ? AND node = ? AND firm = ?")
        return try nodes(run, db).compactMap { node in
            guard let column = node.valueColumn else { return nil }
            let cell: DatabaseValue = values[column]
            switch cell.storage {
            case .int64(let number): return FirmCell(node: node, value: .integer(number))
            case .string(let text): return FirmCell(node: node, value: .text(text))
            case .null, .double, .blob:
                guard node.section == Node.Section.column.rawValue else {
                    return FirmCell(node: node, value: .missing(nil))
                }
                let word = try String.fetchOne(cause, arguments: [run.id, node.name, firm])
                let known = Missing.allCases.first { $0.word == word }
                return FirmCell(node: node, value: .missing(known ?? .noRow))
            }
        }
    }

    /// The values of one firm as the explanation of a method takes them; `nil` when the run has no such firm.
    /// - Parameter graph: the run's method, compiled from its text.
    package func firmValues(_ run: RunSummary, firm: Int64, graph: Graph) throws(StoreError) -> FirmValues? {
        // All from one state of the store: a new draft may take this run away at any moment.
        let found = try read { db in
            try FirmRow.fetch(firm, run, db).map { row in
                (row, try Store.firmCells(run, firm: firm, db), try StatisticRow.fetch(run, db))
            }
        }
        guard let (row, stored, statistics) = found else { return nil }
        let marks = graph.landmarks
        let values = Dictionary(stored.map { ($0.node.name, $0.value) }) { first, _ in first }
        var cells: [Int64] = []
        var texts: [String?] = []
        func add(_ cell: Int64?, _ text: String?) {
            cells.append(cell ?? (text == nil ? Missing.notApplicable.cell : 0))
            texts.append(text)
        }
        // A firm is unresolved, the last state, only where its scope is the first.
        let isUnresolved = row.state == graph.states.last?.name
        for (index, node) in graph.nodes.enumerated() {
            switch index {
            case marks.scope: add(nil, isUnresolved ? graph.states.first?.name : row.state)
            case marks.state: add(nil, row.state)
            case marks.cohort: add(nil, row.cohort)
            case marks.total: add(row.total, nil)
            case marks.rank: add(row.rank.map(Int64.init), nil)
            case marks.initialTier: add(nil, row.initialTier)
            case marks.tier: add(nil, row.tier)
            default:
                switch values[node.name] {
                case .integer(let number): add(number, nil)
                case .text(let text): add(nil, text)
                case .missing(let cause): add((cause ?? .notApplicable).cell, nil)
                case nil: add(nil, nil)
                }
            }
        }
        let tables = Store.tables(of: graph, statistics)
        return FirmValues(
            code: row.code, name: row.name, town: row.town ?? "", industry: row.industry ?? "", cells: cells,
            texts: texts,
            statistics: FirmValues.statistics(of: graph, tables: tables, cohort: row.cohort, texts: texts))
    }

    private static func tables(of graph: Graph, _ rows: [StatisticRow]) -> [StatisticTable] {
        let rows = Dictionary(grouping: rows, by: \.name)
        return graph.statistics.map { statistic in
            StatisticTable(
                groups: (rows[statistic.name] ?? []).map { row in
                    StatisticTable.Group(
                        cohort: graph.cohorts.firstIndex { $0.name == row.cohort } ?? -1, by: row.category,
                        value: row.value ?? Missing.noRow.cell, count: row.count)
                })
        }
    }

    private static func nodes(_ run: RunSummary, _ db: Database) throws -> [NodeRow] {
        try NodeRow.fetchAll(
            db, sql: "SELECT * FROM node WHERE method = ? ORDER BY position", arguments: [run.method])
    }
}
