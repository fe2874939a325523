import Evaluation
import Foundation
import Testing

@testable import Intake

/// `Schemas/workspace.schema.json` knows the feeds and the findings that the program knows.
struct WorkspaceSchemaTests {
    private func words(_ name: String) throws -> [String] {
        let file = URL(fileURLWithPath: Repository.root + "/Schemas/workspace.schema.json")
        let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        let definitions = schema?["$defs"] as? [String: [String: Any]]
        return try #require(definitions?[name]?["enum"] as? [String])
    }

    @Test func feedsAreThoseOfTheContracts() throws {
        #expect(try words("feed") == ShippedContracts.load().map(\.name))
    }

    @Test func codesAreThoseThatMayBeWaived() throws {
        #expect(try words("code") == WaiverRule.codes.sorted())
    }
}
