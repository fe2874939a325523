import Evaluation
import Foundation
import Testing

@testable import Intake

/// Every leniency by itself: what it takes, what it still refuses, and that its use is counted and shown.
@Suite struct LeniencyTests {
    private static let all: Leniencies = [
        .blanks, .dates, .fullWidth, .plus, .thousands, .trailingZeros,
    ]

    private func exact(
        _ text: String, _ body: (UnsafeBufferPointer<UInt8>, UnsafeMutablePointer<UInt8>) -> ExactForm.Result
    )
        -> (text: String, used: Leniencies)
    {
        let bytes = Array(text.utf8)
        var out = [UInt8](repeating: 0x58, count: bytes.count * 3 + 32)
        let result = bytes.withUnsafeBufferPointer { field in
            out.withUnsafeMutableBufferPointer { body(field, $0.baseAddress!) }
        }
        return (String(decoding: out[..<result.count], as: UTF8.self), result.used)
    }

    private static let decimalForms: [(String, String, Leniencies)] = [
        ("1,234.50", "1234.50", Leniencies.thousands), ("-12,345,678.9", "-12345678.9", .thousands),
        ("１２．５", "12.5", .fullWidth), ("－０．５０", "-0.50", .fullWidth),
        ("１，２３４", "1234", [.fullWidth, .thousands]), ("+5", "5", .plus), ("＋５", "5", [.fullWidth, .plus]),
        (" 12 ", "12", .blanks), ("\u{3000}12\t", "12", [.fullWidth, .blanks]), ("12\u{a0}", "12", .blanks),
        ("12.500", "12.50", .trailingZeros), ("12.0000", "12.00", .trailingZeros),
        ("+1,000.1000", "1000.10", [.plus, .thousands, .trailingZeros]), ("  ", "", .blanks),
        // What could mean something else stays as it is, and is refused.
        ("12.345", "12.345", []), ("1,23", "1,23", []), ("1,2345", "1,2345", []),
        ("12,34,567", "12,34,567", []),
        ("1234,567", "1234,567", []), (",123", ",123", []), ("1 234", "1 234", []),
        ("1.234,50", "1.234,50", []),
        ("+-5", "+-5", []), ("++5", "++5", []), ("1E3", "1E3", []), ("(5)", "(5)", []), ("-", "-", []),
        ("5%", "5%", []),
        ("5万", "5万", []), ("0.1,234", "0.1,234", []), ("1,234,", "1,234,", []), ("五", "五", []),
        ("1..00", "1..00", []),
    ]

    @Test(arguments: decimalForms) func decimals(_ text: String, _ expected: String, _ used: Leniencies) {
        let found = exact(text) { ExactForm.decimal($0, Self.all, places: 2, into: $1) }
        #expect(found.text == expected && found.used == used)
        // Without leniencies nothing is touched.
        #expect(exact(text) { ExactForm.decimal($0, [], places: 2, into: $1) } == (text, []))
    }

    @Test(arguments: [
        ("2021/3/31", "2021-03-31"), ("2021.3.31", "2021-03-31"), ("2021年3月31日", "2021-03-31"),
        ("2021年03月31号", "2021-03-31"), ("20210331", "2021-03-31"), ("2021-3-1", "2021-03-01"),
        ("２０２１／３／３１", "2021-03-31"), (" 2021-03-31 ", "2021-03-31"), ("2021/3/31 0:00", "2021-03-31"),
        ("2021-03-31 00:00:00", "2021-03-31"), ("2021-03-31T00:00:00", "2021-03-31"),
        ("2021 年 3 月 1 日", "2021-03-01"),
        ("2021/13/1", "2021-13-01"),
        // Two-digit years, other orders, days of a spreadsheet, times of day, mixed signs.
        ("21/3/31", "21/3/31"), ("31/3/2021", "31/3/2021"), ("3/31/2021", "3/31/2021"), ("44286", "44286"),
        ("2021-03-31 08:30", "2021-03-31 08:30"), ("2021/3.31", "2021/3.31"), ("2021年3月", "2021年3月"),
        ("202103", "202103"), ("2021/3", "2021/3"), ("2021331", "2021331"), ("2021年3月31", "2021年3月31"),
    ]) func days(_ text: String, _ expected: String) {
        #expect(exact(text) { ExactForm.time($0, Self.all, .date, into: $1) }.text == expected)
    }

    @Test(arguments: [
        ("2021/3", "2021-03"), ("2021/12", "2021-12"), ("2021-3", "2021-03"), ("202103", "2021-03"),
        ("2021年3月", "2021-03"), ("2021年12月份", "2021-12"), ("2021.03", "2021-03"), ("2021.12", "2021-12"),
        // A spreadsheet writes October as 2021.1.
        ("2021.1", "2021.1"), ("2021.3", "2021.3"), ("3月", "3月"), ("21-03", "21-03"), ("2021年", "2021年"),
        ("20213", "20213"), ("2021/3/1", "2021/3/1"),
    ]) func months(_ text: String, _ expected: String) {
        #expect(exact(text) { ExactForm.time($0, Self.all, .month, into: $1) }.text == expected)
    }

    @Test(arguments: [
        ("2021年", "2021"), ("2021年度", "2021"), ("２０２１", "2021"), (" 2021", "2021"), ("21年", "21年"),
        ("2021/3", "2021/3"), ("2021.0", "2021.0"),
    ]) func years(_ text: String, _ expected: String) {
        #expect(exact(text) { ExactForm.time($0, Self.all, .year, into: $1) }.text == expected)
    }

    private static let textForms: [(String, String, Leniencies, FeedField.Brackets)] = [
        ("永 康 市 某 厂", "永康市某厂", Leniencies.blanks, FeedField.Brackets.full),
        ("  ABC Tools 有限公司\t", "ABC Tools有限公司", .blanks, .full), ("ABC  Tools", "ABC Tools", .blanks, .full),
        ("某\n厂", "某厂", .blanks, .full), ("某厂(永康)", "某厂（永康）", .brackets, .full),
        ("浙（2016）号", "浙(2016)号", .brackets, .half), ("浙(2016)号", "浙(2016)号", [], .half),
        ("Ａ－１厂", "A-1厂", .fullWidth, .full), ("某厂（永康）", "某厂（永康）", [], .full),
        // A wide comma is Chinese, and a single blank between two words is a name's own.
        ("甲，乙", "甲，乙", [], .full), ("ABC Tools", "ABC Tools", [], .full),
        ("《某》〔2021〕1号", "《某》〔2021〕1号", [], .full),
    ]

    @Test(arguments: textForms.indices) func texts(_ index: Int) throws {
        let (text, expected, used, brackets) = Self.textForms[index]
        let found = exact(text) { ExactForm.text($0, Self.all, brackets, into: $1) }
        #expect(found.text == expected && found.used == used)
        // What is rewritten is exact, and whatever is not exact arouses suspicion.
        let again = exact(expected) { ExactForm.text($0, Self.all, brackets, into: $1) }
        #expect(again.text == expected && again.used == [])
        let contracts = try ShippedContracts.load()
        var field = try #require(contracts.flatMap(\.fields).first { $0.kind == .text })
        field.brackets = brackets
        let scan = try #require(TextScan(field, Self.all))
        let bytes = Array(text.utf8) + [UInt8](repeating: 0x20, count: 16)
        let cell = bytes.withUnsafeBufferPointer {
            scan.text($0.baseAddress!, FieldSpan(start: 0, end: text.utf8.count))
        }
        #expect(used == [] || cell == Flaw.inexact.cell)
        #expect(scan.isInexact(Array(text.utf8)) == (used != []))
    }

    private func rewrite(_ bytes: [UInt8], _ kind: FeedField.Kind, into out: inout [UInt8])
        -> ExactForm.Result
    {
        bytes.withUnsafeBufferPointer { field in
            out.withUnsafeMutableBufferPointer { out in
                let start = out.baseAddress!
                switch kind {
                case .decimal(let places):
                    return ExactForm.decimal(field, Self.all, places: places, into: start)
                case .text: return ExactForm.text(field, Self.all, .full, into: start)
                case .creditCode: return ExactForm.code(field, Self.all, into: start)
                default: return ExactForm.time(field, Self.all, kind, into: start)
                }
            }
        }
    }

    /// Whatever comes in, nothing is written beyond its room, and what is rewritten once stays as it is.
    @Test func garbageStaysInItsRoom() {
        var random = SeededGenerator(41)
        let texts = [
            "1", "０", "，", ",", ".", "．", "-", "＋", "　", " ", "\t", "年", "月", "日", "(", "（", "A", "ａ",
            "\u{a0}",
            "/", "\u{feff}", "𠂇", "é",
        ]
        let parts: [[UInt8]] = texts.map { Array($0.utf8) } + [[0xff], [0xe3], [0xef, 0xbc], [0xf0, 0x9f]]
        let kinds: [FeedField.Kind] = [.date, .month, .year, .decimal(2), .text, .creditCode]
        for _ in 0..<5_000 {
            let count = Int.random(in: 0...12, using: &random)
            let bytes = (0..<count).flatMap { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }
            for kind in kinds {
                let room = bytes.count * 3 + 32
                var out = [UInt8](repeating: 0xaa, count: room + 8)
                let first = rewrite(bytes, kind, into: &out)
                #expect(out[room...].allSatisfy { $0 == 0xaa })
                let once = Array(out[..<first.count])
                let second = rewrite(once, kind, into: &out)
                #expect(Array(out[..<second.count]) == once, "\(kind): \(bytes)")
            }
        }
    }

    // MARK: In files

    private let codes = Texts.codes

    private func read(_ text: String, totals: [String: String] = [:], rows: Int? = nil) throws -> Reading {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver("power", "power", "2021-01/2021-12", text, rows: rows, totals: totals)
        return try inbox.read([ask("power", { .sum(field: $0.index("kwh")) })])
    }

    private func lenient(_ reading: Reading) -> [String: Int] {
        let own = reading.counts.filter { $0.feed == "power" && $0.code != "month_missing" }
        return Dictionary(own.map { ($0.code, $0.count) }, uniquingKeysWith: +)
    }

    @Test func everythingAtOnce() throws {
        let text =
            "2021年用电情况,,,,\n单位：万kWh,,,,\n 户 号,户名,统一社会信用代码,用电月份,用电量(万kWh)\n"
            + "M1,甲, \(codes[0]) ,2021/1,\"1,234.5\"\nM2,乙,\(codes[1]),2021年2月,０．０００１\n小计,,,,1234.5001\n"
            + "M3,丙,\(codes[1]),202103,+1.00000\n合计：,,,,1235.5001\n"
        let reading = try read(text, totals: ["用电量（万kWh）": "1235.5001"], rows: 3)
        #expect(reading.refusals == [])
        #expect(reading.population.columns[0][0] == 12_345_000 && reading.population.columns[0][1] == 10_001)
        #expect(
            lenient(reading) == [
                "lenient_blanks": 1, "lenient_dates": 3, "lenient_full_width": 1, "lenient_headers": 2,
                "lenient_plus": 1, "lenient_thousands": 1, "lenient_title_rows": 2, "lenient_total_rows": 2,
                "lenient_trailing_zeros": 1, "lenient_units": 1,
            ])
        // One note for each, where it was needed first.
        let notes = reading.findings.filter { $0.code.hasPrefix("lenient_") }
        #expect(notes.count == 10 && notes.allSatisfy { $0.severity == .note })
        #expect(notes.first { $0.code == "lenient_dates" }?.line == 4)
        #expect(notes.first { $0.code == "lenient_thousands" }?.column == "用电量(万kWh)")
        #expect(notes.first { $0.code == "lenient_dates" }?.chinese.hasPrefix("3处") == true)
        #expect(reading.files.first { $0.feed == "power" }?.fates == [3, 3, 0, 0, 0])
        // The total of the manifest may be in the contract's unit as well.
        #expect(try read(text, totals: ["用电量": "12355001"]).refusals == [])
        #expect(try read(text, totals: ["用电量": "1235.5001"]).refusals.count == 1)
    }

    /// A wrong row of totals is reported; it refuses nothing.
    @Test func totalsThatDoNotAddUp() throws {
        let text =
            Texts.powerHeader
            + "\nM1,甲,\(codes[0]),2021-01,5\n小计,,,,5\nM2,乙,\(codes[1]),2021-02,7\n小计,,,,7\n合计,,,,13\n"
        let reading = try read(text)
        let found = reading.findings.filter { $0.code == "total_row_differs" }
        #expect(
            found.map(\.line) == [6] && found.map(\.column) == ["用电量"]
                && found[0].chinese.contains("13，以上各行相加为12"))
        #expect(found[0].byte == text.utf8.count - 3)
        #expect(reading.refusals == [])
        // With a row that cannot be read nobody knows the sum.
        let bad = try read(text.replacing(",7\nM", with: ",x\nM").replacing("2021-02,7", with: "2021-02,x"))
        #expect(!bad.findings.contains { $0.code == "total_row_differs" })
    }

    /// Nothing is wrong with a row of totals that has a month, but that it has no firm.
    @Test func totalsOfAMonthAreNoReading() throws {
        let inbox = try TestInbox().registry(codes).deliver(
            "power", "power", "2021-01/2021-12",
            Texts.powerHeader + "\nM1,甲,\(codes[0]),2021-01,5\nM2,乙,\(codes[1]),2021-01,7\n合计,,,2021-01,12\n",
            rows: 2, totals: ["用电量": "12"])
        let reading = try inbox.read([ask("power", { .sum(field: $0.index("kwh")) })])
        #expect(reading.refusals == [] && reading.files[0].rows == 2)
        #expect(reading.findings.filter { $0.code != "month_missing" }.map(\.code) == ["lenient_total_rows"])
    }

    /// A firm called 合计 and rows that name a firm are rows.
    @Test func whatIsNoRowOfTotals() throws {
        let text =
            Texts.powerHeader + "\n合计,甲,\(codes[0]),2021-01,5\nM2,合计,\(codes[1]),2021-02,x\n合计数,,,,5\n"
        let reading = try read(text)
        #expect(reading.files.first { $0.feed == "power" }?.fates == [3, 1, 2, 0, 0])
    }

    /// Titles that hold a header's name are titles; six rows above are too many.
    @Test func titlesAboveTheHeader() throws {
        let row = "M1,甲,\(codes[0]),2021-01,5\n"
        let title = "单位：千瓦时,,用电月份,2021年,\n"
        for count in 0...6 {
            let text = String(repeating: title, count: count) + Texts.powerHeader + "\n" + row
            let reading = try read(text)
            #expect(reading.refusals.isEmpty == (count <= 5), "\(count)")
            if (1...5).contains(count) { #expect(lenient(reading) == ["lenient_title_rows": count]) }
        }
        // A title with quotes in the wrong place, and one of another width.
        #expect(try read("2021年\"三\"月\n\n报表,1\n" + Texts.powerHeader + "\n" + row).refusals == [])
    }

    @Test func twoColumnsForOneFieldAreRefused() throws {
        let reading = try read(Texts.powerHeader + ",用电量（万kWh）\nM1,甲,\(codes[0]),2021-01,5,5\n")
        #expect(reading.findings.contains { $0.code == "column_doubled" && $0.column == "用电量（万kWh）" })
    }

    /// The range and the decimals of a column in another unit are said in that unit.
    @Test func refusalsSpeakTheUnitOfTheColumn() throws {
        let header = Texts.powerHeader.replacing("用电量", with: "用电量（万kWh）")
        let reading = try read(
            header + "\nM1,甲,\(codes[0]),2021-01,1.23456\nM2,甲,\(codes[0]),2021-02,9999999\n")
        #expect(
            reading.findings.filter { $0.severity == .refusal }.map(\.english) == [
                "`1.23456` has more than 4 decimals. Round it to 4.",
                "9999999 lies outside 0.0000 to 1000000.0000. Check the value and its unit.",
            ])
    }

    /// The same key in two forms is one key; rows that differ only in form are one row.
    @Test func keysAreComparedInTheirExactForm() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "land", "land", "2022-03-31",
            Texts.landHeader + "\n浙（2016）第1 号,\(codes[0]),100.00,某路,工业,,,,是,\n"
                + "浙(2016)第1号,\(codes[0]),100.00,某路,工业,,,,是,\n浙(2016)第2号,\(codes[1]),7,某路,工 业,,,,是,\n")
        let reading = try inbox.read([ask("land", { .sum(field: $0.index("area")) })])
        #expect(reading.files[0].fates == [3, 2, 0, 1, 0])
        #expect(Array(reading.population.columns[0].prefix(2)) == [10_000, 700])
    }

    /// Leniency is the contract's to give.
    @Test func withoutTheContractNothingIsTaken() throws {
        let contracts = try ShippedContracts.load().map { contract in
            var contract = contract
            contract.leniencies = []
            return contract
        }
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "power", "power", "2021-01/2021-12",
            Texts.powerHeader + "\nM1,甲, \(codes[0]),2021/1,\"1,234\"\n合计,,,,5\n")
        let survey = try inbox.survey(["power"])
        let reading = try Feeds.read(
            survey, contracts: contracts, columns: [ask("power", { .sum(field: $0.index("kwh")) })],
            dataYear: 2021,
            asOf: Texts.asOf, threads: 1, progress: nil)
        #expect(reading.findings.allSatisfy { !$0.code.hasPrefix("lenient_") })
        #expect(reading.files.first { $0.feed == "power" }?.fates == [2, 0, 2, 0, 0])
    }

    @Test func contractsSayWhatTheyTake() throws {
        let contracts = try ShippedContracts.load()
        for contract in contracts {
            #expect(contract.leniencies.contains(.titleRows))
            // What the office decides stands in results as it is written.
            #expect(contract.leniencies.contains(.blanks) == (contract.name != FeedContract.decisionName))
        }
        let tax = try #require(contracts.first { $0.name == "tax" })
        #expect(tax.fields[tax.index("vat_net")].aliases.map(\.power) == [0, 4])
        let emission = try #require(contracts.first { $0.name == "emission" })
        #expect(emission.fields[emission.index("cod")].aliases.map(\.power) == [0, 0, -3, -3])
    }
}
