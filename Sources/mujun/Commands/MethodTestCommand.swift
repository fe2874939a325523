import ArgumentParser

struct MethodTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Prove a method with the cases beside it.",
        discussion: """
            The cases of my-method.yaml lie beside it in my-method.cases.yaml: made-up firms, and what must become of \
            them. Every value that differs is printed with its formula and the numbers put in; then which rules of \
            the method no case puts to the test. Ends with 65 when a value differs; untested rules do not fail.

            EXAMPLE
              mujun method test Samples/methods/yongkang-2021.yaml
              mujun method test method.yaml --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "The method file.") var method: String
    @Option(help: "text or json.") var format = Format.text

    func run() throws {
        try reportingFailures {
            let report = try CaseReport(method: method)
            switch format {
            case .text: try StandardOutput.print(report.text)
            case .json: try StandardOutput.write(json: CaseReportJSON(report))
            }
            if report.differs { throw ExitCode(65) }
        }
    }
}
