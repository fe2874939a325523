import Evaluation
import GRDB

/// The exports about objections: those themselves by state, and what changed since the notice, each with its reasons.
package enum ObjectionExport: String, CaseIterable, Sendable {
    case objections
    case changes

    var title: String {
        switch self {
        case .objections: "异议处理情况"
        case .changes: "较公示变化"
        }
    }
}

extension Store {
    /// Writes an export about objections.
    /// - Returns: how many rows were written.
    /// - Throws: `StoreError`, or what the sink throws.
    package func export(
        _ export: ObjectionExport, _ run: RunSummary, as format: ExportFormat, to sink: ByteSink
    ) throws -> Int {
        do {
            return try queue.read { db in
                let rows = try ObjectionTables(export, run, db)
                let (columns, values) = export == .objections ? rows.objections() : rows.changes()
                let table = ExportTable(
                    name: export.rawValue, title: export.title, audience: .office, columns: columns)
                return try withoutActuallyEscaping(sink) { sink in
                    var writer = try ExportWriter(ExportHead(table: table, run: run), format, to: sink)
                    for row in values { try writer.writeRow(row) }
                    return try writer.finalize()
                }
            }
        } catch let error as DatabaseError { throw StoreError(error, path: path, writing: false) }
    }
}

/// Rows of both exports.
private struct ObjectionTables {
    private struct Decision: Hashable {
        let label: String
        let effect: String
        let tier: String
        let reason: String
        let document: String
    }

    private let objected: [Objection]
    private let since: SinceNotice
    /// By code: name and town of the firms that are named.
    private let firms: [String: (name: String, town: String)]
    /// By code: what was decided by rule or by hand and was not so in the notice.
    private let decided: [String: [Decision]]

    init(_ export: ObjectionExport, _ run: RunSummary, _ db: Database) throws {
        objected = try ObjectionRows.fetch(run.id, db)
        since = try SinceNotice(run, of: export == .objections ? Set(objected.map(\.code)) : nil, db)
        let firm = try db.makeStatement(sql: "SELECT name, town FROM result WHERE run = ? AND code = ?")
        var firms: [String: (String, String)] = [:]
        for code in Set(objected.map(\.code) + since.changes.map(\.firm)) {
            guard let row = try Row.fetchOne(firm, arguments: [run.id, code]) else { continue }
            firms[code] = (row["name"], row["town"] ?? "")
        }
        self.firms = firms
        let decisions = try db.makeStatement(
            sql: """
                SELECT decision_applied.* FROM result JOIN decision_applied USING (run, firm)
                WHERE result.run = ? AND result.code = ? AND overruled = 0 ORDER BY position
                """)
        func effective(_ run: Int64, _ code: String) throws -> [Decision] {
            try Row.fetchAll(decisions, arguments: [run, code]).map { row in
                Decision(
                    label: row["label"], effect: row["effect"], tier: row["tier"], reason: row["reason"],
                    document: row["document"])
            }
        }
        var decided: [String: [Decision]] = [:]
        for code in firms.keys {
            let old = try since.notice.map { Set(try effective($0.run, code)) } ?? []
            decided[code] = try effective(run.id, code).filter { !old.contains($0) }
        }
        self.decided = decided
    }

    private func column(
        _ name: String, _ header: String, _ kind: ExportTable.Column.Kind = .text
    ) -> ExportTable.Column { .init(name: name, header: header, kind: kind) }

    private func text(_ text: String) -> ExportTable.Value { text.isEmpty ? .empty : .text(text) }

    func objections() -> ([ExportTable.Column], [[ExportTable.Value]]) {
        let columns = [
            column("outcome", "处理结果"), column("code", "统一社会信用代码", .code), column("name", "企业名称"),
            column("town", "属地"), column("subject", "异议事项"), column("grounds", "事由", .prose),
            column("evidence", "证据文件"), column("date", "提出日期"), column("document", "处理文件"),
            column("decided", "处理日期"), column("explanation", "处理说明", .prose),
            column("decision", "相应认定", .prose), column("change", "较公示变化", .prose),
        ]
        var changed: [String: [String]] = [:]
        for change in since.changes { changed[change.firm, default: []].append(change.text) }
        func place(_ objection: Objection) -> Int {
            Objection.outcomes.firstIndex(of: objection.outcome) ?? Objection.outcomes.count
        }
        // Those of one state keep the order of the firms.
        let ordered = objected.enumerated().sorted {
            (place($0.element), $0.offset) < (place($1.element), $1.offset)
        }.map(\.element)
        let rows = ordered.map { row -> [ExportTable.Value] in
            let firm = firms[row.code]
            // Of the same document; a decision that names another was not made because of this objection.
            let own = (decided[row.code] ?? []).filter {
                !row.document.isEmpty && $0.document == row.document
            }
            let change = since.notice == nil ? "" : changed[row.code]?.joined(separator: "；") ?? "无变化"
            return [
                text(row.outcome), text(row.code), text(firm?.name ?? ""), text(firm?.town ?? ""),
                text(row.subject), text(row.grounds), text(row.evidence), text(row.date), text(row.document),
                text(row.decidedOn), text(row.explanation),
                text(own.map { "\($0.label)：\($0.reason)" }.joined(separator: "；")), text(change),
            ]
        }
        return (columns, rows)
    }

    func changes() -> ([ExportTable.Column], [[ExportTable.Value]]) {
        let columns = [
            column("code", "统一社会信用代码", .code), column("name", "企业名称"), column("town", "属地"),
            column("item", "变化事项"), column("old", "公示"), column("new", "现在"), column("why", "变化原因", .prose),
            column("documents", "依据文件", .prose), column("notice", "公示文号"),
        ]
        let upheld = Dictionary(
            grouping: objected.filter { ["成立", "部分成立"].contains($0.outcome) }, by: \.code)
        let rows = since.changes.map { change -> [ExportTable.Value] in
            let (objections, decisions) = (upheld[change.firm] ?? [], decided[change.firm] ?? [])
            let why =
                objections.map { "异议\($0.outcome)：\($0.subject)，\($0.grounds)" }
                + decisions.map { "认定：\($0.label)\($0.reason.isEmpty ? "" : "，\($0.reason)")" }
            var documents: [String] = []
            for document in objections.map(\.document) + decisions.map(\.document)
            where !document.isEmpty && !documents.contains(document) { documents.append(document) }
            return [
                text(change.firm), text(change.name), text(firms[change.firm]?.town ?? ""), text(change.item),
                text(change.old), text(change.new),
                // What moves a firm that nobody spoke of is a delivery, the method, or its neighbours.
                text(why.isEmpty ? "数据、办法或其他企业变动" : why.joined(separator: "；")),
                text(documents.joined(separator: "；")), text(since.notice?.document ?? ""),
            ]
        }
        return (columns, rows)
    }
}
