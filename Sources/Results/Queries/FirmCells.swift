package import Evaluation
import GRDB

/// The value of one node for one firm, with all that is needed to print it.
package struct FirmCell: Sendable, Equatable {
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
    package let decimals: Int
    package let formula: String
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
        try read { db in
            let values = try Row.fetchOne(
                db, sql: "SELECT * FROM \(quoted(run.valuesTable)) WHERE run = ? AND firm = ?",
                arguments: [run.id, firm])
            guard let values else { return [] }
            let cause = try db.makeStatement(
                sql: "SELECT cause FROM missing_cause WHERE run = ? AND node = ? AND firm = ?")
            return try Store.nodes(run, db).compactMap { node in
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
    }

    private static func nodes(_ run: RunSummary, _ db: Database) throws -> [NodeRow] {
        try NodeRow.fetchAll(
            db, sql: "SELECT * FROM node WHERE method = ? ORDER BY position", arguments: [run.method])
    }
}
