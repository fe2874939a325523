import ArgumentParser
import Intake

struct MethodCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong with a method file.",
        discussion: """
            Needs neither a workspace nor deliveries. Prints every error and warning with its line, carets and what to do; \
            of a method that can be used, then one line of what it declares.

            EXAMPLE
              mujun method check method.yaml

            EXIT CODES
              0   the method can be used, perhaps with warnings
              64  usage, such as no file
              65  the method is refused
              74  the file cannot be read
            """)

    @Argument(help: ArgumentHelp("The method file.", valueName: "file"))
    var file: String

    func run() throws {
        try reportingFailures {
            let method: CheckedMethod
            do {
                method = try CheckedMethod(path: file)
            } catch let error as IntakeError where error.kind == .refused {
                try StandardOutput.print(error.message)
                throw Failure.refused(
                    "the method file is refused before its rules could be looked into: correct this first")
            }
            for problem in method.problems { try StandardOutput.print(problem) }
            guard let graph = method.graph else {
                throw Failure.refused("the method file is refused: \(method.counts)")
            }
            try StandardOutput.print(graph.declarations + "; " + method.counts)
        }
    }
}
