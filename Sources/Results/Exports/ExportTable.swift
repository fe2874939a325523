package import Evaluation

/// A named table that goes out of the house: which columns, in which order, for whom.
struct ExportTable {
    struct Column {
        enum Kind {
            case text
            /// Sentences, which a spreadsheet breaks into lines.
            case prose
            /// A credit code or another long number that is a name.
            case code
            case integer
            /// A scaled integer with this many places.
            case decimal(Int)
        }

        /// Name for machines.
        let name: String
        /// Header for people.
        let header: String
        let kind: Kind
    }

    enum Value {
        case text(String)
        /// For integers and decimals, as they are stored.
        case number(Int64)
        case empty
    }

    let name: String
    let title: String
    let audience: ListRule.Audience
    let columns: [Column]
}

/// What an export says about itself, in the file.
struct ExportHead {
    let table: ExportTable
    let run: RunSummary

    /// The columns that repeat it in every row of a format without a head.
    var columns: [(column: ExportTable.Column, value: ExportTable.Value)] {
        var columns: [(ExportTable.Column, ExportTable.Value)] = [
            (.init(name: "data_year", header: "数据年度", kind: .integer), .number(Int64(run.dataYear))),
            (.init(name: "stage", header: "阶段", kind: .text), .text(run.stageLabel)),
            (.init(name: "run", header: "评价批次", kind: .integer), .number(run.id)),
            (.init(name: "audience", header: "公开范围", kind: .text), .text(table.audience.label)),
            (.init(name: "result_digest", header: "结果摘要SHA-256", kind: .text), .text(run.resultDigest)),
        ]
        if let publication = run.publication {
            columns.append((.init(name: "document", header: "文号", kind: .text), .text(publication.document)))
        }
        if !run.methodNote.isEmpty {
            columns.append((.init(name: "note", header: "备注", kind: .text), .text(run.methodNote)))
        }
        if !run.waivers.isEmpty {
            columns.append((.init(name: "waivers", header: "豁免", kind: .text), .text(run.waivers)))
        }
        return columns
    }

    /// The same in lines above a table: the first is its title.
    var lines: [String] {
        let about = [
            "公开范围：\(table.audience.label)", "数据年度：\(run.dataYear)", "评价基准日：\(run.asOf)",
            "评价批次：\(run.id)", "阶段：\(run.stageLabel)", "文号：\(run.documentLabel)",
            "结果摘要SHA-256：\(run.resultDigest)",
        ]
        let lines = ["\(run.methodTitle) · \(table.title)", about.joined(separator: "　")]
        return lines + (run.methodNote.isEmpty ? [] : ["备注：\(run.methodNote)"])
            + (run.waivers.isEmpty ? [] : ["豁免：\(run.waivers)"])
    }
}

extension RunSummary {
    /// The stage in Chinese, as outputs print it.
    package var stageLabel: String {
        guard let publication else { return stage == "draft" ? "草稿" : stage }
        let isReplaced = !isCurrent && publication.action != .withdrawn
        return publication.title + (isReplaced ? "，已被取代" : "")
    }

    /// The document of its last publication, as outputs print it.
    package var documentLabel: String { publication?.document ?? "无" }
}

extension ListRule.Audience {
    /// For whom it is, in Chinese, as outputs print it.
    package var label: String {
        switch self {
        case .public: "公开"
        case .supplier: "执行单位"
        case .town: "镇街"
        case .office: "评价办公室"
        }
    }

    /// Whether something for this audience may be shown to another.
    func mayReach(_ other: Self) -> Bool { breadth >= other.breadth }

    private var breadth: Int {
        switch self {
        case .office: 0
        case .town: 1
        case .supplier: 2
        case .public: 3
        }
    }
}
