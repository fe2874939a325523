import Evaluation
import Foundation
import Intake

/// The cases of a method, evaluated: what differs, and which rules they do not put to the test.
struct CaseReport {
    struct Outcome {
        let name: String
        let firms: Int
        let expectations: Int
        let differences: [CaseDifference]
    }

    let method: Method
    /// The cases file.
    let file: String
    let outcomes: [Outcome]
    let coverage: Coverage

    /// - Throws: ``Failure`` when the method or the cases file has mistakes, or a case cannot be evaluated.
    init(method path: String) throws {
        file = try CaseReport.casesFile(beside: path)
        method = try Method(path: path)
        guard FileManager.default.fileExists(atPath: file) else {
            throw Failure(
                message:
                    "\(file) is not there: the cases of a method lie beside it. Write some as Docs/method.md shows.",
                exitCode: 74)
        }
        let graph = method.graph
        var outcomes: [Outcome] = []
        var evaluations: [(MethodCase, Evaluated)] = []
        for methodCase in try CaseReport.cases(file, graph) {
            let evaluated = try CaseReport.evaluate(methodCase, graph, file)
            evaluations.append((methodCase, evaluated))
            outcomes.append(
                Outcome(
                    name: methodCase.name, firms: methodCase.firms.count,
                    expectations: methodCase.firms.reduce(0) { $0 + $1.expectationCount },
                    differences: methodCase.differences(evaluated)))
        }
        self.outcomes = outcomes
        coverage = Coverage(graph, evaluations)
    }

    private static func evaluate(_ methodCase: MethodCase, _ graph: Graph, _ file: String) throws -> Evaluated
    {
        let population = try methodCase.population(graph)
        do {
            return try graph.evaluate(population) { count, body in for index in 0..<count { body(index) } }
        } catch {
            var message = error.message
            // The author knows the firms by name only.
            for (index, firm) in methodCase.firms.enumerated() {
                message = message.replacing(population.codes[index], with: firm.name)
            }
            throw Failure.refused("\(file): \(methodCase.name): \(message)")
        }
    }

    /// `my-method.cases.yaml` for `my-method.yaml`.
    private static func casesFile(beside method: String) throws -> String {
        let ending = ".cases.yaml"
        guard !method.hasSuffix(ending) else {
            throw Failure.usage(
                "give the method, \(method.dropLast(ending.count)).yaml; its cases are found beside it.")
        }
        let stem = [".yaml", ".yml"].first(where: method.hasSuffix).map { method.dropLast($0.count) }
        return (stem ?? method[...]) + ending
    }

    private static func cases(_ file: String, _ graph: Graph) throws -> [MethodCase] {
        let (text, root) = try MethodFile.read(path: file)
        let reader = CaseReader(root, graph: graph)
        guard reader.problems.isEmpty else {
            let lines = MethodLines(text)
            let count = reader.problems.count
            throw Failure.refused(
                "the cases file is refused: \(count) \(count == 1 ? "error" : "errors")\n"
                    + reader.problems.map { $0.text(file: file, lines) }
                    .joined(separator: "\n"))
        }
        return reader.cases
    }

    var differs: Bool { outcomes.contains { !$0.differences.isEmpty } }

    var text: String {
        let graph = method.graph
        let head = "\(graph.title)\(graph.note.isEmpty ? "" : "\n\(graph.note)")"
        let differing = outcomes.filter { !$0.differences.isEmpty }.map(differences)
        return ([head] + differing + [summary, coverageText]).joined(separator: "\n\n")
    }

    // MARK: Differences

    private func differences(_ outcome: Outcome) -> String {
        var lines = ["✗ \(outcome.name)"]
        for difference in outcome.differences {
            lines.append(
                "  \(difference.firm) · \(difference.label) (\(difference.name)): expected \(difference.expected), found \(difference.found)  [\(file):\(difference.place.line)]"
            )
            lines += difference.reasons.map { "      \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    private var summary: String {
        let firms = outcomes.reduce(0) { $0 + $1.firms }
        let expectations = outcomes.reduce(0) { $0 + $1.expectations }
        let differences = outcomes.reduce(0) { $0 + $1.differences.count }
        let verdict =
            differences == 0
            ? "all agree" : "\(grouped(differences)) \(differences == 1 ? "differs" : "differ")"
        return
            "\(counted(outcomes.count, "case")), \(counted(firms, "firm")), \(counted(expectations, "expected value")): \(verdict)"
    }

    private func counted(_ count: Int, _ noun: String) -> String {
        "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    // MARK: Coverage

    private var coverageText: String {
        let gaps = coverage.parts.filter { $0.lacks != nil }
        let tested = coverage.parts.count - gaps.count
        let head = "\(tested) of \(coverage.parts.count) rules are put to the test"
        guard !gaps.isEmpty else { return head }
        var table = Table([("", .left), ("", .left), ("", .left), ("", .left)], indent: 2)
        for kind in Coverage.Part.Kind.allCases {
            for part in gaps where part.kind == kind {
                table.add([kind.label, part.label, part.name, part.lacks ?? ""])
            }
        }
        return "\(head); these are not:\n\(table.text)"
    }
}
