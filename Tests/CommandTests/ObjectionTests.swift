import Foundation
import Testing

/// The feed `objection` (异议): shown, exported by state, and what became of it in the final list.
@Suite struct ObjectionTests {
    private static let header = "统一社会信用代码,年度,异议事项,事由,证据文件,提出日期,处理结果,处理文件,处理日期,处理说明"
    private let county: County
    /// Ranked below scale, in the last but one tier and in the first.
    private let low: String
    private let high: String

    init() throws {
        county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        let firm =
            "SELECT code FROM ranking WHERE cohort = 'below' AND code NOT IN (SELECT code FROM firm_decision) AND tier = "
        low = try county.sql(firm + "'C' ORDER BY code LIMIT 1")
        high = try county.sql(firm + "'A' ORDER BY code LIMIT 1")
    }

    private func deliver(_ name: String, _ feed: String, _ lines: [String], created: String = "2022-06-10")
        throws
    {
        let folder = "\(county.inbox)/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(
            to: URL(fileURLWithPath: folder + "/rows.csv"))
        let script = """
            import hashlib, json, sys
            folder, name, feed, created = sys.argv[1:]
            data = open(folder + "/rows.csv", "rb").read()
            json.dump({"name": name, "created": created + "T09:00:00+08:00",
                "mujun": {"feed": feed, "department": "亩均办", "period": {"from": "2021-01", "to": "2021-12"}},
                "resources": [{"name": "rows", "path": "rows.csv", "bytes": len(data),
                    "hash": "sha256:" + hashlib.sha256(data).hexdigest()}]},
                open(folder + "/datapackage.json", "w", encoding="utf-8"), ensure_ascii=False)
            """
        let made = try Running("/usr/bin/python3", ["-c", script, folder, name, feed, created]).wait()
        #expect(made.exitCode == 0, "\(made.errors)")
    }

    private func run() throws {
        let run = try county.run()
        #expect(run.exitCode == 0, "\(run.errors)")
    }

    private func publish(_ run: String, _ stage: String, _ document: String, _ date: String) throws -> String
    {
        let outcome = try county.mujun(
            "publish", run, "--stage", stage, "--document", document, "--date", date)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return outcome.errors
    }

    /// Rows of a csv export without what it says of itself: quotes and line breaks do not occur here.
    private func rows(_ name: String, _ run: String) throws -> [[String]] {
        let outcome = try county.mujun("export", name, "--run", run, "--to", "csv")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\r\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
    }

    @Test func fromTheNoticeToTheFinalList() throws {
        let digest = try county.sql("SELECT result_digest FROM run")
        _ = try publish("1", "notice", "亩均办3号", "2022-06-01")
        try deliver(
            "objection-1", "objection",
            [
                Self.header, "\(high),2021,用地面积,面积有误,不动产权证,2022-06-03,待处理,,,",
                "\(low),2021,档次,应不低于B,某证,2022/6/4,待处理,,,",
            ])
        try run()
        // It is read though the method does not ask for it, and changes nothing.
        #expect(try county.sql("SELECT result_digest FROM run WHERE id = 2") == digest)
        #expect(
            try county.sql(
                "SELECT code, subject, date, outcome FROM objection WHERE run = 2 ORDER BY subject")
                == "\(low)|档次|2022-06-04|待处理\n\(high)|用地面积|2022-06-03|待处理")
        let tree = try county.mujun("explain", high).output
        #expect(tree.contains("· 异议：待处理；事由：面积有误（2022-06-03）"))
        #expect(tree.contains("异议  用地面积：待处理"))
        #expect(try county.mujun("explain", low).output.contains("异议  档次：待处理；事由：应不低于B（2022-06-04）"))
        let json = try county.mujun("explain", high, "--format", "json").output
        #expect(json.contains("\"outcome\" : \"待处理\"") && json.contains("异议：待处理"))
        #expect(try rows("objections", "2").allSatisfy { $0[0] == "待处理" && $0[12] == "无变化" })
        #expect(try rows("changes", "2").isEmpty)

        // The office decides: one is upheld by a decision with its document, the other is not.
        try deliver(
            "objection-2", "objection",
            [
                Self.header, "\(high),2021,用地面积,面积有误,不动产权证,2022-06-03,不成立,亩均办6号,2022-06-09,证载无误",
                "\(low),2021,档次,应不低于B,某证,2022-06-04,成立,亩均办7号,2022-06-09,",
            ], created: "2022-06-12")
        try deliver(
            "decision-objection", "decision",
            [
                "统一社会信用代码,认定事项,档次,分值,理由,依据文件,认定日期,失效日期",
                "\(low),不低于,B,,异议成立,亩均办7号,2022-05-31,",
            ])
        try run()
        let objections = try rows("objections", "3")
        try #require(objections.map { $0[0] } == ["成立", "不成立"])
        #expect(objections[0][1] == low && objections[0][11] == "人工认定：异议成立")
        #expect(objections[0][12].hasPrefix("档次 C→B") && objections[1][12] == "无变化")
        let changes = try rows("changes", "3").filter { $0[0] == low && $0[3] == "档次" }
        #expect(
            changes.map { Array($0[3...8]) } == [
                ["档次", "C", "B", "异议成立：档次，应不低于B；认定：人工认定，异议成立", "亩均办7号", "亩均办3号"]
            ])
        #expect(!(try publish("3", "final", "政发12号", "2022-06-20").contains("待处理")))
        // The final list says the same as the draft did, and as what publishing wrote down.
        #expect(
            try rows("changes", "2021:final").map { Array($0[...8]) }
                == rows("changes", "3").map { Array($0[...8]) })
        #expect(
            try county.sql("SELECT count(*) FROM publication_change WHERE publication = 2")
                == "\(rows("changes", "2021:final").count)")
        let verified = try county.mujun("verify", "--all")
        #expect(verified.exitCode == 0, "\(verified.output)\(verified.errors)")

        // Part of the record: neither the shell nor a hand in a draft passes.
        let shell = try Executable.shell("sqlite3 '\(county.store)' 'DELETE FROM objection WHERE run = 3'")
        #expect(shell.exitCode != 0 && shell.errors.contains("published"))
        #expect(
            try Executable.shell(
                "sqlite3 '\(county.store)' \"UPDATE objection SET outcome = '成立' WHERE run = 2\""
            ).exitCode == 0)
        let tampered = try county.mujun("verify", "2")
        #expect(tampered.exitCode == 1 && tampered.output.contains("objection"))
    }

    @Test func whatIsOpenIsSaidOnPublishing() throws {
        _ = try publish("1", "notice", "亩均办3号", "2022-06-01")
        try deliver(
            "objection-1", "objection",
            [Self.header, "\(high),2021,land,面积有误,,2022-06-03,待处理,,,"])
        try run()
        #expect(try county.mujun("explain", high).output.contains("· 异议：待处理"))
        #expect(try publish("2", "final", "政发12号", "2022-06-20").contains("1 objections (异议) are 待处理"))
        // Drafts go, and their objections with them.
        for day in 1...4 {
            try county.setAsOf("2022-07-0\(day)")
            try run()
        }
        #expect(try county.sql("SELECT count(*) FROM objection WHERE run NOT IN (SELECT id FROM run)") == "0")
    }

    @Test func personsAndUnknownWords() throws {
        try deliver(
            "objection-1", "objection",
            [
                Self.header + ",联系人", "\(high),2021,用地面积,面积有误,,2022-06-03,也许,,,,张三",
                "\(low),2021,用地面积,面积有误,,2022-06-03,待处理,,,,李四",
            ])
        let run = try county.run()
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try county.sql("SELECT code FROM objection WHERE run = 2") == low)
        let found = try county.sql("SELECT DISTINCT code FROM finding WHERE feed = 'objection'")
        #expect(found.contains("field_not_allowed") && found.contains("personal_column"))
        #expect(try Executable.shell("grep -c '李四\\|张三' '\(county.store)'").exitCode == 1)
    }
}
