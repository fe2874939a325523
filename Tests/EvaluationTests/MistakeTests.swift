import Intake
import Testing

@testable import Evaluation

/// What a person reads who has made a mistake in a method file. Each case of `Mistakes/cases.txt` changes
/// `Mistakes/base.yaml` and states everything that is then printed: place, sentence, line, caret.
@Suite struct MistakeTests {
    struct Case: CustomTestStringConvertible {
        let title: String
        /// What stands in the file, and what takes its place.
        var changes: [(old: String, new: String)] = []
        var expected = ""

        var testDescription: String { title }
    }

    @Test func theBaseIsRight() throws {
        let checker = try checked(Shipped.testFile("Mistakes/base.yaml"))
        #expect(checker.problems == [])
        #expect(checker.graph != nil)
    }

    @Test func thereAreMany() throws { #expect(try MistakeTests.cases().count >= 100) }

    /// The message that Docs/method.md shows, and that labels stand for names, as it says.
    @Test func thePageOfTheMethodFile() throws {
        let method = try Shipped.method("yongkang-2021")
        let slip = method.replacing("value: value_added / land}", with: "value: value_aded / land}")
        let problem = try #require(try checked(slip).problems.first)
        let place = problem.place
        let message = """
            ```
            method.yaml:\(place.line):\(place.column): error: \(problem.message)
            \(MethodLines(slip).excerpt(at: place, length: problem.length))
            ```
            """
        #expect(try Shipped.page("method.md").contains(message))
        let labels = method.replacing("value: tax / land}", with: "value: 税收 / 用地面积}")
        #expect(labels != method)
        #expect(try compiled(labels).meaning == compiled(method).meaning)
    }

    @Test(arguments: try cases())
    func mistake(_ mistake: Case) throws {
        var method = try Shipped.testFile("Mistakes/base.yaml")
        for change in mistake.changes {
            let parts = method.split(separator: change.old, maxSplits: 1, omittingEmptySubsequences: false)
            try #require(parts.count == 2, "\(change.old) does not stand in the base")
            method = parts.joined(separator: change.new)
        }
        let checker = try checked(method)
        let shown = MistakeTests.text(checker.problems, method)
        #expect(shown == mistake.expected)
        let isRefused = checker.problems.contains { $0.severity == .error }
        #expect((checker.graph == nil) == isRefused)
    }

    /// As the command prints it, with wide blanks under Chinese, so that carets stand right in this file too.
    static func text(_ problems: [MethodProblem], _ method: String) -> String {
        let lines = method.split(separator: "\n", omittingEmptySubsequences: false)
        return problems.map { problem in
            let line = lines[problem.place.line - 1]
            let before = line.prefix(problem.place.column - 1).map { blank(under: $0) }.joined()
            return """
                \(problem.place.line):\(problem.place.column): \(problem.severity.rawValue): \(problem.message)
                \(line)
                \(before)^\(String(repeating: "~", count: problem.length - 1))

                """
        }.joined()
    }

    private static func blank(under character: Character) -> String {
        character.unicodeScalars.allSatisfy { (0x2E80...0xFFEF).contains($0.value) } ? "　" : " "
    }

    static func cases() throws -> [Case] {
        var cases: [Case] = []
        var old: [Substring] = []
        var new: [Substring] = []
        func close() {
            guard !old.isEmpty || !new.isEmpty, !cases.isEmpty else { return }
            cases[cases.count - 1].changes.append(
                (old.joined(separator: "\n"), new.joined(separator: "\n")))
            (old, new) = ([], [])
        }
        for line in try Shipped.testFile("Mistakes/cases.txt").split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if line.hasPrefix("=== ") {
                close()
                cases.append(Case(title: String(line.dropFirst(4))))
            } else if line.hasPrefix("- "), cases.last?.expected.isEmpty == true {
                if !new.isEmpty { close() }
                old.append(line.dropFirst(2))
            } else if line.hasPrefix("+ "), cases.last?.expected.isEmpty == true {
                new.append(line.dropFirst(2))
            } else if !cases.isEmpty {
                close()
                if !line.isEmpty || !cases[cases.count - 1].expected.isEmpty {
                    cases[cases.count - 1].expected += line + "\n"
                }
            }
        }
        close()
        for index in cases.indices {
            while cases[index].expected.hasSuffix("\n\n") { cases[index].expected.removeLast() }
        }
        return cases
    }
}
