import Evaluation
import Foundation
import Testing

@testable import Intake

/// Deliveries of one town, late ones, and files that come in twice.
struct PartTests {
    private let codes = Array(Texts.codes.prefix(3))

    private func lease(_ firm: Int, _ area: String) -> [UInt8] {
        Array("\(Texts.leaseHeader)\n\(codes[firm]),,C\(firm),\(area),2021-01-01,,民用房\n".utf8)
    }

    /// Puts something into a manifest.
    private func edit(_ inbox: TestInbox, _ delivery: String, _ changes: [(String, String)]) throws {
        let path = inbox.folder + "/\(delivery)/datapackage.json"
        var text = try String(contentsOfFile: path, encoding: .utf8)
        for (old, new) in changes {
            #expect(text.contains(old))
            text = text.replacing(old, with: new)
        }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// All towns, each in a file of its own that says so, and later one town again.
    private func inbox(part: String = "古山镇", isToldApart: Bool = true) throws -> TestInbox {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "whole", "lease", "2022-03-31", files: [("a.csv", lease(0, "1.00")), ("b.csv", lease(1, "2.00"))])
        if isToldApart {
            try edit(
                inbox, "whole",
                [
                    ("\"path\": \"a.csv\"", "\"path\": \"a.csv\", \"x\": 1")
                ])
            let path = inbox.folder + "/whole/datapackage.json"
            var pieces = try String(contentsOfFile: path, encoding: .utf8).components(
                separatedBy: "\"totals\": {}")
            #expect(pieces.count == 3)
            pieces[0] += "\"part\": \"古山镇\", "
            pieces[1] += "\"part\": \"芝英镇\", "
            try pieces.joined(separator: "\"totals\": {}").write(
                toFile: path, atomically: true, encoding: .utf8)
        }
        try inbox.deliver("one", "lease", "2022-03-31", files: [("a.csv", lease(2, "4.00"))])
        try edit(inbox, "one", [("\"feed\": \"lease\"", "\"feed\": \"lease\", \"part\": \"\(part)\"")])
        return inbox
    }

    private func area() throws -> FeedColumn {
        try ask("lease", { .sum(field: $0.index("area")) }, relation: "leased_out")
    }

    @Test func aPartReplacesItsPart() throws {
        let reading = try inbox().read([area()])
        #expect(reading.population.columns[0] == [.noRow, 200, 400])
        #expect(reading.findings.map(\.code) == ["delivery_partly_superseded"])
        #expect(reading.findings.map(\.delivery) == ["whole"])
    }

    @Test func aWholeDeliveryReplacesEarlierParts() throws {
        let inbox = try inbox()
        try inbox.deliver("new", "lease", "2022-03-31", files: [("a.csv", lease(0, "8.00"))])
        let reading = try inbox.read([area()])
        #expect(reading.population.columns[0] == [800, .noRow, .noRow])
        #expect(reading.findings.map(\.code) == ["delivery_superseded", "delivery_superseded"])
    }

    @Test func aPartThatCannotBeToldApartIsRefused() throws {
        for inbox in [try inbox(part: "古山"), try inbox(isToldApart: false)] {
            let error = #expect(throws: IntakeError.self) { try inbox.read([area()]) }
            #expect(error?.kind == .refused && error?.message.contains("could count twice") == true)
        }
    }

    /// 企业确认: each town delivers its own answers, and one of them all of its answers again.
    @Test func partsOfAYearReplaceOneAnother() throws {
        let inbox = try TestInbox().registry(codes)
        func deliver(_ name: String, _ part: String, _ period: String, _ firms: [Int]) throws {
            let year = period.prefix(4)
            let rows = firms.map { "\(codes[$0]),\(year),用地面积,,已确认,,2022-01-10,\n" }
            try inbox.deliver(
                name, "confirmation", period, "统一社会信用代码,年度,指标,报送值,状态,核实值,日期,依据文件\n" + rows.joined())
            let feed = "\"feed\": \"confirmation\""
            try edit(inbox, name, [(feed, feed + ", \"part\": \"\(part)\"")])
        }
        try deliver("a", "古山镇", "2021-01/2021-12", [0])
        try deliver("b", "芝英镇", "2021-01/2021-12", [1])
        let count = try ask("confirmation", { _ in .count })
        #expect(try inbox.read([count]).population.columns[0] == [1, 1, 0])
        try deliver("c", "古山镇", "2021-01/2021-12", [2])
        try deliver("d", "古山镇", "2020-01/2020-12", [1])
        let reading = try inbox.read([count])
        #expect(reading.population.columns[0] == [0, 1, 1])
        #expect(reading.findings.map { [$0.code, $0.delivery] } == [["delivery_superseded", "a"]])
    }

    @Test func aFeedWithoutPartsRefusesThem() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver("power", "power", "2021-01/2021-12", Texts.power([(codes[0], "2021-01", "1")]))
        try edit(inbox, "power", [("\"feed\": \"power\"", "\"feed\": \"power\", \"part\": \"古山镇\"")])
        let error = #expect(throws: IntakeError.self) {
            try inbox.read([ask("power", { _ in .count })])
        }
        #expect(error?.message.contains("is always whole") == true)
    }

    @Test func aFileThatComesTwiceAndALateMonth() throws {
        let inbox = try TestInbox().registry(codes)
        let text = Texts.power([(codes[0], "2021-01", "1")])
        try inbox.deliver("a", "power", "2021-01/2021-01", text)
        try inbox.deliver("b", "power", "2021-01/2021-01", text)
        try inbox.deliver("c", "power", "2021-12/2021-12", Texts.power([(codes[0], "2021-12", "2")]))
        let reading = try inbox.read([ask("power", { .sum(field: $0.index("kwh")) })])
        #expect(reading.population.columns[0][0] == 3)
        let found = reading.findings.filter { $0.code != "month_missing" }
        // All were made on 2022-02-10: 375 days after January, 41 after December. The second January corrects the first.
        #expect(found.map(\.code) == ["delivery_superseded", "delivery_repeated"])
        #expect(found[1].file == "b.csv")
        let late = try TestInbox().registry(codes).deliver("a", "power", "2021-01/2021-01", text)
            .survey(["power"]).findings.filter { $0.code == "delivery_late" }
        #expect(late.map(\.delivery) == ["a"] && late.first?.chinese.contains("375天") == true)
    }
}
