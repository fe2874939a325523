import Foundation
import Testing

/// What Docs/store.md and Docs/verify.md tell a reader to type, typed after `Scripts/run-sample`.
@Suite struct DocumentTests {
    // Made once and only read.
    nonisolated(unsafe) private static let county: County? = {
        guard let county = try? County(), (try? county.run())?.exitCode == 0 else { return nil }
        return county
    }()

    private let county: County

    init() throws { county = try #require(DocumentTests.county) }

    /// The lines of each block of a language.
    private func blocks(_ language: String, in page: String) throws -> [String] {
        let text = try String(
            contentsOf: repository.appendingPathComponent("Docs/\(page)"), encoding: .utf8)
        return text.components(separatedBy: "\n```\(language)\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
    }

    /// Runs a script in a folder that looks like the root of the repository.
    private func inRepository(_ script: String, with program: String) throws -> Executable.Outcome {
        let root = URL.temporaryDirectory.appendingPathComponent("mujun-root-\(UUID().uuidString)")
        let files = FileManager.default
        try files.createDirectory(
            at: root.appendingPathComponent("Samples"), withIntermediateDirectories: true)
        defer { try? files.removeItem(at: root) }
        try files.createSymbolicLink(
            atPath: root.path + "/Samples/yongkang-2022", withDestinationPath: county.folder)
        try files.createSymbolicLink(
            atPath: root.path + "/Schemas", withDestinationPath: repository.path + "/Schemas")
        try Data(script.utf8).write(to: root.appendingPathComponent("recipe"))
        return try Executable.shell("cd '\(root.path)' && \(program) recipe")
    }

    @Test func everyQuestionHasAnAnswer() throws {
        let questions = try #require(try blocks("sql", in: "store.md").first).split(separator: "\n")
            .filter { !$0.hasPrefix("--") }
        #expect(questions.count >= 15)
        for question in questions {
            #expect(question.hasSuffix(";"))
            #expect(try county.sql(String(question)) != "", "\(question)")
        }
        let shell = try inRepository(blocks("sh", in: "store.md").joined(), with: "bash -e")
        #expect(shell.exitCode == 0, "\(shell.errors)")
        #expect(shell.output.contains("永康市"))
    }

    @Test func aLaterDayChangesTheDraft() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        try county.setAsOf("2022-06-30")
        #expect(try county.run().exitCode == 0)
        let question = try #require(
            try blocks("sql", in: "store.md").last?.split(separator: "\n").first { !$0.hasPrefix("--") })
        #expect(try county.sql(String(question)) != "")
    }

    /// Of a store in which something is published.
    @Test func strangersWalkTheChain() throws {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        for (stage, day) in [("notice", "2022-06-01"), ("final", "2022-06-10")] {
            #expect(
                try county.mujun("publish", "1", "--stage", stage, "--document", "x|'y", "--date", day)
                    .exitCode == 0)
        }
        let recipe = try blocks("bash", in: "verify.md").joined()
            .replacing("Samples/yongkang-2022/mujun.sqlite", with: "'\(county.store)'")
        let whole = try inRepository(recipe, with: "bash -e")
        #expect(whole.exitCode == 0, "\(whole.errors)")
        #expect(
            whole.output == (try county.sql("SELECT number, digest, 'OK' FROM publication ORDER BY number"))
                + "\n")
        let change =
            "DROP TRIGGER kept_publication_update; UPDATE publication SET document = 'z' WHERE number = 1"
        #expect(try Executable.shell("sqlite3 '\(county.store)' \"\(change)\"").exitCode == 0)
        let broken = try inRepository(recipe, with: "bash -e")
        #expect(broken.output.components(separatedBy: "FAILED").count == 3)
    }

    @Test(arguments: [("sh", "bash -eo pipefail"), ("python", "python3")])
    func strangersFindTheDigest(language: String, program: String) throws {
        let recipe = try blocks(language, in: "verify.md").joined()
        let digest = try county.sql("SELECT result_digest FROM run")
        let right = try inRepository(recipe, with: program)
        #expect(right.exitCode == 0, "\(right.errors)")
        #expect(right.output.split(separator: "\n").map { String($0.prefix(64)) } == [digest, digest])
        // The number of a run that is not there.
        let wrong = try inRepository(
            recipe.replacing(":run 1\"", with: ":run 9\"").replacing("run = 1\n", with: "run = 9\n"),
            with: program)
        #expect(wrong.output.hasPrefix("e3b0c442"))
    }
}
