import Evaluation
import GRDB

/// A method in the store: its text, and the catalogue of what it names.
struct MethodRecord {
    let graph: Graph
    let text: String
    let meaningDigest: String
    let values: ValuesTable

    init(_ graph: Graph, text: String) {
        self.graph = graph
        self.text = text
        meaningDigest = Digest.of(graph.meaning)
        values = ValuesTable(graph, meaningDigest: meaningDigest)
    }

    /// Saves the method, unless this very file is there already.
    /// - Returns: the id of the method.
    func save(_ db: Database) throws -> Int64 {
        let textDigest = Digest.of(text)
        if let id = try Int64.fetchOne(
            db, sql: "SELECT id FROM method WHERE meaning_digest = ? AND text_digest = ?",
            arguments: [meaningDigest, textDigest])
        {
            return id
        }
        try db.execute(
            sql: """
                INSERT INTO method (meaning_digest, text_digest, name, title, note, text, values_table)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [meaningDigest, textDigest, graph.id, graph.title, graph.note, text, values.name])
        let id = db.lastInsertedRowID
        try saveNodes(id, db)
        try saveTerms(id, db)
        return id
    }

    private func saveNodes(_ method: Int64, _ db: Database) throws {
        let columns = values.columnNames(nodes: graph.nodes.count)
        let insert = try db.makeStatement(sql: "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (position, node) in graph.nodes.enumerated() {
            let type =
                switch node.type {
                case .number: "number"
                case .category: "category"
                case .day: "day"
                case .flag: "flag"
                }
            try insert.execute(arguments: [
                method, position, node.name, node.label, node.section.rawValue, type, node.unit?.symbol,
                node.decimals, graph.formula(of: node), node.source, columns[position],
            ])
        }
    }

    private func saveTerms(_ method: Int64, _ db: Database) throws {
        for (position, state) in graph.states.enumerated() {
            try db.execute(
                sql: "INSERT INTO state VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    method, position, state.name, state.label, state.accountingClass.rawValue,
                    state.accountingClass.label, state.source,
                ])
        }
        for (position, cohort) in graph.cohorts.enumerated() {
            try db.execute(
                sql: "INSERT INTO cohort VALUES (?, ?, ?, ?, ?)",
                arguments: [method, position, cohort.name, cohort.label, cohort.source])
        }
        for (position, list) in graph.lists.enumerated() {
            try db.execute(
                sql: "INSERT INTO list VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    method, position, list.name, list.label, list.audience.rawValue,
                    list.amount.map { graph.nodes[$0].name }, list.amount.map { graph.nodes[$0].decimals },
                ])
            for (position, ground) in list.grounds.enumerated() {
                try db.execute(
                    sql: "INSERT INTO ground VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [method, list.name, position, ground.name, ground.label, ground.source])
            }
        }
    }
}
