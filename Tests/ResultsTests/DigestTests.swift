import Foundation
import Testing

@testable import Results

@Suite struct DigestTests {
    @Test func storedDigestIsWhatTheShellComputes() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let run = try store.record(InventedCounty(firms: 500).evaluated, workshop.record(store)).run
        let script = repository.appendingPathComponent("Schemas/result-digest.sql").path
        let (output, status) = try workshop.shell([
            "bash", "-o", "pipefail", "-c",
            "sed 's/:run/\(run.id)/' '\(script)' | sqlite3 -readonly -init /dev/null '\(workshop.path)' | sha256sum",
        ])
        #expect(status == 0)
        #expect(output.prefix(64) == run.resultDigest)
        #expect(try store.resultDigest(run.id) == run.resultDigest)
    }

    @Test func documentedQueryIsTheOneInUse() throws {
        let script = try String(
            contentsOf: repository.appendingPathComponent("Schemas/result-digest.sql"), encoding: .utf8)
        #expect(script.hasSuffix(ResultDigest.query + ";\n"))
    }
}

/// The folder of the package.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
