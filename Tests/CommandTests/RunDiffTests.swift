import Foundation
import Testing

/// `mujun diff`: what moved whom between two recorded runs.
@Suite struct RunDiffTests {
    private func effect(_ county: County, _ old: Int, _ new: Int) throws -> Effect {
        let outcome = try county.mujun("diff", "\(old)", "\(new)", "--format", "json")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try Effect(outcome.output)
    }

    private func isVerified(_ effect: Effect) -> Bool {
        effect.notes.count { $0.contains("gives exactly what the store holds (same result digest)") } == 2
    }

    @Test func deliveriesThenMethod() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        // A firm's tax of May, ten thousand times as much; a firm that is gone; a new decision.
        try county.editDelivery("tax-2021-05") {
            $0.replacing("91330000507628489U,2021-05,6671.84", with: "91330000507628489U,2021-05,66718400.00")
        }
        try county.editDelivery("registry-2022-03-31") {
            $0.split(separator: "\n").filter { !$0.hasPrefix("91330000209407450B") }.joined(separator: "\n")
                + "\n"
        }
        let firm = try county.sql(
            "SELECT code FROM ranking WHERE tier = 'A' AND cohort = 'below' LIMIT 1 OFFSET 9")
        try county.editDelivery("decision-2022") { $0 + "\(firm),定档,D,,试验,纪要9号,2022-03-05,\n" }
        try county.edit(county.method) { $0.replacing("{A: 20%, B: 60%", with: "{A: 22%, B: 58%") }
        #expect(try county.run().exitCode == 0)
        let effect = try effect(county, 1, 2)
        #expect(effect.steps.map(\.name) == ["registry", "decision", "tax", "ranking"])
        #expect(effect.steps[2].note?.contains("1 firm with other values") == true)
        #expect(isVerified(effect))
        try effect.expect(from: 1, to: 2, in: county)
        let gone = try #require(effect.firms.first { $0.code == "91330000209407450B" })
        #expect(gone.to == "不在名录" && gone.steps[0].to == "不在名录")
        let decided = try #require(effect.firms.first { $0.code == firm })
        #expect(decided.to == "D" && decided.steps[1].to == "D")
        // Backwards the firm is a new one.
        let back = try self.effect(county, 2, 1)
        #expect(isVerified(back))
        try back.expect(from: 2, to: 1, in: county)
        #expect(back.firms.first { $0.code == "91330000209407450B" }?.from == "不在名录")

        // Without the archive the results alone.
        #expect(try Executable.shell("rm -rf '\(county.folder)'/archive/*").exitCode == 0)
        let stored = try self.effect(county, 1, 2)
        #expect(stored.steps.map(\.name) == ["all"])
        #expect(stored.notes.contains { $0.contains("the causes cannot be told") })
        try stored.expect(from: 1, to: 2, in: county)
        #expect(stored.matrices.map(\.firms) == effect.matrices.map(\.firms))
        #expect(stored.firms.map(\.code) == effect.firms.map(\.code))
    }

    @Test func anotherDay() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        try county.setAsOf("2022-12-31")
        #expect(try county.run().exitCode == 0)
        let effect = try effect(county, 1, 2)
        #expect(effect.steps.first?.name == "calendar")
        #expect(isVerified(effect))
        try effect.expect(from: 1, to: 2, in: county)
        let text = try county.mujun("diff", "1", "latest", "--limit", "2")
        #expect(text.output.contains("1 年度与时点: 2021 as of 2022-05-31 → 2021 as of 2022-12-31"))
    }

    /// The same deliveries are read once.
    @Test func methodAlone() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        try county.edit(county.method) { $0.replacing("baseline: 16.601058", with: "baseline: 11.5932") }
        #expect(try county.run().exitCode == 0)
        let outcome = try county.mujun("diff", "1", "2", "--format", "json")
        #expect(outcome.errors.components(separatedBy: "archived files").count == 2)
        let effect = try Effect(outcome.output)
        #expect(effect.steps.map(\.name) == ["baselines"])
        #expect(isVerified(effect))
        try effect.expect(from: 1, to: 2, in: county)
    }

    /// Delivers what was delivered for 2021 once more for 2022, and makes the method one of the next year.
    private func nextYear(_ county: County) throws {
        let script = """
            import glob, gzip, json, os, sys
            for old in glob.glob(sys.argv[1] + "/*-2021*"):
                if os.path.basename(old).split("-")[0] not in ("tax", "power", "statistics", "emission"): continue
                new = old.replace("-2021", "-2022")
                os.mkdir(new)
                for name in os.listdir(old):
                    path = new + "/" + name.replace("-2021", "-2022")
                    if name == "datapackage.json":
                        open(path, "w").write(open(old + "/" + name).read().replace("2021", "2022"))
                    else:
                        text = gzip.open(old + "/" + name, "rt", encoding="utf-8").read()
                        text = text.replace(",2021-", ",2022-").replace(",2021,", ",2022,")
                        gzip.open(path, "wt", encoding="utf-8").write(text)
                print(os.path.basename(new))
            """
        let made = try Running("/usr/bin/python3", ["-c", script, county.inbox]).wait()
        #expect(made.exitCode == 0, "\(made.errors)")
        for delivery in made.output.split(separator: "\n") { try county.mendManifest(String(delivery)) }
        try county.edit(county.method) {
            $0.replacing("data_year: 2021", with: "data_year: 2022").replacing(
                "as_of: 2022-05-31", with: "as_of: 2023-05-31"
            ).replacing("baseline: 16.601058", with: "baseline: 11.5932")
        }
        let run = try county.run()
        #expect(run.exitCode == 0, "\(run.errors)")
    }

    @Test func twoYears() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        try nextYear(county)
        let effect = try effect(county, 1, 2)
        #expect(isVerified(effect))
        #expect(effect.steps.first?.name == "calendar")
        #expect(effect.steps.last?.name == "baselines")
        // Last year's results were asked for 2020, and there are none of 2021.
        #expect(effect.steps.contains { $0.name == "previous" })
        try effect.expect(from: 1, to: 2, in: county)
    }

    /// In 2021 `data_year - 1` and 2020 ask the same of a feed, in 2022 they do not: then no feed can be taken over by
    /// itself.
    @Test func yearsThatAskOtherColumns() throws {
        let county = try County()
        try county.edit(county.method) {
            $0.replacing(
                "      tier_d:\n",
                with:
                    "      once_d:\n        label: 2020年D类\n        when: latest(previous.tier where year = 2020) = D\n      tier_d:\n"
            )
        }
        #expect(try county.run().exitCode == 0)
        try nextYear(county)
        let effect = try effect(county, 1, 2)
        #expect(isVerified(effect))
        #expect(effect.steps.map(\.name) == ["calendar+inputs", "baselines"])
        try effect.expect(from: 1, to: 2, in: county)
    }

    @Test func theSameRunAndNone() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        let same = try county.mujun("diff", "1", "1")
        #expect(same.output.contains("Both methods compute the same."))
        #expect(same.output.contains("No firm changes its tier."))
        let unknown = try county.mujun("diff", "1", "2")
        #expect(unknown.exitCode == 64)
        #expect(unknown.errors.contains("holds no run 2; it has: 1 (2021)"))
        #expect(try county.mujun("diff", "1").exitCode == 64)
        #expect(try county.mujun("diff", "1", "-3").exitCode == 64)
        // A store that somebody changed.
        #expect(
            try Executable.shell(
                "sqlite3 '\(county.store)' \"UPDATE run SET result_digest = replace(result_digest, 'a', 'b')\""
            ).exitCode == 0)
        #expect(try county.mujun("diff", "1", "1").output.contains("does NOT give what the store holds"))
    }
}
