import Foundation
import Testing

/// `mujun verify`: whoever changes what was recorded or published is found.
@Suite struct VerifyTests {
    /// Two runs, the first published as notice, the second as final list.
    private static func publishedCounty() throws -> County {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        try county.setAsOf("2022-12-31")
        #expect(try county.run().exitCode == 0)
        for (run, stage, day) in [("1", "notice", "2022-06-01"), ("2", "final", "2022-06-20")] {
            let outcome = try county.mujun(
                "publish", run, "--stage", stage, "--document", "文号\(run)", "--date", day)
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
        }
        return county
    }

    /// What somebody does who owns the file: triggers stand in nobody's way for long.
    private func tamper(_ county: County, _ sql: String) throws {
        let script = """
            import sqlite3, sys
            store = sqlite3.connect(sys.argv[1])
            triggers = store.execute("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _, _ in triggers: store.execute('DROP TRIGGER "%s"' % name)
            store.executescript(sys.argv[2])
            tables = [name for name, in store.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for _, table, sql in triggers:
                if table in tables: store.execute(sql)
            store.commit()
            """
        let done = try Running("/usr/bin/python3", ["-c", script, county.store, sql]).wait()
        #expect(done.exitCode == 0, "\(done.errors)")
    }

    @Test func whatWasRecordedIsVerified() throws {
        let county = try Self.publishedCounty()
        // Neither the method nor the inbox of today matter.
        #expect(
            try Executable.shell("rm -r '\(county.inbox)' && echo '{' > '\(county.method)'").exitCode == 0)
        let verified = try county.mujun("verify")
        #expect(verified.exitCode == 0, "\(verified.output)\(verified.errors)")
        #expect(verified.output.contains("run 1 · 2021 · 公示 第1版"))
        #expect(verified.output.contains("The chain of 2 publications is whole"))
        for digest in try county.sql("SELECT digest FROM publication UNION ALL SELECT result_digest FROM run")
            .split(
                separator: "\n")
        {
            #expect(try county.mujun("verify", "1", "--digest", "\(digest)").exitCode == 0)
        }
        let other = try county.mujun("verify", "1", "--digest", String(repeating: "a", count: 64))
        #expect(other.exitCode == 1)
        #expect(other.output.contains("no publication of this store has the digest aaaa"))
        #expect(try county.mujun("verify", "1", "--digest", "abc").exitCode == 64)
        #expect(try county.mujun("verify", "9").exitCode == 64)
        #expect(try county.mujun("verify", "1", "--all").exitCode == 64)
        let json = try county.mujun("verify", "--all", "--format", "json")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((report["runs"] as? [[String: Any]])?.map { $0["outcome"] as? String } == ["equal", "equal"])
    }

    @Test func everyCellAndRow() throws {
        let county = try Self.publishedCounty()
        let store = county.store
        #expect(try Executable.shell("cp '\(store)' '\(store).kept'").exitCode == 0)
        let values = try county.sql(
            "SELECT values_table FROM run JOIN method ON method.id = run.method WHERE run.id = 2")
        let code = try county.sql("SELECT code FROM result WHERE run = 2 AND firm = 7")
        let graded = try county.sql("SELECT min(firm) FROM result WHERE run = 2 AND tier = 'B'")
        let listed = try county.sql(
            "SELECT min(firm) FROM list_entry WHERE run = 2 AND list = 'rectification'")
        let listedCode = try county.sql("SELECT code FROM result WHERE run = 2 AND firm = \(listed)")
        let digits = "[0-9]+"
        let cases: [(sql: String, expected: [String])] = [
            (
                "UPDATE result SET tier = 'A' WHERE run = 2 AND firm = \(graded)",
                ["result +300 +1 +0 +0", "result +\\w{18} +firm \(graded) +tier +A +B"]
            ),
            (
                "UPDATE result SET name = '某厂' WHERE run = 2 AND firm = 7",
                ["result +\(code) +firm 7 +name +某厂"]
            ),
            (
                "UPDATE \(values) SET tax = tax + 1 WHERE run = 2 AND firm = 7",
                [
                    "\(values) +300 +1 +0 +0",
                    "\(code) +firm 7 +tax +-?\(digits)\\.\(digits) +-?\(digits)\\.\(digits)",
                ]
            ),
            (
                "UPDATE \(values) SET tax = NULL WHERE run = 2 AND firm = 7",
                ["\(code) +firm 7 +tax +NULL +-?\(digits)\\.\(digits)"]
            ),
            (
                "DELETE FROM list_entry WHERE run = 2 AND firm = \(listed) AND list = 'rectification'",
                [
                    "list_entry +\(digits) +0 +1 +0",
                    "list_entry +\(listedCode) +list \"rectification\", firm \(listed)",
                ]
            ),
            (
                "DELETE FROM result WHERE run = 2 AND firm = 7",
                ["result +300 +0 +1 +0", "result +\(code) +firm 7 +\\(row\\)"]
            ),
            (
                "INSERT INTO decision_applied SELECT run, firm, 9, 'manual', '认定', 'set', 'A', 1, 0, '', '' FROM result WHERE run = 2 AND firm = 7",
                ["decision_applied +\(digits) +0 +0 +1", "decision_applied +\(code) +firm 7, position 9"]
            ),
            (
                "UPDATE list_entry SET evidence = '' WHERE run = 2 AND firm = \(listed)",
                ["list_entry .* evidence "]
            ),
            ("UPDATE placing SET firm = 7 WHERE run = 2 AND place = 3", ["placing +300 +1 +0 +0"]),
            ("UPDATE placing SET place = 1000 WHERE run = 2 AND place = 3", ["placing +300 +0 +1 +1"]),
            ("UPDATE statistic SET value = value + 1 WHERE run = 2", ["statistic .* value "]),
            ("UPDATE cut SET up_to = up_to + 1 WHERE run = 2 AND position = 0", ["cut .* up_to "]),
            (
                "DELETE FROM aggregate WHERE run = 2 AND kind = 'state'",
                ["aggregate +\(digits) +0 +\(digits) +0"]
            ),
            (
                "UPDATE input_file SET accepted = accepted + 1 WHERE run = 2 AND position = 0",
                ["input_file .* accepted "]
            ),
            (
                "UPDATE run SET firms = firms + 1, exempt = exempt + 1 WHERE id = 2",
                ["run 2 +firms +301 +300", "run 2 has firms 301"]
            ),
            (
                "UPDATE run SET inputs_digest = 'x' WHERE id = 2",
                ["run 2 +inputs_digest +x", "run 2 has inputs_digest"]
            ),
            (
                "UPDATE run SET result_digest = replace(result_digest, 'a', 'b') WHERE id = 2",
                ["run 2 +result_digest", "run 2 has result_digest"]
            ),
            ("UPDATE node SET formula = '—' WHERE name = 'tax'", ["node .* formula +— "]),
            ("UPDATE state SET class = 'exempt' WHERE name = 'graded'", ["state .* class +exempt +graded"]),
            (
                "UPDATE run SET engine_version = '0.0.9' WHERE id = 2",
                ["made by version 0\\.0\\.9: verify it with that", "run 2 +identity"]
            ),
        ]
        for (sql, expected) in cases {
            #expect(try Executable.shell("cp '\(store).kept' '\(store)' && rm -f '\(store)'-*").exitCode == 0)
            try tamper(county, sql)
            let found = try county.mujun("verify", "2")
            #expect(found.exitCode == 1, "\(sql)")
            #expect(found.output.contains("DIFFERS"), "\(sql)")
            for pattern in expected {
                #expect(found.output.contains(try Regex(pattern)), "\(sql): \(pattern)\n\(found.output)")
            }
        }
        // More than is shown is counted.
        #expect(try Executable.shell("cp '\(store).kept' '\(store)' && rm -f '\(store)'-*").exitCode == 0)
        try tamper(county, "UPDATE result SET town = 'x' WHERE run = 1")
        let many = try county.mujun("verify", "1")
        #expect(
            many.output.contains(/result +300 +300 +0 +0/)
                && many.output.contains("300 differences, 20 shown"))
        // Another method than the run was made with.
        try tamper(
            county, "UPDATE method SET text = replace(text, 'baseline: 16.601058', 'baseline: 11.5932')")
        #expect(try county.mujun("verify", "1").output.contains(/method .* meaning_digest/))
        try tamper(county, "UPDATE method SET text = 'no method'")
        let none = try county.mujun("verify", "1")
        #expect(none.exitCode == 1 && none.output.contains("the text of the method of run 1 has the digest "))
        #expect(none.errors.contains("run 1 cannot be verified: the method that the store keeps is refused"))
    }

    @Test func theChain() throws {
        let county = try Self.publishedCounty()
        let store = county.store
        #expect(try Executable.shell("cp '\(store)' '\(store).kept'").exitCode == 0)
        let cases: [(sql: String, expected: [String])] = [
            (
                "DELETE FROM publication WHERE number = 2",
                [
                    "the tail of the chain is cut: 2 publications were made, and 1 are left",
                    "run 2 has the stage final, and no publication of it is left",
                ]
            ),
            ("DELETE FROM publication WHERE number = 1", ["publication 1 is missing from the chain"]),
            (
                "UPDATE publication SET document = '文号9' WHERE number = 1",
                ["publication 1 (2021 公示 第1版, 文号9) was changed: its fields have the digest "]
            ),
            (
                "UPDATE publication SET digest = replace(digest, substr(digest, 1, 1), 'x') WHERE number = 1",
                [
                    "publication 1 (2021 公示 第1版, 文号1) was changed",
                    "publication 2 (2021 定稿 第1版, 文号2) does not follow publication 1",
                ]
            ),
            ("DELETE FROM run WHERE id = 1", ["run 1 of publication 1 (2021 公示 第1版, 文号1) is gone"]),
            (
                "UPDATE run SET stage = 'draft' WHERE id = 1",
                ["run 1 has the stage draft, and was last published as notice"]
            ),
            ("DELETE FROM publication_change", ["of publication_change of publication 2"]),
            (
                "UPDATE publication_head SET count = 1",
                ["publication_head counts 1 publications, and there are 2"]
            ),
            (
                "DROP VIEW published_ranking; CREATE VIEW published_ranking AS SELECT * FROM ranking",
                ["the view published_ranking was changed"]
            ),
            ("DROP VIEW rectification", ["the view rectification was dropped"]),
            (
                "DROP TABLE publication",
                ["the table publication was dropped", "Restore the store from a backup"]
            ),
            ("DROP TABLE attempt", ["the table attempt was dropped"]),
            ("ALTER TABLE result ADD COLUMN note TEXT", ["the table result was changed"]),
            (
                "CREATE TRIGGER kept_better AFTER INSERT ON cut BEGIN DELETE FROM cut WHERE run = NEW.run; END",
                ["the trigger kept_better on cut is not of this program"]
            ),
        ]
        for (sql, expected) in cases {
            #expect(try Executable.shell("cp '\(store).kept' '\(store)' && rm -f '\(store)'-*").exitCode == 0)
            try tamper(county, sql)
            let found = try county.mujun("verify", "2")
            #expect(found.exitCode == 1, "\(sql)")
            for sentence in expected { #expect(found.output.contains(sentence), "\(sql): \(found.output)") }
        }
        #expect(try Executable.shell("cp '\(store).kept' '\(store)' && rm -f '\(store)'-*").exitCode == 0)
        #expect(try Executable.shell("sqlite3 '\(store)' 'DROP TRIGGER kept_result_update'").exitCode == 0)
        #expect(try county.mujun("verify", "2").output.contains("the trigger kept_result_update was dropped"))
    }

    /// The view of a method's values, and the triggers that keep them.
    @Test func theValuesOfAMethod() throws {
        let county = try Self.publishedCounty()
        let table = try county.sql(
            "SELECT values_table FROM run JOIN method ON method.id = run.method WHERE run.id = 2"
        ).trimmingCharacters(
            in: .whitespacesAndNewlines)
        try tamper(county, "DROP VIEW firm_\(table); CREATE VIEW firm_\(table) AS SELECT * FROM result")
        let view = try county.mujun("verify", "2")
        #expect(view.exitCode == 1)
        #expect(view.output.contains("firm_\(table)"))
        #expect(view.output.contains("CREATE VIEW firm_\(table) AS SELECT * FROM result"))
        #expect(
            try Executable.shell("sqlite3 '\(county.store)' 'DROP TRIGGER kept_\(table)_delete'").exitCode
                == 0)
        let trigger = try county.mujun("verify", "1")
        #expect(trigger.exitCode == 1)
        #expect(trigger.output.contains("the triggers that keep \(table) were dropped or changed"))
        #expect(try Executable.shell("sqlite3 '\(county.store)' 'DROP TABLE \(table)'").exitCode == 0)
        let gone = try county.mujun("verify", "1")
        #expect(gone.exitCode == 1)
        #expect(gone.output.contains("the table \(table) was dropped"))
    }

    /// Somebody makes everything in the file fit again. What left the house before does not fit.
    @Test func theOwnerOfTheFile() throws {
        let county = try Self.publishedCounty()
        let statement = county.folder + "/statement.json"
        let list = county.folder + "/list.csv"
        #expect(
            try county.mujun("export", "rectification", "--run", "final", "--to", "csv", "--output", list)
                .exitCode == 0)
        let export = try county.mujun(
            "export", "statement", "--run", "final", "--subject", list, "--to", "json", "--output", statement)
        #expect(export.exitCode == 0, "\(export.errors)")
        let digest = try county.sql("SELECT digest FROM publication WHERE number = 2")
        let results = try county.sql("SELECT result_digest FROM run WHERE id = 2")
        #expect(try county.mujun("verify", "2", "--statement", statement).exitCode == 0)
        #expect(try Executable.shell("cp '\(county.store)' '\(county.store).kept'").exitCode == 0)

        // The tail, the head, the stage.
        try tamper(
            county,
            """
            DELETE FROM publication_change; DELETE FROM publication WHERE number = 2;
            UPDATE publication_head SET count = 1, digest = (SELECT digest FROM publication);
            UPDATE run SET stage = 'draft' WHERE id = 2
            """)
        #expect(try county.mujun("verify", "2").exitCode == 0)
        let cut = try county.mujun("verify", "2", "--statement", statement)
        #expect(cut.exitCode == 1)
        #expect(
            cut.output.contains(
                "publication 2 with the digest \(digest) was published, and the chain ends with 1"))

        // A firm's tier, the digest of the results, the entry and the head, by the documented recipes.
        #expect(
            try Executable.shell("cp '\(county.store).kept' '\(county.store)' && rm -f '\(county.store)'-*")
                .exitCode == 0)
        try tamper(
            county,
            "UPDATE result SET tier = 'A' WHERE run = 2 AND firm = (SELECT min(firm) FROM result WHERE run = 2 AND tier = 'B')"
        )
        func recipe(_ query: String, _ parameter: String) throws -> String {
            let outcome = try Executable.shell(
                "sqlite3 -readonly '\(county.store)' '.parameter set \(parameter)' '.read \(repository.path)/Schemas/\(query)' | sha256sum"
            )
            return String(outcome.output.prefix(64))
        }
        let forged = try recipe("result-digest.sql", ":run 2")
        #expect(forged != results)
        try tamper(
            county,
            "UPDATE run SET result_digest = '\(forged)' WHERE id = 2; UPDATE publication SET result_digest = '\(forged)' WHERE number = 2"
        )
        let entry = try recipe("publication-digest.sql", ":number 2")
        try tamper(
            county,
            "UPDATE publication SET digest = '\(entry)' WHERE number = 2; UPDATE publication_head SET digest = '\(entry)'; DELETE FROM publication_change"
        )
        // The archive still tells …
        let computed = try county.mujun("verify", "2")
        #expect(computed.exitCode == 1)
        #expect(computed.output.contains(/result +\w{18} +firm [0-9]+ +tier +A +B/))
        // … and so does whoever kept what was published.
        for anchor in [["--digest", digest], ["--digest", results]] {
            let found = try Executable.run(["verify", "2", "--workspace", county.folder] + anchor)
            #expect(found.output.contains("no publication of this store has the digest \(anchor[1])"))
        }
        let signed = try county.mujun("verify", "2", "--statement", statement)
        #expect(
            signed.output.contains("publication 2 was published with the digest \(digest), and has another"))
    }

    @Test func theArchive() throws {
        let county = try Self.publishedCounty()
        let digest = try county.sql("SELECT sha256 FROM input_file WHERE run = 2 AND feed = 'tax' LIMIT 1")
        let file = "\(county.folder)/archive/\(digest.prefix(2))/\(digest).csv.gz"
        #expect(try Executable.shell("chmod u+w '\(file)' && printf x >> '\(file)'").exitCode == 0)
        let longer = try county.mujun("verify", "2")
        #expect(longer.exitCode == 65)
        #expect(longer.errors.contains("The archive is not what the run read (tax-2021-"))
        #expect(try Executable.shell("rm '\(file)'").exitCode == 0)
        let gone = try county.mujun("verify", "2")
        #expect(gone.exitCode == 74)
        #expect(
            gone.errors.contains("run 2 cannot be verified: ")
                && gone.errors.contains("is not in the archive"))
        // The others are verified all the same.
        #expect(try county.mujun("verify", "--all").output.contains("The chain of 2 publications is whole"))
    }
}
