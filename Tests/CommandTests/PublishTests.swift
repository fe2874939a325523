import Foundation
import Testing

/// `mujun publish` and `mujun withdraw`: what is published stays, in its order.
@Suite struct PublishTests {
    private let county: County

    init() throws {
        county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
    }

    /// Another run of the same data.
    private func runAgain(asOf day: String) throws {
        try county.setAsOf(day)
        let run = try county.run()
        #expect(run.exitCode == 0, "\(run.errors)")
    }

    private func publish(
        _ run: String, _ stage: String, _ document: String, _ date: String, _ more: String...
    ) throws
        -> Executable.Outcome
    {
        try Executable.run(
            [
                "publish", "--workspace", county.folder, run, "--stage", stage, "--document", document,
                "--date", date,
            ]
                + more)
    }

    private func chain() throws -> String {
        try county.sql(
            "SELECT group_concat(number || action || version || ':' || run, ' ') FROM (SELECT * FROM publication ORDER BY number)"
        )
    }

    @Test func aSeason() throws {
        let notice = try publish("1", "notice", "亩均办3号", "2022-06-01", "--until", "2022-06-08")
        #expect(notice.exitCode == 0, "\(notice.errors)")
        #expect(notice.output.contains("2021 公示 第1版 · run 1\n文号：亩均办3号 · 发布日期：2022-06-01 · 公示期至：2022-06-08"))
        let digest = try county.sql("SELECT result_digest FROM run")
        #expect(notice.output.contains("result digest   \(digest)"))

        try runAgain(asOf: "2022-12-31")
        let endless = try publish("latest", "notice", "亩均办5号", "2022-06-03", "--reason", "更正")
        #expect(endless.exitCode == 65 && endless.errors.contains("Say with --until when it ends"))
        let corrected = try publish(
            "latest", "notice", "亩均办5号", "2022-06-03", "--reason", "更正", "--until", "2022-06-08")
        #expect(corrected.exitCode == 0, "\(corrected.errors)")
        #expect(corrected.output.contains("2021 公示 第2版 · run 2"))
        #expect(corrected.output.contains("更正原因：更正"))
        // What it changes is what anybody finds who compares the two runs.
        let changed = try county.sql(
            """
            SELECT count(*) FROM result AS old JOIN result AS new USING (code) WHERE old.run = 1 AND new.run = 2
                AND (old.state, old.cohort, old.part, old.unit, old.total, old.tier)
                    IS NOT (new.state, new.cohort, new.part, new.unit, new.total, new.tier)
            """)
        #expect(changed != "0")
        #expect(
            try county.sql(
                "SELECT count(DISTINCT code) FROM publication_change WHERE publication = 2 AND item NOT GLOB 'list:*'"
            )
                == changed)
        #expect(corrected.output.contains("与上次发布相比"))
        #expect(
            try county.sql(
                "SELECT old FROM publication_change WHERE item = 'total' AND old IS NOT NULL LIMIT 1"
            )
            .contains(/^-?[0-9]+\.[0-9]{4}$/))

        let final = try publish("latest", "final", "政发12号", "2022-06-10")
        #expect(final.exitCode == 0, "\(final.errors)")
        #expect(final.output.contains("与上次发布相比：无变化"))
        #expect(try chain() == "1notice1:1 2notice2:2 3final1:2")
        #expect(try county.sql("SELECT id, stage FROM run") == "1|notice\n2|final")

        // Nobody can take them out again: not the nights, not the shell.
        for day in 1...5 { try runAgain(asOf: "2022-07-0\(day)") }
        #expect(
            try county.sql("SELECT group_concat(id) FROM (SELECT id FROM run ORDER BY id)") == "1,2,5,6,7")
        #expect(try county.sql("SELECT count(DISTINCT run) FROM result") == "5")
        for statement in [
            "UPDATE result SET tier = 'A' WHERE run = 1", "DELETE FROM result WHERE run = 2 AND firm = 0",
            "DELETE FROM run WHERE id = 1", "UPDATE run SET result_digest = '' WHERE id = 1",
            "UPDATE run SET stage = 'draft' WHERE id = 1", "UPDATE publication SET document = 'x'",
            "DELETE FROM publication WHERE number = 3", "UPDATE method SET text = ''",
            "INSERT INTO publication SELECT 9, action, data_year, version, run, document, published_on, until, follows, reason, as_of, method_digest, inputs_digest, result_digest, firms, engine_version, program_version, program_digest, previous, 'x' FROM publication LIMIT 1",
            "UPDATE \(try county.sql("SELECT values_table FROM method LIMIT 1")) SET firm = firm WHERE run = 1",
        ] {
            let outcome = try Executable.shell("sqlite3 '\(county.store)' \"\(statement)\"")
            #expect(outcome.exitCode != 0, "\(statement)")
            #expect(outcome.errors.contains(/published|publication/), "\(statement): \(outcome.errors)")
        }
        // A draft is anybody's to change.
        #expect(
            try Executable.shell("sqlite3 '\(county.store)' 'DELETE FROM placing WHERE run = 7'").exitCode
                == 0)

        // Everything made of it says what it is.
        let rank = try county.mujun("rank", "--run", "2021:final", "--limit", "1")
        #expect(rank.output.contains("run 2 (定稿 第1版)") && rank.output.contains("文号：政发12号"))
        let old = try county.mujun("rank", "--run", "1", "--limit", "1")
        #expect(old.output.contains("run 1 (公示 第1版，已被取代)"))
        let list = try county.mujun("export", "ranking", "--run", "final", "--to", "csv")
        #expect(list.output.contains("定稿 第1版") && list.output.contains("政发12号"))
        #expect(
            try county.sql("SELECT DISTINCT run, stage, document FROM published_ranking") == "2|final|政发12号")
        #expect(try county.sql("SELECT DISTINCT run, stage FROM ranking") == "7|draft")
        #expect(
            try county.sql("SELECT count(*) FROM published_rectification")
                == county.sql(
                    "SELECT count(DISTINCT firm) FROM list_entry WHERE run = 2 AND list = 'rectification'"))
        #expect(try county.mujun("diff", "notice", "final").output.contains("No firm changes its tier."))
        #expect(try county.mujun("diff", "1", "2021:final").exitCode == 0)
    }

    /// Nothing changed in the notice period: the run that was the notice is the final list, too.
    @Test func oneRunAsNoticeAndFinalList() throws {
        #expect(try publish("1", "notice", "文一", "2022-06-01", "--until", "2022-06-08").exitCode == 0)
        let before = try county.mujun("export", "rectification", "--run", "2021:notice", "--to", "json")
        #expect(before.output.contains(#""stage":"notice","stage_label":"公示 第1版","document":"文一""#))
        #expect(before.output.contains(#""publication":1,"is_current":true"#))
        #expect(try publish("2021:notice", "final", "文二", "2022-06-10").exitCode == 0)
        #expect(try publish("1", "final", "文三", "2022-06-11", "--reason", "文号有误").exitCode == 0)
        for (reference, label, document) in [
            ("2021:notice", "公示 第1版，已被取代", "文一"), ("2021:final:1", "定稿 第1版，已被取代", "文二"),
            ("2021:final", "定稿 第2版", "文三"), ("1", "定稿 第2版", "文三"),
        ] {
            let list = try county.mujun("export", "rectification", "--run", reference, "--to", "csv")
            #expect(list.output.contains("\(label),") && list.output.contains(",\(document)"), "\(reference)")
            let statement = try county.mujun("export", "statement", "--run", reference, "--to", "json")
            #expect(statement.output.contains("\"document\" : \"\(document)\""), "\(statement.output)")
            let folder = county.folder + "/\(reference)"
            #expect(try county.mujun("notice", reference, "--output", folder).exitCode == 0)
            let summary = try String(contentsOfFile: folder + "/摘要.txt", encoding: .utf8)
            #expect(summary.contains("阶段：\(label)　文号：\(document)"), "\(summary)")
        }
        for unknown in [
            "2021:notice:2", "2021:notice:0", "2021:notice:x", "2021:notice:1:1", "2021:withdrawn",
        ] {
            #expect(try county.mujun("rank", "--run", unknown).exitCode == 64)
        }
    }

    @Test func outOfOrder() throws {
        func refused(_ outcome: Executable.Outcome, _ sentence: String) {
            #expect(outcome.exitCode == 65)
            #expect(
                outcome.errors.contains("nothing is published: ") && outcome.errors.contains(sentence),
                "\(outcome.errors)")
        }
        refused(try publish("1", "final", "x", "2022-06-01"), "no notice (公示) of 2021 is published")
        refused(
            try county.mujun("withdraw", "2021", "--document", "x", "--reason", "y"),
            "nothing of 2021 is published")
        refused(try publish("1", "notice", "x", "2022-06-01", "--reason", "y"), "--reason is for corrections")
        refused(
            try publish("1", "notice", "x", "2022-06-01", "--until", "2022-05-01"),
            "would end on 2022-05-01, before")
        #expect(try publish("1", "notice", "x", "2022-06-01", "--until", "2022-06-08").exitCode == 0)
        refused(
            try publish("1", "notice", "x", "2022-06-02"),
            "A correction is a new version: say why with --reason")
        refused(try publish("1", "final", "z", "2022-06-08"), "runs until 2022-06-08")
        refused(try publish("1", "final", "z", "2022-05-31"), "before what it follows")
        refused(try publish("1", "final", "z", "2022-06-09", "--reason", "y"), "--reason is for corrections")
        let withdrawn = try county.mujun(
            "withdraw", "2021", "--document", "亩均办4号", "--reason", "数据有误", "--date", "2022-06-03")
        #expect(withdrawn.exitCode == 0, "\(withdrawn.errors)")
        #expect(withdrawn.output.contains("2021 已撤回 第1版 · run 1\n文号：亩均办4号 · 撤回日期：2022-06-03 · 撤回原因：数据有误"))
        #expect(try county.mujun("rank").output.contains("run 1 (已撤回 第1版)"))
        #expect(try county.sql("SELECT count(*) FROM published_run") == "0")
        refused(try publish("1", "final", "z", "2022-06-20"), "the notice of 2021 is withdrawn (亩均办4号)")
        refused(
            try county.mujun("withdraw", "2021", "--document", "x", "--reason", "y"), "is withdrawn already")
        #expect(try publish("1", "notice", "亩均办6号", "2022-06-10").exitCode == 0)
        #expect(try publish("1", "final", "政发12号", "2022-06-20").exitCode == 0)
        refused(try publish("1", "notice", "x", "2022-06-21"), "is final")
        refused(
            try county.mujun("withdraw", "2021", "--document", "x", "--reason", "y"),
            "cannot be withdrawn. Correct it")
        #expect(try publish("1", "final", "政发15号", "2022-07-20", "--reason", "文号有误").exitCode == 0)
        #expect(try chain() == "1notice1:1 2withdrawn1:1 3notice2:1 4final1:1 5final2:1")
    }

    @Test func usage() throws {
        let missing = try county.mujun("publish", "1", "--stage", "notice")
        #expect(missing.exitCode == 64 && missing.errors.contains("--document"))
        #expect(try county.mujun("publish", "1", "--stage", "notice", "--document", "  ").exitCode == 64)
        #expect(try county.mujun("publish", "1", "--stage", "notice", "--document", "a\nb").exitCode == 64)
        #expect(try county.mujun("publish", "1", "--stage", "draft", "--document", "x").exitCode == 64)
        #expect(
            try county.mujun("publish", "1", "--stage", "final", "--document", "x", "--until", "2022-01-01")
                .exitCode == 64)
        #expect(
            try county.mujun("publish", "1", "--stage", "notice", "--document", "x", "--date", "2022-02-30")
                .exitCode == 64)
        let slip = try publish("1", "notice", "x", "2062-06-01")
        #expect(slip.exitCode == 64 && slip.errors.contains("--date 2062-06-01 is after today"))
        let unknown = try county.mujun("publish", "9", "--stage", "notice", "--document", "x")
        #expect(unknown.exitCode == 64 && unknown.errors.contains("holds no run 9; it has: 1 (2021)"))
        let none = try county.mujun("rank", "--run", "final")
        #expect(none.exitCode == 64 && none.errors.contains("holds no run final"))
        #expect(try county.mujun("rank", "--run", "2021:draft").exitCode == 64)
        #expect(try county.mujun("rank", "--run", "1", "--year", "2021").exitCode == 64)
        #expect(try county.mujun("withdraw", "2021", "--document", "x").exitCode == 64)
        let nowhere = try Executable.run(
            "publish", "1", "--stage", "notice", "--document", "x", "--workspace", "/nowhere")
        #expect(nowhere.exitCode == 74)
        #expect(try county.sql("SELECT count(*) FROM publication") == "0")
    }

    @Test func anIncompleteYearIsNoMoreThanADraft() throws {
        #expect(try Executable.shell("rm -r '\(county.inbox)/tax-2021-05'").exitCode == 0)
        #expect(try county.run().exitCode == 0)
        let outcome = try publish("latest", "notice", "x", "2022-06-01")
        #expect(outcome.exitCode == 65)
        #expect(outcome.errors.contains("run 2 is of an incomplete year and can only be a draft"))
        #expect(outcome.errors.contains("“税收”缺少2021-05的报送"))
    }

    @Test func whileARunIsRecorded() throws {
        let script =
            "flock '\(county.store).lock' \"$MUJUN\" publish 1 --stage notice --document x --workspace '\(county.folder)'"
        #expect(try Executable.shell(script).exitCode == 75)
    }
}
