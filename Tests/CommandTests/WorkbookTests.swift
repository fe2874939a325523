import Foundation
import Testing

/// `export … --to xlsx`, read by another program.
@Suite struct WorkbookTests {
    // Made once and only read.
    nonisolated(unsafe) private static let county: County? = {
        guard let county = try? County(), (try? county.run())?.exitCode == 0 else { return nil }
        return county
    }()

    private let county: County

    init() throws { county = try #require(WorkbookTests.county) }

    private func export(_ name: String) throws -> (path: String, book: Workbook) {
        let path = "\(county.folder)/\(UUID().uuidString).xlsx"
        let outcome = try county.mujun("export", name, "--to", "xlsx", "--output", path)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        return (path, try Workbook.read(path))
    }

    @Test func holdsWhatTheCSVHolds() throws {
        let sheet = try #require(try export("ranking").book.sheets.first)
        let csv = try county.mujun("export", "ranking", "--to", "csv").output
        let lines = csv.split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let header = try #require(sheet.rows.firstIndex { $0.first == "统一社会信用代码" })
        let columns = sheet.rows[header].count
        #expect(lines.count == sheet.rows.count - header)
        #expect(
            lines[0].prefix(columns).map { $0.drop { $0 == "\u{FEFF}" } }
                == sheet.rows[header].map { $0[...] })
        for (line, (row, numbers)) in zip(lines, zip(sheet.rows, sheet.numbers).dropFirst(header)).dropFirst()
        {
            for (column, text) in row.enumerated() {
                let told = String(line[column].filter { $0 != "\t" })
                // 16 digits: a reader gets the very double that is nearest to the decimal.
                #expect(numbers[column] ? Double(told) == Double(text) : told == text, "\(row)")
            }
        }
        // A code is a text, a total has its four decimals.
        #expect(sheet.numbers[header + 1].prefix(2) == [false, false])
        #expect(sheet.formats[header + 1][0] == "@")
        #expect(sheet.formats[header + 1][6] == "0.0000" && sheet.numbers[header + 1][6])
    }

    @Test func saysForWhomAndOfWhatItIs() throws {
        let (_, book) = try export("整治提升清单")
        let sheet = try #require(book.sheets.first)
        #expect(sheet.name == "整治提升清单")
        #expect(sheet.rows[0][0].hasSuffix("整治提升清单"))
        let digest = try county.sql("SELECT result_digest FROM run")
        for part in ["公开范围：镇街", "评价批次：1", "阶段：草稿", "文号：无", digest] {
            #expect(sheet.rows[1][0].contains(part), "\(part)")
        }
        #expect(!sheet.rows.joined().contains("总分"))
        #expect(sheet.frozen == "A5" && sheet.filter.hasPrefix("A4:"))
        #expect(sheet.isLandscape && sheet.paper == "9")
        #expect(book.printTitles == ["'整治提升清单'!$1:$4"])
        #expect(book.created == "2022-05-31T00:00:00Z")
        // Eighteen characters of a code, fourteen Chinese ones of a name.
        #expect(sheet.widths[0] > 18 && sheet.widths[1] > 28)
    }

    @Test func theSameRunGivesTheSameBytes() throws {
        let first = try Data(contentsOf: URL(fileURLWithPath: export("ranking").path))
        // The second is another one on the clock.
        Thread.sleep(forTimeInterval: 1.1)
        #expect(try Data(contentsOf: URL(fileURLWithPath: export("ranking").path)) == first)
        let piped = try Executable.shell(
            "\"$MUJUN\" export --workspace '\(county.folder)' ranking --to xlsx | cat > '\(county.folder)/piped.xlsx'"
        )
        #expect(piped.exitCode == 0, "\(piped.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: county.folder + "/piped.xlsx")) == first)
    }

    @Test func aFileThatCannotBeWrittenIsNamed() throws {
        let outcome = try county.mujun("export", "ranking", "--to", "xlsx", "--output", "/nowhere/a.xlsx")
        #expect(outcome.exitCode == 73)
        #expect(outcome.errors.contains("/nowhere/a.xlsx"))
        // What was there stays when there is no such list.
        let path = county.folder + "/kept.xlsx"
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try county.mujun("export", "nolist", "--to", "xlsx", "--output", path).exitCode == 64)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    }

    @Test func aTerminalGetsNoWorkbook() throws {
        let outcome = try Executable.shell(
            "script -qec \"'$MUJUN' export --workspace '\(county.folder)' ranking --to xlsx\" /dev/null")
        #expect(outcome.exitCode == 64 && outcome.output.contains("--output FILE"))
    }
}
