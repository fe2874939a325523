import Evaluation
import Intake

/// A method file, read and checked.
struct Method {
    let graph: Graph
    private let checked: CheckedMethod

    /// - Throws: ``Failure`` with every problem and its caret when the file cannot be used.
    init(path: String) throws {
        try self.init(MethodSource.read(path: path))
    }

    /// A method that a store has kept; it was checked when it was recorded.
    init(stored text: String) throws {
        try self.init(MethodSource(text: text, name: "the method of the store"))
    }

    init(_ source: MethodSource) throws {
        let checked = try CheckedMethod(source)
        guard let graph = checked.graph else {
            throw Failure.refused(
                "the method file is refused: \(checked.counts)\n"
                    + checked.problems.joined(separator: "\n"))
        }
        self.graph = graph
        self.checked = checked
    }

    var text: String { checked.text }

    /// What the checker noticed without refusing, with carets.
    var warnings: [String] { checked.warnings }

    /// Names of the feeds that it uses.
    var feeds: Set<String> {
        var feeds = Set(graph.feedColumns.map { graph.contracts[$0.feed].name })
        if graph.manualRule != nil { feeds.insert(FeedContract.decisionName) }
        return feeds
    }
}
