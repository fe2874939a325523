import ArgumentParser

@main struct Mujun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mujun",
        abstract: "亩均: evaluates what the industrial firms of a county yield per mu of land.",
        subcommands: [SampleCommand.self])
}
