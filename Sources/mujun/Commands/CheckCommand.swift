import ArgumentParser

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Do everything that run does, except recording.",
        discussion: """
            Checks the method, reads the deliveries, evaluates, and prints what a run would print, with the first \
            findings of each kind. Neither needs nor touches the store.

            EXAMPLE
              mujun check
            """)

    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try reportingFailures {
            let workspace = try workspace.open()
            let night = try Night(workspace, Method(path: workspace.method))
            do {
                let reading = try night.read()
                let evaluated = try night.evaluate(reading)
                try StandardOutput.print(RunReport(evaluated, reading, workspace).text)
                try StandardOutput.print(FindingSamples(reading, night.method.graph).text)
            } catch let failure as Failure {
                if let reading = failure.reading {
                    try StandardOutput.print(FindingSamples(reading, night.method.graph).text)
                }
                throw failure
            }
        }
    }
}
