import Foundation
import GRDB
import Testing

@testable import Results

@Suite struct DigestTests {
    @Test func everyChangeOfAResultChangesTheDigest() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let run = try store.record(InventedCounty(firms: 500).evaluated, workshop.record(store)).run
        #expect(try store.resultDigest(run.id) == run.resultDigest)
        for change in [
            "UPDATE result SET total = total + 1 WHERE firm = 7",
            "UPDATE result SET tier = 'A' WHERE firm = 2",
            "DELETE FROM list_entry WHERE firm = 2", "UPDATE decision_applied SET reason = '' WHERE firm = 1",
        ] {
            let before = try store.resultDigest(run.id)
            try store.write { db in try db.execute(sql: change) }
            let after = try store.resultDigest(run.id)
            #expect(after != before, "\(change)")
        }
    }

    @Test func documentedQueryIsTheOneInUse() throws {
        let script = try String(
            contentsOf: repository.appendingPathComponent("Schemas/result-digest.sql"), encoding: .utf8)
        #expect(script.hasSuffix(ResultDigest.query + ";\n"))
        let entry = try String(
            contentsOf: repository.appendingPathComponent("Schemas/publication-digest.sql"), encoding: .utf8)
        #expect(entry.hasSuffix(Publication.digestQuery.replacing(":number", with: ":number;") + "\n"))
    }
}

/// The folder of the package.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
