import ArgumentParser
import Evaluation
import Results

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one firm: its standing, its lists and all its values.",
        discussion: """
            EXAMPLE
              mujun show 91330784709455168Y
              mujun show 巘湛沁
            """)

    @OptionGroup var selection: RunSelection
    @OptionGroup var firm: FirmArgument

    func run() throws {
        try reportingFailures {
            let (store, run, _) = try selection.open()
            let firm = try firm.find(store, run)
            guard let standing = try store.firmStanding(run, firm: firm.firm) else { return }
            try StandardOutput.print(run.heading)
            try StandardOutput.print("")
            try StandardOutput.print(StandingText(standing, run).lines.joined(separator: "\n"))
            var table = Table([("", .left), ("", .right), ("", .left)])
            for cell in try store.firmCells(run, firm: firm.firm) {
                table.add([cell.node.label, cell.valueText, cell.node.name])
            }
            try StandardOutput.print("")
            try StandardOutput.print(table.text)
        }
    }
}

extension FirmCell {
    /// `23.1043 万元/亩`, a text, a day, 是 or 否, or why it is missing.
    var valueText: String {
        switch value {
        case .text(let text): text
        case .missing(let cause): cause.map { "缺失（\($0.label)）" } ?? "—"
        case .integer(let number):
            switch node.type {
            case "day": Day(number: number).description
            case "flag": number == 0 ? "否" : "是"
            default:
                DecimalText.format(number, decimals: node.decimals)
                    + (node.unit.map { $0 == "1" ? "" : " \($0)" } ?? "")
            }
        }
    }
}
