import Evaluation
import Foundation
import Results

/// The status as a file for the textfile collector of Prometheus' node_exporter.
struct Metrics {
    private var lines: [String] = []
    private let county: String

    /// - Parameter health: `nil` when the store cannot be read.
    init(_ health: Health?, county: String) {
        self.county = county.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
            "\n", with: "\\n")
        add(
            "mujun_healthy", "1 when mujun status finds nothing wrong.",
            [("", health?.problems.isEmpty == true ? 1 : 0)])
        guard let status = health?.status else { return }
        add(
            "mujun_last_success_timestamp_seconds",
            "End of the last attempt that recorded a run or found nothing changed.",
            [("", seconds(status.lastSuccess?.finishedAt))])
        add(
            "mujun_last_attempt_timestamp_seconds", "Start of the last attempt.",
            [("", seconds(status.lastAttempt?.startedAt))])
        add(
            "mujun_last_attempt_exit_code",
            "Exit code of the last attempt; none while it goes on or when it was killed.",
            [("", status.lastAttempt?.exitCode)])
        let severities = ["note", "warning", "refusal"]
        add(
            "mujun_last_attempt_findings", "Findings of the last attempt.",
            severities.map { severity in
                (
                    ",severity=\"\(severity)\"",
                    status.findings.reduce(0) { $0 + ($1.severity.rawValue == severity ? $1.count : 0) }
                )
            })
        if let run = status.run {
            add("mujun_run_number", "Number of the latest run.", [("", Int(run.id))])
            let classes = [
                ("graded", run.graded), ("ungraded", run.ungraded), ("exempt", run.exempt),
                ("out_of_scope", run.outOfScope),
            ]
            add("mujun_run_firms", "Firms of the latest run.", classes.map { (",class=\"\($0)\"", $1) })
        }
        add(
            "mujun_input_until_timestamp_seconds", "Last day that the deliveries of a feed speak of.",
            status.inputs.map { (",feed=\"\($0.feed)\"", seconds($0.until + "T00:00:00Z")) })
        add("mujun_store_bytes", "Size of the store.", [("", status.bytes)])
        add("mujun_store_log_bytes", "Size of the store's log (-wal).", [("", status.logBytes)])
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    private func seconds(_ time: String?) -> Int? {
        time.flatMap(Health.date).map { Int($0.timeIntervalSince1970) }
    }

    private mutating func add(_ name: String, _ help: String, _ values: [(labels: String, value: Int?)]) {
        let samples = values.compactMap { labels, value in
            value.map { "\(name){county=\"\(county)\"\(labels)} \($0)" }
        }
        if samples.isEmpty { return }
        lines += ["# HELP \(name) \(help)", "# TYPE \(name) gauge"] + samples
    }
}
