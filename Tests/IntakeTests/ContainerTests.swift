import Evaluation
import Foundation
import Testing

@testable import Intake

/// The same rows in every kind of file come to the same.
struct ContainerTests {
    private let codes = Array(Texts.codes.prefix(3))
    private var text: String {
        Texts.powerHeader
            + "\nM1,\"甲,厂\",\(codes[0]),2021-01,5\nM2,,\(codes[1]),2021-02,7\nM3,丙,\(codes[1]),2021-03,\nM4,丁,,2021-03,1\n"
    }
    private var book: Book {
        let rows = [
            Texts.powerHeader.split(separator: ",").map { "s:\($0)" },
            ["s:M1", "s:甲,厂", "s:\(codes[0])", "s:2021-01", "5"],
            ["s:M2", "", "s:\(codes[1])", "s:2021-02", "7"],
            ["s:M3", "s:丙", "s:\(codes[1])", "s:2021-03"], ["s:M4", "s:丁", "", "s:2021-03", "1"],
        ].map { cells in
            "<row>"
                + cells.map { cell in
                    cell.hasPrefix("s:")
                        ? "<c t=\"str\"><v>\(cell.dropFirst(2))</v></c>"
                        : cell.isEmpty ? "<c/>" : "<c><v>\(cell)</v></c>"
                }.joined() + "</row>"
        }
        return Book(rows.joined())
    }

    private var files: [(path: String, bytes: [UInt8])] {
        let csv = Array(text.utf8)
        return [
            ("p.csv", csv),
            ("p.csv.gz", Gzip.member(Array(csv.prefix(50))) + Gzip.member(Array(csv.dropFirst(50)))),
            ("p.zip", Zip.file([("用电/p.csv", csv), ("用电/说明.txt", [])])), ("P.XLSX", book.bytes),
        ]
    }

    @Test func theSameRowsComeToTheSame() throws {
        for file in files {
            let inbox = try TestInbox().registry(codes).deliver(
                "p", "power", "2021-01/2021-12", files: [file], rows: 4)
            let reading = try inbox.read([ask("power", { .sum(field: $0.index("kwh")) })])
            #expect(reading.population.columns[0] == [5, .refusedRow, .noRow], "\(file.path)")
            #expect(reading.refusals == [], "\(file.path)")
            #expect(
                reading.findings.filter { $0.feed == "power" && !$0.file.isEmpty }.map {
                    "\($0.code) \($0.file) \($0.line) \($0.column)"
                } == ["field_blank \(file.path) 4 用电量", "firm_missing \(file.path) 5 统一社会信用代码"],
                "\(file.path)")
            #expect(reading.files.first { $0.feed == "power" }?.fates == [4, 2, 1, 0, 1], "\(file.path)")
        }
    }

    @Test func rowsAreFoundAgainInTheArchive() throws {
        for file in files {
            let inbox = try TestInbox().registry(codes).deliver(
                "p", "power", "2021-01/2021-12", files: [file])
            let reading = try inbox.read([try ask("power", { _ in .count })])
            let archive = inbox.folder + "/.archive"
            let survey = try inbox.survey(["power"])
            try Archive.keep(survey, in: archive)
            for kept in survey.files {
                let path = Archive.path(of: kept.sha256, kept.container, in: archive)
                #expect(try FileDigest.measure(path).sha256 == kept.sha256)
            }
            let found = try FeedLines.find(
                code: codes[1], in: reading.files, archive: archive, contracts: ShippedContracts.load(),
                dataYear: 2021, asOf: Texts.asOf, threads: 2
            ).filter { $0.feed == "power" }
            #expect(
                found.map(\.line) == [3, 4] && found.map(\.fate) == [.counted, .refused], "\(file.path)")
            #expect(found.map(\.text).first == "M2,,\(codes[1]),2021-02,7", "\(file.path)")
            let again = try Archive.survey(
                of: reading.files, feeds: ["power"], in: archive, contracts: ShippedContracts.load(),
                dataYear: 2021,
                threads: 1)
            #expect(again.files.map(\.container) == survey.files.map(\.container))
        }
    }

    /// Sheets of one workbook, and members of one zip file, named one by one in the manifest.
    @Test func severalTablesOfOneFile() throws {
        var book = book
        let second = book.sheets[0].rows.replacing("<v>5</v>", with: "<v>50</v>").replacing(
            "2021-01", with: "2021-04"
        )
        .replacing("M1", with: "N1").replacing("M2", with: "N2")
        .replacing("M3", with: "N3")
        book.sheets.append(("#2", "visible", second))
        let csv = Array(text.utf8)
        let other = text.replacing(",5\n", with: ",50\n").replacing("2021-01", with: "2021-04").replacing(
            "\nM", with: "\nN")
        let zip = Zip.file([("用电.csv", csv), ("#2", Array(other.utf8))])
        for (path, bytes, key, first) in [
            ("p.xlsx", book.bytes, "sheet", "用电"), ("p.zip", zip, "member", "用电.csv"),
        ] {
            let inbox = try TestInbox().registry(codes).deliver(
                "p", "power", "2021-01/2021-12", files: [(path, bytes)])
            let manifest = inbox.folder + "/p/datapackage.json"
            let json = try String(contentsOfFile: manifest, encoding: .utf8)
            let start = try #require(json.range(of: "\"resources\": [")?.upperBound)
            let resource = json[start...].dropLast(2)
            func named(_ name: String) -> String {
                String(resource).replacing("\"mujun\": {", with: "\"mujun\": {\"\(key)\": \"\(name)\",")
            }
            try inbox.manifest("p", json[..<start] + named(first) + "," + named("#2") + "]}")
            let reading = try inbox.read([ask("power", { .sum(field: $0.index("kwh")) })])
            #expect(reading.population.columns[0][0] == 55 && reading.refusals == [], "\(path)")
            #expect(Set(reading.files.map(\.path)) == ["\(path)##2", "\(path)#\(first)", "registry.csv"])
            let archive = inbox.folder + "/.archive"
            let both = try inbox.survey(["power"])
            try Archive.keep(both, in: archive)
            let found = try FeedLines.find(
                code: codes[0], in: reading.files, archive: archive, contracts: ShippedContracts.load(),
                dataYear: 2021, asOf: Texts.asOf, threads: 1)
            #expect(
                found.filter { $0.feed == "power" }.map(\.text).map { $0.suffix(2) } == ["50", ",5"],
                "\(path)")
            try inbox.manifest("p", json[..<start] + named(first) + "]}")
            #expect(try inbox.survey(["power"]).inputsDigest != both.inputsDigest)
        }
    }

    @Test func namesOfTablesInPaths() {
        for (path, table) in [
            ("a.xlsx#一月", "一月"), ("1#厂.csv", ""), ("1#.xlsx", ""), ("a.ZIP##x", "#x"), ("a.xlsx", ""),
            ("1#.xlsx#2#3", "2#3"),
        ] {
            #expect(TablePath.table(of: path) == table)
            #expect(TablePath.join(TablePath.file(of: path), table) == path)
        }
    }
}
