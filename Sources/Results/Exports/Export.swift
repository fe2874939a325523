package import Evaluation
import GRDB

/// A named export: the ranking, or one of the lists of the method.
package struct ExportDescription: Sendable, Equatable {
    /// `ranking`, `rectification`, …
    package let name: String
    /// In Chinese, for people: 整治提升清单.
    package let title: String
    /// The widest audience that may see the file.
    package let audience: ListRule.Audience
}

extension Store {
    private static let ranking = ExportDescription(name: "ranking", title: "评价排名", audience: .office)

    /// The exports that a run has: its ranking, then the lists of its method in their order.
    package func exports(_ run: RunSummary) throws(StoreError) -> [ExportDescription] {
        try read { db in try Store.exports(run, db) }
    }

    static func exports(_ run: RunSummary, _ db: Database) throws -> [ExportDescription] {
        let lists = try Row.fetchAll(
            db, sql: "SELECT * FROM list WHERE method = ? ORDER BY position", arguments: [run.method])
        return [ranking]
            + lists.map { row in
                let audience = ListRule.Audience(rawValue: row["audience"]) ?? .office
                return ExportDescription(name: row["name"], title: row["label"], audience: audience)
            }
    }

    /// Writes an export, row by row, in the order of ranking; firms without a rank come last.
    /// - Parameters:
    ///   - name: name or title of one of ``exports(_:)``.
    ///   - filter: which firms of the table; its list is the export's.
    ///   - limit: how many rows at most; `nil` for all.
    ///   - offset: how many to skip.
    ///   - sink: takes the bytes; what it throws is passed on.
    /// - Returns: how many rows were written; `nil` when the run has no export of that name.
    /// - Throws: `StoreError`, or what the sink throws.
    package func export(
        _ name: String, _ run: RunSummary, _ filter: RankingFilter = .init(), as format: ExportFormat,
        limit: Int? = nil, offset: Int = 0, to sink: ByteSink
    ) throws -> Int? {
        do {
            return try queue.read { db in
                let exports = try Store.exports(run, db)
                guard
                    let description = exports.first(where: { $0.name == name })
                        ?? exports.first(where: { $0.title == name })
                else { return nil }
                return try withoutActuallyEscaping(sink) { sink in
                    try FirmExport(description, run, filter, db).write(as: format, limit, offset, to: sink)
                }
            }
        } catch let error as DatabaseError { throw StoreError(error, path: path, writing: false) }
    }
}

/// An export with a row per firm.
struct FirmExport {
    /// Why the firm is on the list, and what it is charged or granted.
    private struct Listing {
        var grounds: [(label: String, evidence: String)] = []
        var amount: Int64?
    }

    private struct Field {
        let column: ExportTable.Column
        /// The widest audience that may see it.
        let audience: ListRule.Audience
        let value: (FirmRow, Listing) -> ExportTable.Value
    }

    private let description: ExportDescription
    private let run: RunSummary
    private let filter: RankingFilter
    private let db: Database
    private let isList: Bool
    /// Columns that would be empty in this run.
    private let unused: Set<String>
    /// What the list says that a firm is charged or granted.
    private let amount: (header: String, decimals: Int)?

    init(_ description: ExportDescription, _ run: RunSummary, _ filter: RankingFilter, _ db: Database) throws
    {
        self.description = description
        self.run = run
        self.db = db
        isList = description.name != "ranking"
        unused = Set(
            try String.fetchAll(
                db,
                sql: """
                    SELECT 'part' WHERE NOT EXISTS (SELECT * FROM cut WHERE run = :run AND part <> '')
                    UNION ALL SELECT 'unit' FROM run WHERE id = :run AND units = 0
                    UNION ALL SELECT 'code_kind' WHERE NOT EXISTS (
                        SELECT * FROM result WHERE run = :run AND code >= 'Z' AND code < '[')
                    """,
                arguments: ["run": run.id]))
        amount = try Row.fetchOne(
            db,
            sql: """
                SELECT node.label, node.unit, list.amount_decimals FROM list
                    JOIN node ON node.method = list.method AND node.name = list.amount
                WHERE list.method = ? AND list.name = ?
                """, arguments: [run.method, description.name]
        ).map { row in
            let unit: String = row["unit"] ?? ""
            return ("\(row["label"] as String)（\(unit)）", row["amount_decimals"])
        }
        var filter = filter
        if isList {
            filter.list = description.name
            filter.includesUnranked = true
        }
        self.filter = filter
    }

    func write(
        as format: ExportFormat, _ limit: Int?, _ offset: Int, to sink: @escaping ByteSink
    ) throws -> Int {
        let fields = seen
        let table = ExportTable(
            name: description.name, title: description.title, audience: description.audience,
            columns: fields.map(\.column))
        var writer = try ExportWriter(ExportHead(table: table, run: run), format, to: sink)
        try forEach(limit, offset) { try writer.writeRow($0) }
        return try writer.finalize()
    }

    /// The first rows, with their columns, instead of a file.
    func rows(limit: Int) throws -> (columns: [ExportTable.Column], rows: [[ExportTable.Value]]) {
        var rows: [[ExportTable.Value]] = []
        try forEach(limit, 0) { rows.append($0) }
        return (seen.map(\.column), rows)
    }

    /// What the audience may see and the run has.
    private var seen: [Field] {
        fields.filter { $0.audience.mayReach(description.audience) && !unused.contains($0.column.name) }
    }

    private func forEach(_ limit: Int?, _ offset: Int, _ body: ([ExportTable.Value]) throws -> Void) throws {
        let fields = seen
        let (places, arguments) = try Store.places(run, filter, db)
        let firms = try FirmRow.fetchCursor(
            db,
            sql: """
                \(FirmRow.selection)
                FROM (SELECT place, firm \(places) ORDER BY place LIMIT :limit OFFSET :offset) AS shown
                    JOIN result ON result.run = :run AND result.firm = shown.firm
                    \(FirmRow.joins)
                ORDER BY shown.place
                """,
            arguments: arguments + ["method": run.method, "limit": limit ?? -1, "offset": max(0, offset)])
        let grounds = try db.makeStatement(
            sql: """
                SELECT ground.label, list_entry.evidence, list_entry.amount FROM list_entry
                    JOIN ground ON ground.method = ? AND ground.list = list_entry.list
                        AND ground.name = list_entry.ground
                WHERE list_entry.run = ? AND list_entry.list = ? AND list_entry.firm = ?
                ORDER BY ground.position
                """)
        while let firm = try firms.next() {
            var listing = Listing()
            if isList {
                let rows = try Row.fetchAll(
                    grounds, arguments: [run.method, run.id, description.name, firm.firm])
                listing = Listing(grounds: rows.map { ($0[0], $0[1]) }, amount: rows.first?["amount"])
            }
            try body(fields.map { $0.value(firm, listing) })
        }
    }

    /// A firm's name, code, town, cohort and tier are public; its figures are confidential by law.
    private var fields: [Field] {
        func text(_ text: String?) -> ExportTable.Value { text.map { .text($0) } ?? .empty }
        func number(_ number: Int64?) -> ExportTable.Value { number.map { .number($0) } ?? .empty }
        func field(
            _ name: String, _ header: String, _ kind: ExportTable.Column.Kind, _ audience: ListRule.Audience,
            _ value: @escaping (FirmRow, Listing) -> ExportTable.Value
        ) -> Field {
            Field(column: .init(name: name, header: header, kind: kind), audience: audience, value: value)
        }
        var fields = [
            field("code", "统一社会信用代码", .code, .public) { firm, _ in .text(firm.code) },
            // A firm without a licence has a key of the registry's own in place of a credit code.
            field("code_kind", "代码类型", .text, .public) { firm, _ in
                .text(CreditCode.isSurrogate(firm.code.utf8) ? "登记序号（非统一社会信用代码）" : "统一社会信用代码")
            },
            field("name", "企业名称", .text, .public) { firm, _ in .text(firm.name) },
            field("town", "属地", .text, .public) { firm, _ in text(firm.town) },
            field("industry", "行业代码", .code, .town) { firm, _ in text(firm.industry) },
            field("cohort", "评价组", .text, .public) { firm, _ in text(firm.cohortLabel ?? firm.cohort) },
            field("part", "分组", .text, .public) { firm, _ in text(firm.part) },
            field("unit", "合并评价", .text, .public) { firm, _ in text(firm.unit) },
            field("state", "评价状态", .text, .town) { firm, _ in .text(firm.stateLabel) },
            field("total", "总分", .decimal(run.totalDecimals), .office) { firm, _ in number(firm.total) },
            field("rank", "名次", .integer, .office) { firm, _ in number(firm.rank.map(Int64.init)) },
            field("initial_tier", "初定档次", .text, .town) { firm, _ in text(firm.initialTier) },
            field("tier", "档次", .text, .public) { firm, _ in text(firm.tier) },
        ]
        if let amount {
            fields.append(
                field("amount", amount.header, .decimal(amount.decimals), .supplier) { _, listing in
                    number(listing.amount)
                })
        }
        if isList {
            fields.append(
                field("grounds", "列入事由", .text, .town) { _, listing in
                    .text(listing.grounds.map(\.label).joined(separator: "；"))
                })
            fields.append(
                field("evidence", "依据", .text, .office) { _, listing in
                    .text(listing.grounds.map { "\($0.label)：\($0.evidence)" }.joined(separator: "。"))
                })
        }
        return fields
    }
}
