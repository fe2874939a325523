import Evaluation
import Foundation
import Testing

@testable import Results

/// What a cell must never become.
@Suite struct XlsxTests {
    /// The XML of the only sheet with these cells.
    private func sheet(_ columns: [ExportTable.Column], _ rows: [[ExportTable.Value]]) throws -> String {
        let book = try XlsxBook(title: "表", day: "2022-05-31")
        let table = try XlsxTable(columns, head: ["题目"], of: try book.addSheet("a/b:c"))
        for row in rows { try table.writeRow(row) }
        try table.finalize()
        let file = URL.temporaryDirectory.appendingPathComponent("mujun-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        var bytes: [UInt8] = []
        try book.finalize { bytes += $0 }
        try Data(bytes).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c",
            "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))",
            file.path, "xl/worksheets/sheet1.xml",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private let text = ExportTable.Column(name: "t", header: "文字", kind: .text)

    @Test(arguments: ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "{=1}", "\t=1", "http://a.cn", "1E5"])
    func textsStayTexts(_ dangerous: String) throws {
        let xml = try sheet([text], [[.text(dangerous)]])
        #expect(!xml.contains("<f>") && !xml.contains("<hyperlink"))
        #expect(xml.contains("t=\"inlineStr\"><is><t"))
        #expect(xml.components(separatedBy: "<v>").count == 1)
    }

    @Test func whatTheFormatCannotHoldIsShown() throws {
        let xml = try sheet(
            [text],
            [[.text("a\0b")], [.text("<&\"\u{1}")], [.text(String(repeating: "亩", count: 40_000))], [.empty]])
        #expect(xml.contains("a␀b"))
        #expect(xml.contains("&lt;&amp;\"_x0001_"))
        #expect(xml.contains("亩…</t>"))
    }

    @Test(
        arguments: [
            (999_999_999_999_999, 4), (-1, 4), (231_043, 4), (0, 2), (999_999_999_999_999, 0), (995, 2),
            (5_015, 3),
            (123_456_789_012_345, 9),
        ] as [(Int64, Int)])
    func numbersReadAsTheirDecimals(_ value: Int64, _ places: Int) throws {
        let column = ExportTable.Column(name: "n", header: "数", kind: .decimal(places))
        let xml = try sheet([column], [[.number(value)]])
        let written = try #require(xml.firstMatch(of: /<v>([^<]*)<\/v>/)).1
        // Sixteen digits are enough for the double that is nearest to the decimal.
        #expect(Double(written) == Double(DecimalText.format(value, decimals: places)))
    }

    @Test func widthsFitChinese() throws {
        #expect(XlsxSheet.width(of: "亩均1é") == 6)
        let number = ExportTable.Column(name: "n", header: "数", kind: .decimal(2))
        let xml = try sheet([text, number], [[.text("永康市某某五金有限公司"), .number(-123_456)]])
        let widths = xml.matches(of: /<col [^>]*width="([0-9.]+)"/).compactMap { Double($0.1) }
        #expect(widths.count == 2)
        #expect((22...26).contains(widths[0]) && (8...11).contains(widths[1]), "\(widths)")
    }

    @Test func namesOfSheetsAreThoseThatExcelTakes() {
        #expect(XlsxBook.sheetName("a/b:c[1]") == "a_b_c_1_")
        #expect(XlsxBook.sheetName(String(repeating: "🚒", count: 20)).utf16.count <= 31)
        #expect(XlsxBook.sheetName("") == "_")
    }
}
