import Evaluation
import Foundation
import Testing

@testable import Intake

/// The rows behind a firm's values, found again in the archive.
struct FeedLinesTests {
    private let codes = Array(Texts.codes.prefix(3))

    private func lines(
        _ inbox: TestInbox, _ feed: String, code: String, feeds: Set<String>? = nil, threads: Int = 2
    ) throws -> [FeedLine] {
        let reading = try inbox.read([try ask(feed, { _ in .count })])
        let archive = inbox.folder + "/.archive"
        try Archive.keep(try inbox.survey([feed]), in: archive)
        return try FeedLines.find(
            code: code, in: reading.files, archive: archive, contracts: ShippedContracts.load(),
            dataYear: 2021, asOf: Texts.asOf, threads: threads
        ).filter { feeds?.contains($0.feed) ?? true }
    }

    @Test func rowsAsDeliveredWithPersonalColumnsMasked() throws {
        let text =
            Texts.powerHeader + ",联系人\nM1,\"甲\n厂\",\(codes[0]),2021-01,5,张三\r\n"
            + "M2,乙,\"\(codes[1])\",2021-01,7,\"李\"\"四\"\nM3,乙\u{1b}二,\(codes[1]),2021-02,8,王五"
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "p", "power", "2021-01/2021-12", files: [("p.csv.gz", Gzip.member(Array(text.utf8)))])
        let found = try lines(inbox, "power", code: codes[1])
        #expect(found.map(\.feed) == ["power", "power", "registry"])
        #expect(found.map(\.line) == [4, 5, 3])
        #expect(found[0].header == Texts.powerHeader + ",联系人")
        #expect(found[0].text == "M2,乙,\"\(codes[1])\",2021-01,7,\"***\"")
        #expect(found[1].text == "M3,乙␛二,\(codes[1]),2021-02,8,***")
        #expect(found.map(\.path) == ["p.csv.gz", "p.csv.gz", "registry.csv"])
        #expect(try lines(inbox, "power", code: codes[0], feeds: ["power"]).map(\.line) == [2])
        #expect(try lines(inbox, "power", code: codes[1], threads: 1) == found)
        #expect(try lines(inbox, "power", code: "").isEmpty)
    }

    @Test func eitherSideOfALease() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "lease", "lease", "2022-03-31",
            "出租方代码,承租方代码,不动产权证号,租赁面积,起租日期,到期日期,类型\n"
                + "\(codes[0]),\(codes[1]),C1,1.00,2021-01-01,,企业\n"
                + "\(codes[1]),\(codes[2]),C2,1.00,2021-01-01,2021-06-30,企业\n"
                + "\(codes[0]),\(codes[2]),C3,1.00,2021-01-01,,企业\n")
        let found = try lines(inbox, "lease", code: codes[1], feeds: ["lease"])
        #expect(found.map(\.line) == [2, 3])
        #expect(found.map(\.fate) == [.counted, .notInForce])
    }

    @Test func fatesOfRows() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "a", "power", "2020-12/2021-02",
            Texts.power([
                (codes[0], "2020-12", "1"), (codes[0], "2021-01", "2"), (codes[0], "2021-02", "1.5"),
                (codes[0], "2021-03", "4"),
            ]) + "M9,户名,\(codes[0]),2021-01\n")
        try inbox.deliver("b", "power", "2021-02/2021-02", Texts.power([(codes[0], "2021-02", "3")]))
        let found = try lines(inbox, "power", code: codes[0], feeds: ["power"])
        #expect(found.map(\.delivery) == ["a", "a", "a", "a", "a", "b"])
        #expect(
            found.map(\.fate) == [.outsideYear, .counted, .refused, .refused, .refused, .coveredTwice])
    }

    /// Whatever the run linked is found, and nothing else.
    @Test func exactlyTheRowsThatWereCounted() throws {
        var random = SeededGenerator(4)
        let rows = (0..<900).map { row in
            let code = Texts.codes[Int(random.next() % 60)]
            let written = row % 7 == 0 ? "\"\(code)\"" : row % 31 == 0 ? code.lowercased() : code
            return
                "M\(row),\"户\(row % 5 == 0 ? "\r\n" : "")名\",\(written),2021-0\(row % 9 + 1),\(row)\(row % 11 == 0 ? "\r" : "")\n"
        }
        let inbox = try TestInbox().registry(Texts.codes)
        try inbox.deliver(
            "p", "power", "2021-01/2021-12", Texts.powerHeader + "\n" + rows.joined())
        let counts = try inbox.read([try ask("power", { _ in .count })]).population.columns[0]
        for (firm, code) in Texts.codes.enumerated() {
            let found = try lines(inbox, "power", code: code, feeds: ["power"])
            #expect(found.count { $0.fate == .counted } == Int(counts[firm]))
            #expect(found.allSatisfy { $0.text.contains(code) })
        }
    }

    @Test func filesThatTheArchiveLostOrChanged() throws {
        let inbox = try TestInbox().registry(codes)
        let archive = inbox.folder + "/.archive"
        _ = try lines(inbox, "registry", code: codes[0])
        let survey = try inbox.survey([])
        let path = Archive.path(of: survey.files[0].sha256, .csv, in: archive)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        try Data(Texts.registry([codes[0]]).utf8).write(to: URL(fileURLWithPath: path))
        func find() throws -> [FeedLine] {
            try FeedLines.find(
                code: codes[0], in: inbox.read([]).files, archive: archive,
                contracts: ShippedContracts.load(),
                dataYear: 2021, asOf: Texts.asOf, threads: 1)
        }
        let changed = try #require(throws: IntakeError.self) { try find() }
        #expect(changed.kind == .refused && changed.message.contains("registry/registry.csv"))
        try FileManager.default.removeItem(atPath: path)
        let lost = try #require(throws: IntakeError.self) { try find() }
        #expect(lost.kind == .unreadable)
        #expect(
            lost.message.contains("registry/registry.csv") && lost.message.contains(survey.files[0].sha256))
    }
}
