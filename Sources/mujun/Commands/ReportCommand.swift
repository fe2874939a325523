import ArgumentParser
import Evaluation
import Results

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write one page about a run with charts and tables, to look at, print and pass on.",
        discussion: """
            One HTML file in Chinese that needs nothing else: no network, no scripts, no other file. Tiers by cohort, town \
            and industry; scores with the cuts; indicators against their baselines; what changed since last year; the \
            lists; what the departments sent. Every chart has its numbers as a table. The same run gives the same bytes.

            The page says for whom it is. For --audience public (the default) it names firms only on lists that the \
            method makes public, with the columns that are public, and shows no distribution of fewer than \
            10 firms. town and office show the lists and columns for them.

            EXAMPLE
              mujun report --output report.html
              mujun report --run final --audience office --output report-2021.html
            """)

    @OptionGroup var selection: RunSelection

    @Option(help: "For whom: public, supplier, town or office.")
    var audience = ListRule.Audience.public

    @Option(help: ArgumentHelp("File to write; stdout without it.", valueName: "file"))
    var output: String?

    func run() throws {
        try reportingFailures {
            let (store, run, _) = try selection.open()
            guard let text = try store.methodText(run) else {
                throw Failure(message: "the store holds no method for run \(run.id).", exitCode: 70)
            }
            let graph = try Method(stored: text).graph
            let page = try store.report(run, graph: graph, audience: audience)
            try OutputFile.write(output) { try $0(Array(page.utf8)[...]) }
        }
    }
}

extension ListRule.Audience: ExpressibleByArgument {}
