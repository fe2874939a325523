import Evaluation
import Foundation
import Testing

@testable import Intake

/// The tables of Docs/feeds.md say what the program does.
struct DocumentationTests {
    private func rows(startingWith part: String) throws -> [String] {
        try String(contentsOfFile: Repository.root + "/Docs/feeds.md", encoding: .utf8)
            .split(separator: "\n").map(String.init).filter { $0.hasPrefix(part) }
    }

    @Test func feedsAreThoseOfTheContracts() throws {
        let rows = try rows(startingWith: "| `")
        for contract in try ShippedContracts.load() {
            let byYear = contract.period.map { contract.fields[$0].kind == .year } ?? false
            let cells = [
                "`\(contract.name)`", contract.title, contract.department,
                contract.addsUp == .flow ? "flow by \(byYear ? "year" : "month")" : contract.addsUp.rawValue,
                contract.key.map { contract.fields[$0].header }.joined(separator: ", "),
                contract.name == FeedContract.registryName ? "always" : contract.required ? "yes" : "no",
                contract.maxRefusedRows == 0
                    ? "any row"
                    : "\(contract.maxRefusedRows) rows and \(contract.maxRefusedPerTenThousand == 100 ? "1" : "0.5") %",
            ]
            #expect(rows.contains("| " + cells.joined(separator: " | ") + " |"), "\(cells)")
        }
    }

    /// Those of the table that refuse a row, and no others.
    @Test func whatMayBeWaivedIsWhatRefusesRows() throws {
        let documented = try rows(startingWith: "| `").filter { $0.contains("` | refusal | row | ") }
            .map { String($0.dropFirst(3).prefix { $0 != "`" }) }
        #expect(Set(documented) == WaiverRule.codes)
    }

    @Test func findingsAreThoseOfTheMessages() throws {
        let documented = try rows(startingWith: "| `").filter { row in
            ["refusal", "warning", "note"].contains { row.contains("` | \($0) | ") }
        }
        let messages = MessageTests.all.map(\.wording).map { "| `\($0.code)` | \($0.severity.rawValue) | " }
        #expect(documented.count == messages.count)
        for (row, start) in zip(documented, messages) { #expect(row.hasPrefix(start), "\(row)") }
    }
}

enum Repository {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}
