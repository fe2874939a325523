import Evaluation
import Foundation
import Testing

@testable import Intake

@Suite struct FeedsTests {
    private let codes = Texts.codes
    private let kwh: (FeedContract) -> FeedColumn.Aggregate = { .sum(field: $0.index("kwh")) }

    private func inbox(_ power: String, period: String = "2021-01/2021-12", firms: Int = 4) throws
        -> TestInbox
    {
        try TestInbox().registry(Array(codes[..<firms])).deliver("power", "power", period, power)
    }

    // MARK: What columns hold

    @Test func sumsSkipBlanksAndTellMissingApart() throws {
        let inbox = try TestInbox().registry(Array(codes[..<4])).deliver(
            "emission", "emission", "2021-01/2021-12",
            Texts.emissionHeader + "\n\(codes[0]),2021,1.5,,,,\n\(codes[1]),2021,,0.25,,,\n")
        let reading = try inbox.read([
            ask("emission", { .sum(field: $0.index("cod")) }),
            ask("emission", { .sum(field: $0.index("nh3n")) }),
            ask("emission", { _ in .count }), ask("emission", { _ in .has }),
        ])
        #expect(reading.refusals == [])
        #expect(reading.population.columns[0] == [15_000, .blank, .noRow, .noRow])
        #expect(reading.population.columns[1] == [.blank, 2500, .noRow, .noRow])
        #expect(reading.population.columns[2] == [1, 1, 0, 0])
        #expect(reading.population.columns[3] == [1, 1, 0, 0])
    }

    @Test func monthsAddUpAndNegativesCount() throws {
        let rows = (1...12).map { (codes[2], "2021-\($0 < 10 ? "0" : "")\($0)", "\($0)") }
        let reading = try inbox(Texts.power(rows)).read([
            ask("power", kwh), ask("power", { .latest(field: $0.index("kwh")) }),
        ])
        #expect(reading.population.columns == [[.noRow, .noRow, 78, .noRow], [.noRow, .noRow, 12, .noRow]])
        #expect(reading.files[0].accepted == 12 && reading.files[0].rows == 12)
    }

    @Test func aRefusedRowMakesTheFirmsCellsUnknown() throws {
        let power = Texts.power([
            (codes[0], "2021-01", "5"), (codes[0], "2021-02", "x"), (codes[1], "2021-01", "7"),
        ])
        let reading = try inbox(power).read([
            ask("power", kwh), ask("power", { _ in .count }), ask("power", { _ in .has }),
            ask("power", { .latest(field: $0.index("kwh")) }),
        ])
        #expect(reading.population.columns[0] == [.refusedRow, 7, .noRow, .noRow])
        #expect(reading.population.columns[1] == [.refusedRow, 1, 0, 0])
        #expect(reading.population.columns[2] == [1, 1, 0, 0])
        #expect(reading.population.columns[3] == [.refusedRow, 7, .noRow, .noRow])
        #expect(reading.files[0].refused == 1 && reading.refusals == [])
    }

    @Test func filtersAndRelations() throws {
        let land =
            Texts.landHeader + "\nA1,\(codes[0]),100.00,,工业,,,,,\nA2,\(codes[0]),7.00,,仓储,,,,,\n"
            + "A3,\(codes[1]),50.00,,其他,2020-01-01,,,,\n"
        let inbox = try TestInbox().registry(Array(codes[..<3])).deliver("land", "land", "2022-03-31", land)
            .deliver(
                "lease", "lease", "2022-03-31",
                "出租方代码,承租方代码,不动产权证号,租赁面积,起租日期,到期日期,类型\n"
                    + "\(codes[0]),\(codes[1]),A1,30.00,2020-01-01,,企业\n"
                    + "\(codes[0]),,A1,5.00,2020-01-01,2022-05-31,民用房\n"
                    + "\(codes[0]),,A2,5.00,2020-01-01,2022-05-30,民用房\n"
                    + "\(codes[0]),,A3,5.00,2022-06-01,,民用房\n")
        let area: (FeedContract) -> FeedColumn.Aggregate = { .sum(field: $0.index("area")) }
        let reading = try inbox.read([
            ask("land", area, filter: { .isOneOf(field: $0.index("use"), ["工业", "仓储"]) }),
            ask("land", area, filter: { .not(.compare(field: $0.index("area"), .greaterOrEqual, 10_000)) }),
            ask("land", { _ in .count }, filter: { .compare(field: $0.index("supplied"), .less, 30_000) }),
            ask("lease", area, relation: "leased_out"), ask("lease", area, relation: "leased_in"),
        ])
        #expect(reading.refusals == [])
        #expect(reading.population.columns[0] == [10_700, .noRow, .noRow])
        #expect(reading.population.columns[1] == [700, 5000, .noRow])
        #expect(reading.population.columns[2] == [0, 1, 0])
        #expect(reading.population.columns[3] == [3500, .noRow, .noRow])
        #expect(reading.population.columns[4] == [.noRow, 3000, .noRow])
        #expect(reading.files.allSatisfy { $0.accepted == $0.rows })
    }

    @Test func registryColumnsNamesAndDictionaries() throws {
        let text =
            Texts.registryHeader
            + "\n\(codes[1]),\"乙\"\"厂\"\"\",有限责任公司,在业,2010-01-02,,芝英镇,3382,规下,,\n"
            + "\(codes[0]),甲厂,,注销,2011-01-02,,古山镇,3381,规上,\(codes[1]),集团\n"
        let inbox = try TestInbox().deliver("registry", "registry", "2022-03-31", text)
        let reading = try inbox.read([
            ask("registry", { .latest(field: $0.index("state")) }),
            ask("registry", { .latest(field: $0.index("founded")) }),
            ask("registry", { .latest(field: $0.index("group")) }),
            ask("registry", { _ in .has }, filter: { .isOneOf(field: $0.index("scale"), ["规上"]) }),
        ])
        let population = reading.population
        #expect((0..<2).map { population.codes[$0] } == [codes[0], codes[1]])
        #expect((0..<2).map { population.names[$0] } == ["甲厂", "乙\"厂\""])
        #expect(population.towns == ["古山镇", "芝英镇"] && population.town == [0, 1])
        #expect(population.industries == ["3381", "3382"] && population.industry == [0, 1])
        #expect(population.columns[0] == [1, 0] && population.dictionaries[0] == ["在业", "注销"])
        #expect(population.columns[1] == [14_976, 14_611])
        #expect(population.columns[2] == [0, .blank] && population.dictionaries[2] == ["集团"])
        #expect(population.columns[3] == [1, 0])
    }

    @Test func decisionsInForceAreHandedOver() throws {
        let header = Texts.decisionHeader + "\n"
        let inbox = try TestInbox().registry(Array(codes[..<2])).deliver(
            "decision", "decision", "2021-01/2022-05",
            header + "\(codes[1]),不低于,B,,新办,文2,2022-01-01,\n\(codes[0]),定档,D,,违法,文1,2022-01-01,2022-12-31\n"
                + "\(codes[0]),定档,A,,过期,文0,2021-01-01,2021-12-31\n\(codes[0]),加分,,1.5,奖励,文3,2022-01-01,\n"
                + "\(codes[0]),加分,,1.50,奖励,文3,2022-01-01,\n")
        let reading = try inbox.read([
            ask(
                "decision", { .sum(field: $0.index("points")) },
                filter: { .isOneOf(field: $0.index("kind"), ["加分"]) })
        ])
        let day = Day("2022-01-01") ?? Texts.asOf
        #expect(
            reading.population.manualDecisions == [
                ManualDecision(firm: 0, kind: "定档", tier: "D", reason: "违法", document: "文1", date: day),
                ManualDecision(firm: 1, kind: "不低于", tier: "B", reason: "新办", document: "文2", date: day),
            ])
        #expect(reading.population.columns[0] == [15_000, .noRow])
        #expect(reading.files[0].accepted == 4 && reading.files[0].collapsed == 1)
    }

    // MARK: Repeated keys

    @Test func identicalRowsCollapseAndDifferingOnesAreAllRefused() throws {
        let power =
            Texts.powerHeader
            + "\nM1,甲,\(codes[0]),2021-01,5\nM1,甲,\(codes[0]),2021-02,5\nM2,乙,\(codes[1]),2021-01,7\n"
            + "M1,\"甲\",\(codes[0]),2021-01,5\nM2,乙,\(codes[1]),2021-01,8\nM3,丙,\(codes[2]),2021-01,1\n"
        let inbox = try inbox(power)
        let reading = try inbox.read([ask("power", kwh), ask("power", { _ in .count })])
        #expect(reading.population.columns[0] == [10, .refusedRow, 1, .noRow])
        #expect(reading.population.columns[1] == [2, .refusedRow, 1, 0])
        let file = reading.files[0]
        #expect(file.fates == [6, 3, 2, 1, 0])
        let repeated = reading.findings.filter { $0.code == "key_repeated" }
        #expect(repeated.map(\.line) == [4, 6] && repeated.allSatisfy { $0.row.hasPrefix("M2,乙") })
        #expect(reading.counts.first { $0.code == "key_repeated" }?.count == 2)
    }

    @Test func keysRepeatAcrossFilesOfOneFeed() throws {
        let inbox = try TestInbox().registry(Array(codes[..<2])).deliver(
            "previous-a", "previous", "2020-01/2020-12",
            Texts.previousHeader + "\n\(codes[0]),2020,规上,A,90,1,,\n\(codes[1]),2020,规上,B,80,2,,\n"
        ).deliver(
            "previous-b", "previous", "2019-01/2020-12",
            Texts.previousHeader
                + "\n\(codes[0]),2020,规上,A,90.0,1,,\n\(codes[1]),2020,规上,C,70,3,,\n\(codes[1]),2019,规上,A,99,1,,\n"
        )
        let reading = try inbox.read([
            ask("previous", { .latest(field: $0.index("tier")) }),
            ask("previous", { .sum(field: $0.index("total")) }),
        ])
        #expect(
            reading.population.columns[0] == [0, .refusedRow] && reading.population.dictionaries[0] == ["A"])
        #expect(reading.population.columns[1] == [900_000, .refusedRow])
        #expect(
            reading.files.map(\.collapsed).reduce(0, +) == 1 && reading.files.map(\.refused).reduce(0, +) == 2
        )
    }

    // MARK: Findings

    /// `«` in the row marks where the finding must begin.
    @Test(arguments: [
        ("decimal_malformed", "用电量", "M1,甲,CODE,2021-01,«1 000"),
        ("field_blank", "用电量", "M1,甲,CODE,2021-01,«"),
        ("decimal_out_of_range", "用电量", "M1,甲,CODE,2021-01,«-1"), ("field_blank", "户号", "«,甲,CODE,2021-01,1"),
        ("decimal_too_long", "用电量", "M1,甲,CODE,2021-01,«1234567890123456"),
        ("decimal_too_many_places", "用电量", "M1,甲,CODE,2021-01,«1.5"),
        ("month_malformed", "用电月份", "M1,甲,CODE,«202113,1"),
        ("period_outside", "用电月份", "M1,甲,CODE,«2020-12,1"),
        ("period_outside", "用电月份", "M1,\"甲\n乙\",CODE,«\"2022-01\",1"),
        ("code_is_number", "统一社会信用代码", "M1,甲,«9.13308E+17,2021-01,1"),
        ("code_check_character", "统一社会信用代码", "M1,甲,«91330784MA0000000X,2021-01,1"),
        ("firm_unknown", "统一社会信用代码", "M1,甲,«\(Texts.code(900)),2021-01,1"),
        ("firm_missing", "统一社会信用代码", "M1,甲,«,2021-01,1"), ("nul_byte", "户名", "M1,«甲\0,CODE,2021-01,1"),
        ("row_width", "", "«M1,甲,CODE,2021-01"), ("row_width", "", "«M1,甲,CODE,2021-01,1,"),
        ("quote_stray", "", "«M1,甲\"乙,CODE,2021-01,1"),
    ]) func findingsSayWhere(_ code: String, _ column: String, _ marked: String) throws {
        let before =
            "\(Texts.powerHeader)\r\n\(Texts.power([(codes[1], "2021-01", "3")]).dropFirst(Texts.powerHeader.count + 1))"
        let row = marked.replacingOccurrences(of: "CODE", with: codes[0])
        let text = before + row.replacingOccurrences(of: "«", with: "") + "\n"
        let byte = (before + row.prefix { $0 != "«" }).utf8.count
        let reading = try inbox(text).read([ask("power", kwh)])
        let findings = reading.findings.filter { $0.feed == "power" && $0.code != "month_missing" }
        #expect(findings.map(\.code) == [code])
        let finding = try #require(findings.first)
        #expect(finding.column == column && finding.byte == byte)
        #expect(finding.line == 3 + row.prefix { $0 != "«" }.filter { $0 == "\n" }.count)
        #expect(finding.row == row.replacing("«", with: "").replacing("\0", with: "␀"))
        #expect(finding.file == "power.csv" && finding.delivery == "power")
        let file = reading.files[0]
        #expect(file.rows == file.accepted + file.refused + file.collapsed + file.unused)
    }

    @Test func allFindingsOfARowAndInvalidUTF8() throws {
        var bytes = Array("\(Texts.powerHeader)\nM1,".utf8)
        bytes += [0xd3, 0xc0] + Array(",bad,2021-13,x\n".utf8)
        let inbox = try TestInbox().registry([codes[0]])
        try inbox.deliver("power", "power", "2021-01/2021-12", files: [("p.csv", bytes)])
        let reading = try inbox.read([ask("power", kwh)])
        #expect(
            reading.findings.filter { $0.line == 2 }.map(\.code)
                == ["text_not_utf8", "code_malformed", "month_malformed", "decimal_malformed"])
        #expect(reading.files[0].refused == 1)
    }

    @Test func organisationCodesAreOnlyWarnedAbout() throws {
        // 91330784 and an organisation code with a wrong check digit, but the right GB 32100 character.
        var code = Array("91330784MA0000011".utf8)
        code.append(CreditCode.checkCharacter(code) ?? 0)
        let text = String(decoding: code, as: UTF8.self)
        let reading = try TestInbox().registry([text]).read([])
        #expect(reading.population.count == 1 && reading.findings.map(\.code) == ["code_organisation"])
    }

    @Test func personalColumnsAreSkippedAndMasked() throws {
        let text =
            Texts.powerHeader
            + ",联系人,联系电话\nM1,甲,\(codes[0]),2021-01,x,张三,\"138\"\nM1,甲,\(codes[0]),2021-01,1,张三\n"
        let reading = try inbox(text).read([ask("power", kwh)])
        #expect(reading.counts.first { $0.code == "personal_column" }?.count == 2)
        let rows = reading.findings.map(\.row).joined()
        #expect(!rows.contains("张三") && !rows.contains("138"))
        #expect(
            reading.findings.first { $0.code == "decimal_malformed" }?.row
                == "M1,甲,\(codes[0]),2021-01,x,***,\"***\"")
    }

    @Test func samplesAreCappedAndCountsAreNot() throws {
        let rows = (0..<500).map { ("\(Texts.code(900))", "2021-01", "\($0)") }
        let reading = try inbox(
            Texts.powerHeader + "\n" + rows.enumerated().map { "M\($0),x,\($1.0),\($1.1),1\n" }.joined()
        )
        .read([ask("power", kwh)])
        let samples = reading.findings.filter { $0.code == "firm_unknown" }
        #expect(samples.map(\.line) == Array(2...21))
        #expect(reading.counts.first { $0.code == "firm_unknown" }?.count == 500)
        #expect(reading.files[0].unused == 500)
    }

    // MARK: Refusals

    @Test(arguments: [
        ("column_unknown", "户号,户名,统一社会信用代码,用电月份,用电量,别的\n"), ("column_missing", "户号,户名,统一社会信用代码,用电月份\n"),
        ("column_doubled", "户号,户号,户名,统一社会信用代码,用电月份,用电量\n"), ("file_empty", ""), ("file_empty", "\u{feff}"),
        ("file_empty", "\n\n"), ("quote_unclosed", "\"户号,户名\n"), ("column_unknown", "户\0号,户名\n"),
        ("columns_too_many", String(repeating: "a,", count: 2000) + "\n"),
        ("quote_unclosed", Texts.powerHeader + "\nM1,\"甲,x,2021-01,1\n"),
        ("row_too_long", Texts.powerHeader + "\n" + String(repeating: "M", count: 3 << 20) + ",\n"),
        (
            "row_too_long",
            Texts.powerHeader + "\nM1,\"甲,x,2021-01,1\n" + String(repeating: "M,,,,\n", count: 300_000)
        ),
    ]) func filesThatCannotBeTaken(_ code: String, _ text: String) throws {
        let reading = try inbox(text).read([ask("power", kwh)])
        #expect(
            reading.findings.contains { $0.code == code && $0.severity == .refusal },
            "\(reading.findings.map(\.code))")
        #expect(!reading.refusals.isEmpty)
    }

    /// Other separators, a title and nothing below it, no header at all.
    @Test(arguments: [
        Texts.powerHeader.replacing(",", with: ";"), Texts.powerHeader.replacing(",", with: "\t"),
        "2021年用电,,,,\n", "M1,甲,\(Texts.codes[0]),2021-01,5",
    ]) func aHeaderThatIsNoneIsOneFinding(_ text: String) throws {
        let reading = try inbox(text + "\n").read([ask("power", kwh)])
        let findings = reading.findings.filter { $0.severity == .refusal }
        #expect(findings.map(\.code) == ["header_unknown"] && findings.map(\.line) == [1])
        #expect(reading.refusals.count == 1 && reading.refusals[0].hasSuffix(findings[0].english))
    }

    /// Nothing that was delivered steers the terminal on which it is shown.
    @Test func controlCharactersAreShownAsSymbols() throws {
        let text = "\u{1b}[31m\u{7}\u{7f}\u{9b}2J\r\tX"
        let row = "\"甲\n\(text)\",\(codes[0]),2021-01,\"\(text)\n\""
        let reading = try inbox(Texts.powerHeader + "\nM1,\(row)\n").read([ask("power", kwh)])
        let finding = try #require(reading.findings.first { $0.code == "decimal_malformed" })
        #expect(finding.english.hasPrefix("`␛[31m␇␡\u{fffd}2J␍␉X␊` is no number"))
        #expect(finding.chinese.hasPrefix("“␛[31m␇␡\u{fffd}2J␍␉X␊”"))
        let shown = "␛[31m␇␡\u{fffd}2J␍\tX"
        #expect(finding.row == "M1,\"甲\n\(shown)\",\(codes[0]),2021-01,\"\(shown)\n\"")
    }

    @Test func headersInAnyOrderWithAByteOrderMark() throws {
        let text = "\u{feff}用电量,用电月份,\"户名\",统一社会信用代码,户号\r\n3,2021-01,甲,\(codes[0]),M1"
        let reading = try inbox(text).read([ask("power", kwh)])
        #expect(reading.population.columns[0][0] == 3 && reading.refusals == [])
    }

    @Test func aHeaderWithoutRowsIsAWarning() throws {
        let reading = try inbox(Texts.powerHeader).read([ask("power", kwh)])
        #expect(reading.refusals == [] && reading.findings.contains { $0.code == "file_has_no_rows" })
    }

    @Test func countsAndTotalsOfTheManifest() throws {
        let text = Texts.power([(codes[0], "2021-01", "5"), (codes[1], "2021-01", "7")])
        func refusals(rows: Int, total: String, header: String = "用电量") throws -> [String] {
            let inbox = try TestInbox().registry(codes)
            try inbox.deliver("p", "power", "2021-01/2021-12", text, rows: rows, totals: [header: total])
            let reading = try inbox.read([ask("power", kwh)])
            return reading.findings.filter { $0.severity == .refusal }.map(\.code)
        }
        #expect(try refusals(rows: 2, total: "12") == [])
        #expect(try refusals(rows: 2, total: "12.000") == [])
        #expect(try refusals(rows: 3, total: "12") == ["rows_differ"])
        #expect(try refusals(rows: 3, total: "13") == ["rows_differ", "total_differs"])
        #expect(try refusals(rows: 2, total: "13") == ["total_differs"])
        #expect(try refusals(rows: 2, total: "1e1") == ["total_differs"])
        #expect(try refusals(rows: 2, total: "12", header: "户名") == ["total_unknown"])
    }

    /// The total of a file with a row that cannot be read is not known.
    @Test(arguments: ["x", "5,9", "\"5\"9"])
    func totalsOfFilesWithBadRowsAreNotCompared(_ kwh: String) throws {
        let text = Texts.power([(codes[0], "2021-01", "7"), (codes[1], "2021-01", kwh)])
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver("p", "power", "2021-01/2021-12", text, rows: 2, totals: ["用电量": "12"])
        let reading = try inbox.read([ask("power", self.kwh)])
        #expect(reading.refusals == [] && reading.files[0].refused == 1)
    }

    @Test func longTextsAreCutBetweenCharacters() throws {
        let long = String(repeating: "亩\u{7}", count: 100_000)
        let refused = try inbox(Texts.powerHeader + ",\(long)\n").read([ask("power", kwh)])
        let column = String(repeating: "亩␇", count: 10) + "…"
        #expect(refused.findings.contains { $0.code == "column_unknown" && $0.column == column })
        #expect(refused.refusals.count == 1 && refused.refusals[0].contains("`\(column)`"))
        let reading = try inbox(Texts.powerHeader + "\nM1,甲,\(codes[0]),2021-01,\(long)\n").read([
            ask("power", kwh)
        ])
        let finding = reading.findings.first { $0.code == "decimal_malformed" }
        #expect(finding?.english.contains("`\(column)`") == true)
        #expect(finding.map { $0.row.utf8.count <= 500 && !$0.row.contains("\u{fffd}") } == true)
    }

    @Test func damagedGzipFiles() throws {
        let good = Gzip.member(Array(Texts.power([(codes[0], "2021-01", "5")]).utf8))
        for (bytes, code) in [
            (good, ""), (Array(good.dropLast()), "gzip_truncated"), (good + [1], "gzip_trailing"),
            (good.dropLast(8) + [0, 0, 0, 0, 0, 0, 0, 0], "gzip_corrupt"),
        ] {
            let inbox = try TestInbox().registry([codes[0]])
            try inbox.deliver("p", "power", "2021-01/2021-12", files: [("p.csv.gz", bytes)])
            let reading = try inbox.read([ask("power", kwh)])
            #expect(
                reading.findings.filter { $0.severity == .refusal }.map(\.code)
                    == (code.isEmpty ? [] : [code]))
            #expect(reading.refusals.isEmpty == code.isEmpty)
        }
    }

    @Test func thresholdsNeedBothCountAndShare() throws {
        func refused(_ bad: Int, of all: Int) throws -> Bool {
            let rows = (0..<all).map { "M\($0),甲,\(codes[0]),2021-01,\($0 < bad ? "x" : "1")\n" }.joined()
            return try !inbox(Texts.powerHeader + "\n" + rows).read([ask("power", kwh)]).refusals.isEmpty
        }
        #expect(try !refused(50, of: 60))
        #expect(try refused(51, of: 60))
        let rows = (0..<60).map { "M\($0),甲,\(codes[0]),2021-01,x\n" }.joined()
        #expect(
            try inbox(Texts.powerHeader + "\n" + rows).read([ask("power", kwh)]).refusals == [
                "power (用电): 60 of 60 rows are refused, more than the 50 rows and 1 % that the contract allows. "
                    + "Most findings: decimal_malformed 60. Send them to 供电公司 and ask for a corrected delivery; "
                    + "`mujun check` shows them."
            ])
        let decision = try TestInbox().registry([codes[0]]).deliver(
            "decision", "decision", "2021-01/2022-05", Texts.decisionHeader + "\n\(codes[0]),x,,,,,,\n")
        #expect(
            try decision.read([ask("decision", { _ in .count })]).refusals.first?.contains(
                "1 of 1 rows are refused, and the contract allows none.") == true)
        #expect(try !refused(60, of: 6000))
        #expect(try refused(61, of: 6000))
    }

    @Test func aSumThatIsTooLongIsRefused() throws {
        let header = "统一社会信用代码,所属月份,增值税净入库,免抵税额,企业所得税,房产税,城镇土地使用税,城市维护建设税,教育费附加,印花税,环境保护税,资源税,先征后退,即征即退,留抵退税"
        let row = { (month: Int) in
            "\(codes[0]),2021-\(month < 10 ? "0" : "")\(month),100000000000.00"
                + String(repeating: ",0", count: 12) + "\n"
        }
        let inbox = try TestInbox().registry([codes[0]]).deliver(
            "tax", "tax", "2021-01/2021-12", header + "\n" + (1...12).map(row).joined())
        let reading = try inbox.read([ask("tax", { .sum(field: $0.index("vat_net")) })])
        #expect(reading.population.columns[0] == [120_000_000_000_000] && reading.refusals == [])
        // A hundred thousand meters of 10^10 kWh have 16 digits together.
        let meters = (0..<100_000).map { "M\($0),甲,\(codes[0]),2021-01,10000000000\n" }.joined()
        let power = try self.inbox(Texts.powerHeader + "\n" + meters).read([ask("power", kwh)])
        #expect(
            power.refusals.count == 1
                && power.refusals[0].contains("firm \(codes[0]) has more than 15 digits"))
    }

    @Test func aRegistryWithoutFirmsEndsTheReading() throws {
        let reading = try inbox(Texts.powerHeader + "\n", firms: 0).read([ask("power", kwh)])
        #expect(!reading.refusals.isEmpty && reading.population.count == 0)
    }

    // MARK: Order

    /// The same rows in another order, in other files, by other numbers of threads, in other batches.
    @Test func orderAndThreadsChangeNothing() throws {
        var random = SeededGenerator(21)
        var rows: [String] = []
        for month in 1...12 {
            for (index, code) in codes.enumerated() where (index + month) % 5 != 0 {
                let value = index == 7 && month == 3 ? "bad" : "\(index * 100 + month)"
                rows.append("M\(index),甲,\(code),2021-\(month < 10 ? "0" : "")\(month),\(value)\n")
            }
        }
        rows.append(rows[5])
        rows.append(rows[17].dropLast(2) + "9\n")
        rows.append("U,甲,\(Texts.code(900)),2021-01,1\n")
        let columns = try [
            ask("power", kwh), ask("power", { .latest(field: $0.index("kwh")) }),
            ask("power", { _ in .count }),
            ask("power", { .latest(field: $0.index("account")) }),
        ]
        var first: Population?
        for round in 0..<6 {
            rows.shuffle(using: &random)
            let parts = round % 3 + 1
            let inbox = try TestInbox().registry(codes.shuffled(using: &random))
            let files = (0..<parts).map { part in
                let own = rows.enumerated().filter { $0.offset % parts == part }.map(\.element).joined()
                return ("\(part).csv.gz", Gzip.member(Array((Texts.powerHeader + "\n" + own).utf8)))
            }
            try inbox.deliver("power", "power", "2021-01/2021-12", files: files)
            let reading = try inbox.read(columns, threads: 1)
            let again = try inbox.read(columns, threads: 4)
            #expect(reading.findings == again.findings && reading.files == again.files)
            #expect(reading.counts == again.counts && reading.refusals == again.refusals)
            for other in [reading.population, again.population] {
                if let first {
                    #expect(
                        first.columns == other.columns && first.dictionaries == other.dictionaries,
                        "round \(round)")
                    #expect(first.codes == other.codes && first.names == other.names)
                }
                first = other
            }
        }
    }

    @Test func smallChunksAndBatchesChangeNothing() throws {
        let text =
            Texts.powerHeader
            + "\r\nM1,\"甲,\n\",\(codes[0]),2021-01,5\r\n\nM2,乙,\(codes[1]),2021-02,x\nM1,丙,\(codes[0]),2021-03,7"
        let inbox = try inbox(text)
        let survey = try inbox.survey(["power"])
        let contracts = try ShippedContracts.load()
        let column = try ask("power", kwh)
        let table = FirmTable(
            sorted: codes[..<2].map { Array($0.utf8).withUnsafeBufferPointer { FirmKey($0.baseAddress!) } })
        let plan = FeedPlan(
            feed: column.feed, contract: contracts[column.feed], columns: [column], dataYear: 2021,
            asOf: Texts.asOf)
        let file = try #require(survey.files.first { $0.feed == column.feed })
        var logs: [[Finding]] = []
        for readSize in 1...40 {
            for rows in [1, 2, 50] {
                let totals = FeedTotals(plan, firms: 2)
                let outcome = FileReader.read(
                    file, index: 0, into: .feed(totals, LinkBook(table)), readSize: readSize,
                    rowsPerBatch: rows)
                #expect(totals.finish().cells == [[12, .refusedRow]])
                logs.append(outcome.log.capped())
            }
        }
        #expect(Set(logs.map { $0.map { "\($0.line) \($0.byte) \($0.row)" } }).count == 1)
        #expect(logs[0].map(\.line) == [5])
    }
}
