import Evaluation
import GRDB

/// The lists of a notice: each cohort by tier, with what is public of a firm. Inside a tier the firms stand in the order of
/// their codes, since the order of ranking would tell more.
struct NoticeLists {
    /// So many rows a page shows of a list; all are in its file.
    static let mostShown = 500

    let figures: NoticeFigures
    let db: Database

    private static let columns: [ExportTable.Column] = [
        .init(name: "name", header: "企业名称", kind: .text),
        .init(name: "code", header: "统一社会信用代码", kind: .code), .init(name: "town", header: "属地", kind: .text),
        .init(name: "cohort", header: "评价组", kind: .text), .init(name: "tier", header: "档次", kind: .text),
    ]

    /// Cohorts with a firm, and the name of the file of each.
    var files: [(cohort: NoticeFigures.Cohort, file: String)] {
        var files: [(cohort: NoticeFigures.Cohort, file: String)] = []
        for cohort in figures.cohorts where cohort.firms > 0 {
            let label = cohort.label.map { "/\\:*?\"<>|\0".contains($0) ? "_" : String($0) }.joined()
            let file = "名单-\(label).csv"
            // Two labels may be one without the signs that names of files do not have.
            files.append(
                (cohort, files.contains { $0.file == file } ? "名单-\(label)-\(cohort.name).csv" : file))
        }
        return files
    }

    func write(_ cohort: NoticeFigures.Cohort, to sink: @escaping ByteSink) throws {
        let table = ExportTable(
            name: "notice_\(cohort.name)", title: "\(cohort.label)评价结果", audience: .public,
            columns: Self.columns)
        var writer = try ExportWriter(ExportHead(table: table, run: figures.run), .csv, to: sink)
        try forEach(cohort, limit: -1) { name, code, town, tier in
            try writer.writeRow([
                .text(name), .text(code), town.isEmpty ? .empty : .text(town), .text(cohort.label),
                .text(tier),
            ])
        }
        _ = try writer.finalize()
    }

    func add(to page: inout Page) throws {
        for (cohort, file) in files {
            page.heading("附件：\(cohort.label)评价结果（\(cohort.firms)户）", level: 2)
            page.link("完整名单：\(file)", file: file)
            var rows: [[String]] = []
            try forEach(cohort, limit: Self.mostShown) { name, code, town, tier in
                rows.append([String(rows.count + 1), name, code, town, tier])
            }
            let cut = cohort.firms > Self.mostShown ? "，以下列前\(Self.mostShown)户" : ""
            page.table(
                "\(cohort.label)：共\(cohort.firms)户\(cut)", ["序号", "企业名称", "统一社会信用代码", "属地", "档次"], rows)
        }
    }

    private func forEach(
        _ cohort: NoticeFigures.Cohort, limit: Int, _ body: (String, String, String, String) throws -> Void
    ) throws {
        for (tier, firms) in cohort.tiers where firms > 0 {
            let before = cohort.tiers.prefix { $0.tier != tier }.reduce(0) { $0 + $1.firms }
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT name, code, town FROM result WHERE run = ? AND cohort = ? AND tier = ?
                    ORDER BY firm LIMIT ?
                    """,
                arguments: [figures.run.id, cohort.name, tier, limit < 0 ? -1 : max(0, limit - before)])
            while let row = try rows.next() { try body(row[0], row[1], row[2] ?? "", tier) }
        }
    }
}
