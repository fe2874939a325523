import Evaluation

/// A firm's years as CSV for spreadsheets, one row each.
package struct HistoryExport {
    private let years: [FirmYear]

    package init(_ years: [FirmYear]) { self.years = years }

    package func write(code: String, to sink: ByteSink) throws {
        func column(_ header: String, _ kind: ExportTable.Column.Kind = .text) -> ExportTable.Column {
            .init(name: header, header: header, kind: kind)
        }
        func text(_ text: String?) -> ExportTable.Value { text.map { .text($0) } ?? .empty }
        func number(_ number: Int?) -> ExportTable.Value { number.map { .number(Int64($0)) } ?? .empty }
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        for (index, year) in years.enumerated() {
            let (run, firm) = (year.run, year.standing?.result)
            var lists: [String] = []
            for entry in year.standing?.entries ?? [] {
                lists.append("\(entry.listLabel)：\(entry.groundLabel)")
            }
            let decisions = year.standing?.decisions.filter { !$0.isOverruled }.map {
                "\($0.label)：\($0.document)"
            }
            let cells: [(ExportTable.Column, ExportTable.Value)] = [
                (column("统一社会信用代码", .code), .text(code)), (column("企业名称"), text(firm?.name)),
                (column("数据年度", .integer), number(run.dataYear)), (column("阶段"), .text(run.stageLabel)),
                (column("文号"), text(run.publication?.document)), (column("评价批次", .integer), .number(run.id)),
                (column("评价状态"), .text(firm?.stateLabel ?? "不在名录")), (column("评价组"), text(firm?.cohortText)),
                (column("总分", .decimal(run.totalDecimals)), firm?.total.map { .number($0) } ?? .empty),
                (column("名次", .integer), number(firm?.rank)),
                (column("参评户数", .integer), firm?.rank == nil ? .empty : number(year.standing?.ranked)),
                (column("初定档次"), text(firm?.initialTier)), (column("档次"), text(firm?.tier)),
                (column("名单与事由"), .text(lists.joined(separator: "；"))),
                (column("认定"), .text((decisions ?? []).joined(separator: "；"))),
                (column("结果摘要SHA-256"), .text(run.resultDigest)),
                (column("公开范围"), .text(ListRule.Audience.office.label)),
            ]
            if index == 0 { CSV.line(&bytes, cells.map { ($0.0, .text($0.0.header)) }, isHeader: true) }
            CSV.line(&bytes, cells, isHeader: false)
        }
        try sink(bytes[...])
    }
}
