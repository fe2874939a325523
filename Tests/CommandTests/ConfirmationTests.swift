import Foundation
import Testing

/// `mujun export confirmation`, and what comes back.
@Suite struct ConfirmationTests {
    /// Delivers what firms said: lines of the feed without its header.
    private func deliver(_ county: County, _ lines: [String]) throws {
        let folder = county.inbox + "/confirmation-2021"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let text = (["统一社会信用代码,年度,指标,报送值,状态,核实值,日期,依据文件"] + lines).joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/confirmation.csv"))
        let script = """
            import hashlib, json, sys
            data = open(sys.argv[1] + "/confirmation.csv", "rb").read()
            json.dump({
                "name": "confirmation-2021", "created": "2022-05-10T09:00:00+08:00",
                "mujun": {"feed": "confirmation", "department": "镇街", "period": {"from": "2021-01", "to": "2021-12"}},
                "resources": [{"name": "confirmation", "path": "confirmation.csv", "bytes": len(data),
                    "hash": "sha256:" + hashlib.sha256(data).hexdigest()}]},
                open(sys.argv[1] + "/datapackage.json", "w", encoding="utf-8"), ensure_ascii=False)
            """
        #expect(try Running("/usr/bin/python3", ["-c", script, folder]).wait().exitCode == 0)
    }

    /// A firm above scale that is ranked.
    private func firm(_ county: County, _ offset: Int = 0) throws -> String {
        try county.sql(
            "SELECT code FROM ranking WHERE cohort = 'above' ORDER BY code LIMIT 1 OFFSET \(offset)")
    }

    @Test func everyFirmInScopeHasASheet() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        let town = try county.sql(
            "SELECT town FROM evaluation WHERE cohort = 'above' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
        let folder = county.folder + "/confirmation"
        let outcome = try county.mujun(
            "export", "confirmation", "--town", town, "--to", "xlsx", "--output", folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["\(town).xlsx"])
        let path = "\(folder)/\(town).xlsx"
        let book = try Workbook.read(path)
        let codes = try county.sql(
            "SELECT code FROM evaluation WHERE town = '\(town)' AND state <> 'deregistered' AND class_label <> '不在范围' ORDER BY code"
        ).split(separator: "\n").map(String.init)
        #expect(book.sheets.map(\.name) == ["目录"] + codes)
        #expect(book.sheets[0].rows.suffix(codes.count).map { $0[0] } == codes)
        let code = try county.sql(
            "SELECT code FROM ranking WHERE town = '\(town)' AND cohort = 'above' LIMIT 1")
        let sheet = try #require(book.sheets.first { $0.name == code })
        let header = try #require(sheet.rows.firstIndex { $0.first == "序号" })
        func row(_ label: String) throws -> (texts: [String], formats: [String]) {
            let index = try #require(sheet.rows.firstIndex { $0.count > 1 && $0[1] == label })
            return (sheet.rows[index], sheet.formats[index])
        }
        let land = try row("用地面积")
        #expect(
            Double(land.texts[2])
                == Double(try county.sql("SELECT \"用地面积（亩）\" FROM firm_values_2021 WHERE code = '\(code)'")))
        #expect(land.formats[2] == "0.0000")
        #expect(land.texts[3...6].map { $0 } == ["亩", "自然资源和规划局、镇街", "用地、租赁", "2022-03-31"])
        let tax = try row("税收：增值税净入库")
        #expect(
            tax.texts[3...6].map { $0 } == ["元", "税务局", "税收", "2021-01—2021-12"] && tax.formats[2] == "0.00")
        #expect(sheet.rows[header].suffix(3) == ["企业意见（一致／有异议）", "核实值", "异议说明"])
        #expect(
            sheet.rows.joined().contains { $0.contains("盖章") }
                && sheet.rows.joined().contains { $0.contains("签字") })
        // Before scoring: no points, ranks or tiers.
        #expect(!sheet.rows.joined().contains { $0.contains("得分") || $0.contains("总分") || $0.contains("名次") })
        // The same run gives the same bytes.
        let first = try Data(contentsOf: URL(fileURLWithPath: path))
        Thread.sleep(forTimeInterval: 1.1)
        #expect(try county.mujun("export", "confirmation", "--to", "xlsx", "--output", folder).exitCode == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
        let towns = try county.sql("SELECT count(DISTINCT town) FROM evaluation WHERE class_label <> '不在范围'")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == Int(towns))
    }

    /// A value that is missing because a row was refused is not one that no feed has.
    @Test func aRefusedRowIsNotNothing() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        // Firms that one feed has no row of, one of them in a town.
        let town = try county.sql("SELECT town FROM ranking GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
        let folder = county.folder + "/confirmation"
        func sheets() throws -> [Workbook.Sheet] {
            let outcome = try county.mujun(
                "export", "confirmation", "--town", town, "--to", "xlsx", "--output", folder)
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            return try Workbook.read("\(folder)/\(town).xlsx").sheets
        }
        func missing(_ sheet: Workbook.Sheet) -> [[String]] {
            sheet.rows.filter { $0.count > 2 && ["无数据", "待核"].contains($0[2]) }
        }
        let columns = Set(
            try county.sql("SELECT label FROM node WHERE section = 'column'").split(separator: "\n").map(
                String.init))
        let sheet = try #require(
            try sheets().first { sheet in
                missing(sheet).contains { columns.contains($0[1]) && $0[2] == "无数据" }
            })
        let label = try #require(missing(sheet).first { columns.contains($0[1]) && $0[2] == "无数据" })[1]
        // The same as if the row had been refused.
        let insert = """
            INSERT OR REPLACE INTO missing_cause SELECT result.run, node.name, result.firm, 'refused_row'
            FROM result JOIN run ON run.id = result.run JOIN node ON node.method = run.method
            WHERE result.code = '\(sheet.name)' AND node.label = '\(label)'
            """
        #expect(try Running("/usr/bin/sqlite3", [county.store, insert]).wait().exitCode == 0)
        let after = try sheets()
        let own = try #require(after.first { $0.name == sheet.name })
        #expect(missing(own).first { $0[1] == label }?[2] == "待核")
        #expect(after.filter { $0.name != sheet.name }.allSatisfy { !missing($0).contains { $0[2] == "待核" } })
    }

    @Test func whatComesBackIsShownBesideItsValue() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        let firm = try firm(county)
        let before = try county.sql("SELECT result_digest FROM run")
        try deliver(
            county,
            [
                "\(firm),2021,用地面积,12.3400,有异议,12.5,2022-04-20,\"某函〔2022〕3号, 附图\"",
                "\(firm),2021,tax,100.0000,已确认,,2022-04-21,",
            ])
        // The method does not ask for it, and it is kept with the run all the same.
        #expect(try county.run().exitCode == 0)
        #expect(
            try county.sql("SELECT accepted FROM input_file WHERE run = 2 AND feed = 'confirmation'") == "2")
        #expect(try county.sql("SELECT result_digest FROM run WHERE id = 2") == before)
        let tree = try county.mujun("explain", firm).output
        #expect(tree.contains("· 企业确认：有异议，核实值 12.5000，报送值 12.3400（2022-04-20，某函〔2022〕3号, 附图）"))
        #expect(tree.contains("· 企业确认：已确认（2022-04-21）"))
        #expect(try county.mujun("explain", firm, "--format", "json").output.contains("企业确认：已确认（2022-04-21）"))
        let other = try self.firm(county, 1)
        #expect(!(try county.mujun("explain", other).output.contains("企业确认")))
    }

    /// The example of Docs/confirm.md.
    @Test func aMethodCanRequireIt() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        let (disputing, silent) = (try firm(county), try firm(county, 1))
        let ranked = try county.sql("SELECT code FROM ranking").split(separator: "\n").map(String.init)
        try deliver(
            county,
            ["\(disputing),2021,用地面积,12.3400,有异议,12.5,2022-04-20,"]
                + ranked.filter { $0 != disputing && $0 != silent }
                .map { "\($0),2021,用地面积,1.0000,已确认,,2022-04-20," })
        let page = try String(
            contentsOf: repository.appendingPathComponent("Docs/confirm.md"), encoding: .utf8)
        let example = try #require(page.components(separatedBy: "```yaml\nscope:\n").dropFirst().first)
            .components(separatedBy: "```")[0]
        try county.edit(county.method) { $0.replacing(/\nscope:[^\n]*\n/, with: "\nscope:\n\(example)") }
        #expect(try Executable.run("method", "check", county.method).exitCode == 0)
        let outcome = try county.run()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let state = "SELECT state_label FROM evaluation WHERE code ="
        #expect(try county.sql("\(state) '\(disputing)'") == "数据有异议")
        #expect(try county.sql("\(state) '\(silent)'") == "数据未经企业确认")
        #expect(Int(try county.sql("SELECT count(*) FROM ranking")) == ranked.count - 2)
    }

    @Test(arguments: [
        (["confirmation", "--to", "csv", "--output", "x"], "xlsx"),
        (["confirmation", "--to", "xlsx"], "--output"),
        (["confirmation", "--to", "xlsx", "--output", "x", "--town", "没有镇"], "no firm in scope"),
        (["ranking", "--to", "xlsx", "--town", "古山镇"], "--town belongs to"),
        (["ranking", "--to", "csv", "--department", "税务局"], "belong to `export letter`"),
    ])
    func mistakesOfUseAre64(_ arguments: [String], _ says: String) throws {
        let county = try County(firms: 20)
        #expect(try county.run().exitCode == 0)
        let outcome = try Executable.run(["export", "--workspace", county.folder] + arguments)
        #expect(outcome.exitCode == 64)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }
}
