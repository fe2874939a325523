import Evaluation
import Intake

/// The first findings of each kind, as the department that sent the feed would read them; all of those that concern no
/// file, such as missing months.
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
            let samples = samples(of: count).map { "  \(place($0))\($0.chinese)" }
            let name = title.isEmpty ? count.code : "\(title) \(count.code)"
            var lines = ["\n\(name) (\(count.severity.rawValue)): \(grouped(count.count))"] + samples
            if count.count > samples.count {
                lines.append("  … \(grouped(count.count - samples.count)) more")
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private func samples(of count: FindingCount) -> ArraySlice<Finding> {
        let findings = reading.findings.filter { $0.feed == count.feed && $0.code == count.code }
        let isAboutFiles = findings.contains { !$0.delivery.isEmpty }
        return findings.prefix(isAboutFiles ? FindingSamples.shown : findings.count)
    }

    private func place(_ finding: Finding) -> String {
        var place = finding.delivery
        if !finding.file.isEmpty { place += "/\(finding.file)" }
        if finding.line > 0 { place += ":\(finding.line)" }
        if !finding.column.isEmpty { place += " \(finding.column)" }
        return place.isEmpty ? "" : place + ": "
    }
}
