import Evaluation
import GRDB

/// A value that a firm is asked to confirm, and where it comes from.
package struct ConfirmedValue: Sendable {
    /// Name of the node.
    package let name: String
    /// Departments and feeds, 税务局 and 税收; of a measure those of all columns that it is made of.
    package let departments: [String]
    package let feeds: [String]
    /// What the feeds speak of: `2021-01—2021-12`, `2022-03-31`.
    package let periods: [String]
    /// How a measure is computed, in words; empty for a column of a feed.
    package let formula: String
    /// Names of the columns of feeds that it is made of; of a column its own.
    package let columns: [String]

    package init(
        name: String, departments: [String], feeds: [String], periods: [String], formula: String,
        columns: [String]
    ) {
        self.name = name
        self.departments = departments
        self.feeds = feeds
        self.periods = periods
        self.formula = formula
        self.columns = columns
    }
}

extension Store {
    /// Sheets of one book at most: more are slow to open.
    package static let sheetsPerBook = 1000

    /// The towns of a run's firms in scope with how many there are; empty for those of no town.
    package func confirmationTowns(_ run: RunSummary) throws(StoreError) -> [(town: String, firms: Int)] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT coalesce(town, '') AS town, count(*) AS firms FROM result
                    WHERE run = ? AND class <> 'out_of_scope' GROUP BY 1 ORDER BY 1
                    """, arguments: [run.id]
            ).map { ($0["town"], $0["firms"]) }
        }
    }

    /// Writes a book with a sheet per firm, in order of code, and a table of contents before them.
    /// - Parameters:
    ///   - town: of which firms; empty for those of no town.
    ///   - part: which thousand of them, from 0.
    ///   - values: what is to be confirmed, in this order.
    package func writeConfirmation(
        _ run: RunSummary, county: String, town: String, part: Int, _ values: [ConfirmedValue],
        to sink: ByteSink
    ) throws {
        let nodes = Dictionary(try self.nodes(run).map { ($0.name, $0) }) { first, _ in first }
        let firms = try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT result.firm, result.code AS firm_code, result.name AS firm_name, own.*
                    FROM result JOIN \(quoted(run.valuesTable)) AS own
                        ON own.run = result.run AND own.firm = result.firm
                    WHERE result.run = ? AND coalesce(result.town, '') = ? AND result.class <> 'out_of_scope'
                    ORDER BY result.code LIMIT ? OFFSET ?
                    """, arguments: [run.id, town, Store.sheetsPerBook, part * Store.sheetsPerBook])
        }
        let refused = try refusedCells(run, town: town, part: part)
        let place = town.isEmpty ? "属地不详" : town
        let book = try XlsxBook(title: "\(county)\(place)数据确认表", day: run.asOf, isStreaming: false)
        let sheets = ConfirmationSheets(
            run: run, county: county, town: place, nodes: nodes, values: values, refused: refused)
        try sheets.writeContents(firms, of: book)
        for firm in firms { try sheets.writeFirm(firm, of: book) }
        try book.finalize(to: sink)
    }
}

extension Store {
    /// Of the firms of one book, the columns of feeds that are missing because a row was refused.
    private func refusedCells(
        _ run: RunSummary, town: String, part: Int
    ) throws(StoreError) -> [Int64: Set<String>] {
        let rows = try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT own.firm, missing_cause.node
                    FROM (SELECT firm FROM result
                        WHERE run = ? AND coalesce(town, '') = ? AND class <> 'out_of_scope'
                        ORDER BY code LIMIT ? OFFSET ?) AS own
                    CROSS JOIN node ON node.method = ?
                    JOIN missing_cause ON missing_cause.run = ? AND missing_cause.node = node.name
                        AND missing_cause.firm = own.firm
                    WHERE missing_cause.cause = ?
                    """,
                arguments: [
                    run.id, town, Store.sheetsPerBook, part * Store.sheetsPerBook, run.method, run.id,
                    Missing.refusedRow.word,
                ])
        }
        var cells: [Int64: Set<String>] = [:]
        for row in rows { cells[row["firm"], default: []].insert(row["node"]) }
        return cells
    }
}

/// The sheets of one book.
private struct ConfirmationSheets {
    let run: RunSummary
    let county: String
    let town: String
    let nodes: [String: NodeRow]
    let values: [ConfirmedValue]
    /// By firm.
    let refused: [Int64: Set<String>]

    private static let headers = [
        "序号", "指标", "数值", "单位", "来源部门", "数据", "所属期", "企业意见（一致／有异议）", "核实值", "异议说明",
    ]
    private static let widths = [6, 36, 18, 10, 18, 16, 20, 16, 16, 30]

    private var about: String {
        "数据年度：\(run.dataYear)　评价基准日：\(run.asOf)　评价批次：\(run.id)　阶段：\(run.stageLabel)　文号：\(run.documentLabel)　公开范围：本企业、镇街、评价办公室"
    }

    func writeContents(_ firms: [Row], of book: XlsxBook) throws {
        let columns = [
            ExportTable.Column(name: "code", header: "统一社会信用代码（工作表名）", kind: .code),
            ExportTable.Column(name: "name", header: "企业名称", kind: .text),
        ]
        let table = try XlsxTable(
            columns, head: ["\(county)亩均评价数据确认表：\(town)", about] + remarks, of: try book.addSheet("目录"))
        for firm in firms {
            try table.writeRow([.text(firm["firm_code"]), .text(firm["firm_name"])])
        }
        try table.finalize()
    }

    private var remarks: [String] {
        [("备注", run.methodNote), ("豁免", run.waivers)].filter { !$0.1.isEmpty }.map { "\($0.0)：\($0.1)" }
    }

    func writeFirm(_ firm: Row, of book: XlsxBook) throws {
        let code: String = firm["firm_code"]
        let name: String = firm["firm_name"]
        let sheet = try book.addSheet(code)
        let head = ["\(county)工业企业亩均评价数据确认表", "\(name)　\(code)　\(town)", about] + remarks
        for (line, text) in head.enumerated() { try sheet.write(text, line, 0, line == 0 ? .title : .text) }
        var row = head.count
        for (column, header) in ConfirmationSheets.headers.enumerated() {
            try sheet.write(header, row, column, .framed(.header))
        }
        try sheet.repeatRows(upTo: row)
        for (index, value) in values.enumerated() {
            guard let node = nodes[value.name] else { continue }
            row += 1
            try sheet.write(Int64(index + 1), decimals: 0, row, 0, .framed(.integer))
            try sheet.write(node.label, row, 1, .framed(.prose))
            try write(firm, node, value, sheet, row)
            try sheet.write(node.unit.map { $0 == "1" ? "" : $0 } ?? "", row, 3, .framed(.text))
            try sheet.write(value.departments.joined(separator: "、"), row, 4, .framed(.prose))
            try sheet.write(value.feeds.joined(separator: "、"), row, 5, .framed(.prose))
            try sheet.write(value.periods.joined(separator: "；"), row, 6, .framed(.prose))
            for column in 7...9 { try sheet.writeBlank(row, column, .framed(.text)) }
        }
        let computed = values.compactMap { value -> String? in
            guard !value.formula.isEmpty, let node = nodes[value.name] else { return nil }
            return "\(node.label) = \(value.formula)"
        }
        row += 2
        for line in computed {
            try sheet.write(line, row, 1, .text)
            row += 1
        }
        row += 1
        try sheet.write("以上数据已核对。有异议的，请注明核实值与理由，并附佐证材料。", row, 1, .text)
        try sheet.write("企业（盖章）：", row + 2, 1, .text)
        try sheet.write("法定代表人或委托代理人（签字）：", row + 2, 4, .text)
        try sheet.write("日期：　　　　年　　月　　日", row + 2, 7, .text)
        try sheet.setWidths(ConfirmationSheets.widths)
    }

    private func write(
        _ firm: Row, _ node: NodeRow, _ value: ConfirmedValue, _ sheet: XlsxSheet, _ row: Int
    ) throws {
        guard let column = node.valueColumn else { return }
        let cell: DatabaseValue = firm[column]
        switch cell.storage {
        case .string(let text): try sheet.write(text, row, 2, .framed(.prose))
        case .int64(let number):
            switch node.type {
            case "day": try sheet.write(Day(number: number).description, row, 2, .framed(.text))
            case "flag": try sheet.write(number == 0 ? "否" : "是", row, 2, .framed(.text))
            default:
                try sheet.write(number, decimals: node.decimals, row, 2, .framed(.decimal(node.decimals)))
            }
        case .null, .double, .blob:
            // A department sent something that could not be taken: the firm must not confirm that there is nothing.
            let number: Int64 = firm["firm"]
            let isRefused = !(refused[number] ?? []).isDisjoint(with: value.columns)
            try sheet.write(isRefused ? "待核" : "无数据", row, 2, .framed(.text))
        }
    }
}
