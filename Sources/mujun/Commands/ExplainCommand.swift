import ArgumentParser
import Evaluation
import Intake
import Results

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain why one firm stands where it stands, from its tier back to the feeds.",
        discussion: """
            Every value with its formula, the numbers put in, unit, decimals, baseline, cohort statistics, cap or \
            missing rule, and source; what the firm confirmed or disputed (企业确认) and objected to (异议); the decisions; rank, and distance to the next tiers. With --rows also the \
            delivered lines behind it, read again from the archive.

            EXAMPLE
              mujun explain 巘湛沁
              mujun explain 91330784709455168Y --rows
              mujun explain 91330784709455168Y --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case tree, json }

    @OptionGroup var selection: RunSelection
    @OptionGroup var firm: FirmArgument
    @Flag(help: "Also the feed lines (file, line, text) of the firm.") var rows = false
    @Option(help: "tree or json.") var format = Format.tree

    func run() throws {
        try reportingFailures {
            let (store, run, workspace) = try selection.open()
            let firm = try firm.find(store, run)
            guard let text = try store.methodText(run),
                let standing = try store.firmStanding(run, firm: firm.firm)
            else { return }
            let method = try Method(stored: text)
            guard let values = try store.firmValues(run, firm: firm.firm, graph: method.graph) else { return }
            let links = try store.links(run)
            let confirmations = try FeedLines.confirmations(
                code: firm.code, in: store.inputFiles(run), links: links.entries, archive: workspace.archive,
                contracts: method.graph.contracts, dataYear: run.dataYear, asOf: method.graph.asOf,
                threads: Night.threads)
            let objections = try store.objections(run, code: firm.code)
            var explanation = Explainer(graph: method.graph, firm: values).explanation()
                .noted { name, label in
                    confirmations.first { [name, label].contains($0.measure) }.map { "企业确认：\($0.text)" }
                }
            for objection in objections {
                explanation = explanation.noted { name, label in
                    [name, label].contains(objection.subject) ? "异议：\(objection.text)" : nil
                }
            }
            let lines =
                rows
                ? try FeedLines.find(
                    code: firm.code, in: store.inputFiles(run),
                    links: links.entries, archive: workspace.archive,
                    contracts: method.graph.contracts, dataYear: run.dataYear,
                    asOf: method.graph.asOf,
                    threads: Night.threads) : nil
            let incomplete = rows ? links.incompleteFeeds(firm: firm.code) : []
            switch format {
            case .json:
                let json = ExplanationJSON(
                    explanation, standing, run, objections: objections, rows: lines)
                try StandardOutput.write(json: json)
                if let remark = FeedLinesText.remark(incomplete, method.graph) { Talk.warning(remark) }
            case .tree:
                try StandardOutput.print(run.heading)
                try StandardOutput.print("")
                try StandardOutput.print(
                    (StandingText(standing, run).lines
                        + objections.map { "异议  \($0.subject)：\($0.text)" }
                        + ExplanationText(explanation).lines).joined(separator: "\n"))
                if let lines {
                    try StandardOutput.print(
                        FeedLinesText(lines, incomplete: incomplete, method.graph).text)
                }
                try StandardOutput.print("\n结果摘要 \(run.resultDigest)")
            }
        }
    }
}
