import Foundation
import Testing

/// `mujun report`.
@Suite struct ReportCommandTests {
    // Made once and only read.
    nonisolated(unsafe) private static let county: County? = {
        guard let county = try? County(), (try? county.run())?.exitCode == 0 else { return nil }
        return county
    }()

    private let county: County

    init() throws { county = try #require(ReportCommandTests.county) }

    @Test func aPageShowsTheRun() throws {
        let file = county.folder + "/report.html"
        let made = try county.mujun("report", "--audience", "office", "--output", file)
        #expect(made.exitCode == 0, "\(made.errors)")
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page == (try county.mujun("report", "--audience", "office", "--run", "1").output))
        #expect(page.contains(try county.sql("SELECT result_digest FROM run")))
        // A cohort's tiers, a town's, a cut, a baseline, last year's tiers.
        let tiers = try county.sql(
            "SELECT group_concat(n, '|') FROM (SELECT count(*) AS n FROM ranking WHERE cohort = 'above' GROUP BY tier)"
        ).split(separator: "|")
        let cells = tiers.map { "<td class=\"n\">\($0)</td>" }.joined()
        #expect(tiers.count == 4)
        #expect(page.contains("<th scope=\"row\" class=\"s\">规上</th>\(cells)"))
        let cut = try county.sql(
            "SELECT printf('%.4f', last_total) FROM tier_cut WHERE cohort = 'below' AND tier = 'B'")
        #expect(page.contains(">B≥\(cut)<") && page.contains("<td class=\"n\">\(cut)</td>"))
        #expect(page.contains(">基准值 16.601058<"))
        let stayed = try county.sql(
            """
            SELECT count(*) FROM result JOIN \(county.sql("SELECT values_table FROM method")) AS v USING (run, firm)
            WHERE tier = 'D' AND v.previous_tier_for_two_years_d = 'D'
            """)
        let rowOfD = try #require(
            page.firstMatch(of: /<th scope="row" class="s">D<\/th>(.*?)<\/tr>/.dotMatchesNewlines()))
        #expect(rowOfD.1.contains("<td class=\"n\">\(stayed)</td>"))
        #expect(page.contains("共211户，以下列出前100户，其余略；全部名单：mujun export rectification"))
        for name in try county.sql("SELECT name FROM rectification ORDER BY cohort, rank LIMIT 3").split(
            separator: "\n")
        {
            #expect(page.contains(name))
        }
        let refused = try county.sql("SELECT count(*) FROM input_file WHERE feed = 'tax'")
        #expect(
            page.contains(
                "<th scope=\"row\" class=\"k\">税务局</th><td class=\"s\">税收</td><td class=\"n\">\(refused)</td>"
            ))
    }

    @Test func itIsForEverybodyUnlessToldOtherwise() throws {
        let page = try county.mujun("report").output
        #expect(page.contains("公开范围：公开"))
        for name in try county.sql("SELECT name FROM result").split(separator: "\n") {
            #expect(!page.contains(name))
        }
        #expect(page.contains("整治提升清单：211户。公开范围为镇街，本页（公开）不列名单。"))
        #expect(page.utf8.count < 200_000)
    }

    @Test func aNameIsNoMarkup() throws {
        let county = try County(firms: 200)
        #expect(try county.run().exitCode == 0)
        let name = try county.sql("SELECT name FROM rectification LIMIT 1")
        let registry = try #require(
            FileManager.default.contentsOfDirectory(atPath: county.inbox).first { $0.hasPrefix("registry") })
        try county.editDelivery(registry) { $0.replacing(name, with: "<script>alert`1`</script>'有限公司") }
        #expect(try county.run().exitCode == 0)
        let page = try county.mujun("report", "--audience", "office").output
        #expect(page.contains("&lt;script&gt;alert`1`&lt;/script&gt;&#39;有限公司"))
        #expect(!page.contains("<script"))
    }

    @Test func mistakesAreNamed() throws {
        let unknown = try county.mujun("report", "--run", "99")
        #expect(unknown.exitCode == 64)
        #expect(unknown.errors.contains("holds no run 99; it has: 1 (2021)"))
        #expect(try county.mujun("report", "--run", "1", "--year", "2021").exitCode == 64)
        #expect(try county.mujun("report", "--audience", "nobody").exitCode == 64)
        #expect(try county.mujun("report", "--output", "/nowhere/report.html").exitCode == 73)
        let empty = try County(firms: 20)
        #expect(try empty.mujun("report").exitCode == 74)
    }
}
