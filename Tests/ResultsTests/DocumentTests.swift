import Foundation
import GRDB
import Testing

@testable import Results

/// The questions of Docs/store.md that need several data years; CommandTests asks the others of the sample county.
@Suite struct DocumentTests {
    @Test func questionsBetweenRunsHaveAnswers() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        var county = InventedCounty(firms: 200)
        _ = try store.record(county.evaluated, workshop.record(store, inputs: "a month ago"))
        county.firms = 300
        _ = try store.record(county.evaluated, workshop.record(store))
        county = InventedCounty(firms: 250, dataYear: 2020)
        _ = try store.record(county.evaluated, workshop.record(store, inputs: "last year"))
        let page = try String(
            contentsOf: repository.appendingPathComponent("Docs/store.md"), encoding: .utf8)
        let block = try #require(page.components(separatedBy: "\n```sql\n").last)
        let questions = block.components(separatedBy: "```")[0].split(separator: "\n")
            .filter { !$0.hasPrefix("--") }
        #expect(questions.count == 2)
        try store.read { db in
            for question in questions {
                let row = try Row.fetchOne(db, sql: String(question))
                #expect(row != nil, "\(question)")
            }
        }
    }
}
