import Foundation
import Testing

/// `waivers` in mujun.yaml.
@Suite struct WaiverTests {
    /// A county whose tax of March is refused for its decimals.
    private func refusedCounty() throws -> County {
        let county = try County(firms: 200)
        try county.editDelivery("tax-2021-03") {
            $0.replacing(/(2021-03),([0-9-]+)(\.[0-9]+)?,/, with: { "\($0.1),\($0.2).12345," })
        }
        #expect(try county.run().exitCode == 65)
        return county
    }

    private func waive(_ county: County, _ entry: String) throws {
        try county.edit(county.folder + "/mujun.yaml") {
            ($0.contains("\nwaivers:") ? $0 : $0 + "\nwaivers:\n") + "  - {\(entry)}\n"
        }
    }

    private static let entry =
        "feed: tax, code: decimal_too_many_places, period: 2021-03, document: 某政办〔2022〕3号, reason: 系统升级"

    @Test func aWaivedFindingRefusesNoRun() throws {
        let county = try refusedCounty()
        try waive(county, WaiverTests.entry)
        let outcome = try county.run()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let rows = try county.sql("SELECT sum(refused) FROM input_file WHERE delivery = 'tax-2021-03'")
        let text = "税收 2021-03 decimal_too_many_places \(rows) 行不计入拒收限额：系统升级〔某政办〔2022〕3号〕"
        #expect(outcome.output.contains("豁免：\(text)"))
        #expect(try county.sql("SELECT text FROM waiver WHERE run = 1") == text)
        // Refused rows stay refused.
        #expect(Int(rows).map { $0 > 100 } ?? false)
        #expect(try county.sql("SELECT count(*) > 100 FROM evaluation WHERE state_label = '数据待核'") == "1")
        // Whatever shows the run says it.
        #expect(try county.mujun("check").output.contains("豁免：\(text)"))
        #expect(try county.mujun("rank").output.contains("豁免：\(text)"))
        let code = try county.sql("SELECT code FROM evaluation LIMIT 1")
        #expect(try county.mujun("show", code).output.contains("豁免：\(text)"))
        let csv = try county.mujun("export", "ranking", "--to", "csv").output
        #expect(csv.split(separator: "\r\n").allSatisfy { $0.hasSuffix(",豁免") || $0.hasSuffix(",\(text)") })
        #expect(
            try county.mujun("export", "ranking", "--to", "json").output.contains("\"waivers\":\"\(text)\""))
        let path = county.folder + "/list.xlsx"
        _ = try county.mujun("export", "整治提升清单", "--to", "xlsx", "--output", path)
        #expect(try Workbook.read(path).sheets[0].rows.contains(["豁免：\(text)"]))
        // What was read can be read again from the archive.
        let again = try Executable.run(
            "method", "diff", county.method, county.method, "--run", "latest", "--workspace", county.folder)
        #expect(again.exitCode == 0, "\(again.errors)")
        // Without the document the run is refused again, not found unchanged.
        #expect(try county.run().output.contains("Nothing has changed"))
        try county.edit(county.folder + "/mujun.yaml") { $0.components(separatedBy: "\nwaivers:")[0] + "\n" }
        #expect(try county.run().exitCode == 65)
    }

    @Test(arguments: [
        entry.replacing("2021-03", with: "2021-04"), entry.replacing("tax", with: "power"),
        entry.replacing("decimal_too_many_places", with: "field_blank"),
    ])
    func anotherPeriodFeedOrCodeWaivesNothing(_ entry: String) throws {
        let county = try refusedCounty()
        try waive(county, entry)
        let outcome = try county.run()
        #expect(outcome.exitCode == 65)
        #expect(outcome.errors.contains("waives nothing"))
    }

    @Test func theWholeYearMayBeWaived() throws {
        let county = try refusedCounty()
        try waive(county, WaiverTests.entry.replacing("2021-03", with: "2021"))
        #expect(try county.run().exitCode == 0)
    }

    @Test func aRowWithAnotherFlawCounts() throws {
        let county = try refusedCounty()
        // Two columns of every row: one has too many decimals, the other is no number.
        try county.editDelivery("tax-2021-03") {
            $0.replacing(/(2021-03,[0-9-]+\.12345),[^,]*,/, with: { "\($0.1),无," })
        }
        try waive(county, WaiverTests.entry)
        #expect(try county.run().exitCode == 65)
        try waive(county, WaiverTests.entry.replacing("decimal_too_many_places", with: "decimal_malformed"))
        #expect(try county.run().exitCode == 0)
    }

    @Test(arguments: [
        (entry.replacing("tax", with: "taxes"), "there is no feed `taxes`"),
        (entry.replacing("decimal_too_many_places", with: "rows_differ"), "`rows_differ` cannot be waived"),
        (entry.replacing("decimal_too_many_places", with: "nonsense"), "`nonsense` cannot be waived"),
        (entry.replacing("2021-03", with: "2021-3"), "must be a month such as 2021-03"),
        (entry.replacing("document: 某政办〔2022〕3号, ", with: ""), "names no `document`"),
        (entry.replacing("某政办〔2022〕3号", with: "\"\""), "names no `document`"),
        (entry.replacing("reason", with: "because"), "`because` of a waiver is not known"),
        (entry.replacing("feed: tax, ", with: ""), "says no `feed`"),
        ("\(entry)}\n  - {\(entry)", "are waived above"),
    ])
    func mistakesAreToldWithTheirLines(_ entry: String, _ says: String) throws {
        let county = try County(firms: 20)
        try waive(county, entry)
        let outcome = try county.mujun("check")
        #expect(outcome.exitCode == 65)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
        #expect(outcome.errors.contains(#/mujun\.yaml:\d+: /#), "\(outcome.errors)")
    }
}
