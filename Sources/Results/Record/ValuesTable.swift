import Evaluation
import GRDB

/// The wide table of a method's meaning: one row per run and firm, one column per node.
struct ValuesTable {
    struct Column {
        let node: Int
        let name: String
        let sqlType: String
    }

    let name: String
    let columns: [Column]

    /// Nodes that `result` holds are left out. A name that SQLite would not tell from another gets underscores.
    init(_ graph: Graph, meaningDigest: String) {
        name = "values_" + meaningDigest.prefix(12)
        let marks = graph.landmarks
        let inResult: Set = [
            marks.scope, marks.state, marks.cohort, marks.total, marks.rank, marks.initialTier, marks.tier,
        ]
        var taken: Set = ["run", "firm", "rowid", "oid", "_rowid_"]
        var columns: [Column] = []
        for (index, node) in graph.nodes.enumerated() where !inResult.contains(index) {
            var name = node.name
            while !taken.insert(name.lowercased()).inserted { name += "_" }
            columns.append(
                Column(node: index, name: name, sqlType: node.type == .category ? "TEXT" : "INTEGER"))
        }
        self.columns = columns
    }

    /// The name of each node's column; `nil` for those in `result`.
    func columnNames(nodes: Int) -> [String?] {
        var names: [String?] = Array(repeating: nil, count: nodes)
        for column in columns { names[column.node] = column.name }
        return names
    }

    var definition: String {
        let lines = columns.map { "    \(quoted($0.name)) \($0.sqlType)" }
        return """
            CREATE TABLE IF NOT EXISTS \(quoted(name)) (
                -- Values of a method, see node: numbers times 10^decimals, days since 1970-01-01.
                run INTEGER NOT NULL,
                firm INTEGER NOT NULL,
            \(lines.map { $0 + ",\n" }.joined())    PRIMARY KEY (run, firm)
            )
            """
    }

    /// The same values for people: decimals, and labels with units as headers.
    func view(_ graph: Graph) -> String {
        var taken: Set = ["run", "data_year", "code", "name"]
        var selections: [String] = []
        for column in columns {
            let node = graph.nodes[column.node]
            var header = node.label
            if let unit = node.unit, !unit.isOne { header += "（\(unit.symbol)）" }
            while !taken.insert(header.lowercased()).inserted { header += " [\(column.name)]" }
            let value = "v." + quoted(column.name)
            let shown =
                switch node.type {
                case .number where node.decimals > 0: "\(value) * 1.0 / \(scale(node.decimals))"
                case .day: "date(\(value) * 86400, 'unixepoch')"
                case .number, .flag, .category: value
                }
            selections.append("    \(shown) AS \(quoted(header))")
        }
        return """
            CREATE VIEW \(quoted(viewName)) AS
            -- \(name) with decimals, labels and units.
            SELECT run.data_year, run.id AS run, result.code, result.name\(selections.map { ",\n" + $0 }.joined())
            FROM \(quoted(name)) AS v
                JOIN run ON run.id = v.run
                JOIN result ON result.run = v.run AND result.firm = v.firm
            """
    }

    var viewName: String { "firm_" + name }

    /// The view under a name that people can guess: `firm_values_2021`, the latest run of a data year.
    private func viewOfYear(_ graph: Graph) -> (name: String, definition: String) {
        let name = "firm_values_\(graph.dataYear)"
        let definition = """
            CREATE VIEW \(quoted(name)) AS
            -- The values of the latest run of data year \(graph.dataYear).
            SELECT * FROM \(quoted(viewName))
            WHERE run = (SELECT max(id) FROM run WHERE data_year = \(graph.dataYear))
            """
        return (name, definition)
    }

    /// Makes the table, unless a run with the same meaning has made it, and its views anew: labels may differ.
    func make(_ graph: Graph, _ db: Database) throws {
        try db.execute(sql: definition)
        for (name, definition) in [(viewName, view(graph)), viewOfYear(graph)] {
            try db.execute(sql: "DROP VIEW IF EXISTS \(quoted(name))")
            try db.execute(sql: definition)
        }
    }

    /// The values of all firms.
    func insert(_ evaluated: Evaluated) -> BulkInsert {
        var sources: [(name: String, BulkInsert.Column)] = [("firm", .row)]
        for column in columns {
            let cells = evaluated.cells[column.node]
            let isCategory = evaluated.graph.nodes[column.node].type == .category
            sources.append(
                (
                    column.name,
                    isCategory ? .choices(cells, among: evaluated.dictionaries[column.node]) : .cells(cells)
                ))
        }
        return BulkInsert(into: name, count: evaluated.population.count, sources)
    }
}

/// 10^places; places are at most 15.
func scale(_ places: Int) -> Int64 {
    DecimalText.powersOfTen[min(max(0, places), 18)]
}
