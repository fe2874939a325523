import ArgumentParser
import Intake

struct MethodPrintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print",
        abstract: "Print a method with everything that it is based on, as one file.",
        discussion: """
            A method may say only what it changes of another one (based_on). This prints the complete method: what a run \
            keeps in the store, and what is checked. Keys stand in the order of the base, additions behind them; \
            comments are left out. The rules are not looked into: see ‘mujun method check’.

            EXAMPLE
              mujun method print Samples/methods/huangyan-2022.yaml > complete.yaml

            EXIT CODES
              0   printed
              64  usage, such as no file
              65  a file is no YAML, or what it is based on is refused
              74  a file cannot be read
            """)

    @Argument(help: ArgumentHelp("The method file.", valueName: "file"))
    var file: String

    func run() throws {
        try reportingFailures {
            try StandardOutput.write(ArraySlice(MethodSource.read(path: file).root.yaml.utf8))
        }
    }
}
