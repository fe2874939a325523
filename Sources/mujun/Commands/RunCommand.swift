import ArgumentParser
import Evaluation
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
            let attempt = try store.beginAttempt(at: timestamp())
            let interruption = Interruption(store, attempt: attempt)
            let outcome: Outcome
            var dataYear: Int?
            do {
                let method = try Method(path: workspace.method)
                dataYear = method.graph.dataYear
                outcome = try evaluate(Night(workspace, method), store, attempt, interruption)
            } catch {
                let failure = Failure(error)
                // The store may be what failed; the reason for that is already being reported.
                try? store.finishAttempt(
                    attempt, at: timestamp(), exitCode: failure.exitCode, dataYear: dataYear, run: nil,
                    message: failure.message, findings: failure.reading?.findings ?? [],
                    findingCounts: failure.reading?.counts ?? [], files: failure.reading?.files ?? [])
                throw failure
            }
            // Nothing of the evaluation is left by now: the pages of the store take its memory.
            Memory.giveBack()
            store.settle()
            try StandardOutput.print(outcome.text)
            try StandardOutput.print(closing(outcome.run, outcome.graph, store, since: start))
        }
    }

    private struct Outcome {
        let run: RunSummary
        let graph: Graph
        let text: String
    }

    private func evaluate(
        _ night: Night, _ store: Store, _ attempt: Int64, _ interruption: Interruption
    ) throws -> Outcome {
        if let known = try store.latestRun(withIdentity: night.identity) {
            return try unchanged(known, night, store, attempt)
        }
        let reading = try night.read(comparingWith: store.deliveredFigures())
        let evaluated = try night.evaluate(reading)
        Memory.giveBack()
        let archiving = night.archiving()
        let report = Background { [workspace = night.workspace] in
            RunReport(evaluated, reading, workspace).text + "\n"
        }
        let record = RunRecord(
            attempt: attempt, methodText: night.method.text, inputsDigest: night.survey.inputsDigest,
            engineVersion: engineVersion, files: reading.files, figures: reading.figures,
            waivers: reading.waivers, findings: reading.findings,
            findingCounts: reading.counts, links: reading.links, objections: reading.objections,
            recordedAt: timestamp(),
            draftsKept: night.workspace.draftsKept)
        let recording = try interruption.recording {
            do {
                // No run without its files.
                return try store.record(evaluated, record) {
                    try archiving()?.get()
                    try interruption.throwIfInterrupted()
                }
            } catch {
                try archiving()?.get()
                throw error
            }
        }
        switch recording {
        case .unchanged(let run): return try unchanged(run, night, store, attempt)
        case .recorded(let run):
            Talk.phase("recorded run \(run.id)")
            return Outcome(run: run, graph: night.method.graph, text: report() ?? "")
        }
    }

    private func unchanged(
        _ run: RunSummary, _ night: Night, _ store: Store, _ attempt: Int64
    ) throws -> Outcome {
        let message =
            "Nothing has changed since run \(run.id) of \(run.recordedAt): same deliveries, method, day and engine."
        try store.finishAttempt(
            attempt, at: timestamp(), exitCode: 0, dataYear: run.dataYear, run: run.id, message: message)
        return Outcome(
            run: run, graph: night.method.graph, text: message + " No new run is recorded.\n")
    }

    private func closing(
        _ run: RunSummary, _ graph: Graph, _ store: Store, since start: ContinuousClock.Instant
    ) throws -> String {
        let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
        var next: [[String]] = []
        if let tier = graph.ranking.tiers.last { next.append(["rank", "--tier", tier]) }
        if let firm = try store.ranking(run, limit: 1).first { next.append(["explain", firm.code]) }
        if let list = graph.lists.first { next.append(["export", list.name, "--to", "csv"]) }
        let program = CommandLine.arguments.first ?? "mujun"
        let option = workspace.folder == "." ? [] : ["--workspace", workspace.folder]
        let lines = next.map { words in
            "  " + ([program, words[0]] + option + words.dropFirst()).map(shellWord).joined(separator: " ")
        }
        return """
            Run \(run.id) (\(run.stageLabel)), result digest \(run.resultDigest)
            \(seconds.formatted(.number.precision(.fractionLength(2)))) s, peak memory \(megabytes(Memory.peak))
            Store: \(store.path)

            Next:
            \(lines.joined(separator: "\n"))
            """
    }

    /// In quotes where a shell would take it apart.
    private func shellWord(_ word: String) -> String {
        word.contains { " '\"$`\\*?()[]{}<>|&;~#!".contains($0) }
            ? "'" + word.replacing("'", with: "'\\''") + "'" : word
    }
}
