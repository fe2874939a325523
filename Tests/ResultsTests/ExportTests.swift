import Evaluation
import Foundation
import Testing

@testable import Results

@Suite struct ExportTests {
    private func export(
        _ name: String, _ county: InventedCounty, as format: ExportFormat
    ) throws -> (text: String, rows: Int?, run: RunSummary) {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let run = try store.record(county.evaluated, workshop.record(store)).run
        var bytes: [UInt8] = []
        let rows = try store.export(name, run, as: format) { bytes += $0 }
        return (String(decoding: bytes, as: UTF8.self), rows, run)
    }

    @Test func rankingAsCSV() throws {
        let (text, rows, run) = try export("ranking", InventedCounty(firms: 5), as: .csv)
        let lines = text.components(separatedBy: "\r\n")
        #expect(
            lines[0]
                == "\u{FEFF}统一社会信用代码,企业名称,属地,行业代码,评价组,评价状态,总分,名次,初定档次,档次,数据年度,阶段,评价批次,公开范围,结果摘要SHA-256,备注"
        )
        #expect(lines.count == (rows ?? 0) + 2)
        #expect(lines.last == "")
        #expect(lines[1].hasSuffix(",2021,草稿,1,评价办公室,\(run.resultDigest),示例"))
    }

    @Test func townsSeeNoFigures() throws {
        let (text, rows, _) = try export("rectification", InventedCounty(firms: 60), as: .csv)
        #expect((rows ?? 0) > 0)
        #expect(text.contains("列入事由"))
        #expect(!text.contains("总分") && !text.contains("依据") && !text.contains("名次"))
    }

    @Test func officeSeesTheNumbersBehindAGround() throws {
        let (text, rows, _) = try export("elimination_candidate", InventedCounty(firms: 60), as: .csv)
        #expect((rows ?? 0) > 0)
        #expect(text.contains("亩均税收过低：规模 规下；亩均税收 "))
    }

    @Test func jsonIsOneObject() throws {
        let county = InventedCounty(firms: 60, firstName: "\"引号\"\\\n\u{1}🚒")
        let (text, rows, run) = try export("elimination_candidate", county, as: .json)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["result_digest"] as? String == run.resultDigest)
        #expect(object["audience"] as? String == "office")
        #expect((object["rows"] as? [Any])?.count == rows)
    }

    @Test(arguments: [("ranking", "评价排名"), ("rectification", "整治提升清单")])
    func labelsAreNamesToo(name: String, label: String) throws {
        let county = InventedCounty(firms: 60)
        #expect(try export(label, county, as: .csv).text == export(name, county, as: .csv).text)
    }

    @Test func unknownExportWritesNothing() throws {
        let (text, rows, _) = try export("none", InventedCounty(), as: .csv)
        #expect(text.isEmpty && rows == nil)
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+86 579", "'+86 579"), ("-12.5", "-12.5"), ("-1+2", "'-1+2"), ("@x", "'@x"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), ("普通", "普通"), ("", ""), ("-", "'-"), ("+1", "+1"),
        ("＝HYPERLINK(1)", "'＝HYPERLINK(1)"), (" =1+1", "' =1+1"), ("　＋1", "'　＋1"),
    ])
    func noTextRunsAsAFormula(text: String, safe: String) { #expect(CSV.defused(text) == safe) }

    @Test func cellsAreQuotedAndCodesStayText() {
        let table = ExportTable(
            name: "t", title: "t", audience: .public,
            columns: [
                .init(name: "a", header: "甲", kind: .code), .init(name: "b", header: "乙", kind: .text),
                .init(name: "c", header: "丙", kind: .decimal(4)),
            ])
        let head = ExportHead(table: table, run: .sample)
        var bytes: [UInt8] = []
        CSV.row(head, [.text("913307841234567885"), .text("a\"b,c\nd"), .number(-5)], &bytes)
        CSV.row(head, [.text("91330784MA0000015H"), .text("=A1,B1"), .empty], &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                913307841234567885\t,"a""b,c\nd",-0.0005,2021,草稿,7,公开,d\r\n91330784MA0000015H\t,"'=A1,B1",,2021,草稿,7,公开,d\r

                """)
    }
}

extension RunSummary {
    fileprivate static var sample: RunSummary {
        RunSummary(
            id: 7, identity: "i", dataYear: 2021, asOf: "2022-05-31", stage: "draft", method: 1,
            methodName: "m",
            methodTitle: "t", methodNote: "", meaningDigest: "m", engineVersion: "1", inputsDigest: "x",
            resultDigest: "d", recordedAt: "2022", firms: 0, graded: 0, ungraded: 0, exempt: 0, outOfScope: 0,
            totalDecimals: 4, valuesTable: "v")
    }
}

@Suite struct DecimalTests {
    @Test(arguments: [
        (0, 0, "0"), (0, 4, "0.0000"), (-5, 4, "-0.0005"), (21345, 4, "2.1345"), (10_000, 4, "1.0000"),
        (999_999_999_999_999, 4, "99999999999.9999"), (Int64.min, 0, "-9223372036854775808"),
        (Int64.max, 18, "9.223372036854775807"), (7, 1, "0.7"), (-70, 1, "-7.0"),
    ])
    func decimalsPrintExactly(value: Int64, places: Int, text: String) {
        var bytes: [UInt8] = []
        bytes.append(decimal: value, places: places)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }
}
