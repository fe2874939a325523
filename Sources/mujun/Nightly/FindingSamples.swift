import Evaluation
import Intake

/// The first findings of each kind, as the department that sent the feed would read them.
struct FindingSamples {
    private static let shown = 3
    private let reading: Reading
    private let contracts: [FeedContract]

    init(_ reading: Reading, _ graph: Graph) {
        self.reading = reading
        contracts = graph.contracts
    }

    var text: String {
        reading.counts.map { count in
            let title = contracts.first { $0.name == count.feed }?.title ?? count.feed
            let samples = samples(of: count).map { "  \(place($0)) \($0.chinese)" }
            var lines =
                ["\n\(title) \(count.code) (\(count.severity.rawValue)): \(grouped(count.count))"] + samples
            if count.count > samples.count {
                lines.append("  … \(grouped(count.count - samples.count)) more")
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private func samples(of count: FindingCount) -> ArraySlice<Finding> {
        reading.findings.filter { $0.feed == count.feed && $0.code == count.code }
            .prefix(FindingSamples.shown)
    }

    private func place(_ finding: Finding) -> String {
        var place = finding.delivery
        if !finding.file.isEmpty { place += "/\(finding.file)" }
        if finding.line > 0 { place += ":\(finding.line)" }
        return place + (finding.column.isEmpty ? "" : " \(finding.column)") + ":"
    }
}
