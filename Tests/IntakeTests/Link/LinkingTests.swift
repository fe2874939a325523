import Evaluation
import Foundation
import Testing

@testable import Intake

/// How rows find their firms where the code alone does not.
struct LinkingTests {
    private let codes = Array(Texts.codes.prefix(4))

    private func kwh() throws -> FeedColumn { try ask("power", { .sum(field: $0.index("kwh")) }) }

    private func power(_ rows: [String]) -> String {
        ([Texts.powerHeader] + rows).joined(separator: "\n") + "\n"
    }

    private func read(
        _ rows: [String], firms: [String]? = nil, links: String? = nil, threads: Int = 2
    ) throws -> Reading {
        let inbox = try TestInbox().registry(firms ?? codes)
        try inbox.deliver("power", "power", "2021-01/2021-12", power(rows))
        if let links {
            try inbox.deliver("link", "link", "2022-01/2022-01", Texts.linkHeader + "\n" + links)
        }
        return try inbox.read([kwh()], threads: threads)
    }

    private func counts(_ reading: Reading) -> [LinkWay: [Int]] {
        var found: [LinkWay: [Int]] = [:]
        for count in reading.links.counts {
            let before = found[count.way] ?? [0, 0, 0]
            found[count.way] = zip(before, [count.accepted, count.unused, count.keys]).map(+)
        }
        return found
    }

    // MARK: Organisation codes

    @Test func aFirmThatMovedIsFoundByItsOrganisationCode() throws {
        let reading = try read(["M1,某厂,\(Texts.moved(codes[1])),2021-01,5", "M2,某厂,\(codes[2]),2021-01,7"])
        #expect(reading.population.columns[0] == [.noRow, 5, 7, .noRow])
        #expect(counts(reading) == [.code: [1, 0, 1], .organisation: [1, 0, 1]])
        #expect(reading.files[0].fates == [2, 2, 0, 0, 0])
        let finding = try #require(reading.findings.first { $0.code == "firm_linked" })
        #expect((finding.line, finding.column) == (2, "统一社会信用代码"))
        #expect(
            reading.links.entries == [
                LinkEntry(
                    feed: "power", relation: "power", way: .organisation, code: Texts.moved(codes[1]),
                    key: "M1",
                    name: "某厂", firm: codes[1], accepted: 1, unused: 0)
            ])
    }

    @Test func anOrganisationCodeThatTwoFirmsHaveLinksNobody() throws {
        var third = Array("92330784".utf8) + Array(codes[1].utf8)[8..<17]
        third.append(try #require(CreditCode.checkCharacter(third)))
        let firms = codes + [String(decoding: third, as: UTF8.self)]
        let reading = try read(["M1,某厂,\(Texts.moved(codes[1])),2021-01,5"], firms: firms.sorted())
        #expect(reading.population.columns[0].allSatisfy { $0 == .noRow })
        #expect(counts(reading) == [.ambiguous: [0, 1, 1]])
        #expect(reading.findings.map(\.code).contains("link_ambiguous"))
        #expect(reading.files[0].fates == [1, 0, 0, 0, 1])
    }

    // MARK: Meters and certificates

    @Test func aRowWithoutACodeTakesTheFirmOfItsMeter() throws {
        let rows = [
            "M1,某厂,,2021-01,5", "M2,某厂,\(codes[2]),2021-01,7", "M1,某厂,\(codes[0]),2021-02,11",
            "M9,某厂,,2021-01,13",
        ]
        for threads in [1, 2] {
            for order in [rows, rows.reversed()] {
                let reading = try read(order, threads: threads)
                #expect(reading.population.columns[0] == [16, .noRow, 7, .noRow])
                #expect(counts(reading) == [.code: [2, 0, 2], .meter: [1, 0, 1], .blank: [0, 1, 1]])
                #expect(reading.files[0].fates == [4, 3, 0, 0, 1])
                #expect(reading.findings.map(\.code).sorted() == ["firm_linked", "firm_missing"])
            }
        }
    }

    /// The meters of two files know of each other.
    @Test func theRowsOfAMeterMayLieInTwoFiles() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "power", "power", "2021-01/2021-12",
            files: [
                ("a.csv", Array(power(["M1,某厂,,2021-01,5"]).utf8)),
                ("b.csv", Array(power(["\"M1\",某厂,\(codes[3]),2021-02,6"]).utf8)),
            ])
        let reading = try inbox.read([kwh()])
        #expect(reading.population.columns[0] == [.noRow, .noRow, .noRow, 11])
    }

    @Test func aMeterOfTwoFirmsLinksNobody() throws {
        let reading = try read([
            "M1,某厂,\(codes[0]),2021-01,5", "M1,某厂,\(codes[1]),2021-02,7", "M1,某厂,,2021-03,11",
        ])
        #expect(reading.population.columns[0] == [5, 7, .noRow, .noRow])
        #expect(counts(reading)[.ambiguous] == [0, 1, 1])
        #expect(reading.findings.map(\.code) == ["link_ambiguous"])
    }

    /// Whose reading it is can be told, though not how much it says.
    @Test func aRefusedRowWithoutACodePoisonsTheFirmOfItsMeter() throws {
        let reading = try read([
            "M1,甲,\(codes[0]),2021-01,5", "M1,甲,,2021-02,x", "M2,乙,\(codes[1]),2021-01,7",
        ])
        #expect(reading.population.columns[0] == [.refusedRow, 7, .noRow, .noRow])
        #expect(reading.files[0].fates == [3, 2, 1, 0, 0])
    }

    /// A row that is linked late is one of its key like any other.
    @Test func aLinkedRowMayRepeatAKey() throws {
        let same = try read(["M1,甲,\(codes[0]),2021-01,5", "M1,甲,\(codes[0]),2021-02,5", "M1,甲,,2021-02,6"])
        #expect(same.population.columns[0][0] == .refusedRow)
        #expect(same.files[0].fates == [3, 1, 2, 0, 0])
        #expect(same.findings.map(\.code).filter { $0 == "key_repeated" }.count == 2)
    }

    private func land(_ certificate: String, _ code: String, _ area: String, _ name: String = "") -> String {
        "\(certificate),\(code),\(area),,工业,,,,,,\(name)\n"
    }

    private func read(land rows: [String], links: [String] = []) throws -> Reading {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "land", "land", "2022-03-31", Texts.landHeader + ",企业名称\n" + rows.joined())
        if !links.isEmpty {
            let text = ([Texts.linkHeader] + links).joined(separator: "\n") + "\n"
            try inbox.deliver("link", "link", "2022-01/2022-01", text)
        }
        return try inbox.read([ask("land", { .sum(field: $0.index("area")) })])
    }

    @Test func certificatesAndNames() throws {
        let reading = try read(land: [
            land("A1", codes[0], "1.00"), land("A1", "", "1.00"),
            land("A1", "", "2.00", "企业\(codes[1].suffix(4))"),
            land("A2", "", "4.00", " 企业\(codes[2].suffix(4))"), land("A3", "", "8.00", "没有这家"),
        ])
        // The same row without its code is the same row. Who is named beside another one's certificate is neither.
        #expect(reading.population.columns[0] == [100, .noRow, 400, .noRow])
        #expect(counts(reading) == [.code: [1, 0, 1], .name: [1, 0, 1]])
        // A blank code is a fault of the row again when nothing leads to a firm.
        #expect(reading.files[0].fates == [5, 2, 2, 1, 0])
        #expect(
            reading.findings.map(\.code).sorted() == [
                "field_blank", "field_blank", "firm_linked", "firm_linked", "link_ambiguous",
            ])
    }

    /// Only what has no code takes the firm of its meter: a code says whose the row is, also when nobody knows it.
    @Test func anUnknownCodeIsNotTakenForTheFirmOfItsMeter() throws {
        let stranger = Texts.codes[50]
        let rows = [
            "M0,某厂,\(stranger),2021-01,100", "M0,某厂,\(stranger),2021-02,100", "M0,某厂,\(codes[0]),2021-05,1",
        ]
        for all in [rows, rows + ["M0,某厂,,2021-04,10"]] {
            let reading = try read(all)
            #expect(reading.population.columns[0][0] == (all.count == 3 ? 1 : 11))
            #expect(counts(reading)[.unknown] == [0, 2, 1])
            #expect(reading.findings.filter { $0.code == "firm_unknown" }.count == 2)
        }
    }

    /// One row under the old code of a firm and under its new one is one row, and two that differ are none.
    @Test(arguments: [("1.00", 100, [2, 1, 0, 1, 0]), ("2.00", Int64.refusedRow, [2, 0, 2, 0, 0])])
    func rowsOfOneFirmHaveOneKey(area: String, expected: Int64, fates: [Int]) throws {
        let rows = [land("Z1", codes[0], "1.00"), land("Z1", Texts.moved(codes[0]), area)]
        for order in [rows, rows.reversed()] {
            let reading = try read(land: order)
            #expect(reading.population.columns[0][0] == expected)
            #expect(reading.files[0].fates == fates)
            #expect(reading.findings.contains { $0.code == "firm_linked" })
        }
    }

    @Test func aYearUnderTwoCodesIsOneYear() throws {
        let inbox = try TestInbox().registry(codes)
        let row = ",2021,1.0000,,,,"
        try inbox.deliver(
            "emission", "emission", "2021-01/2021-12",
            Texts.emissionHeader + "\n\(codes[0])\(row)\n\(Texts.moved(codes[0]))\(row)\n")
        let reading = try inbox.read([ask("emission", { .sum(field: $0.index("cod")) })])
        #expect(reading.files[0].fates == [2, 1, 0, 1, 0])
        #expect(reading.findings.map(\.code) == ["firm_linked"])
    }

    /// A line speaks of the rows that have all that it gives: two owners of one certificate are confirmed one by one.
    @Test func ownersOfOneCertificateAreConfirmedOneByOne() throws {
        let strangers = Texts.codes[50...51].sorted()
        let rows = [land("Q9", strangers[0], "10.00"), land("Q9", strangers[1], "600.00")]
        func link(_ stranger: Int, _ firm: Int) -> String {
            "用地,\(strangers[stranger]),,,Q9,\(codes[firm]),某局,2022-01-10,某号"
        }
        #expect(
            try read(land: rows, links: [link(0, 0)]).population.columns[0] == [1000, .noRow, .noRow, .noRow])
        let both = try read(land: rows, links: [link(0, 0), link(1, 1)])
        #expect(both.population.columns[0] == [1000, 60000, .noRow, .noRow])
        #expect(!both.findings.contains { $0.code == "link_contradictory" })
        // What is said of fewer rows counts before what is said of more.
        let general = try read(land: rows, links: ["用地,,,,Q9,\(codes[2]),某局,2022-01-10,某号", link(1, 1)])
        #expect(general.population.columns[0] == [.noRow, 60000, 1000, .noRow])
    }

    /// As many meters of households as there may be repeated keys hide no row that another one knows the firm of.
    @Test func manyRowsWithoutACodeHideNone() throws {
        let households = (0...FeedTotals.maxSuspects).map { "H\($0),居民,,2021-01,1" }
        let own = ["M0,某厂,,2021-02,5", "M0,某厂,\(codes[0]),2021-01,1"]
        #expect(try read(own + households).population.columns[0][0] == 6)
        #expect(try read(households + own).population.columns[0][0] == 6)
    }

    /// A clean file is read once: nothing awaits anything.
    @Test func rowsWithoutACodeAreReadAgainOnlyWhereItHelps() throws {
        let plan = try #require(ShippedContracts.load().firstIndex { $0.name == "power" })
        let contracts = try ShippedContracts.load()
        let own = FeedPlan(
            feed: plan, contract: contracts[plan], columns: [], dataYear: 2021, asOf: Texts.asOf)
        let totals = FeedTotals(own, firms: 1)
        totals.note(awaited: [1, 2, 3])
        #expect(totals.answerable.isEmpty)
    }

    // MARK: Confirmed links

    @Test func whatWasConfirmedComesFirst() throws {
        let rows = [
            "M1,甲,9.13308E+17,2021-01,5", "M2,乙 厂,,2021-01,7", "M3,丙,,2021-01,11", "M3,丙,,2021-02,13",
            "M4,丁,\(Texts.moved(codes[1])),2021-01,17",
        ]
        let links = """
            用电,9.13308E+17,,,,\(codes[0]),某局,2022-01-10,某文1号
            用电,,乙厂,,,\(codes[1]),某局,2022-01-10,某文1号
            用电,,,M3,,\(codes[2]),某局,2022-01-10,某文1号
            用电,\(Texts.moved(codes[1])),,,,\(codes[3]),某局,2022-01-10,某文1号
            税收,,,M1,,\(codes[3]),某局,2022-01-10,某文1号

            """
        let reading = try read(rows, links: links)
        #expect(reading.population.columns[0] == [5, 7, 24, 17])
        #expect(counts(reading) == [.confirmed: [5, 0, 4]])
        #expect(reading.findings == [] && reading.refusals == [])
    }

    @Test func linksThatAreOfNoUse() throws {
        let unknown = Texts.codes[50]
        let links = """
            用电,,,M1,,\(codes[0]),某局,2022-01-10,某文1号
            用电,,,M1,,\(codes[1]),某局,2022-01-11,某文2号
            用电,,,,,\(codes[1]),某局,2022-01-11,某文2号
            用电,,,M2,,\(unknown),某局,2022-01-11,某文2号

            """
        let reading = try read(["M1,甲,,2021-01,5", "M2,乙,,2021-01,5"], links: links)
        #expect(reading.population.columns[0].allSatisfy { $0 == .noRow })
        let found = reading.findings.filter { $0.feed == "link" }
        #expect(
            found.map(\.code) == [
                "link_contradictory", "link_contradictory", "link_without_key", "firm_unknown",
            ])
        #expect(found.map(\.line) == [2, 3, 4, 5])
    }

    // MARK: The table closes

    /// Whatever is delivered, the ways of each relation add up to the accepted rows.
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func theTableAddsUpToTheRows(_ seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let firms = Array(Texts.codes.prefix(12))
        let written = firms + firms.prefix(4).map(Texts.moved) + [Texts.codes[40], "", "", "9.1E+17"]
        let inbox = try TestInbox().registry(firms)
        for number in 0..<3 {
            let rows = (0..<120).map { _ in
                let month = Int.random(in: 1...12, using: &random)
                return
                    "M\(Int.random(in: 0..<40, using: &random)),某厂,\(written.randomElement(using: &random) ?? ""),"
                    + "2021-\(month < 10 ? "0" : "")\(month),\(Int.random(in: 0...2, using: &random))"
            }
            try inbox.deliver(
                "p\(number)", "power",
                "2021-\(["01/2021-04", "05/2021-08", "09/2021-12"][number].prefix(2))/2021-\(["01/2021-04", "05/2021-08", "09/2021-12"][number].suffix(2))",
                power(rows))
        }
        let leases = (0..<60).map { number in
            "\(written.dropLast().randomElement(using: &random) ?? ""),\(written.dropLast().randomElement(using: &random) ?? ""),C\(number % 50),\(number % 3).00,2020-01-01,,企业\n"
        }
        try inbox.deliver("lease", "lease", "2022-03-31", Texts.leaseHeader + "\n" + leases.joined())
        let columns = [try kwh(), try ask("lease", { _ in .count }, relation: "leased_out")]
        let reading = try inbox.read(columns)
        let again = try inbox.read(columns, threads: 1)
        #expect(reading.links == again.links && reading.population.columns == again.population.columns)
        for feed in ["power", "lease"] {
            let accepted = reading.files.filter { $0.feed == feed }.reduce(0) { $0 + $1.accepted }
            #expect(accepted > 0)
            for file in reading.files { #expect(file.fates[0] == file.fates.dropFirst().reduce(0, +)) }
            for relation in Set(reading.links.counts.filter { $0.feed == feed }.map(\.relation)) {
                let own = reading.links.counts.filter { $0.feed == feed && $0.relation == relation }
                #expect(own.reduce(0) { $0 + $1.accepted } == accepted, "\(seed) \(feed) \(relation)")
                for way in LinkWay.allCases where way != .code {
                    let entries = reading.links.entries.filter {
                        $0.feed == feed && $0.relation == relation && $0.way == way
                    }
                    let counted = own.filter { $0.way == way }
                    if !entries.contains(where: { $0.code.isEmpty && $0.key.isEmpty }), way != .blank {
                        #expect(
                            entries.reduce(0) { $0 + $1.accepted + $1.unused }
                                == counted.reduce(0) { $0 + $1.accepted + $1.unused })
                    }
                }
            }
        }
    }

    // MARK: explain --rows

    @Test func theRowsBehindAFirmAreFoundThroughItsLinks() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "power", "power", "2021-01/2021-12",
            power([
                "M1,甲,\(codes[0]),2021-01,5", "M1,甲,,2021-02,6", "M2,乙,\(Texts.moved(codes[0])),2021-01,7",
                "M3,丙,,2021-01,8",
            ]))
        let reading = try inbox.read([kwh()])
        let archive = inbox.folder + "/.archive"
        try Archive.keep(try inbox.survey(["power"]), in: archive)
        let lines = try FeedLines.find(
            code: codes[0], in: reading.files, links: reading.links.entries, archive: archive,
            contracts: ShippedContracts.load(), dataYear: 2021, asOf: Texts.asOf, threads: 1)
        #expect(lines.filter { $0.feed == "power" }.map(\.line) == [2, 3, 4])
    }
}
