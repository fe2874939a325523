import Evaluation
import Intake

/// A check as a person reads it on a terminal.
struct CheckText {
    private let report: CheckReport

    init(_ report: CheckReport) { self.report = report }

    var text: String {
        let samples = FindingSamples(report.reading, report.night.method.graph).text
        return [
            head, feeds, waivers, samples.isEmpty ? nil : String(samples.drop { $0 == "\n" }), comparisons,
            coverage, freshness,
            report.evaluated.map { RunReport($0, report.reading, report.night.workspace).outcome },
        ].compactMap { $0 }.joined(separator: "\n\n")
    }

    private var head: String {
        let graph = report.night.method.graph
        let head = "\(report.night.workspace.county) · \(graph.title) · as of \(graph.asOf)"
        return graph.note.isEmpty ? head : "\(head)\n\(graph.note)"
    }

    private var feeds: String {
        var table = Table([
            ("Feed", .left), ("", .left), ("files", .right), ("rows", .right), ("accepted", .right),
            ("refused", .right), ("collapsed", .right), ("unused", .right), ("warnings", .right),
            ("manifest", .left),
        ])
        for feed in report.feeds {
            let manifest = feed.manifest
            let told = "\(manifest.rows) counts, \(manifest.totals) totals"
            table.add([
                feed.contract.title, feed.contract.name, grouped(feed.files.count), grouped(feed.sum(\.rows)),
                grouped(feed.sum(\.accepted)), grouped(feed.sum(\.refused)), grouped(feed.sum(\.collapsed)),
                grouped(feed.sum(\.unused)), grouped(feed.warnings),
                manifest.differing > 0 ? "\(manifest.differing) differ" : "\(told) agree",
            ])
        }
        return table.text
    }

    private var waivers: String? {
        guard !report.reading.waivers.isEmpty else { return nil }
        return report.reading.waivers.map { applied in
            applied.rows > 0 ? "豁免：\(applied.text)" : "豁免未起作用：\(applied.text)"
        }.joined(separator: "\n")
    }

    private var comparisons: String? {
        guard !report.reading.comparisons.isEmpty else { return nil }
        var table = Table([
            ("With the delivery before", .left), ("delivery", .left), ("before", .left), ("rows", .right),
            ("before", .right), ("", .right), ("", .left),
        ])
        for comparison in report.reading.comparisons {
            let jumps = comparison.jumps.map { "\($0.header) ×\($0.jump.timesChinese)?（\($0.jump.units)）" }
            let fewer = comparison.hasFewerRows ? ["rows missing?"] : []
            table.add([
                report.title(comparison.feed), comparison.delivery, comparison.before,
                grouped(comparison.rows), grouped(comparison.rowsBefore), change(comparison),
                (fewer + jumps).joined(separator: ", "),
            ])
        }
        return table.text
    }

    /// `-40.2 %`, cut after one place.
    private func change(_ comparison: DeliveryComparison) -> String {
        guard comparison.rowsBefore > 0 else { return "" }
        let (product, overflow) = (comparison.rows - comparison.rowsBefore).multipliedReportingOverflow(
            by: 1000)
        guard !overflow else { return "" }
        let tenths = product / comparison.rowsBefore
        return "\(tenths < 0 ? "-" : "+")\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
    }

    private var coverage: String? {
        let coverage = report.coverage
        guard coverage.firms > 0, !coverage.feeds.isEmpty else { return nil }
        let what = coverage.isOfScope ? "in scope" : "of the registry"
        var table = Table([
            ("Firms \(what): \(grouped(coverage.firms))", .left), ("with rows", .right), ("without", .right),
            ("refused", .right), ("towns without rows", .left),
        ])
        for feed in coverage.feeds {
            table.add([
                feed.title, grouped(feed.with), grouped(feed.without), grouped(feed.refused),
                feed.missingTowns.joined(separator: "、"),
            ])
        }
        return table.text
    }

    private var freshness: String {
        var table = Table([
            ("Freshness", .left), ("cycle", .left), ("reaches to", .left), ("days", .right), ("", .left),
            ("newest delivery", .left), ("months missing", .left),
        ])
        for feed in report.freshness {
            table.add([
                report.title(feed.feed), feed.cycle?.rawValue ?? "–", feed.reachesTo?.description ?? "–",
                feed.age.map { grouped(Int(clamping: $0)) } ?? "",
                feed.isOverdue ? "overdue" : "", feed.newest ?? "nothing delivered",
                feed.missingMonths.count == 12 ? "all" : feed.missingMonths.joined(separator: " "),
            ])
        }
        return table.text
    }
}
