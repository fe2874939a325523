import ArgumentParser

struct MethodCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "method",
        abstract: "Work on a method file alone, without a workspace.",
        subcommands: [MethodCheckCommand.self, MethodTestCommand.self, MethodPrintCommand.self])
}
