import Evaluation
import Foundation
import Testing

@testable import Intake

/// A run's files, found again in the archive and counted as the run counted them.
struct ArchivedFileTests {
    private let codes = Array(Texts.codes.prefix(2))

    private func again(_ inbox: TestInbox) throws -> (survey: Survey, archived: Survey) {
        let survey = try inbox.survey(["power"])
        let reading = try inbox.read([try ask("power", { _ in .count })])
        let archive = inbox.folder + "/.archive"
        try Archive.keep(survey, in: archive)
        let archived = try Archive.survey(
            of: reading.files, feeds: ["power"], in: archive, contracts: ShippedContracts.load(),
            dataYear: 2021, threads: 2)
        return (survey, archived)
    }

    private func row(_ month: String) -> String { Texts.power([(codes[0], month, "5")]) }

    /// Of deliveries with months in common the newer counts there, and the store knows only who counted at all.
    @Test func whatCountedForAMonth() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver("a", "power", "2020-07/2021-12", row("2021-02"))
        try inbox.deliver("b", "power", "2021-03/2021-06", row("2021-03"))
        try inbox.deliver("c", "power", "2021-04/2021-04", row("2021-04"))
        try inbox.deliver("d", "power", "2021-12/2022-01", row("2021-12"))
        let (survey, archived) = try again(inbox)
        #expect(survey.files.map(\.counting) == archived.files.map(\.counting))
        #expect(survey.files.map(\.sha256) == archived.files.map(\.sha256))
        #expect(survey.files.map(\.period) == archived.files.map(\.period))
        #expect(archived.files.count == 5)
    }

    @Test func whatCannotBeTold() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver("a", "power", "2021-01/2021-06", row("2021-02"))
        try inbox.deliver("b", "power", "2021-04/2021-12", row("2021-05"))
        #expect { try again(inbox) } throws: { error in
            (error as? IntakeError)?.message.contains("a and b of the run have months in common") ?? false
        }
    }

    @Test func otherFeedsAreLeftAlone() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver("a", "power", "2021-01/2021-12", row("2021-02"))
        let reading = try inbox.read([try ask("power", { _ in .count })])
        let archive = inbox.folder + "/.archive"
        try Archive.keep(try inbox.survey(["power"]), in: archive)
        let power = try #require(reading.files.first { $0.feed == "power" })
        try FileManager.default.removeItem(
            atPath: Archive.path(of: power.sha256, .csv, in: archive))
        func survey(_ feeds: Set<String>) throws -> Survey {
            try Archive.survey(
                of: reading.files, feeds: feeds, in: archive, contracts: ShippedContracts.load(),
                dataYear: 2021, threads: 2)
        }
        #expect(try survey([]).files.map(\.delivery) == ["registry"])
        #expect { try survey(["power"]) } throws: { error in
            (error as? IntakeError)?.kind == .unreadable
        }
    }
}
