import Evaluation
import Intake

/// A method file as the checker found it, right or wrong.
struct CheckedMethod {
    /// Complete: with what the file is based on.
    let text: String
    private let files: [MethodSource.File]
    private let checker: Checker

    /// - Throws: what makes the file unreadable, or no YAML.
    init(path: String) throws {
        try self.init(MethodSource.read(path: path))
    }

    init(_ source: MethodSource) throws {
        text = source.text
        files = source.files
        checker = Checker(source.root, contracts: try ShippedContracts.load())
    }

    /// `nil` when the method is refused.
    var graph: Graph? { checker.graph }

    /// `method.yaml:12:7: error: …`, the line, and carets under what is meant; errors and warnings in the order of the file.
    var problems: [String] {
        texts(checker.problems, saysSeverity: true)
    }

    /// The warnings likewise, without the word: whoever says them says what they are.
    var warnings: [String] {
        texts(checker.problems.filter { $0.severity == .warning }, saysSeverity: false)
    }

    /// Each with the name and the line of its own file.
    private func texts(_ problems: [MethodProblem], saysSeverity: Bool) -> [String] {
        let lines = files.map { MethodLines($0.text) }
        return problems.map { problem in
            let file = files.indices.contains(problem.place.file) ? problem.place.file : 0
            return problem.text(file: files[file].name, lines[file], saysSeverity: saysSeverity)
        }
    }

    /// `2 errors, 1 warning`.
    var counts: String {
        let errors = checker.problems.count { $0.severity == .error }
        let warnings = checker.problems.count - errors
        let counted = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        return counted.isEmpty ? "no warnings" : counted.joined(separator: ", ")
    }
}

extension MethodProblem {
    /// Place, severity and sentence, the line, and carets under what is meant.
    func text(file: String, _ lines: MethodLines, saysSeverity: Bool = true) -> String {
        "\(file):\(place.line):\(place.column): \(saysSeverity ? "\(severity.rawValue): " : "")\(message)\n"
            + lines.excerpt(at: place, length: length)
    }
}

extension Graph {
    /// What a method declares, on one line.
    var declarations: String {
        func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }
        let rules = decisions.count + (manualRule == nil ? 0 : 1)
        return "\(id), data of \(dataYear), as of \(asOf): "
            + [
                "\(count(cohorts.count, "cohort")) (\(cohorts.map(\.name).joined(separator: ", ")))",
                count(nodes.count { $0.section == .indicator }, "indicator"),
                "tiers \(ranking.tiers.joined(separator: " "))", count(rules, "decision"),
                count(lists.count, "list"),
            ].joined(separator: ", ")
    }
}
