import ArgumentParser
import Evaluation
import Intake
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

            links, link_rates and link_form are the linking report (数据关联): what found no firm by its code, with \
            candidates; how many rows of each feed and town found theirs in which way; and a delivery of the feed `link` \
            to be checked, completed and sent back.

            EXAMPLE
              mujun export links --town 古山镇 --to csv > links.csv
              mujun export ranking --to csv > ranking.csv
              mujun export rectification --to json
            """)

    @OptionGroup var selection: RunSelection

    @Argument(
        help: ArgumentHelp(
            "ranking, links, link_rates, link_form, or the name or label of a list.", valueName: "list"))
    var list: String

    @Option(help: "csv or json.")
    var to: ExportFormat

    @Option(help: "Of links, link_rates and link_form only what concerns this town (镇街).")
    var town: String?

    func run() throws {
        try reportingFailures {
            let (store, run, _) = try selection.open()
            if let kind = LinkExports.Kind(rawValue: list) {
                try writeLinks(kind, store, run)
                return
            }
            guard town == nil else { throw Failure.usage("--town needs links, link_rates or link_form.") }
            guard try store.export(list, run, as: to, to: StandardOutput.write) != nil else {
                let known = try store.exports(run).map { "\($0.name) (\($0.title))" }
                throw Failure.usage(
                    "there is no list `\(list)`; this run has: \(known.joined(separator: ", ")).")
            }
        }
    }

    private func writeLinks(_ kind: LinkExports.Kind, _ store: Store, _ run: RunSummary) throws {
        let links = try store.links(run)
        let firms = try store.linkFirms(run)
        if let town, !firms.contains(where: { $0.town == town }) {
            let known = Set(firms.map(\.town)).subtracting([""]).sorted()
            throw Failure.usage(
                "no firm of run \(run.id) is in `\(town)`; its towns are \(known.joined(separator: ", ")).")
        }
        let candidates =
            kind == .rates ? links.entries.map { _ in [] } : LinkCandidates.find(links.entries, among: firms)
        _ = try LinkExports(
            run, links, contracts: ShippedContracts.load(), firms: firms, candidates: candidates, town: town
        ).write(kind, as: to, to: StandardOutput.write)
        if links.left > 0, kind != .rates {
            Talk.warning(
                "\(grouped(links.left)) more entries were not kept; the counts of link_rates are complete.")
        }
    }
}
