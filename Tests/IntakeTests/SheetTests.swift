import Evaluation
import Foundation
import Testing

@testable import Intake

/// Sheets of workbooks as the CSV that they are read as.
struct SheetTests {
    /// The rows of a sheet, read in pieces of `step` bytes.
    private func csv(_ bytes: [UInt8], sheet: String = "", step: Int = 1000) throws -> String {
        let path = NSTemporaryDirectory() + "sheet-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let source = try ByteSource(path: path, container: .xlsx, table: sheet)
        var out: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 1)
        defer { buffer.deallocate() }
        while true {
            let count = try source.read(into: buffer)
            if count == 0 { return String(decoding: out, as: UTF8.self) }
            out += buffer[..<count]
        }
    }

    private func csv(_ book: Book, sheet: String = "") throws -> String { try csv(book.bytes, sheet: sheet) }

    /// A row with these cells comes out as this line.
    @Test(arguments: [
        ("<c><v>1</v></c><c><v>2</v></c>", "1,2"),
        ("<c r=\"B1\"><v>1</v></c><c r=\"D1\"/><c r=\"E1\"><v>5</v></c><c r=\"XFD1\" s=\"9\"/>", ",1,,,5"),
        ("<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>", "甲厂,\"乙,\"\"厂\"\"\",丙厂"),
        (
            "<c t=\"inlineStr\"><is><t>甲</t></is></c><c t=\"inlineStr\"><is><r><rPr/><t>乙</t></r><r><t> 厂</t></r></is></c>",
            "甲,乙 厂"
        ),
        ("<c t=\"str\"><f>A1&amp;\"x\"</f><v>甲&lt;&amp;</v></c>", "甲<&"),
        (
            "<c t=\"str\"><v>甲\n厂</v></c><c t=\"str\"><v>a_x000D_\nb_x005F_c_x0041_</v></c>",
            "\"甲 厂\",\"a b_c_x0041_\""
        ),
        ("<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>", "TRUE,FALSE"),
        ("<c t=\"e\"><v>#N/A</v></c><c><f>1+1</f></c><c><f>1+1</f><v>2</v></c>", "\0#N/A,\0=,2"),
        ("<c t=\"d\"><v>2021-03-31T00:00:00</v></c>", "2021-03-31"),
        (
            "<c s=\"1\"><v>44286</v></c><c s=\"2\"><v>44286</v></c><c s=\"3\"><v>44286</v></c>",
            "2021-03-31,2021-03,2021-03-31"
        ),
        (
            "<c s=\"3\"><v>44286.75</v></c><c s=\"1\"><v>44286.75</v></c><c s=\"4\"><v>44286</v></c>",
            "2021-03-31 18:00:00,2021-03-31,2021"
        ),
        ("<c s=\"99\"><v>44286</v></c><c s=\"0\"><v>44286</v></c>", "44286,44286"),
        (
            "<c><v>0.30000000000000004</v></c><c><v>9.1330784123456701E+17</v></c>",
            "0.3,\09.13307841234567E+17"
        ),
        ("<c><v></v></c><c t=\"s\"><v>3</v></c><c t=\"str\"><v></v></c>", ""),
    ])
    func cells(_ cells: String, _ line: String) throws {
        let book = Book(
            "<row>\(cells)</row>",
            texts:
                "<si><t>甲厂</t></si><si><t>乙,\"厂\"</t></si><si><r><t>丙</t></r><rPh sb=\"0\"><t>bing</t></rPh><r><t>厂</t></r></si><si/>",
            styles: """
                <numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="yyyy"/></numFmts>
                <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
                <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="22"/><xf numFmtId="171"/></cellXfs>
                """)
        #expect(try csv(book) == line + "\n")
    }

    @Test func everyRowOfTheSheetIsALine() throws {
        let book = Book(
            "<row r=\"2\"><c><v>1</v></c></row><row r=\"3\"><c s=\"1\"/></row><row><c t=\"str\"><v>a\nb</v></c></row><row r=\"7\"><c><v>2</v></c></row>"
        )
        #expect(try csv(book) == "\n1\n\n\"a b\"\n\n\n2\n")
        for step in [1, 2, 3] { #expect(try csv(book.bytes, step: step) == csv(book)) }
    }

    @Test func daysOfBothSystems() throws {
        let styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"
        func days(_ numbers: [String], from1904: Bool) throws -> [String] {
            let cells = numbers.map { "<c s=\"0\"><v>\($0)</v></c>" }.joined()
            return try csv(Book("<row>\(cells)</row>", styles: styles, from1904: from1904)).dropLast()
                .split(separator: ",").map(String.init)
        }
        #expect(
            try days(
                ["1", "59", "60", "61", "36526", "44197.9999999", "2958465", "2958466", "-1", "0"],
                from1904: false) == [
                    "1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01", "2000-01-01", "2021-01-02",
                    "9999-12-31",
                    "2958466", "-1", "1900-01-00",
                ])
        #expect(
            try days(["0", "1", "60", "42735", "-1"], from1904: true) == [
                "1904-01-01", "1904-01-02", "1904-03-01", "2021-01-01", "-1",
            ])
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("0.0", "0"), ("12.50", "12.5"), ("007", "7"), ("+5", "5"), (".5", "0.5"),
        ("5.", "5"),
        ("1E2", "100"), ("1.5e-7", "0.00000015"), ("1E-20", "0.00000000000000000001"),
        ("1e14", "100000000000000"),
        ("123456789012345", "123456789012345"), ("999999999999999.9", "1E+15"), ("1e15", "1E+15"),
        ("0.1", "0.1"), ("1.1000000000000001", "1.1"), ("2.9999999999999996", "3"),
        ("-4.3499999999999996", "-4.35"),
        ("33.333333333333336", "33.3333333333333"), ("1234.5678899999999", "1234.56789"),
        ("9.9999999999999995", "10"),
        ("0.000099999999999999995", "0.0001"), ("913307841234567890", "9.13307841234568E+17"),
    ])
    func numbersAreTheFifteenDigitsThatSpreadsheetsShow(_ stored: String, _ shown: String) throws {
        var text: [UInt8] = []
        try #require(CellNumber(Array(stored.utf8))).append(to: &text)
        #expect(String(decoding: text, as: UTF8.self) == shown)
        let cell = try csv(Book("<row><c><v>\(stored)</v></c></row>"))
        #expect(cell == (shown.contains("E+") ? "\0" : "") + shown + "\n")
    }

    @Test(arguments: [
        "", "-", ".", "1,5", "0x10", "1e", "1e+", "1E1000000", "nan", "inf", "1 ", "１", "1e5.0",
    ])
    func whatIsNoNumber(_ stored: String) { #expect(CellNumber(Array(stored.utf8)) == nil) }

    /// Against an exact second opinion: numbers with few digits come back from their binary neighbours.
    @Test func numbersOfTwoDecimalsSurviveTheirBinaryForm() throws {
        var random = SeededGenerator(8)
        for _ in 0..<20_000 {
            let cents = Int64(random.next() % 1_000_000_000_000)
            let value = Double(cents) / 100
            var text: [UInt8] = []
            try #require(CellNumber(Array(String(format: "%.17g", value).utf8))).append(to: &text)
            let fraction = cents % 100
            let places =
                fraction == 0
                ? ""
                : fraction % 10 == 0 ? ".\(fraction / 10)" : fraction < 10 ? ".0\(fraction)" : ".\(fraction)"
            #expect(String(decoding: text, as: UTF8.self) == "\(cents / 100)\(places)")
        }
    }

    @Test(arguments: [
        ("General", NumberFormat.number), ("0.00", .number), ("#,##0.00_);[Red]\\(#,##0.00\\)", .number),
        ("0.00E+00", .number),
        ("@", .number), ("0\"yd\"", .number), ("h:mm", .number), ("[h]:mm:ss", .number), ("mm:ss.0", .number),
        ("G/通用格式", .number),
        ("yyyy-mm-dd", .day), ("yyyy/m/d;@", .day), ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", .day),
        ("m\"月\"d\"日\"", .day), ("yyyy年m月d日", .day),
        ("d-mmm-yy", .day), ("yyyymmdd", .day), ("yyyy-mm", .month), ("yyyy\"年\"m\"月\"", .month),
        ("mmm-yy", .month),
        ("yyyy", .year), ("yyyy\"年度\"", .year), ("yyyy-mm-dd hh:mm", .moment),
        ("yyyy/m/d h:mm:ss.000", .moment),
        ("[DBNum1]yyyy年m月", .month), ("\"yyyy\"0", .number), ("0;yyyy-mm-dd", .number),
    ])
    func formats(_ code: String, _ format: NumberFormat) { #expect(NumberFormat(code: code) == format) }

    @Test func whichSheet() throws {
        var book = Book("<row><c><v>1</v></c></row>")
        book.sheets[0].state = "hidden"
        book.sheets.append(("二月", "visible", "<row><c><v>2</v></c></row>"))
        book.sheets.append(("三月", "visible", "<row><c><v>3</v></c></row>"))
        #expect(try csv(book) == "2\n")
        #expect(try csv(book, sheet: "三月") == "3\n" && csv(book, sheet: "用电") == "1\n")
        #expect(throws: Damage.sheet(.sheetMissing("四月"))) { try csv(book, sheet: "四月") }
    }

    @Test func whatIsNoWorkbook() throws {
        let good = Book("<row><c><v>1</v></c></row>")
        for (part, damage) in [
            ("_rels/.rels", Damage.container(.xlsx, .zip)), ("xl/workbook.xml", .container(.xlsx, .zip)),
            ("xl/_rels/workbook.xml.rels", .sheet(.corrupt)), ("xl/worksheets/sheet0.xml", .sheet(.corrupt)),
            ("xl/sharedStrings.xml", .sheet(.corrupt)), ("xl/styles.xml", .sheet(.corrupt)),
        ] {
            #expect(throws: damage, "\(part)") { try csv(Zip.file(good.members.filter { $0.name != part })) }
            let broken = good.members.map {
                $0.name == part ? ($0.name, $0.bytes.dropLast(3) + Array("<x".utf8)) : $0
            }
            #expect(throws: Damage.sheet(.corrupt), "\(part)") { try csv(Zip.file(broken)) }
        }
    }

    @Test(arguments: [
        "<row r=\"2\"/><row r=\"2\"/>", "<row r=\"0\"/>", "<row r=\"x\"/>", "<row r=\"1048577\"/>",
        "<row r=\"99999999999\"/>",
        "<row><c r=\"B1\"/><c r=\"A1\"/></row>", "<row><c r=\"1\"/></row>", "<row><c r=\"AAAA1\"/></row>",
        "<row><row/></row>",
        "<row><c t=\"s\"><v>0</v></c></row>", "<row><c t=\"s\"><v>-1</v></c></row>",
        "<row><c t=\"s\"><v>9999999999</v></c></row>",
        "<row><c><v>five</v></c></row>",
    ])
    func sheetsThatContradictThemselves(_ rows: String) {
        #expect(throws: Damage.sheet(.corrupt)) { try csv(Book(rows)) }
    }

    @Test func whatNoWorkbookHas() throws {
        let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>"
        #expect(throws: Damage.sheet(.unsafe)) {
            try csv(Book("<row><c t=\"str\"><v>&b;</v></c></row>", doctype: laughs))
        }
        let deep = String(repeating: "<x>", count: 100_000)
        #expect(throws: Damage.sheet(.unsafe)) { try csv(Book(deep)) }
        let endless = "<row x=\"" + String(repeating: "y", count: 3 << 20) + "\"/>"
        #expect(throws: Damage.sheet(.unsafe)) { try csv(Book(endless)) }
    }

    @Test func textsAreBounded() throws {
        let texts = SharedTexts(maxBytes: 10)
        let path = NSTemporaryDirectory() + "texts-" + UUID().uuidString
        try Data("<sst><si><t>12345</t></si><si><t>67890</t></si><si><t>1</t></si></sst>".utf8).write(
            to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try InputFile(path)
        try XMLReader.read(PlainStream(file), Expansion(packed: 100), texts)
        #expect(texts.damage == .texts && SheetDamage.texts.message.wording.code == "xlsx_texts_too_large")
    }

    @Test func rowsAndColumnsAreBounded() throws {
        let wide = "<row r=\"3\"><c r=\"ALM3\"><v>1</v></c></row>"
        #expect(throws: Damage.sheet(.tooManyColumns(line: 3))) { try csv(Book(wide)) }
        let long = "<row>" + String(repeating: "<c t=\"s\"><v>0</v></c>", count: 40) + "</row>"
        #expect(throws: Damage.sheet(.rowTooLong(line: 1))) {
            try csv(Book(long, texts: "<si><t>" + String(repeating: "长", count: 10_000) + "</t></si>"))
        }
        // Few bytes that name one long text again and again.
        let bomb = String(repeating: "<row><c t=\"s\"><v>0</v></c></row>", count: 20_000)
        #expect(throws: Damage.ratio) {
            try csv(Book(bomb, texts: "<si><t>" + String(repeating: "长", count: 30_000) + "</t></si>"))
        }
    }

    @Test func everyTruncationIsNoticed() throws {
        let whole = Book("<row><c><v>1</v></c></row>").bytes
        for length in stride(from: 4, to: whole.count, by: 11) {
            #expect(throws: Damage.zip(.truncated)) { try csv(Array(whole[..<length])) }
        }
    }
}
