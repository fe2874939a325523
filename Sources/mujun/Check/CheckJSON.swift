import Evaluation
import Intake

/// A check for programs.
struct CheckJSON: Encodable {
    struct Code: Encodable {
        let code: String
        let severity: String
        let count: Int
    }

    struct Sample: Encodable {
        let code: String
        let severity: String
        let feed: String
        let delivery: String
        let file: String
        let line: Int
        let byte: Int
        let column: String
        let chinese: String
        let english: String
    }

    struct Feed: Encodable {
        let name: String
        let title: String
        let department: String
        let files: Int
        let rows: Int
        let accepted: Int
        let refused: Int
        let collapsed: Int
        let unused: Int
        let warnings: Int
        /// Files whose rows the manifest tells, columns whose totals it tells, and how many of both differ.
        let manifestRows: Int
        let manifestTotals: Int
        let manifestDiffering: Int
        let findings: [Code]
    }

    struct Comparison: Encodable {
        struct Jump: Encodable {
            let column: String
            let total: String
            let before: String
            let factor: Int
            let isLarger: Bool
            let units: String
        }

        let feed: String
        let delivery: String
        let before: String
        let rows: Int
        let rowsBefore: Int
        let fewerRows: Bool
        let jumps: [Jump]
    }

    struct Town: Encodable {
        let town: String
        let firms: Int
        let withRows: Int
    }

    struct Coverage: Encodable {
        let feed: String
        let relation: String
        let title: String
        let withRows: Int
        let withoutRows: Int
        let refused: Int
        let towns: [Town]
    }

    struct Freshness: Encodable {
        let feed: String
        let cycle: String?
        let deliveries: Int
        let counting: Int
        let newest: String?
        let reachesTo: String?
        let days: Int64?
        let overdue: Bool
        let missingMonths: [String]
    }

    struct Waived: Encodable {
        let feed: String
        let code: String
        let period: String
        let document: String
        let reason: String
        let rows: Int
    }

    struct Firms: Encodable {
        let state: String
        let label: String
        let accountingClass: String
        let firms: Int
    }

    let format = "mujun-check/1"
    let county: String
    let method: String
    let note: String
    let dataYear: Int
    let asOf: String
    /// Why a run would be refused; empty when it would not.
    let refusals: [String]
    let feeds: [Feed]
    /// Samples; the counts are with the feeds, and here for those that concern no feed.
    let findings: [Sample]
    let otherFindings: [Code]
    let waivers: [Waived]
    let comparisons: [Comparison]
    /// Whether coverage counts the firms in scope, or, when the feeds are refused, all of the registry.
    let coverageOfScope: Bool
    let firmsCovered: Int
    let coverage: [Coverage]
    let freshness: [Freshness]
    /// Absent when the feeds are refused.
    let states: [Firms]?

    init(_ report: CheckReport) {
        let graph = report.night.method.graph
        county = report.night.workspace.county
        method = graph.id
        note = graph.note
        dataYear = graph.dataYear
        asOf = graph.asOf.description
        refusals = report.reading.refusals
        func codes(_ counts: [FindingCount]) -> [Code] {
            counts.map { Code(code: $0.code, severity: $0.severity.rawValue, count: $0.count) }
        }
        feeds = report.feeds.map { feed in
            Feed(
                name: feed.contract.name, title: feed.contract.title, department: feed.contract.department,
                files: feed.files.count, rows: feed.sum(\.rows), accepted: feed.sum(\.accepted),
                refused: feed.sum(\.refused), collapsed: feed.sum(\.collapsed), unused: feed.sum(\.unused),
                warnings: feed.warnings, manifestRows: feed.manifest.rows,
                manifestTotals: feed.manifest.totals, manifestDiffering: feed.manifest.differing,
                findings: codes(feed.counts))
        }
        findings = report.reading.findings.map {
            Sample(
                code: $0.code, severity: $0.severity.rawValue, feed: $0.feed, delivery: $0.delivery,
                file: $0.file, line: $0.line, byte: $0.byte, column: $0.column, chinese: $0.chinese,
                english: $0.english)
        }
        let named = Set(report.feeds.map(\.contract.name))
        otherFindings = codes(report.reading.counts.filter { !named.contains($0.feed) })
        waivers = report.reading.waivers.map {
            Waived(
                feed: $0.waiver.feed, code: $0.waiver.code, period: $0.waiver.period,
                document: $0.waiver.document, reason: $0.waiver.reason, rows: $0.rows)
        }
        comparisons = report.reading.comparisons.map { comparison in
            Comparison(
                feed: comparison.feed, delivery: comparison.delivery, before: comparison.before,
                rows: comparison.rows, rowsBefore: comparison.rowsBefore, fewerRows: comparison.hasFewerRows,
                jumps: comparison.jumps.map {
                    .init(
                        column: $0.header, total: $0.jump.now, before: $0.jump.before,
                        factor: $0.jump.factor, isLarger: $0.jump.isLarger, units: $0.jump.units)
                })
        }
        coverageOfScope = report.coverage.isOfScope
        firmsCovered = report.coverage.firms
        coverage = report.coverage.feeds.map { feed in
            Coverage(
                feed: feed.contract.name, relation: feed.relation.name, title: feed.title,
                withRows: feed.with, withoutRows: feed.without, refused: feed.refused,
                towns: feed.towns.map { Town(town: $0.name, firms: $0.firms, withRows: $0.with) })
        }
        freshness = report.freshness.map {
            Freshness(
                feed: $0.feed, cycle: $0.cycle?.rawValue, deliveries: $0.deliveries, counting: $0.counting,
                newest: $0.newest, reachesTo: $0.reachesTo?.description, days: $0.age, overdue: $0.isOverdue,
                missingMonths: $0.missingMonths)
        }
        states = report.evaluated.map { evaluated in
            zip(graph.states, evaluated.tally.states).map { state, firms in
                Firms(
                    state: state.name, label: state.label, accountingClass: state.accountingClass.rawValue,
                    firms: firms)
            }
        }
    }
}
