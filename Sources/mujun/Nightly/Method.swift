import Evaluation
import Intake

/// A method file, read and checked.
struct Method {
    let text: String
    let graph: Graph

    /// - Throws: ``Failure`` with every problem and its caret when the file cannot be used.
    init(path: String) throws {
        let (text, root) = try MethodFile.read(path: path)
        try self.init(text: text, root: root, name: path)
    }

    /// A method that a store has kept; it was checked when it was recorded.
    init(stored text: String) throws {
        try self.init(text: text, root: MethodFile.parse(text), name: "the method of the store")
    }

    private init(text: String, root: SourceNode, name: String) throws {
        let checker = Checker(root, contracts: try ShippedContracts.load())
        guard let graph = checker.graph else {
            let lines = MethodLines(text)
            let problems = checker.problems.map {
                $0.text(file: name, lines, severity: "\($0.severity.rawValue): ")
            }
            let errors = checker.problems.count { $0.severity == .error }
            throw Failure.refused(
                "the method file is refused: \(errors) \(errors == 1 ? "error" : "errors")\n"
                    + problems.joined(separator: "\n"))
        }
        self.text = text
        self.graph = graph
    }

    /// What the checker noticed without refusing, with carets.
    func warnings(file: String) -> [String] {
        let lines = MethodLines(text)
        return graph.warnings.map { $0.text(file: file, lines) }
    }

    /// Names of the feeds that it uses.
    var feeds: Set<String> {
        var feeds = Set(graph.feedColumns.map { graph.contracts[$0.feed].name })
        if graph.manualRule != nil { feeds.insert("decision") }
        return feeds
    }
}

extension MethodProblem {
    /// `method.yaml:12:7: error: …`, the line, and carets under what is meant.
    fileprivate func text(file: String, _ lines: MethodLines, severity: String = "") -> String {
        "\(file):\(place.line):\(place.column): \(severity)\(message)\n"
            + lines.excerpt(at: place, length: length)
    }
}
