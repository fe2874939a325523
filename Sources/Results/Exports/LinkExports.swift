package import Evaluation

/// The linking report (用地与低效企业数据关联): rates per feed and town, what found no firm with candidates for a person to
/// confirm, and the form in which a person sends back what was confirmed.
package struct LinkExports {
    package enum Kind: String, CaseIterable, Sendable {
        case links
        case rates = "link_rates"
        case form = "link_form"

        package var title: String {
            switch self {
            case .links: "数据关联明细"
            case .rates: "数据关联率"
            case .form: "关联确认"
            }
        }
    }

    private let run: RunSummary
    private let links: LinkTable
    private let contracts: [FeedContract]
    private let firms: [String: LinkFirm]
    private let candidates: [[LinkCandidate]]
    private let town: String?

    /// - Parameters:
    ///   - candidates: for each entry of the table.
    ///   - firms: all of the run.
    ///   - town: only what concerns firms of this town, or has its best candidate there; `nil` for all.
    package init(
        _ run: RunSummary, _ links: LinkTable, contracts: [FeedContract], firms: [LinkFirm],
        candidates: [[LinkCandidate]], town: String?
    ) {
        self.run = run
        self.links = links
        self.contracts = contracts
        self.firms = Dictionary(firms.map { ($0.code, $0) }) { first, _ in first }
        self.candidates = candidates
        self.town = town
    }

    /// - Returns: how many rows were written.
    package func write(_ kind: Kind, as format: ExportFormat, to sink: ByteSink) throws -> Int {
        try withoutActuallyEscaping(sink) { try write(kind, as: format, keeping: $0) }
    }

    private func write(
        _ kind: Kind, as format: ExportFormat, keeping sink: @escaping ByteSink
    ) throws -> Int {
        let columns: [ExportTable.Column]
        let rows: [[ExportTable.Value]]
        switch kind {
        case .links: (columns, rows) = (linkColumns, linkRows)
        case .rates: (columns, rows) = (rateColumns, rateRows)
        case .form: return try writeForm(as: format, to: sink)
        }
        let table = ExportTable(name: kind.rawValue, title: kind.title, audience: .office, columns: columns)
        var writer = try ExportWriter(ExportHead(table: table, run: run), format, to: sink)
        for row in rows { try writer.writeRow(row) }
        return try writer.finalize()
    }

    private func text(_ text: String) -> ExportTable.Value { text.isEmpty ? .empty : .text(text) }

    private func column(
        _ name: String, _ header: String, _ kind: ExportTable.Column.Kind = .text
    ) -> ExportTable.Column { .init(name: name, header: header, kind: kind) }

    private func title(_ feed: String) -> String { contracts.first { $0.name == feed }?.title ?? feed }

    /// 出租, where a feed has several relations.
    private func label(_ feed: String, _ relation: String) -> String {
        contracts.first { $0.name == feed }?.relations.first { $0.name == relation }?.label ?? ""
    }

    // MARK: What found no firm, and what was found otherwise than by code

    private var linkColumns: [ExportTable.Column] {
        [
            column("feed", "数据"), column("relation", "关系"), column("way", "关联方式"),
            column("delivered_code", "报送代码", .code), column("delivered_key", "户号或不动产权证号", .code),
            column("delivered_name", "报送名称"), column("accepted", "计入记录数", .integer),
            column("unused", "未计入记录数", .integer), column("code", "归入企业代码", .code), column("name", "归入企业"),
            column("town", "归入企业属地"),
        ]
            + (1...3).flatMap { number in
                [
                    column("candidate_\(number)_code", "候选\(number)代码", .code),
                    column("candidate_\(number)_name", "候选\(number)企业"),
                    column("candidate_\(number)_town", "候选\(number)属地"),
                    column("candidate_\(number)_score", "候选\(number)相似度"),
                ]
            }
    }

    private var shown: [(entry: LinkEntry, candidates: [LinkCandidate])] {
        zip(links.entries, candidates).map { ($0, $1) }.filter { entry, candidates in
            guard let town else { return true }
            return (entry.firm.isEmpty ? candidates.first?.town : firms[entry.firm]?.town) == town
        }
    }

    private var linkRows: [[ExportTable.Value]] {
        shown.map { entry, candidates in
            let firm = firms[entry.firm]
            var row: [ExportTable.Value] = [
                .text(title(entry.feed)), text(label(entry.feed, entry.relation)), .text(entry.way.label),
                text(entry.code), text(entry.key), text(entry.name), .number(Int64(entry.accepted)),
                .number(Int64(entry.unused)), text(entry.firm), text(firm?.name ?? ""),
                text(firm?.town ?? ""),
            ]
            for number in 0..<3 {
                guard candidates.indices.contains(number) else {
                    row += Array(repeating: .empty, count: 4)
                    continue
                }
                let candidate = candidates[number]
                let basis = candidate.basis == .name ? "名称" : "代码"
                row += [
                    .text(candidate.code), .text(candidate.name), text(candidate.town),
                    .text("\(basis) \(candidate.shared)/\(candidate.of)"),
                ]
            }
            return row
        }
    }

    // MARK: Rates

    private static let ways = LinkWay.allCases

    private var rateColumns: [ExportTable.Column] {
        [
            column("feed", "数据"), column("relation", "关系"), column("town", "属地"),
            column("rows", "记录数", .integer), column("linked", "已关联", .integer),
            column("rate", "关联率（%）", .decimal(2)),
        ] + LinkExports.ways.map { column($0.name, $0.label, .integer) }
    }

    private var rateRows: [[ExportTable.Value]] {
        var rows: [[ExportTable.Value]] = []
        var feeds: [(feed: String, relation: String)] = []
        for count in links.counts where !feeds.contains(where: { $0 == (count.feed, count.relation) }) {
            feeds.append((count.feed, count.relation))
        }
        for (feed, relation) in feeds {
            let own = links.counts.filter { $0.feed == feed && $0.relation == relation }
            if town == nil { rows.append(rate(feed, relation, "全部", own)) }
            for town in Set(own.map(\.town)).sorted() where self.town == nil || self.town == town {
                rows.append(rate(feed, relation, town.isEmpty ? "未关联" : town, own.filter { $0.town == town }))
            }
        }
        return rows
    }

    private func rate(_ feed: String, _ relation: String, _ town: String, _ counts: [LinkCount])
        -> [ExportTable.Value]
    {
        let all = counts.reduce(0) { $0 + $1.accepted + $1.unused }
        let linked = counts.filter(\.way.findsFirm).reduce(0) { $0 + $1.accepted }
        let head: [ExportTable.Value] = [
            .text(title(feed)), text(label(feed, relation)), .text(town), .number(Int64(all)),
            .number(Int64(linked)),
            all > 0 ? .number(LinkExports.percent(linked, of: all)) : .empty,
        ]
        return head
            + LinkExports.ways.map { way in
                .number(Int64(counts.filter { $0.way == way }.reduce(0) { $0 + $1.accepted + $1.unused }))
            }
    }

    /// Hundredths of a percent, cut, so that 100 % is said only when all are linked.
    package static func percent(_ part: Int, of all: Int) -> Int64 {
        all > 0 ? Int64(part) * 10_000 / Int64(all) : 0
    }

    // MARK: The form

    /// A delivery of the feed `link`, but for who confirmed it, when, and by which document: a line for each entry without a
    /// firm, with its best candidate. Codes stand as they are, because the form comes back as a delivery.
    private func writeForm(as format: ExportFormat, to sink: @escaping ByteSink) throws -> Int {
        guard let contract = contracts.first(where: { $0.name == FeedContract.linkName }) else { return 0 }
        let columns = contract.fields.map { column($0.name, $0.header) }
        let open = shown.filter { $0.entry.firm.isEmpty }
        let rows = open.map { entry, candidates in
            let anchor = contracts.first { $0.name == entry.feed }?.links
            let isMeter = anchor?.meter != nil && anchor?.anchor == anchor?.meter
            let isCertificate = !isMeter && anchor?.certificate != nil
            return contract.fields.map { field -> String in
                switch field.name {
                case "feed": title(entry.feed)
                case "delivered_code": entry.code
                // A masked name is the name of no row.
                case "delivered_name": entry.name.hasSuffix("**") ? "" : entry.name
                case "meter": isMeter ? entry.key : ""
                case "certificate": isCertificate ? entry.key : ""
                case "code": candidates.first?.code ?? ""
                default: ""
                }
            }
        }
        let table = ExportTable(
            name: Kind.form.rawValue, title: Kind.form.title, audience: .office, columns: columns)
        switch format {
        case .json:
            var writer = try ExportWriter(ExportHead(table: table, run: run), format, to: sink)
            for row in rows { try writer.writeRow(row.map { .text($0) }) }
            return try writer.finalize()
        case .csv:
            var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
            CSV.line(&bytes, columns.map { ($0, .text($0.header)) }, isHeader: true)
            for row in rows { CSV.line(&bytes, Array(zip(columns, row.map { .text($0) })), isHeader: false) }
            try sink(bytes[...])
        case .xlsx:
            let book = try XlsxBook(title: table.title, day: run.asOf)
            let sheet = try XlsxTable(columns, head: [], of: book.addSheet(table.title))
            for row in rows { try sheet.writeRow(row.map(text)) }
            try sheet.finalize()
            try book.finalize(to: sink)
        }
        return rows.count
    }
}
