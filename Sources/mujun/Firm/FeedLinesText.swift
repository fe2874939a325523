import Evaluation
import Intake

/// The delivered lines of a firm by feed, each feed with the measures that come from it.
struct FeedLinesText {
    let text: String

    /// - Parameter incomplete: code names of feeds that may have more rows of the firm.
    init(_ lines: [FeedLine], incomplete: [String], _ graph: Graph) {
        var text: [String] = []
        var feed = ""
        var path = ""
        var header = ""
        for line in lines {
            if line.feed != feed {
                let title = graph.contracts.first { $0.name == line.feed }?.title ?? line.feed
                let measures = graph.measures(fromFeed: line.feed)
                text.append("\n\(title)" + (measures.isEmpty ? "" : " → \(measures.joined(separator: "、"))"))
            }
            if line.header != header || line.feed != feed { text.append("  \(line.header)") }
            let file = "\(line.delivery)/\(line.path)"
            if file != path { text.append("  \(file)") }
            text.append("  \(line.line): \(line.text)\(line.fate.note)")
            (feed, path, header) = (line.feed, file, line.header)
        }
        if text.isEmpty { text.append("\nNo feed line names this firm.") }
        if let remark = FeedLinesText.remark(incomplete, graph) { text.append("\n\(remark)") }
        self.text = text.joined(separator: "\n")
    }
}

extension FeedLinesText {
    /// One line about feeds of which not every link was kept; `nil` without any.
    static func remark(_ incomplete: [String], _ graph: Graph) -> String? {
        guard !incomplete.isEmpty else { return nil }
        let titles = incomplete.map { feed in graph.contracts.first { $0.name == feed }?.title ?? feed }
        return "注意：\(titles.joined(separator: "、"))的关联明细未全部保存，可能还有非按信用代码归入本企业的记录未列出。"
    }
}

extension Graph {
    /// Labels of the values that are computed right from the columns of a feed.
    fileprivate func measures(fromFeed feed: String) -> [String] {
        let columns = Set(
            nodes.indices.filter { index in
                if case .column(let column) = nodes[index].rule {
                    return contracts[feedColumns[column].feed].name == feed
                }
                return false
            })
        return nodes.filter { node in
            guard case .row(let expression) = node.rule else { return false }
            return !columns.isDisjoint(with: expression.mentionedNodes)
        }.map(\.label)
    }
}

extension FeedLine.Fate {
    /// What to say after a row that does not count; empty for one that does.
    var note: String {
        switch self {
        case .counted: ""
        case .refused: "  ← 未采用：不符合约定"
        case .outsideYear: "  ← 未采用：不在数据年度"
        case .notInForce: "  ← 未采用：基准日不在有效期"
        case .coveredTwice: "  ← 另有交付覆盖同一月份，以较新者为准"
        }
    }

    /// For programs.
    var word: String {
        switch self {
        case .counted: "counted"
        case .refused: "refused"
        case .outsideYear: "outside_year"
        case .notInForce: "not_in_force"
        case .coveredTwice: "covered_twice"
        }
    }
}
