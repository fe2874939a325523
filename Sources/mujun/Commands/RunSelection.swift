import ArgumentParser
import Results

/// Which recorded run a command reads.
struct RunSelection: ParsableArguments {
    @OptionGroup var workspace: WorkspaceOption

    @Option(help: "Data year; the latest without it. Its latest run counts.")
    var year: Int?

    func open() throws -> (store: Store, run: RunSummary, workspace: Workspace) {
        let workspace = try workspace.open()
        let store = try Store(opening: workspace.store, for: .reading)
        guard let run = try store.latestRun(dataYear: year) else {
            let years = Set(try store.runs().map(\.dataYear)).sorted().map(String.init)
            throw Failure(
                message: years.isEmpty
                    ? "the store \(workspace.store) holds no run yet; make one with `mujun run`."
                    : "the store \(workspace.store) holds no run\(year.map { " of \($0)" } ?? ""); it has: "
                        + "\(years.joined(separator: ", ")).", exitCode: 74)
        }
        return (store, run, workspace)
    }
}

extension RunSummary {
    /// The lines that every screen begins with.
    var heading: String {
        let head = "\(methodTitle) · run \(id) (\(stageLabel)) · as of \(asOf)"
        return ([head, methodNote] + (waivers.isEmpty ? [] : ["豁免：\(waivers)"])).filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
