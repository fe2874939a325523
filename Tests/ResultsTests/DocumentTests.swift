import Foundation
import GRDB
import Testing

@testable import Results

/// What the pages in Docs tell a reader to type, typed.
@Suite struct DocumentTests {
    /// The lines of the blocks of a language.
    private func code(_ language: String, in page: String) throws -> String {
        let text = try String(
            contentsOf: repository.appendingPathComponent("Docs/\(page)"), encoding: .utf8)
        return text.components(separatedBy: "```\(language)\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }.joined()
    }

    @Test func everyQuestionHasAnAnswer() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        var county = InventedCounty(firms: 200, dataYear: 2020)
        _ = try store.record(county.evaluated, workshop.record(store, inputs: "last year"))
        county.dataYear = 2021
        _ = try store.record(county.evaluated, workshop.record(store, inputs: "a month ago"))
        county.firms = 300
        _ = try store.record(county.evaluated, workshop.record(store))
        let questions = try code("sql", in: "store.md").split(separator: "\n").filter { !$0.hasPrefix("--") }
        #expect(questions.count >= 15)
        try store.read { db in
            for question in questions {
                #expect(question.hasSuffix(";"))
                let rows = try Row.fetchAll(db, sql: String(question))
                #expect(!rows.isEmpty, "\(question)")
            }
        }
        let (output, status) = try workshop.shell(
            ["bash", "-ec", "cd '\(workshop.folder.path)'\n" + code("sh", in: "store.md")])
        #expect(status == 0)
        #expect(output.contains("永康市"))
    }

    @Test(arguments: ["sh", "python"]) func strangersFindTheDigest(language: String) throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let run = try store.record(InventedCounty(firms: 500).evaluated, workshop.record(store)).run
        try FileManager.default.createSymbolicLink(
            at: workshop.folder.appendingPathComponent("Schemas"),
            withDestinationURL: repository.appendingPathComponent("Schemas"))
        let recipe = workshop.folder.appendingPathComponent("recipe")
        try Data(code(language, in: "verify-digest.md").utf8).write(to: recipe)
        let program = language == "sh" ? "bash -eo pipefail" : "python3"
        let (output, status) = try workshop.shell(
            ["bash", "-c", "cd '\(workshop.folder.path)' && \(program) recipe"])
        #expect(status == 0)
        #expect(
            output.split(separator: "\n").map { $0.prefix(64) } == [
                run.resultDigest[...], run.resultDigest[...],
            ])
    }
}
