import ArgumentParser
import Evaluation
import Intake
import Results

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract:
            "Write the ranking, a list, letters, sheets to confirm, a statement, or last year's results.",
        discussion: """
            The output says for whom it is (公开, 镇街, 评价办公室) and holds no column above that audience. In xlsx codes \
            (统一社会信用代码, 行业代码) are texts, and numbers are exactly what is stored. CSV is UTF-8 with a byte order \
            mark, or --encoding gb18030; every code ends in a tab, so that spreadsheets keep it as text: take it away before joining with other \
            data; JSON has none. No cell runs as a formula. The same run gives the same bytes.

            letter: what was wrong in what a department sent, in Chinese, as xlsx or csv: a summary, then line by line. It \
            is about the last attempt that read the deliveries, also when that was refused; --attempt and --run name \
            another. Without --department every department gets a file in the folder --output.

            confirmation: for every town a book with a sheet per firm: what the feeds say of it, with source and date, room \
            for objections and the seal. What comes back is the feed confirmation (企业确认).

            links, link_rates and link_form are the linking report (数据关联): what found no firm by its code, with \
            candidates; how many rows of each feed and town found theirs in which way; and a delivery of the feed `link` \
            to be checked, completed and sent back.

            objections: what firms object to (异议), by state, with the decision of the same document and what changed for \
            the firm since the notice. changes: every row that says otherwise than the notice (公示), with the upheld \
            objections and decisions behind it, and their documents.

            statement: what was published, from which inputs, by which method and program, as an in-toto statement to be \
            signed (json); --subject FILE adds a list file that goes out with it.

            previous: the results as a delivery of the feed 上年结果 (csv), so that the method of the next year can ask for \
            them; --output names the folder of the delivery.

            EXAMPLE
              mujun export ranking --to xlsx --output ranking.xlsx
              mujun export links --town 古山镇 --to csv > links.csv
              mujun export ranking --to csv > ranking.csv
              mujun export rectification --to json
              mujun export letter --department 税务局 --to xlsx --output 税务局.xlsx
              mujun export letter --to xlsx --output letters
              mujun export confirmation --town 古山镇 --to xlsx --output confirmation
              mujun export rectification --run 2021:final --to csv --output 整治.csv
              mujun export objections --to xlsx --output 异议.xlsx
              mujun export changes --run 2021:final --to csv > 变化.csv
              mujun export statement --run 2021:final --subject 整治.csv --to json --output statement.json
              mujun export previous --run 2021:final --to csv --output inbox/previous-2021
            """)

    @OptionGroup var selection: RunSelection

    @Argument(
        help: ArgumentHelp(
            "ranking, the name or label of a list, letter, confirmation, links, link_rates, link_form, objections, changes, statement, or previous.",
            valueName: "name"))
    var list: String

    @Option(help: "xlsx, csv or json.")
    var to: ExportFormat

    @Option(help: ArgumentHelp("csv: utf-8 (with a byte order mark) or gb18030.", valueName: "encoding"))
    var encoding: CSVEncoding?

    @Option(
        help: ArgumentHelp("File to write, or folder for several; stdout without it.", valueName: "path"))
    var output: String?

    @Option(help: "Letter: to whom; a department, or a feed by name or label.")
    var department: String?

    @Option(help: ArgumentHelp("Letter: zh or en.", valueName: "zh|en"))
    var lang: Letter.Language?

    @Option(help: ArgumentHelp("Letter: about this attempt (table attempt).", valueName: "number"))
    var attempt: Int64?

    @Option(help: "Confirmation and links: only what concerns this town (镇街).")
    var town: String?

    @Option(
        help: ArgumentHelp("Statement: a file that goes out with it; may be repeated.", valueName: "file"))
    var subject: [String] = []

    func validate() throws {
        let hasTowns = list == "confirmation" || LinkExports.Kind(rawValue: list) != nil
        if town != nil, !hasTowns {
            throw ValidationError(
                "--town belongs to `export confirmation`, `links`, `link_rates` and `link_form`.")
        }
        if list != "statement", !subject.isEmpty {
            throw ValidationError("--subject belongs to `export statement`.")
        }
        if encoding != nil, to != .csv || list == "previous" {
            throw ValidationError("--encoding belongs to csv; `export previous` is a delivery in UTF-8.")
        }
        if ["statement": ExportFormat.json, "previous": .csv][list, default: to] != to {
            throw ValidationError(
                list == "previous" ? "`export previous` is csv." : "`export statement` is json.")
        }
        let isOfLetters = department != nil || lang != nil || attempt != nil
        if list != "letter", isOfLetters {
            throw ValidationError("--department, --lang and --attempt belong to `export letter`.")
        }
        if attempt != nil, selection.reference != nil {
            throw ValidationError("Give --attempt or --run, not both.")
        }
    }

    func run() throws {
        try reportingFailures {
            switch list {
            case "letter":
                if department != nil { try OutputFile.checkTerminal(output, to) }
                let workspace = try selection.workspace.open()
                let run = try selection.reference.map {
                    try $0.find(in: Store(opening: workspace.store, for: .reading)).id
                }
                let letter = LetterExport(
                    workspace: workspace, department: department, language: lang ?? .zh,
                    attempt: attempt, run: run, format: to, output: output,
                    encoding: encoding ?? .utf8)
                try letter.write()
            case "confirmation":
                let (store, run, workspace) = try selection.open()
                let sheets = ConfirmationExport(
                    store: store, run: run, county: workspace.county, town: town, format: to, output: output)
                try sheets.write()
            case "statement":
                let workspace = try selection.workspace.open()
                let statement = try StatementExport(
                    Store(opening: workspace.store, for: .reading), county: workspace.county,
                    selection.reference, year: selection.year, files: subject, output: output)
                try statement.write()
            case "previous":
                let (store, run) = try selection.openPublished()
                try PreviousExport(store: store, run: run, output: output).write()
            case let name where ObjectionExport(rawValue: name) != nil:
                guard let export = ObjectionExport(rawValue: name) else { return }
                try OutputFile.checkTerminal(output, to)
                let (store, run, _) = try selection.open()
                _ = try OutputFile.write(output, encoding ?? .utf8) {
                    try store.export(export, run, as: to, to: $0)
                }
            case let name:
                guard let kind = LinkExports.Kind(rawValue: name) else { return try writeList() }
                try OutputFile.checkTerminal(output, to)
                let (store, run, _) = try selection.open()
                try LinkExport(
                    store: store, run: run, kind: kind, town: town, format: to, output: output,
                    encoding: encoding ?? .utf8
                ).write()
            }
        }
    }

    private func writeList() throws {
        try OutputFile.checkTerminal(output, to)
        let (store, run, _) = try selection.open()
        // Before a file is made that would stay empty.
        guard try store.exports(run).contains(where: { $0.name == list || $0.title == list }) else {
            let known =
                try store.exports(run).map { "\($0.name) (\($0.title))" }
                + ["letter", "confirmation", "statement", "previous"]
                + ObjectionExport.allCases.map(\.rawValue) + LinkExports.Kind.allCases.map(\.rawValue)
            throw Failure.usage("there is no list `\(list)`; this run has: \(known.joined(separator: ", ")).")
        }
        _ = try OutputFile.write(output, encoding ?? .utf8) { try store.export(list, run, as: to, to: $0) }
    }
}
