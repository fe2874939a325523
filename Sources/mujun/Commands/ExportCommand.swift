import ArgumentParser
import Results

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the ranking or a list for a spreadsheet or a program.",
        discussion: """
            The output says for whom it is (公开, 镇街, 评价办公室) and holds no column above that audience. CSV is \
            UTF-8 with a byte order mark, and no cell runs as a formula. In CSV every code (统一社会信用代码, 行业代码) \
            ends in a tab, so that spreadsheets keep it as text: take it away before joining with other data; JSON has \
            none.

            EXAMPLE
              mujun export ranking --to xlsx --output ranking.xlsx
              mujun export ranking --to csv > ranking.csv
              mujun export rectification --to json
            """)

    @OptionGroup var selection: RunSelection

    @Argument(help: ArgumentHelp("ranking, or the name or label of a list.", valueName: "list"))
    var list: String

    @Option(help: "xlsx, csv or json.")
    var to: ExportFormat

    @Option(help: ArgumentHelp("File to write; stdout without it.", valueName: "file"))
    var output: String?

    func run() throws {
        try reportingFailures {
            try OutputFile.checkTerminal(output, to)
            let (store, run, _) = try selection.open()
            // Before a file is made that would stay empty.
            guard try store.exports(run).contains(where: { $0.name == list || $0.title == list }) else {
                let known = try store.exports(run).map { "\($0.name) (\($0.title))" }
                throw Failure.usage(
                    "there is no list `\(list)`; this run has: \(known.joined(separator: ", ")).")
            }
            _ = try OutputFile.write(output) { try store.export(list, run, as: to, to: $0) }
        }
    }
}
