import ArgumentParser
import Evaluation
import Foundation
import Intake
import Results

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Do everything that run does, except recording, and report on the deliveries.",
        discussion: """
            Checks the method, reads the deliveries, evaluates, and prints what came in: rows accepted and refused by \
            feed, the first findings of each kind, the manifests' control totals, what strikes beside the delivery \
            before, which firms, towns and months are missing, how old the deliveries are; then what a run would come \
            to. When the feeds are refused, all but the last is printed. Needs no store; when there is one, deliveries \
            are compared with those that it remembers. Nothing is written.

            EXAMPLE
              mujun check
              mujun check --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "table or json.") var format = Format.table

    func run() throws {
        try reportingFailures {
            let workspace = try workspace.open()
            let night = try Night(workspace, Method(path: workspace.method))
            let asked = FeedCoverage.columns(night.method.graph, feeds: night.method.feeds)
            do {
                let reading = try night.read(comparingWith: earlier(workspace), and: asked)
                try print(CheckReport(night, reading, asked, try night.evaluate(reading)))
            } catch let failure as Failure {
                if let reading = failure.reading {
                    try print(CheckReport(night, reading, asked, nil))
                }
                throw failure
            }
        }
    }

    private func print(_ report: CheckReport) throws {
        switch format {
        case .table: try StandardOutput.print(CheckText(report).text)
        case .json: try StandardOutput.write(json: CheckJSON(report))
        }
    }

    /// What the store remembers; nothing when it is not there, or not to be read now.
    private func earlier(_ workspace: Workspace) -> [FileFigures] {
        guard FileManager.default.fileExists(atPath: workspace.store) else { return [] }
        do {
            return try Store(opening: workspace.store, for: .reading).deliveredFigures()
        } catch {
            Talk.warning("deliveries are not compared with those before: \(error.description)")
            return []
        }
    }
}
