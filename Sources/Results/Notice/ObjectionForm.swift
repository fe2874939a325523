import Evaluation

/// 异议申请表: to be filled in by a firm, on paper or as the workbook that becomes a delivery of the feed `objection`.
struct ObjectionForm {
    let figures: NoticeFigures

    private var title: String { "\(figures.about.county)亩产效益综合评价异议申请表" }
    private var contract: FeedContract? {
        figures.graph.contracts.first { $0.name == FeedContract.objectionName }
    }

    /// What the firm fills in, and what the office does.
    private static let ofOffice: Set = ["outcome", "document", "decided", "explanation"]

    var html: String {
        var page = Page(title: title, warning: figures.warning)
        page.heading(title, level: 1)
        page.paragraph("受理单位：\(figures.about.officeName)　\(figures.about.contact)")
        let fields = contract?.fields ?? []
        func room(_ field: FeedField) -> Int {
            ["grounds": 3, "explanation": 3, "evidence": 2][field.name] ?? 1
        }
        page.form(
            "由企业填写（\(figures.run.dataYear)年度数据，评价批次 \(figures.run.id)）",
            [("企业名称", 1)]
                + fields.filter { !Self.ofOffice.contains($0.name) }.map { ($0.header, room($0)) }
                + [("企业盖章、法定代表人签字", 2)])
        page.form(
            "由受理单位填写",
            fields.filter { Self.ofOffice.contains($0.name) }.map { ($0.header, room($0)) } + [("受理单位盖章", 2)])
        page.paragraph("异议事项填写有异议的数据名称（如用地面积）、档次或名单。每项异议一张表。所附证据文件请注明文号或名称。")
        return page.html
    }

    /// The columns of the feed with nothing below them but the year; what stands above them a delivery may have.
    func workbook(to sink: ByteSink) throws {
        let columns = (contract?.fields ?? []).map {
            ExportTable.Column(name: $0.name, header: $0.header, kind: .text)
        }
        let book = try XlsxBook(title: title, day: figures.run.asOf)
        let head = [figures.warning.map { "\(title)（\($0)）" } ?? title]
        let sheet = try XlsxTable(columns, head: head, of: book.addSheet("异议"))
        let year = "\(figures.run.dataYear)"
        try sheet.writeRow(columns.map { $0.name == "year" ? .text(year) : .empty })
        try sheet.finalize()
        try book.finalize(to: sink)
    }
}
