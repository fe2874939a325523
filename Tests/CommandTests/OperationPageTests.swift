import Foundation
import Testing

/// What Docs/operate.md tells an operator to type, typed.
@Suite struct OperationPageTests {
    private func blocks() throws -> [String] {
        let page = try String(
            contentsOf: repository.appendingPathComponent("Docs/operate.md"), encoding: .utf8)
        return page.components(separatedBy: "\n```sh\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
    }

    private func type(_ script: String, in county: County) throws -> Executable.Outcome {
        try Executable.shell(
            """
            set -eo pipefail
            cd '\(county.folder)'
            mujun() { "$MUJUN" "$@"; }
            \(script)
            """)
    }

    @Test func whatWasBackedUpComesBack() throws {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        let before = try county.results()
        let blocks = try blocks()
        try #require(blocks.count == 3)
        let backup = try type(blocks[0], in: county)
        #expect(backup.exitCode == 0, "\(backup.errors)")
        #expect(backup.output.contains("1 runs, checked"))
        #expect(try type(blocks[1], in: county).exitCode == 0)
        // A file that was cut off while it was copied.
        let cut = try type(
            "truncate -s -1 $(find backup/archive -type f | head -n 1)\n" + blocks[1], in: county)
        #expect(cut.exitCode != 0)
        #expect(cut.output.hasPrefix("damaged: backup/archive/"))
        let again = try type("rm -r backup; " + blocks[0], in: county)
        #expect(again.exitCode == 0, "\(again.errors)")
        // The machine is lost; what is left of the store is half a file.
        let lost = try type(
            "truncate -s 200000 mujun.sqlite; rm -r archive; mkdir archive; ! mujun rank; ! mujun run",
            in: county)
        #expect(lost.exitCode == 0, "\(lost.errors)")
        let restored = try type(blocks[2], in: county)
        #expect(restored.exitCode == 0, "\(restored.errors)")
        #expect(restored.output.contains("Nothing has changed since run 1"))
        #expect(try county.results() == before)
        #expect(try county.sql("PRAGMA integrity_check") == "ok")
        let firm = try county.sql("SELECT code FROM ranking LIMIT 1")
        #expect(try county.mujun("explain", firm, "--rows").exitCode == 0)
        #expect(try county.mujun("status").exitCode == 0)
    }
}
