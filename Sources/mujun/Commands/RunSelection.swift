import ArgumentParser
import Results

/// Which recorded run a command reads.
struct RunSelection: ParsableArguments {
    @OptionGroup var workspace: WorkspaceOption

    @Option(help: "Data year; the latest without it. Its latest run counts.")
    var year: Int?

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "Another run: its number, latest, notice, final, 2021:notice, 2021:notice:1 (its first version).",
            valueName: "run"))
    var reference: RunReference?

    func validate() throws {
        if year != nil, reference != nil { throw ValidationError("Give --year or --run, not both.") }
    }

    func open() throws -> (store: Store, run: RunSummary, workspace: Workspace) {
        let workspace = try workspace.open()
        let store = try Store(opening: workspace.store, for: .reading)
        if let reference { return (store, try reference.find(in: store), workspace) }
        guard let run = try store.latestRun(dataYear: year) else {
            let years = Set(try store.runs().map(\.dataYear)).sorted().map(String.init)
            guard let year, !years.isEmpty else { throw RunReference.noRun(store) }
            throw Failure.usage(
                "the store \(workspace.store) holds no run of \(year); it has: \(years.joined(separator: ", "))."
            )
        }
        return (store, run, workspace)
    }

    /// Where no run is named, what is published of the data year, or of the latest that has something published.
    func openPublished() throws -> (store: Store, run: RunSummary) {
        let (store, run, _) = try open()
        let published = try store.runsOfYears().filter(\.isCurrent)
        guard reference == nil, let found = published.last(where: { year == nil || $0.dataYear == year })
        else {
            return (store, run)
        }
        return (store, found)
    }
}

extension RunSummary {
    /// The lines that every screen begins with.
    var heading: String {
        let head = "\(methodTitle) · run \(id) (\(stageLabel)) · as of \(asOf)"
        return ([head, publication?.about ?? "", methodNote] + (waivers.isEmpty ? [] : ["豁免：\(waivers)"]))
            .filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}

extension Publication {
    /// Document, day, end of the notice period, and the reason of a correction or withdrawal.
    var about: String {
        var words = ["文号：\(document)", "\(action == .withdrawn ? "撤回" : "发布")日期：\(publishedOn)"]
        if let until { words.append("公示期至：\(until)") }
        if let reason { words.append("\(action == .withdrawn ? "撤回" : "更正")原因：\(reason)") }
        return words.joined(separator: " · ")
    }
}
