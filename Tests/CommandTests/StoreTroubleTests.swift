import Foundation
import Testing

/// Stores that cannot be used: a sentence, the exit code, and what was there is untouched.
@Suite struct StoreTroubleTests {
    @Test func anotherRunHoldsTheLock() throws {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        try county.setAsOf("2022-06-01")
        let outcome = try Executable.shell(
            "flock '\(county.store).lock' \"$MUJUN\" run --workspace '\(county.folder)'")
        #expect(outcome.exitCode == 75)
        #expect(outcome.errors.contains("Another run is writing"))
        #expect(try county.sql("SELECT count(*) FROM run") == "1")
    }

    @Test func twoRunsAtTheSameTime() throws {
        let county = try County()
        let runs = try (0..<2).map { _ in try Running(Executable.path, ["run", "-w", county.folder]) }
        let codes = runs.map { $0.wait().exitCode }.sorted()
        // Both may have come one after the other; then the later found nothing changed.
        #expect(codes == [0, 75] || codes == [0, 0])
        #expect(try county.sql("SELECT count(*) FROM run") == "1")
    }

    @Test func aTextFileIsNoStore() throws {
        let county = try County(firms: 40)
        try Data("not a store\n".utf8).write(to: URL(fileURLWithPath: county.store))
        let outcome = try county.run()
        #expect(outcome.exitCode == 74)
        #expect(outcome.errors.contains("is not a store of mujun"))
        #expect(try String(contentsOfFile: county.store, encoding: .utf8) == "not a store\n")
    }

    @Test func anotherDatabaseIsNoStore() throws {
        let county = try County(firms: 40)
        #expect(try Executable.shell("sqlite3 '\(county.store)' 'CREATE TABLE mine (x)'").exitCode == 0)
        let outcome = try county.run()
        #expect(outcome.exitCode == 74)
        #expect(outcome.errors.contains("is not a store of mujun"))
        #expect(try county.sql("SELECT group_concat(name) FROM sqlite_schema") == "mine")
    }

    @Test func aNewerStoreIsLeftAlone() throws {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        #expect(try Executable.shell("sqlite3 '\(county.store)' 'PRAGMA user_version = 99'").exitCode == 0)
        for command in ["run", "rank"] {
            let outcome = try county.mujun(command)
            #expect(outcome.exitCode == 74)
            #expect(outcome.errors.contains("version 99"))
        }
    }

    @Test func aLockedDatabaseIsNamed() throws {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        try county.setAsOf("2022-06-01")
        let outcome = try Executable.shell(
            """
            python3 - "\(county.store)" <<'END' &
            import sqlite3, sys, time
            db = sqlite3.connect(sys.argv[1], isolation_level=None)
            db.execute("BEGIN IMMEDIATE")
            print("held", flush=True)
            time.sleep(15)
            END
            sleep 1
            "$MUJUN" run --workspace '\(county.folder)'
            code=$?
            kill %1
            exit $code
            """)
        #expect(outcome.exitCode == 75, "\(outcome.errors)")
        #expect(outcome.errors.contains("locked by another program"))
        #expect(try county.sql("SELECT count(*) FROM run") == "1")
    }

    /// A file system of its own needs rights that not every machine gives.
    private static let canMount =
        (try? Executable.shell("unshare --mount --map-root-user mount -t tmpfs -o size=64k tmpfs /mnt"))?
        .exitCode == 0

    @Test(.enabled(if: canMount)) func aFullDiskLeavesTheOldRun() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        let before = try county.results()
        try county.setAsOf("2022-06-01")
        // The store and the log of the second run do not fit.
        let outcome = try Executable.shell(
            """
            unshare --mount --map-root-user bash -s <<'END'
            set -e
            mount -t tmpfs -o size=$(( $(stat -c %s '\(county.store)') / 1024 + 300 ))k tmpfs /mnt
            cp '\(county.store)' /mnt/mujun.sqlite
            sed -i 's|^store:.*|store: /mnt/mujun.sqlite|' '\(county.folder)/mujun.yaml'
            set +e
            '\(Executable.path)' run --workspace '\(county.folder)'
            code=$?
            rm -f /mnt/mujun.sqlite-wal.copy
            sqlite3 -readonly /mnt/mujun.sqlite 'PRAGMA integrity_check; SELECT id, identity, result_digest, firms FROM run ORDER BY id'
            exit $code
            END
            """)
        #expect(outcome.exitCode == 73, "\(outcome.errors)")
        #expect(outcome.errors.contains("is full"))
        #expect(outcome.output.hasSuffix("ok\n" + before + "\n"), "\(outcome.output)")
    }

    @Test func aStoreThatMayNotBeWrittenIsNamed() throws {
        let county = try County(firms: 40)
        try county.edit(county.folder + "/mujun.yaml") {
            $0.replacing(/store: [^ ]+/, with: "store: /proc/mujun.sqlite")
        }
        let outcome = try county.run()
        #expect(outcome.exitCode == 73)
        #expect(outcome.errors.contains("/proc/mujun.sqlite"))
    }
}
