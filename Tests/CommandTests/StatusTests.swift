import Foundation
import Testing

@Suite struct StatusTests {
    private func json(_ county: County) throws -> (code: Int32, status: [String: Any]) {
        let outcome = try county.mujun("status", "--format", "json")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return (outcome.exitCode, try #require(object as? [String: Any]))
    }

    @Test func theNightsAreTold() throws {
        let county = try County(firms: 40)
        #expect(try county.mujun("status").exitCode == 74)
        #expect(try county.run().exitCode == 0)
        let text = try county.mujun("status")
        #expect(text.exitCode == 0, "\(text.output)")
        #expect(text.output.contains("healthy 正常"))
        #expect(text.output.contains(/Last success +20.*exit code 0: recorded run 1/))
        #expect(text.output.contains(/税收 +tax +12 +2021-12-31/))
        let (code, status) = try json(county)
        #expect(code == 0)
        #expect(status["healthy"] as? Bool == true)
        #expect(status["running"] as? Bool == false)
        let run = try #require(status["latest_run"] as? [String: Any])
        #expect(run["result_digest"] as? String == (try county.sql("SELECT result_digest FROM run")))
        #expect((status["inputs"] as? [[String: Any]])?.count == 11)
        // The findings are still those of the night that read the feeds.
        let findings = try county.sql("SELECT sum(count) FROM finding_count")
        #expect(try county.run().output.contains("Nothing has changed"))
        let counts = try #require(try json(county).status["findings"] as? [[String: Any]])
        #expect("\(counts.compactMap { $0["count"] as? Int }.reduce(0, +))" == findings)
    }

    @Test func aRefusedNightNeedsAttention() throws {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        try county.edit(county.method) { $0.replacing("as_of: 2022-05-31", with: "as_of: nonsense") }
        #expect(try county.run().exitCode == 65)
        let (code, status) = try json(county)
        #expect(code == 69)
        #expect((status["problems"] as? [String])?.first?.contains("exit code 65") == true)
        #expect((status["last_success"] as? [String: Any])?["run"] as? Int == 1)
    }

    @Test func aKilledNightAndAMissedOneNeedAttention() throws {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        #expect(
            try Executable.shell(
                "sqlite3 '\(county.store)' \"UPDATE attempt SET started_at = '2022-05-29T02:00:00Z', finished_at = '2022-05-29T02:00:00Z'; INSERT INTO attempt (started_at) VALUES ('2022-05-30T02:00:00Z')\""
            ).exitCode == 0)
        let outcome = try county.mujun("status")
        #expect(outcome.exitCode == 69)
        #expect(outcome.output.contains("was killed before it ended"))
        #expect(outcome.output.contains("more than 36 hours are too many"))
        // While a run holds the lock, the attempt goes on.
        let during = try Executable.shell(
            "flock '\(county.store).lock' \"$MUJUN\" status --workspace '\(county.folder)'")
        #expect(during.output.contains("going on"))
        #expect(!during.output.contains("was killed"))
        // To ask is not to lock: nobody is turned away meanwhile.
        #expect(try county.run().exitCode == 0)
        #expect(try county.mujun("status").exitCode == 0)
    }

    @Test func aClockThatWasAheadIsTold() throws {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        #expect(
            try Executable.shell(
                "sqlite3 '\(county.store)' \"UPDATE attempt SET finished_at = '2999-01-01T00:00:00Z'\""
            ).exitCode == 0)
        let outcome = try county.mujun("status")
        #expect(outcome.exitCode == 69)
        #expect(outcome.output.contains("lies ahead of the clock"))
    }

    @Test func metricsAreCompleteAndReadable() throws {
        let county = try County(firms: 40)
        try county.edit(county.folder + "/mujun.yaml") {
            $0.replacing("county: 永康市 ", with: #"county: '永康"\市' "#)
        }
        let file = county.folder + "/mujun.prom"
        #expect(try county.mujun("status", "--metrics", file).exitCode == 74)
        #expect(
            try String(contentsOfFile: file, encoding: .utf8).hasSuffix(
                "\nmujun_healthy{county=\"永康\\\"\\\\市\"} 0\n"))
        #expect(try county.run().exitCode == 0)
        #expect(try county.mujun("status", "--metrics", file).exitCode == 0)
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        for line in lines {
            #expect(
                line.hasPrefix("# ") || line.wholeMatch(of: /mujun_[a-z_]+\{county="[^{}]*\} [0-9]+/) != nil,
                "\(line)")
        }
        #expect(lines.contains { $0.hasPrefix("mujun_healthy{") && $0.hasSuffix(" 1") })
        let time = try #require(lines.first { $0.hasPrefix("mujun_last_success_timestamp_seconds{") })
        let told = try county.sql("SELECT strftime('%s', finished_at) FROM attempt")
        #expect(time.hasSuffix(" \(told)"))
        // The collector's account may read it, and no unfinished file ends in .prom.
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o644)
        #expect(try county.mujun("status", "--metrics", county.folder + "/none/m.prom").exitCode == 73)
    }

    @Test func logsAsJSONLines() throws {
        let county = try County(firms: 40)
        let good = try Executable.shell("MUJUN_LOG=json \"$MUJUN\" run --workspace '\(county.folder)'")
        #expect(good.exitCode == 0)
        let bad = try Executable.shell("MUJUN_LOG=json \"$MUJUN\" run --workspace '\(county.folder)/none'")
        #expect(bad.exitCode == 74)
        for (outcome, levels) in [(good, ["info"]), (bad, ["error"])] {
            let lines = outcome.errors.split(separator: "\n")
            #expect(!lines.isEmpty)
            for line in lines {
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                #expect(levels.contains(object?["level"] as? String ?? ""), "\(line)")
                let time = try #require(object?["time"] as? String)
                #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil, "\(time)")
            }
        }
        #expect(bad.errors.contains(#""exit_code":74"#))
    }
}
