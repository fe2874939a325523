import Evaluation
import Foundation
import Testing

@testable import Intake

/// What is found in the committed samples is what stands in them, no less and no more.
struct SampleTests {
    private let samples = Repository.root + "/Samples"

    private func read(_ inbox: String) throws -> Reading {
        let contracts = try ShippedContracts.load()
        // No firm of a sample county has confirmed or objected to anything.
        let feeds = Set(contracts.map(\.name)).subtracting(FeedContract.volunteeredNames)
        let survey = try Inbox.survey(
            folder: inbox, contracts: contracts, feeds: feeds, dataYear: 2021,
            asOf: Texts.asOf, threads: 2)
        let columns = contracts.indices.map {
            FeedColumn(feed: $0, relation: 0, aggregate: .count, filter: nil)
        }
        return try Feeds.read(
            survey, contracts: contracts, columns: columns, dataYear: 2021, asOf: Texts.asOf, threads: 2,
            progress: nil)
    }

    /// Delivery, file, line, column and kind, as the generator lists them.
    private func planted(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            // A blank kind is a row that looks odd and is legal.
            .filter { !$0[4].isEmpty }
            .map { $0[..<5].joined(separator: ",") }
    }

    @Test func everythingPlantedInTheDirtySampleIsFoundAndNothingElse() throws {
        let inbox = samples + "/dirty/inbox"
        let reading = try read(inbox)
        let found = reading.findings.map { "\($0.delivery),\($0.file),\($0.line),\($0.column),\($0.code)" }
        let expected = try planted(inbox + "/expected-findings.csv")
        #expect(Set(found).subtracting(expected) == [])
        #expect(Set(expected).subtracting(found) == [])
        #expect(found.count == expected.count && expected.count > 50)
        #expect(reading.counts.reduce(0) { $0 + $1.count } == expected.count)
        #expect(reading.refusals == [])
        #expect(reading.files.reduce(0) { $0 + $1.rows } == 3_789)
        #expect(reading.files.reduce(0) { $0 + $1.collapsed } == 1)
    }

    @Test func theCleanSampleHoldsNothingButMetersWithoutACode() throws {
        let reading = try read(samples + "/yongkang-2022/inbox")
        #expect(Set(reading.findings.map(\.code)) == ["firm_missing"])
        #expect(reading.refusals == [] && reading.population.columns[0].count == 1_200)
        #expect(reading.files.reduce(0) { $0 + $1.rows } == 31_505)
        #expect(reading.files.allSatisfy { $0.refused == 0 && $0.rows == $0.accepted + $0.unused })
    }
}
