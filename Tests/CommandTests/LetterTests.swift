import Foundation
import Testing

/// `mujun export letter`: what a department gets back.
@Suite struct LetterTests {
    private func dirtyCounty() throws -> County {
        let county = try County(firms: 20)
        try FileManager.default.removeItem(atPath: county.inbox)
        let dirty = repository.appendingPathComponent("Samples/dirty/inbox").path
        try FileManager.default.copyItem(atPath: dirty, toPath: county.inbox)
        return county
    }

    private func letter(_ county: County, _ arguments: String...) throws -> Workbook {
        let path = "\(county.folder)/\(UUID().uuidString).xlsx"
        let outcome = try Executable.run(
            ["export", "--workspace", county.folder, "letter", "--to", "xlsx", "--output", path] + arguments)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try Workbook.read(path)
    }

    @Test func everyFindingOfTheDepartmentIsAnsweredLineByLine() throws {
        let county = try dirtyCounty()
        #expect(try county.run().exitCode == 0)
        let book = try letter(county, "--department", "税务局")
        #expect(book.sheets.map(\.name) == ["汇总", "明细"])
        let details = book.sheets[1]
        #expect(details.frozen == "A3" && details.isLandscape)
        let stored = try county.sql(
            "SELECT delivery, file, line, header, row_text FROM finding WHERE feed = 'tax' ORDER BY position")
        let lines = details.rows.dropFirst(2)
        #expect(
            lines.map { row in [1, 2, 3, 4, 6].map { row.count > $0 ? row[$0] : "" }.joined(separator: "|") }
                == stored.split(separator: "\n").map(String.init))
        let malformed = try #require(lines.first { $0.last == "decimal_malformed" })
        #expect(malformed[5] == "拒收")
        #expect(malformed[7] == "“不详”不是数值。")
        #expect(malformed[8] == "只可用负号、数字和一个小数点，不加千分位、单位或空格。")
        // The summary: every file with its rows, every code with its count.
        let summary = book.sheets[0].rows
        #expect(summary[0] == ["永康市亩均评价数据问题反馈：税务局"])
        #expect(summary[1][0].contains("已记录为评价批次1（草稿）"))
        #expect(
            summary.contains {
                $0.starts(with: ["税收", "tax-2021-03", "tax-2021-03.csv.gz", "2021-03", "134", "122", "11"])
            })
        #expect(summary.contains { $0.starts(with: ["税收", "key_repeated", "拒收", "共2条，全部列出"]) })
        // Nothing of other departments, and nothing personal.
        #expect(!book.sheets.flatMap(\.rows).joined().contains { $0.contains("power-2021") })
        let personal = try Executable.shell(
            "zcat '\(county.inbox)/tax-2021-12/'*.gz | head -2 | tail -1 | tr -d '\\r' | tr ',' '\\n' | tail -2"
        )
        for text in personal.output.split(separator: "\n") where text.contains(/[^0-9.-]/) {
            #expect(!details.rows.joined().contains { $0.contains(text) }, "\(text)")
        }
    }

    @Test func theCapIsAnnounced() throws {
        let county = try County(firms: 200)
        try county.editDelivery("tax-2021-03") {
            $0.replacing(/(2021-03),([0-9-]+)(\.[0-9]+)?,/, with: { "\($0.1),\($0.2).12345," })
        }
        #expect(try county.run().exitCode == 65)
        // A refused attempt is when a letter is needed.
        let book = try letter(county, "--department", "税务局")
        let count = try county.sql("SELECT count FROM finding_count WHERE feed = 'tax'")
        #expect(book.sheets[0].rows[1][0].contains("数据未通过，评价结果保持不变"))
        #expect(book.sheets[0].rows[2][0].hasPrefix("共\(count)条，列出前20条"))
        #expect(book.sheets[0].rows.contains { $0.contains("共\(count)条，列出前20条") })
        #expect(book.sheets[1].rows.count == 22)
        let march = try #require(book.sheets[0].rows.first { $0.count > 6 && $0[1] == "tax-2021-03" })
        #expect(march[6] == count, "rows refused")
        // In English, and as CSV with the same lines.
        let csv = try county.mujun("export", "letter", "--department", "tax", "--lang", "en", "--to", "csv")
        #expect(csv.output.contains("\(count), the first 20 listed"))
        #expect(csv.output.contains("has more than 2 decimals."))
        #expect(csv.output.split(separator: "\r\n").count { $0.hasPrefix("finding,") } == 20)
        // The attempt before it recorded nothing; the one after it, which is right, says so.
        try county.editDelivery("tax-2021-03") { $0.replacing(/\.12345,/, with: ".12,") }
        #expect(try county.run().exitCode == 0)
        #expect(try letter(county, "--department", "tax").sheets[0].rows[2] == ["未发现问题。"])
        #expect(
            try letter(county, "--department", "tax", "--attempt", "1").sheets[0].rows[2][0].hasPrefix(
                "共\(count)条"))
        #expect(try letter(county, "--department", "tax", "--run", "1").sheets[0].rows[2] == ["未发现问题。"])
        // A night without changes has no findings of its own: the recorded ones stand.
        #expect(try county.run().output.contains("Nothing has changed"))
        #expect(try letter(county, "--department", "power").sheets[0].rows[1][0].contains("第2次运行"))
    }

    @Test func everyDepartmentGetsAFile() throws {
        let county = try dirtyCounty()
        #expect(try county.run().exitCode == 0)
        let folder = county.folder + "/letters"
        let outcome = try county.mujun("export", "letter", "--to", "csv", "--output", folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(files).isSuperset(of: ["税务局.csv", "供电公司.csv", "镇街.csv", "市场监管局.csv"]))
        // All findings of feeds are in some letter, once.
        let listed = try Executable.shell("cat '\(folder)'/*.csv | grep -c '^明细,'")
        let stored = try county.sql("SELECT count(*) FROM finding WHERE feed <> ''")
        #expect(listed.output.trimmingCharacters(in: .whitespacesAndNewlines) == stored)
    }

    @Test func theSameAttemptGivesTheSameBytes() throws {
        let county = try dirtyCounty()
        #expect(try county.run().exitCode == 0)
        let paths = ["a", "b"].map { "\(county.folder)/\($0).xlsx" }
        for path in paths {
            _ = try county.mujun(
                "export", "letter", "--department", "税务局", "--to", "xlsx", "--output", path)
            Thread.sleep(forTimeInterval: 1.1)
        }
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: paths[0]))
                == Data(contentsOf: URL(fileURLWithPath: paths[1])))
    }

    @Test(arguments: [
        (["--department", "气象局", "--to", "csv"], "税务局"), (["--to", "csv"], "--output"),
        (["--department", "tax", "--to", "json"], "xlsx or csv"),
        (["--department", "tax", "--to", "csv", "--attempt", "9"], "attempt 9"),
        (["--department", "tax", "--to", "csv", "--run", "9"], "run 9"),
        (["--department", "tax", "--to", "csv", "--run", "1", "--attempt", "1"], "not both"),
    ])
    func mistakesOfUseAre64(_ arguments: [String], _ says: String) throws {
        let county = try County(firms: 20)
        #expect(try county.run().exitCode == 0)
        let outcome = try Executable.run(["export", "--workspace", county.folder, "letter"] + arguments)
        #expect(outcome.exitCode == 64)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }
}
