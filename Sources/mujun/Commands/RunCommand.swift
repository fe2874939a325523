import ArgumentParser
import Foundation
import Intake
import Results

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Evaluate and record a draft, unless nothing has changed.",
        discussion: """
            Reads the deliveries in the inbox, evaluates every firm by the method and records the whole in one \
            transaction. When the method, the data or the store are refused, all results stay as they were. The \
            same inputs and method give no new run.

            EXAMPLE
              mujun run --workspace /srv/mujun/yongkang
            """)

    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try reportingFailures {
            let start = ContinuousClock.now
            let workspace = try workspace.open()
            let lock = try RunLock(store: workspace.store)
            defer { withExtendedLifetime(lock) {} }
            let store = try Store(opening: workspace.store, for: .writing)
            let attempt = try store.beginAttempt(at: timestamp(), dataYear: nil)
            let interruption = Interruption(store, attempt: attempt)
            do {
                let outcome = try evaluate(workspace, store, attempt, interruption)
                try store.finishAttempt(
                    attempt, at: timestamp(), exitCode: 0, run: outcome.run.id, message: outcome.message)
                print(outcome.text)
                print(closing(outcome.run, workspace, since: start))
            } catch {
                let failure = Failure(error)
                // The store may be what failed; the reason for that is already being reported.
                try? store.finishAttempt(
                    attempt, at: timestamp(), exitCode: failure.exitCode, run: nil, message: failure.message,
                    findings: failure.reading?.findings ?? [], findingCounts: failure.reading?.counts ?? [])
                throw failure
            }
        }
    }

    private struct Outcome {
        let run: RunSummary
        /// For the journal.
        let message: String
        /// For the screen.
        let text: String
    }

    private func evaluate(
        _ workspace: Workspace, _ store: Store, _ attempt: Int64, _ interruption: Interruption
    ) throws -> Outcome {
        let night = try Night(workspace)
        if let known = try store.run(withIdentity: night.identity) { return unchanged(known) }
        let reading = try night.read()
        let evaluated = try night.evaluate(reading)
        try night.archive()
        let record = RunRecord(
            attempt: attempt, methodText: night.method.text, inputsDigest: night.survey.inputsDigest,
            engineVersion: engineVersion, files: reading.files, findings: reading.findings,
            findingCounts: reading.counts, recordedAt: timestamp(), draftsKept: workspace.draftsKept)
        switch try interruption.recording({ try store.record(evaluated, record) }) {
        case .unchanged(let run): return unchanged(run)
        case .recorded(let run):
            Talk.phase("recorded run \(run.id)")
            return Outcome(
                run: run, message: "recorded run \(run.id)",
                text: RunReport(evaluated, reading, workspace).text + "\n")
        }
    }

    private func unchanged(_ run: RunSummary) -> Outcome {
        let message =
            "Nothing has changed since run \(run.id) of \(run.recordedAt): same deliveries, method, day and engine."
        return Outcome(run: run, message: message, text: message + " No new run is recorded.\n")
    }

    private func closing(
        _ run: RunSummary, _ workspace: Workspace, since start: ContinuousClock.Instant
    ) -> String {
        let option = self.workspace.folder == "." ? "" : " --workspace \(self.workspace.folder)"
        let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
        return """
            Run \(run.id) (\(run.stageLabel)), result digest \(run.resultDigest)
            \(seconds.formatted(.number.precision(.fractionLength(2)))) s, peak memory \(megabytes(peakMemory))
            Store: \(workspace.store)

            Next:
              mujun rank\(option) --tier D
              mujun explain\(option) <code or part of a name>
              mujun export\(option) rectification --to csv > rectification.csv
            """
    }

    /// Bytes that this process has held at most.
    private var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }
}
