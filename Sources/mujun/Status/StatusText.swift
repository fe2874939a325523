import Evaluation
import Foundation
import Intake
import Results

/// The status as a person reads it.
struct StatusText {
    let health: Health
    let county: String
    let store: String

    var text: String {
        [head, attempts, findings, inputs].compactMap { $0 }.joined(separator: "\n\n")
    }

    private var head: String {
        let problems = health.problems.map { "\n  \($0)" }.joined()
        return "\(county)：\(health.problems.isEmpty ? "healthy 正常" : "needs attention 需要处理")\(problems)"
    }

    private var attempts: String {
        let status = health.status
        func told(_ attempt: Attempt?) -> String {
            guard let attempt else { return "none" }
            guard let finished = attempt.finishedAt, let code = attempt.exitCode else {
                return "\(attempt.startedAt), \(health.isRunning ? "going on" : "killed before it ended")"
            }
            let age = Health.date(finished).map { ", \(Health.words(health.now.timeIntervalSince($0))) ago" }
            return "\(finished)\(age ?? ""), exit code \(code): \(attempt.message ?? "")"
        }
        var table = Table([("", .left), ("", .left)])
        table.add(["Last success", told(status.lastSuccess)])
        table.add(["Last attempt", told(status.lastAttempt)])
        if let run = status.run {
            table.add([
                "Latest run",
                "\(run.id) (\(run.stageLabel)), data year \(run.dataYear), as of \(run.asOf), \(grouped(run.firms)) firms, "
                    + "recorded \(run.recordedAt)",
            ])
            table.add(["", "result digest \(run.resultDigest)"])
        }
        table.add([
            "Store", "\(store), \(megabytes(status.bytes)), log \(megabytes(status.logBytes))",
        ])
        return table.text
    }

    private var findings: String? {
        guard !health.status.findings.isEmpty else { return nil }
        var table = Table([("Findings of the last attempt", .left), ("", .left), ("", .left), ("", .right)])
        for count in health.status.findings {
            table.add([
                titles[count.feed] ?? count.feed, count.severity.rawValue, count.code, grouped(count.count),
            ])
        }
        return table.text
    }

    private var inputs: String? {
        guard !health.status.inputs.isEmpty else { return nil }
        var table = Table([
            ("Inputs of the latest run", .left), ("", .left), ("files", .right), ("until", .left),
            ("days ago", .right),
        ])
        for input in health.status.inputs {
            table.add([
                titles[input.feed] ?? input.feed, input.feed, grouped(input.files), input.until,
                health.age(input).map(grouped) ?? "",
            ])
        }
        return table.text
    }

    /// What people call the feeds.
    private let titles: [String: String]

    init(_ health: Health, county: String, store: String) {
        self.health = health
        self.county = county
        self.store = store
        let contracts = (try? ShippedContracts.load()) ?? []
        titles = Dictionary(contracts.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
    }
}
