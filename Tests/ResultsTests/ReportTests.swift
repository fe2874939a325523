import Evaluation
import Foundation
import GRDB
import Testing

@testable import Results

/// What a report shows, against the same counted slowly.
@Suite struct ReportTests {
    private let workshop: Workshop
    private let store: Store

    init() throws {
        workshop = try Workshop()
        store = try Store(opening: workshop.path, for: .writing)
    }

    private func figures(
        _ evaluated: Evaluated, inputs: String = "1", audience: ListRule.Audience = .office
    ) throws -> (figures: ReportFigures, page: String) {
        let run = try store.record(evaluated, workshop.record(store, inputs: inputs)).run
        let figures = try store.read { db in
            try ReportFigures(run, graph: evaluated.graph, audience: audience, db)
        }
        return (figures, try store.report(run, graph: evaluated.graph, audience: audience))
    }

    // MARK: Figures

    @Test func scoresAndIndicatorsAreThoseOfRankedFirms() throws {
        let evaluated = InventedCounty(firms: 300, isScored: true).evaluated
        let scan = try figures(evaluated).figures.scan
        let marks = evaluated.graph.landmarks
        for cohort in 0..<2 {
            let members = (0..<300).filter {
                evaluated.cells[marks.cohort][$0] == cohort
                    && !Cell.isMissing(evaluated.cells[marks.rank][$0])
            }
            #expect(scan.cohorts[cohort].firms == members.count)
            #expect(scan.cohorts[cohort].totals == members.map { evaluated.cells[marks.total][$0] })
            #expect(
                scan.cohorts[cohort].indicators
                    == [members.map { evaluated.cells[5][$0] }.filter { !Cell.isMissing($0) }])
        }
    }

    @Test func tiersAreThoseOfTheRows() throws {
        let (figures, page) = try figures(InventedCounty(firms: 300).evaluated)
        func counted(_ column: String) throws -> [String: [String: Int]] {
            var counts: [String: [String: Int]] = [:]
            let rows = try store.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT \(column) AS kind, result.tier FROM result LEFT JOIN cohort ON cohort.name = result.cohort
                        WHERE result.tier IS NOT NULL AND kind IS NOT NULL
                        """)
            }
            for row in rows { counts[row[0], default: [:]][row[1], default: 0] += 1 }
            return counts
        }
        for (shown, column) in [
            (figures.cohorts, "cohort.label"), (figures.towns, "town"),
            (figures.divisions, "substr(industry, 1, 2)"),
        ] {
            let expected = try counted(column)
            #expect(shown.groups.count == expected.count)
            for group in shown.groups {
                let own = expected[group.name] ?? expected[String(group.name.prefix(2))] ?? [:]
                #expect(group.counts == figures.graph.ranking.tiers.map { own[$0] ?? 0 })
                #expect(page.contains(">\(group.name)</th>"))
            }
        }
        #expect(figures.sections.groups.map(\.name) == ["C 制造业"])
        #expect(figures.divisions.groups.contains { $0.name == "33 金属制品业" })
    }

    @Test func histogramsHoldEveryValueOnce() throws {
        var generator = SystemRandomNumberGenerator()
        for round in 0..<300 {
            let spread = [1, 3, 50, 10_000, Int64.max / 2][round % 5]
            let values = (0..<Int.random(in: 1...200, using: &generator)).map { _ in
                Int64.random(in: -spread / 3...spread, using: &generator)
            }
            let sorted = SortedValues(values)
            let mark = Int64.random(in: -spread...spread, using: &generator)
            let histogram = try #require(Histogram(sorted, marks: [mark]))
            #expect(histogram.counts.count <= 26)
            for (index, count) in histogram.counts.enumerated() {
                let from = histogram.start + histogram.width * Int128(index)
                #expect(count == values.count { Int128($0) >= from && Int128($0) < from + histogram.width })
            }
            #expect(histogram.below == values.count { Int128($0) < histogram.start })
            #expect(histogram.above == values.count { Int128($0) >= histogram.end })
            #expect(histogram.below + histogram.counts.reduce(0, +) + histogram.above == values.count)
            let middle = try #require(sorted.percentile(50))
            #expect(2 * values.count { $0 <= middle } >= values.count)
            #expect(2 * values.count { $0 < middle } < values.count)
        }
        #expect(Histogram(SortedValues([])) == nil)
    }

    @Test func transitionsComeFromTheRunBefore() throws {
        let old = InventedCounty(firms: 280, dataYear: 2020).evaluated
        var county = InventedCounty(firms: 300, wideness: 1)
        county.id = "later"
        let new = county.evaluated
        #expect(try figures(old).figures.scan.transitions == nil)
        let (shown, page) = try figures(new, inputs: "22")
        let transitions = try #require(shown.scan.transitions)
        func place(_ evaluated: Evaluated, _ firm: Int) -> Transitions.Place {
            guard firm < evaluated.population.count else { return .absent }
            let tier = evaluated.cells[evaluated.graph.landmarks.tier][firm]
            return Cell.isMissing(tier) ? .ungraded : .tier(evaluated.graph.ranking.tiers[Int(tier)])
        }
        // Codes grow with the number of the firm: the same number is the same firm.
        for before in transitions.oldPlaces {
            for after in transitions.newPlaces {
                #expect(
                    transitions.count(before, after)
                        == (0..<300).count { place(old, $0) == before && place(new, $0) == after })
            }
        }
        let all = transitions.oldPlaces.flatMap { old in
            transitions.newPlaces.map { transitions.count(old, $0) }
        }
        #expect(all.reduce(0, +) == 300)
        #expect(page.contains("上年档次取自库中2020年度评价批次1（草稿）。"))
        #expect(page.contains("上年不在名录"))
    }

    @Test func firmsThatAreGoneAreCountedToo() throws {
        _ = try figures(InventedCounty(firms: 300, dataYear: 2020).evaluated)
        let transitions = try #require(
            try figures(InventedCounty(firms: 280).evaluated, inputs: "22").figures.scan.transitions)
        #expect(transitions.newPlaces.contains(.absent))
        #expect(transitions.oldPlaces.reduce(0) { $0 + transitions.count($1, .absent) } == 20)
    }

    @Test func departmentsAndTheirFindingsAreCounted() throws {
        let evaluated = InventedCounty(firms: 12).evaluated
        var record = try workshop.record(store)
        record = RunRecord(
            attempt: record.attempt, methodText: record.methodText, inputsDigest: record.inputsDigest,
            engineVersion: record.engineVersion,
            files: [1, 2].map { number in
                FileRecord(
                    feed: "registry", delivery: "registry-\(number)", path: "a.csv",
                    sha256: String(repeating: "a", count: 64), bytes: 1, periodFrom: "", periodTo: "",
                    rows: 100,
                    accepted: 90, refused: 4, collapsed: 3, unused: 3)
            },
            findings: [
                finding("decimal_out_of_range", "数值123.45超出0至99的范围。请核对数值与单位。"),
                finding("delivery_late", "2021-03的数据在该月结束40天后才生成，已采用。请按时报送。"),
            ],
            findingCounts: [
                FindingCount(feed: "registry", code: "decimal_out_of_range", severity: .refusal, count: 8),
                FindingCount(feed: "registry", code: "delivery_late", severity: .note, count: 1),
            ], recordedAt: record.recordedAt, draftsKept: 3)
        let run = try store.record(evaluated, record).run
        let page = try store.report(run, graph: evaluated.graph, audience: .public)
        #expect(page.contains("共读取 200 条记录，拒收 8 条。"))
        // No value of a row, quoted or not.
        #expect(
            page.contains(">数值…超出…至…的范围</td><td class=\"k\">decimal_out_of_range</td><td class=\"n\">8</td>"))
        #expect(!page.contains("123.45"))
        #expect(page.contains(">2021-03的数据在该月结束40天后才生成，已采用。请按时报送。</td>"))
    }

    private func finding(_ code: String, _ chinese: String) -> Finding {
        Finding(
            code: code, severity: .note, feed: "registry", delivery: "registry-1", file: "a.csv", line: 2,
            byte: 0,
            column: "", chinese: chinese, english: "", row: "")
    }

    @Test func valuesInQuotesAreLeftOut() {
        #expect(FeedQuality.general("“企业“甲””的代码“91”不符（GB 32100）。请核对。") == "“…”的代码“…”不符（GB …）")
        #expect(FeedQuality.general("”“没有结束 12") == "“…”")
    }

    // MARK: Who sees what

    @Test func thePublicSeesNoNameOfAListThatIsNotPublic() throws {
        let evaluated = InventedCounty(firms: 300).evaluated
        let names = evaluated.listEntries.map { evaluated.population.names[$0.firm] }
        let open = try figures(evaluated).page
        let town = try figures(evaluated, inputs: "22", audience: .town).page
        let page = try figures(evaluated, inputs: "333", audience: .public).page
        #expect(!names.isEmpty)
        #expect(names.allSatisfy { !page.contains($0) })
        #expect(page.contains("公开范围为镇街，本页（公开）不列名单"))
        #expect(town.contains(">列入事由</th>"))
        #expect(!town.contains(">总分</th>") && !town.contains(">依据</th>"))
        #expect(town.contains("公开范围为评价办公室，本页（镇街）不列名单"))
        #expect(open.contains(">依据</th>"))
    }

    @Test func aFewFirmsKeepTheirValuesToThemselves() throws {
        for firms in [1, 2, 14] {
            let evaluated = InventedCounty(firms: firms, isScored: true).evaluated
            let page = try figures(evaluated, inputs: String(repeating: "1", count: firms), audience: .public)
                .page
            #expect(page.contains("为不泄露单个企业的数据，不显示分布"))
            #expect(!page.contains("中位数"))
            // Totals of the invented cuts.
            #expect(!page.contains("140.0000"))
        }
        let office = try figures(InventedCounty(firms: 2).evaluated, inputs: "office").page
        #expect(office.contains("中位数"))
    }

    // MARK: The page

    @Test func nothingFromOutsideIsMarkup() throws {
        let name = "<script>alert('1')</script>\"\u{301} onload=x &amp;\u{202E}"
        let evaluated = InventedCounty(firms: 40).evaluated
        let run = try store.record(evaluated, workshop.record(store)).run
        try store.write { db in
            try db.execute(
                sql: "UPDATE result SET name = ? WHERE firm IN (SELECT firm FROM list_entry)",
                arguments: [name])
        }
        let page = try store.report(run, graph: evaluated.graph, audience: .office)
        #expect(
            page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;\u{301} onload=x &amp;amp;"))
        #expect(!page.contains("<script"))
        #expect(!page.unicodeScalars.contains("\u{202E}"))
        #expect(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""))
    }

    @Test func anEmptyRunAndOneWithoutListsHaveAPage() throws {
        let empty = try figures(InventedCounty(firms: 0).evaluated, inputs: "0").page
        #expect(empty.contains("名录 0（户）"))
        #expect(empty.contains("本次评价没有划档的企业。"))
        let plain = try figures(InventedCounty(firms: 40, hasLists: false).evaluated).page
        #expect(plain.contains("本办法没有清单。"))
    }

    @Test func theSameRunIsTheSamePage() throws {
        let evaluated = InventedCounty(firms: 300, isScored: true).evaluated
        let (shown, page) = try figures(evaluated)
        let again = try Store(opening: workshop.path, for: .reading)
        #expect(try again.report(shown.run, graph: evaluated.graph, audience: .office) == page)
        #expect(page.contains(shown.run.resultDigest))
        #expect(page.hasSuffix("</html>\n"))
    }

    @Test func aDamagedStoreStopsNothing() throws {
        let evaluated = InventedCounty(firms: 40).evaluated
        let run = try store.record(evaluated, workshop.record(store)).run
        try store.write { db in
            try db.execute(
                sql: """
                    UPDATE aggregate SET firms = 9223372036854775807; UPDATE cut SET last_total = -9223372036854775808;
                    UPDATE result SET total = 9223372036854775807 WHERE total IS NOT NULL AND firm % 2 = 0;
                    UPDATE result SET total = -9223372036854775808 WHERE total IS NOT NULL AND firm % 2 = 1;
                    UPDATE input_file SET rows = 9223372036854775807, accepted = 9223372036854775807;
                    UPDATE run SET total_decimals = 9
                    """)
        }
        let shown = try #require(try store.latestRun())
        #expect(shown.id == run.id)
        #expect(try store.report(shown, graph: evaluated.graph, audience: .office).hasSuffix("</html>\n"))
    }
}
