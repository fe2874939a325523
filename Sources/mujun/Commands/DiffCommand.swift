import ArgumentParser
import Evaluation
import Results

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say which input, method or decision moved whom from one run to another.",
        discussion: """
            Two recorded runs of one store, also of two years. The rules that differ; how many firms go from which \
            tier to which; and, evaluated again from the archive, what each change moves: the data year and as-of \
            day, the feeds one after the other, then the method as `mujun method diff` does. What a firm moves is the \
            sum of its steps, and both ends are compared with what the store holds. When the archive lacks a file, the \
            stored results are compared, and the causes cannot be told. Nothing is recorded.

            EXAMPLE
              mujun diff 11 12
              mujun diff 11 latest --limit 50
              mujun diff 2021:notice 2021:final
              mujun diff 11 12 --format csv > moves.csv
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Argument(help: ArgumentHelp("Number of the old run, latest, notice, 2021:final …", valueName: "old"))
    var old: RunReference
    @Argument(help: ArgumentHelp("Number of the new run, latest, notice, 2021:final …", valueName: "new"))
    var new: RunReference
    @OptionGroup var output: ComparisonOutput

    func run() throws {
        try reportingFailures {
            let workspace = try workspace.open()
            let store = try Store(opening: workspace.store, for: .reading)
            let old = try old.find(in: store)
            let new = try new.find(in: store)
            guard let oldText = try store.methodText(old), let newText = try store.methodText(new) else {
                return
            }
            let oldMethod = try ComparedMethod(stored: oldText, run: old.id)
            let newMethod = try ComparedMethod(stored: newText, run: new.id)
            let found = try RunComparison(old, oldMethod, new, newMethod, store, archive: workspace.archive)
            try output.write(
                ComparisonReport(
                    headings: [old.heading, "→ " + new.heading], about: "批次 \(old.id) → 批次 \(new.id)",
                    old: oldMethod, new: newMethod, comparison: found.comparison, notes: found.notes))
        }
    }
}
