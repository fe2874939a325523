import Foundation
import Testing

/// `mujun export statement`, `mujun export previous` and `mujun history`: what goes on from a publication.
@Suite struct StatementTests {
    private func publish(_ county: County, _ run: String, _ stage: String, _ day: String) throws {
        let outcome = try county.mujun(
            "publish", run, "--stage", stage, "--document", "文号\(stage)", "--date", day)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }

    @Test func shapeAndDigests() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        let early = try county.mujun("export", "statement", "--to", "json")
        #expect(early.exitCode == 64 && early.errors.contains("nothing is published"))
        try publish(county, "1", "notice", "2022-06-01")
        try publish(county, "1", "final", "2022-06-20")
        let list = county.folder + "/整治.csv"
        #expect(
            try county.mujun("export", "rectification", "--run", "final", "--to", "csv", "--output", list)
                .exitCode == 0)
        let text = try county.mujun("export", "statement", "--subject", list, "--to", "json")
        #expect(text.exitCode == 0, "\(text.errors)")
        #expect(
            try county.mujun("export", "statement", "--subject", list, "--to", "json").output == text.output)
        let statement = try #require(
            try JSONSerialization.jsonObject(with: Data(text.output.utf8)) as? [String: Any])
        #expect(statement["_type"] as? String == "https://in-toto.io/Statement/v1")
        #expect(statement["predicateType"] as? String == "https://slsa.dev/provenance/v1")
        func digests(_ value: Any?) -> [String: String] {
            Dictionary(
                uniqueKeysWithValues: (value as? [[String: Any]] ?? []).map {
                    ($0["name"] as? String ?? "", ($0["digest"] as? [String: String])?["sha256"] ?? "")
                })
        }
        func sum(_ path: String) throws -> String {
            String(try Executable.shell("sha256sum '\(path)'").output.prefix(64))
        }
        let subjects = digests(statement["subject"])
        #expect(subjects["2021-final-1/results"] == (try county.sql("SELECT result_digest FROM run")))
        #expect(subjects["整治.csv"] == (try sum(list)))
        let predicate = try #require(statement["predicate"] as? [String: Any])
        let definition = try #require(predicate["buildDefinition"] as? [String: Any])
        let materials = digests(definition["resolvedDependencies"])
        for line in try county.sql("SELECT feed || '/' || delivery || '/' || path, sha256 FROM input_file")
            .split(separator: "\n")
        {
            let cells = line.split(separator: "|").map(String.init)
            #expect(materials["feed/\(cells[0])"] == cells[1])
        }
        #expect(materials.count == Int(try county.sql("SELECT count(*) + 1 FROM input_file")))
        let details = try #require(predicate["runDetails"] as? [String: Any])
        let builder = try #require(details["builder"] as? [String: Any])
        #expect(digests(builder["builderDependencies"])["mujun"] == (try sum(Executable.path)))
        // The notice of the same run is another statement.
        let notice = try county.mujun("export", "statement", "--run", "notice", "--to", "json")
        #expect(notice.output.contains("2021-notice-1/results") && notice.output.contains("文号notice"))
        #expect(try county.mujun("export", "statement", "--to", "csv").exitCode == 64)
        #expect(try county.mujun("export", "ranking", "--subject", list, "--to", "csv").exitCode == 64)
        #expect(try county.mujun("verify", "--statement", list).exitCode == 65)

        // Signed by somebody's own tool, and one bit later.
        let signed = try Executable.shell(
            """
            set -e; cd '\(county.folder)'; "$MUJUN" export statement --to json --output statement.json
            openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout -out public.pem
            openssl pkeyutl -sign -inkey key.pem -rawin -in statement.json -out statement.sig
            openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in statement.json -sigfile statement.sig
            sed -i s/final/finai/ statement.json
            ! openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in statement.json -sigfile statement.sig
            """)
        #expect(signed.exitCode == 0, "\(signed.errors)")
        #expect(signed.output.contains("Signature Verified Successfully"))
    }

    /// The results of a year, as published, are an input of the next.
    @Test func previousYear() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        let draft = try county.mujun("export", "previous", "--to", "csv")
        #expect(draft.exitCode == 0 && draft.errors.contains("run 1 is not what is published of 2021"))
        try publish(county, "1", "notice", "2022-06-01")
        let delivery = county.inbox + "/previous-2021"
        let made = try county.mujun("export", "previous", "--to", "csv", "--output", delivery)
        #expect(made.exitCode == 0 && !made.errors.contains("not what is published"), "\(made.errors)")
        #expect(try county.mujun("export", "previous", "--to", "csv", "--output", delivery).exitCode == 73)
        #expect(try county.mujun("export", "previous", "--to", "xlsx").exitCode == 64)
        // D in both years.
        try county.edit(county.method) {
            $0.replacing("as_of: 2022-05-31", with: "as_of: 2022-06-30").replacing(
                "      tier_d:\n",
                with:
                    "      was_d:\n        label: 本年D类\n        when: latest(previous.tier where year = 2021) = D\n      tier_d:\n"
            )
        }
        let next = try county.run()
        #expect(next.exitCode == 0, "\(next.errors)")
        #expect(
            try county.sql(
                "SELECT feed, rows, accepted FROM input_file WHERE run = 2 AND delivery GLOB 'previous-2021*'"
            )
                == county.sql("SELECT 'previous', count(tier), count(tier) FROM result WHERE run = 1"))
        let listed = try county.sql(
            "SELECT code FROM list_entry JOIN result USING (run, firm) WHERE run = 2 AND ground = 'was_d' ORDER BY code"
        )
        #expect(listed != "")
        #expect(
            listed == (try county.sql("SELECT code FROM result WHERE run = 1 AND tier = 'D' ORDER BY code")))
        // Its values, with the decimals of the feed.
        let code = try county.sql("SELECT code FROM result WHERE run = 1 AND tier = 'A' LIMIT 1")
        let values = try county.sql(
            "SELECT values_table FROM run JOIN method ON method = method.id WHERE run.id = 1")
        let row = try county.sql(
            """
            SELECT code || ',2021,' || cohort.label || ',' || tier || ',' || printf('%.4f', total / 10000.0) || ',' || rank || ','
                || printf('%.4f', round(tax_per_mu / 1000000.0, 4)) FROM result
                JOIN \(values) USING (run, firm) JOIN cohort ON cohort.name = result.cohort AND cohort.method = 1
            WHERE run = 1 AND code = '\(code)'
            """)
        #expect(draft.output.contains(row), "\(row)")
        // What was withdrawn is not published.
        #expect(
            try county.mujun("withdraw", "2021", "--document", "x", "--reason", "y", "--date", "2022-06-02")
                .exitCode == 0)
        let withdrawn = try county.mujun("export", "previous", "--run", "1", "--to", "csv")
        #expect(withdrawn.errors.contains("run 1 is not what is published of 2021 (已撤回 第1版)"))
        let latest = try county.mujun("export", "previous", "--to", "csv")
        #expect(latest.errors.contains("run 2 is not what is published of 2021 (草稿)"))
    }

    @Test func history() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        try publish(county, "1", "notice", "2022-06-01")
        try county.setAsOf("2022-12-31")
        #expect(try county.run().exitCode == 0)
        let code = try county.sql("SELECT code FROM rectification WHERE run = 2 AND tier IS NOT NULL LIMIT 1")
        // What is published counts, not the newer draft.
        let text = try county.mujun("history", code)
        #expect(text.exitCode == 0, "\(text.errors)")
        #expect(text.output.contains(#/2021 +公示 第1版 +文号notice +1 /#))
        #expect(text.output.contains("整治提升清单"))
        let json = try county.mujun("history", code.lowercased(), "--format", "json")
        let value = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let year = try #require((value["years"] as? [[String: Any]])?.first)
        #expect(year["run"] as? Int == 1 && year["stage"] as? String == "notice")
        #expect(
            year["tier"] as? String
                == (try county.sql("SELECT tier FROM result WHERE run = 1 AND code = '\(code)'")))
        let name = try county.sql("SELECT name FROM result WHERE run = 1 AND code = '\(code)'")
        let csv = try county.mujun("history", name, "--format", "csv")
        #expect(csv.output.contains("\(code)\t,\(name),2021,公示 第1版,文号notice,1,"))
        #expect(
            try county.mujun("withdraw", "2021", "--document", "x", "--reason", "y", "--date", "2022-06-02")
                .exitCode == 0)
        #expect(try county.mujun("history", code).output.contains(#/2021 +草稿 +2 /#))
        // Two codes: a firm that has had both is shown with each where it stands.
        let other = try county.sql("SELECT code FROM result WHERE run = 2 AND code <> '\(code)' LIMIT 1")
        let both = try county.mujun("history", code, "--formerly", other)
        #expect(both.exitCode == 0 && both.output.contains(other), "\(both.errors)")
        let never = try county.mujun("history", code, "--formerly", "91330784000000000X")
        #expect(never.exitCode == 64 && never.errors.contains("no data year of the store has the firm"))
        let unknown = try county.mujun("history", "无此企业")
        #expect(unknown.exitCode == 64 && unknown.errors.contains("knows no firm"))
    }
}
