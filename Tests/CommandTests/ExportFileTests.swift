import Foundation
import Testing

/// What every exported file has, whatever it is about.
@Suite struct ExportFileTests {
    private let county: County

    init() throws {
        county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        let notice = try county.mujun(
            "publish", "1", "--stage", "notice", "--document", "亩均办3号", "--date", "2022-06-01")
        #expect(notice.exitCode == 0, "\(notice.errors)")
    }

    @Test(arguments: ["ranking", "rectification", "links", "link_rates", "objections", "changes"])
    func everyWorkbook(_ name: String) throws {
        let path = county.folder + "/list.xlsx"
        let outcome = try county.mujun("export", name, "--to", "xlsx", "--output", path)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let book = try Workbook.read(path)
        let sheet = try #require(book.sheets.first)
        let digest = try county.sql("SELECT result_digest FROM run")
        for part in ["公开范围：", "评价批次：1", "阶段：公示 第1版", "文号：亩均办3号", "结果摘要SHA-256：\(digest)"] {
            #expect(sheet.rows[1][0].contains(part), "\(part)")
        }
        let header = try #require(sheet.rows.firstIndex { $0.count > 1 && !$0[1].isEmpty })
        #expect(sheet.frozen == "A\(header + 2)" && sheet.filter.hasPrefix("A\(header + 1):"))
        #expect(sheet.isLandscape && sheet.paper == "9" && sheet.formulas == 0)
        #expect(book.printTitles.count == 1 && book.printTitles[0].hasSuffix("$1:$\(header + 1)"))
        for (column, title) in sheet.rows[header].enumerated()
        where name != "link_rates" && title.hasSuffix("代码") {
            for row in sheet.rows.indices.dropFirst(header + 1)
            where column < sheet.rows[row].count && !sheet.rows[row][column].isEmpty {
                #expect(!sheet.numbers[row][column])
            }
        }
    }

    @Test func theYearsOfAFirm() throws {
        try county.setAsOf("2022-06-30")
        #expect(try county.run().exitCode == 0)
        let code = try county.sql("SELECT code FROM published_ranking ORDER BY code LIMIT 1")
        let path = county.folder + "/years.xlsx"
        let outcome = try county.mujun("history", code, "--format", "xlsx", "--output", path)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let sheet = try #require(Workbook.read(path).sheets.first)
        #expect(sheet.rows[0][0].contains(code) && sheet.rows[3][0] == code && !sheet.numbers[3][0])
        #expect(sheet.rows[3][3...4] == ["公示 第1版", "亩均办3号"])
        #expect(
            try sheet.numbers[3][8]
                && Double(sheet.rows[3][8])
                    == Double(county.sql("SELECT total FROM published_ranking WHERE code = '\(code)'"))
        )
        #expect(sheet.frozen == "A4" && sheet.isLandscape && sheet.formulas == 0)
        let table = try county.mujun("history", code, "--output", path)
        #expect(table.exitCode == 64)
    }

    /// What a spreadsheet that knows only GB18030 reads is the same text.
    @Test(arguments: ["ranking", "links", "objections"])
    func csvInGB18030(_ name: String) throws {
        let path = county.folder + "/list.csv"
        let utf8 = try county.mujun("export", name, "--to", "csv")
        let outcome = try county.mujun(
            "export", name, "--to", "csv", "--encoding", "gb18030", "--output", path)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let back = try Running(
            "/usr/bin/python3",
            [
                "-c",
                "import sys; sys.stdout.reconfigure(newline='', encoding='utf-8'); sys.stdout.write(open(sys.argv[1], 'rb').read().decode('gb18030'))",
                path,
            ]
        ).wait()
        #expect(back.exitCode == 0, "\(back.errors)")
        #expect("\u{FEFF}" + back.output == utf8.output)
        let stdout = try Executable.shell(
            "$MUJUN export \(name) --workspace '\(county.folder)' --to csv --encoding gb18030 | cmp - '\(path)'"
        )
        #expect(stdout.exitCode == 0, "\(stdout.errors)")
    }

    @Test func encodingIsOfCSV() throws {
        for arguments in [
            ["ranking", "--to", "xlsx"], ["ranking", "--to", "json"], ["previous", "--to", "csv"],
        ] {
            let outcome = try Executable.run(
                ["export", "--workspace", county.folder, "--encoding", "gb18030"] + arguments)
            #expect(outcome.exitCode == 64 && outcome.errors.contains("--encoding belongs to csv"))
        }
        #expect(try county.mujun("export", "ranking", "--to", "csv", "--encoding", "big5").exitCode == 64)
    }
}
