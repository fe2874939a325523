import ArgumentParser

struct MethodCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "method",
        abstract: "Work on method files.",
        subcommands: [
            MethodCheckCommand.self, MethodTestCommand.self, MethodPrintCommand.self, MethodDiffCommand.self,
        ])
}
