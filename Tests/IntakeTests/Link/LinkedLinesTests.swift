import Evaluation
import Testing

@testable import Intake

/// Rows that found their firm otherwise than by code are found again for that firm, and for no other.
struct LinkedLinesTests {
    private let codes = Array(Texts.codes.prefix(3))

    private func find(
        _ inbox: TestInbox, _ code: String, links: [LinkEntry]? = nil
    ) throws -> (lines: [FeedLine], links: LinkTable) {
        let reading = try inbox.read([try ask("power", { .sum(field: $0.index("kwh")) })])
        let archive = inbox.folder + "/.archive"
        try Archive.keep(try inbox.survey(["power", "meter_share"]), in: archive)
        let lines = try FeedLines.find(
            code: code, in: reading.files, links: links ?? reading.links.entries, archive: archive,
            contracts: ShippedContracts.load(), dataYear: 2021, asOf: Texts.asOf, threads: 2
        ).filter { $0.feed == "power" }
        return (lines, reading.links)
    }

    private func power(_ rows: [String]) -> String {
        ([Texts.powerHeader] + rows).joined(separator: "\n") + "\n"
    }

    @Test func aSharedMeterIsShownInTheMonthsOfTheShare() throws {
        let months = (1...12).map { $0 < 10 ? "2021-0\($0)" : "2021-\($0)" }
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "power", "power", "2021-01/2021-12",
            power(months.map { "M0,某厂,\(codes[0]),\($0),10000" } + ["M1,某厂,\(codes[1]),2021-01,5"]))
        try inbox.deliver(
            "share", "meter_share", "2021-01/2021-12",
            Texts.shareHeader + "\n"
                + [(0, "06", ""), (1, "06", "2021-08")].map {
                    "M0,\(codes[$0.0]),50,,2021-\($0.1),\($0.2),某文"
                }.joined(separator: "\n") + "\nM0,\(codes[2]),50,,2021-09,,某文\n")
        #expect(try find(inbox, codes[0]).lines.map(\.line) == Array(2...13))
        #expect(try find(inbox, codes[1]).lines.map(\.line) == [7, 8, 9, 14])
        #expect(try find(inbox, codes[2]).lines.map(\.line) == [10, 11, 12, 13])
    }

    @Test func anEntryThatSaysNothingMatchesNothing() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "power", "power", "2021-01/2021-12",
            power(["M1,某厂,\(codes[0]),2021-01,5", "M1,某厂,,2021-02,5", "M2,某厂,,2021-02,5"]))
        let nothing = LinkEntry(
            feed: "power", relation: "power", way: .meter, code: "", key: "", name: "", firm: codes[1],
            accepted: 9, unused: 0)
        #expect(try find(inbox, codes[1], links: [nothing]).lines.isEmpty)
        let (lines, links) = try find(inbox, codes[0])
        #expect(lines.map(\.line) == [2, 3])
        #expect(links.incompleteFeeds(firm: codes[0]).isEmpty)
        #expect(LinkTable(counts: links.counts, entries: []).incompleteFeeds(firm: codes[0]) == ["power"])
        let own = LinkTable(counts: links.counts, entries: links.entries + [nothing])
        #expect(own.incompleteFeeds(firm: codes[1]) == ["power"])
    }

    /// More things than are kept apart: the outcome is the same in whatever order, in however many files.
    @Test func whatIsKeptApartDoesNotDependOnTheOrder() {
        var random = SeededGenerator(3)
        let count = LinkLog.maxThings + LinkLog.maxThings / 10
        var rows = (0..<count + 3_000).map { row in
            let number = row % count
            return LinkLog.Thing(
                slot: number % 2, way: number % 3 == 0 ? .blank : .meter,
                firm: number % 3 == 0 ? -1 : Int32(number % 7), code: [],
                key: Array("K\(number * 7919 % count)".utf8))
        }
        func log(_ files: Int) -> LinkLog {
            var logs = Array(repeating: LinkLog(), count: files)
            for (at, row) in rows.enumerated() {
                logs[at % files].add(row, name: Array("户\(row.firm)".utf8), accepted: 1)
            }
            var all = LinkLog()
            for log in logs.reversed() { all.add(log) }
            all.settle()
            return all
        }
        func text(_ log: LinkLog) -> [String] {
            log.things.map { "\($0.key) \($0.value)" }.sorted()
                + log.rest.map { "\($0.key) \($0.value)" }.sorted()
        }
        let first = log(1)
        #expect(first.things.count == LinkLog.maxThings)
        #expect(
            first.things.values.reduce(0) { $0 + $1.accepted }
                + first.rest.values.reduce(0) { $0 + $1.accepted }
                == rows.count)
        // The first in their order, with all of their rows.
        var tallies: [LinkLog.Thing: Int] = [:]
        for row in rows { tallies[row, default: 0] += 1 }
        let kept = tallies.keys.sorted().prefix(LinkLog.maxThings)
        #expect(kept.allSatisfy { first.things[$0]?.accepted == tallies[$0] })
        let expected = text(first)
        rows.sort(by: >)
        #expect(text(log(1)) == expected)
        rows.shuffle(using: &random)
        #expect(text(log(2)) == expected)
    }

    // MARK: Names

    @Test func namesOfPersonsAreNotKept() throws {
        let inbox = try TestInbox().registry(codes)
        let firm = "企业\(codes[2].suffix(4))"
        try inbox.deliver(
            "power", "power", "2021-01/2021-12",
            power([
                "M1,王小明,,2021-01,5", "M2,某某（城东）经营部,,2021-01,5", "M3,\(firm),,2021-01,5",
                "M4,某某五金厂,,2021-01,5",
            ]))
        let entries = try find(inbox, codes[0]).links.entries.sorted { $0.key < $1.key }
        #expect(entries.map(\.name) == ["王**", "某某（城东）经营部", firm, "某某五金厂"])
        #expect(DeliveredNames.masked("欧阳小明") == "欧**" && DeliveredNames.masked(" ") == "")
        #expect(!DeliveredNames.isOrganisation("王小行") && DeliveredNames.isOrganisation("芝英修理所"))
    }
}
