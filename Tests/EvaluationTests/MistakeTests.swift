import Foundation
import Intake
import Testing

@testable import Evaluation

/// What a person reads who has made a mistake in a method file. Each case of `Mistakes/cases.txt` changes
/// `Mistakes/base.yaml`. The changed file lies in `Samples/bad/methods`, and beside it everything that is printed:
/// place, sentence, line, carets.
///
/// After a change of either file, `UPDATE_BAD_METHODS=1 swift test --filter MistakeTests` writes the folder anew; read
/// the differences before they are committed.
@Suite struct MistakeTests {
    struct Case: CustomTestStringConvertible {
        let title: String
        /// What stands in the file, and what takes its place.
        var changes: [(old: String, new: String)] = []

        var testDescription: String { title }

        /// `a-bracket-that-is-never-closed`.
        var name: String {
            title.filter { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == " " }.lowercased()
                .replacing(" ", with: "-")
        }

        /// The file with the mistake.
        func method() throws -> String {
            var method = try Shipped.testFile("Mistakes/base.yaml")
            for change in changes {
                let parts = method.split(
                    separator: change.old, maxSplits: 1, omittingEmptySubsequences: false)
                try #require(parts.count == 2, "\(change.old) does not stand in the base")
                method = parts.joined(separator: change.new)
            }
            return "# Wrong on purpose: \(title).\n" + method
        }
    }

    private static let folder = Shipped.root.appending(path: "Samples/bad/methods")

    @Test func theBaseIsRight() throws {
        let checker = try checked(Shipped.testFile("Mistakes/base.yaml"))
        #expect(checker.problems == [])
        #expect(checker.graph != nil)
    }

    @Test func thereAreMany() throws {
        let cases = try MistakeTests.cases()
        #expect(cases.count >= 150)
        let files = try FileManager.default.contentsOfDirectory(atPath: MistakeTests.folder.path)
        #expect(Set(files) == Set(cases.flatMap { ["\($0.name).yaml", "\($0.name).txt"] }))
    }

    /// The message that Docs/method.md shows, and that labels stand for names, as it says.
    @Test func thePageOfTheMethodFile() throws {
        let method = try Shipped.method("yongkang-2021")
        let slip = method.replacing("value: value_added / land}", with: "value: value_aded / land}")
        #expect(try Shipped.page("method.md").contains("\n\(MistakeTests.printed(slip, "method.yaml"))```"))
        let labels = method.replacing("value: tax / land}", with: "value: 税收 / 用地面积}")
        #expect(labels != method)
        #expect(try compiled(labels).meaning == compiled(method).meaning)
    }

    /// A share of the weight says of what it is a share; a bare percentage does not.
    @Test func aMissingRuleInPercentOfTheWeight() throws {
        let method = try Shipped.testFile("Mistakes/base.yaml").replacing(
            "decimals: 4, missing: 0}", with: "decimals: 4, missing: 50% * weight}")
        #expect(try checked(method).problems == [])
    }

    @Test(arguments: try cases())
    func mistake(_ mistake: Case) throws {
        let method = try mistake.method()
        let printed = MistakeTests.printed(method, "\(mistake.name).yaml")
        let file = MistakeTests.folder.appending(path: "\(mistake.name).yaml")
        let beside = MistakeTests.folder.appending(path: "\(mistake.name).txt")
        if ProcessInfo.processInfo.environment["UPDATE_BAD_METHODS"] == "1" {
            try Data(method.utf8).write(to: file)
            try Data(printed.utf8).write(to: beside)
        }
        #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == method)
        #expect(String(decoding: try Data(contentsOf: beside), as: UTF8.self) == printed)
        #expect(printed != "")
        guard let checker = try? checked(method) else { return }
        let isRefused = checker.problems.contains { $0.severity == .error }
        #expect((checker.graph == nil) == isRefused)
    }

    /// As the command prints it.
    private static func printed(_ method: String, _ name: String) -> String {
        do throws(IntakeError) {
            let checker = Checker(try MethodFile.parse(method), contracts: Shipped.contracts)
            return checker.problems.map { problem in
                """
                \(name):\(problem.place.line):\(problem.place.column): \(problem.severity.rawValue): \(problem.message)
                \(MethodLines(method).excerpt(at: problem.place, length: problem.length))

                """
            }.joined()
        } catch {
            return "\(name):\(error.message)\n"
        }
    }

    private static func cases() throws -> [Case] {
        var cases: [Case] = []
        var old: [Substring] = []
        var new: [Substring] = []
        func close() {
            guard !old.isEmpty || !new.isEmpty, !cases.isEmpty else { return }
            cases[cases.count - 1].changes.append(
                (old.joined(separator: "\n"), new.joined(separator: "\n")))
            (old, new) = ([], [])
        }
        for line in try Shipped.testFile("Mistakes/cases.txt").split(separator: "\n") {
            if line.hasPrefix("=== ") {
                close()
                cases.append(Case(title: String(line.dropFirst(4))))
            } else if line.hasPrefix("- ") {
                if !new.isEmpty { close() }
                old.append(line.dropFirst(2))
            } else if line.hasPrefix("+ ") {
                new.append(line.dropFirst(2))
            }
        }
        close()
        return cases
    }
}
