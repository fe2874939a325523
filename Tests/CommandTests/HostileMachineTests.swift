import Foundation
import Testing

/// Rights that are missing, clocks that jump, odd paths: a clear error, its exit code, and what was there is untouched.
@Suite struct HostileMachineTests {
    /// What runs a command without the rights of root: for root another account, else nothing.
    private static let humbly = getuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    private static let canBeHumble =
        (try? Executable.shell("\(humbly)test -x \"$MUJUN\" && \(humbly)\"$MUJUN\" --version"))?.exitCode == 0

    /// A recorded county that belongs to the account without rights.
    private func recorded() throws -> County {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        try county.setAsOf("2022-06-30")
        if getuid() == 0 {
            #expect(try Executable.shell("chown -R 65534:65534 '\(county.folder)'").exitCode == 0)
        }
        return county
    }

    private func mujun(_ county: County, _ words: String, after script: String) throws -> Executable.Outcome {
        try Executable.shell(
            "set -e; cd '\(county.folder)'; \(script)\n\(Self.humbly)\"$MUJUN\" \(words) --workspace '\(county.folder)'"
        )
    }

    private func restore(_ county: County) throws {
        #expect(try Executable.shell("chmod -R u+rwX '\(county.folder)'").exitCode == 0)
    }

    @Test(
        .enabled(if: canBeHumble, "needs setpriv, and a build that other accounts may read"),
        arguments: [
            ("chmod 0555 .; chmod 0440 mujun.sqlite*", Int32(73), "mujun.sqlite"),
            ("chmod 0440 mujun.sqlite mujun.sqlite-wal mujun.sqlite-shm", 73, "mujun.sqlite"),
            ("chmod 0000 mujun.sqlite", 73, "mujun.sqlite"),
            ("chmod 0000 mujun.sqlite.lock", 73, "mujun.sqlite.lock"),
            // What is archived already is not written again: two files are taken out first.
            ("rm $(find archive -name '*.gz' | head -n 2); chmod -R a-w archive", 73, "archive"),
            ("chmod 0000 inbox", 74, "inbox"),
            ("chmod 0000 inbox/registry-2022-03-31/*.gz", 74, "registry-2022-03-31"),
            ("chmod 0000 method.yaml", 74, "method.yaml"),
            ("chmod 0000 mujun.yaml", 74, "mujun.yaml"),
        ])
    func missingRightsAreNamed(script: String, exitCode: Int32, name: String) throws {
        let county = try recorded()
        let before = try county.results()
        let outcome = try mujun(county, "run", after: script)
        #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
        #expect(outcome.errors.contains(/mujun: error: .*/.dotMatchesNewlines()), "\(outcome.errors)")
        #expect(outcome.errors.contains(name), "\(outcome.errors)")
        try restore(county)
        #expect(try county.results() == before)
        #expect(try county.sql("PRAGMA integrity_check") == "ok")
        let next = try mujun(county, "run", after: "true")
        #expect(next.exitCode == 0, "\(next.errors)")
    }

    /// Auditors have no right to write, neither to the file nor to its folder.
    @Test(.enabled(if: canBeHumble, "needs setpriv, and a build that other accounts may read"))
    func whoMayOnlyReadCanRead() throws {
        let county = try recorded()
        for words in ["rank", "status", "export ranking --to csv"] {
            let outcome = try mujun(county, words, after: "chmod 0440 mujun.sqlite*; chmod 0555 .")
            #expect(outcome.exitCode == 0, "\(words): \(outcome.errors)")
        }
        let backup = try mujun(county, "backup '\(county.folder)/copy.sqlite'", after: "true")
        #expect(backup.exitCode == 73, "\(backup.errors)")
        #expect(backup.errors.contains("copy.sqlite"))
        try restore(county)
    }

    @Test func aPathWithBlanksQuotesAndChineseIsAPathLikeAnyOther() throws {
        let made = try County(firms: 40)
        let folder = made.folder + " 永康市 '亩均' 100% #1?"
        try FileManager.default.moveItem(atPath: made.folder, toPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for _ in 1...2 { #expect(try Executable.run("run", "-w", folder).exitCode == 0) }
        let firm = try Executable.run("rank", "-w", folder, "--format", "json", "--limit", "1").output
        let code = try #require(firm.firstMatch(of: /9[0-9A-Z]{17}/)).output
        for words in [
            ["rank"], ["status"], ["explain", String(code), "--rows"], ["check"],
            ["backup", folder + "/备份 1.sqlite"],
            ["export", "ranking", "--to", "csv", "--output", folder + "/名单 1.csv"],
            ["status", "--metrics", folder + "/指标 1.prom"],
        ] {
            let outcome = try Executable.run([words[0], "-w", folder] + words.dropFirst())
            #expect(outcome.exitCode == 0, "\(words): \(outcome.errors)")
        }
        for name in ["mujun.sqlite", "备份 1.sqlite", "名单 1.csv", "指标 1.prom"] {
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(name)"), "\(name)")
        }
    }

    private static let shim: String? = {
        let file = URL.temporaryDirectory.appendingPathComponent("mujun-faults-\(UUID().uuidString).so").path
        let source = repository.appendingPathComponent("Tests/Faults/faults.c").path
        let made = try? Executable.shell(
            "$(command -v cc || command -v clang) -shared -fPIC -O2 -o '\(file)' '\(source)' -ldl")
        return made?.exitCode == 0 ? file : nil
    }()

    /// No result depends on the clock, and the journal stays in the order of its numbers.
    @Test(.enabled(if: shim != nil, "needs cc or clang"))
    func aClockThatJumpsBackChangesNoResult() throws {
        let county = try County(firms: 40)
        let other = try County(firms: 40)
        for each in [county, other] {
            #expect(try each.run().exitCode == 0)
            try each.setAsOf("2023-12-31")
        }
        let outcome = try Executable.shell(
            """
            export FAULT_ROOT='\(county.folder)' FAULT_AT=10 FAULT_CLOCK=100000000 LD_PRELOAD='\(Self.shim ?? "")'
            "$MUJUN" run -w '\(county.folder)'
            """)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(try other.run().exitCode == 0)
        #expect(try county.results() == other.results())
        #expect(
            try county.sql("SELECT finished_at < started_at FROM attempt ORDER BY id DESC LIMIT 1") == "1")
        #expect(try county.sql("SELECT max(id) FROM latest_run") == "2")
        #expect(try county.mujun("rank").output.contains("2023-12-31"))
        // The monitor does not take the jump for a fresh success.
        #expect(try county.mujun("status").exitCode == 69)
        #expect(try county.run().exitCode == 0)
        #expect(try county.mujun("status").exitCode == 0)
    }
}
