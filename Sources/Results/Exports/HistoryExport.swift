import Evaluation

/// A firm's years for spreadsheets, one row each.
package struct HistoryExport {
    private let years: [FirmYear]

    package init(_ years: [FirmYear]) { self.years = years }

    /// As CSV.
    package func write(code: String, to sink: ByteSink) throws {
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        let rows = rows(code)
        if let first = rows.first {
            CSV.line(&bytes, first.map { ($0.0, .text($0.0.header)) }, isHeader: true)
        }
        for row in rows { CSV.line(&bytes, row, isHeader: false) }
        try sink(bytes[...])
    }

    /// As a workbook, which calls itself as old as the latest run.
    package func writeWorkbook(code: String, to sink: ByteSink) throws {
        let rows = rows(code)
        let name = years.compactMap { $0.standing?.result.name }.last ?? ""
        let head = [
            "历年评价结果：\(name)　\(code)", "公开范围：\(ListRule.Audience.office.label)　各年度的阶段、文号、评价批次和结果摘要见各行",
        ]
        let book = try XlsxBook(title: head[0], day: years.map(\.run.asOf).max() ?? "")
        let columns = rows.first?.map(\.0) ?? []
        let table = try XlsxTable(columns, head: head, of: book.addSheet("历年结果"))
        for row in rows {
            // Decimals of the total may differ from year to year.
            try table.writeRow(
                zip(columns, row).map { column, cell in
                    guard case .decimal(let own) = cell.0.kind, case .decimal(let shown) = column.kind,
                        own != shown, case .number(let number) = cell.1
                    else { return cell.1 }
                    return .text(DecimalText.format(number, decimals: own))
                })
        }
        try table.finalize()
        try book.finalize(to: sink)
    }

    /// A row for each year: the columns are the same, but for the decimals of the total.
    private func rows(_ code: String) -> [[(ExportTable.Column, ExportTable.Value)]] {
        func column(_ header: String, _ kind: ExportTable.Column.Kind = .text) -> ExportTable.Column {
            .init(name: header, header: header, kind: kind)
        }
        func text(_ text: String?) -> ExportTable.Value { text.map { .text($0) } ?? .empty }
        func number(_ number: Int?) -> ExportTable.Value { number.map { .number(Int64($0)) } ?? .empty }
        return years.map { year in
            let (run, firm) = (year.run, year.standing?.result)
            var lists: [String] = []
            for entry in year.standing?.entries ?? [] {
                lists.append("\(entry.listLabel)：\(entry.groundLabel)")
            }
            let decisions = year.standing?.decisions.filter { !$0.isOverruled }.map {
                "\($0.label)：\($0.document)"
            }
            return [
                (column("统一社会信用代码", .code), .text(firm?.code ?? code)), (column("企业名称"), text(firm?.name)),
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
        }
    }
}
