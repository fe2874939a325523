import ArgumentParser
import Evaluation
import Results

struct MethodDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say in what two methods differ, and whom the difference moves.",
        discussion: """
            First every rule that differs, old and new in words, with its line in each file; what only reads \
            otherwise is told apart. With --run also both methods on the data that a recorded run has read, from the \
            archive: how many firms go from which tier to which, and which change moves whom. The changes are taken over \
            one kind after the other: definitions, scope and cohorts, weights, baselines, points, total, ranking and \
            quotas, decisions, lists; what a firm moves is the sum of its steps. Nothing is recorded.

            EXAMPLE
              mujun method diff method.yaml proposal.yaml
              mujun method diff method.yaml proposal.yaml --run latest --limit 50
              mujun method diff method.yaml proposal.yaml --run 12 --format csv > moves.csv
            """)

    @Argument(help: ArgumentHelp("The old method file.", valueName: "old")) var old: String
    @Argument(help: ArgumentHelp("The new method file.", valueName: "new")) var new: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("Number of a recorded run, or latest: compare on its data.", valueName: "run"))
    var reference: RunReference?
    @OptionGroup var output: ComparisonOutput

    func validate() throws {
        guard reference != nil || output.format != .csv else {
            throw ValidationError("--format csv lists firms: it needs --run.")
        }
    }

    func run() throws {
        try reportingFailures {
            let old = try ComparedMethod(path: old)
            let new = try ComparedMethod(path: new)
            var headings = ["\(old.graph.title)  \(old.name)", "→ \(new.graph.title)  \(new.name)"]
            for note in Set([old, new].map(\.graph.note)).sorted() where !note.isEmpty {
                headings.append(note)
            }
            var about = "\(old.name) → \(new.name)"
            var trial: MethodTrial?
            if let reference {
                let workspace = try workspace.open()
                let store = try Store(opening: workspace.store, for: .reading)
                let run = try reference.find(in: store)
                trial = try MethodTrial(old, new, on: run, store, archive: workspace.archive)
                headings.append(
                    "on the data of run \(run.id) (\(run.stageLabel)) · \(run.dataYear) · as of \(run.asOf)")
                about += "，批次 \(run.id) 的数据"
            }
            try output.write(
                ComparisonReport(
                    headings: headings, about: about, old: old, new: new, comparison: trial?.comparison,
                    notes: trial?.notes ?? []))
        }
    }
}
