import Foundation
import Testing

/// A method that is based on another one, as a user meets it.
@Suite struct MethodOverlayCommandTests {
    private static let samples = repository.appendingPathComponent("Samples/methods").path

    /// The county's method as an overlay of the file that `mujun init` writes.
    private func county() throws -> County {
        let county = try County(firms: 100)
        try FileManager.default.moveItem(atPath: county.method, toPath: county.folder + "/base.yaml")
        try Data("based_on: base.yaml\nid: ours-2021\n".utf8).write(to: URL(fileURLWithPath: county.method))
        return county
    }

    @Test func mistakesStandInTheirOwnFile() throws {
        let county = try county()
        try county.edit(county.folder + "/base.yaml") {
            $0.replacing("value: tax / land}", with: "value: tax / lnad}")
        }
        try county.edit(county.method) { $0 + "total: {decimals: 99}\n" }
        let outcome = try Executable.run("method", "check", county.method)
        #expect(outcome.exitCode == 65)
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(
            lines.first
                == "\(county.method):3:19: error: ‘decimals’ is ‘99’, but must be a whole number from 0 to 9")
        #expect(lines.dropFirst().prefix(2) == ["total: {decimals: 99}", "                  ^^"])
        let other = try #require(lines.first { $0.contains("lnad") })
        #expect(other.hasPrefix("\(county.folder)/base.yaml:"))
        #expect(other.hasSuffix("error: nothing is called ‘lnad’; did you mean ‘land’?"))
    }

    @Test func whatIsPrintedIsTheSameMethod() throws {
        for name in ["huangyan-2021", "huangyan-2022", "yongkang-2021"] {
            let file = "\(Self.samples)/\(name).yaml"
            let printed = try Executable.run("method", "print", file)
            #expect(printed.exitCode == 0 && printed.errors == "")
            let copy = URL.temporaryDirectory.appendingPathComponent("mujun-print-\(UUID().uuidString).yaml")
            defer { try? FileManager.default.removeItem(at: copy) }
            try Data(printed.output.utf8).write(to: copy)
            let checks = try [file, copy.path].map { try Executable.run("method", "check", $0) }
            #expect(checks[0].output == checks[1].output && checks[1].exitCode == 0)
            #expect(try Executable.run("method", "print", copy.path).output == printed.output)
        }
    }

    /// The store needs no file any more; a change of the base is another method.
    @Test func theStoreKeepsTheCompleteMethod() throws {
        let county = try county()
        let first = try county.run()
        #expect(first.exitCode == 0, "\(first.errors)")
        let text = try county.sql("SELECT text FROM method")
        #expect(text.hasPrefix("# Complete, with what it was based on: base.yaml.\n"))
        let printed = try Executable.run("method", "print", county.method).output
        #expect(text.hasSuffix(printed.trimmingCharacters(in: .newlines)))
        #expect(try county.sql("SELECT name FROM method") == "ours-2021")
        #expect(
            try county.run().output.contains("nothing has changed")
                || county.sql("SELECT count(*) FROM run") == "1")
        try county.setBase("ties: share_better", "ties: share_worse")
        #expect(try county.run().exitCode == 0)
        #expect(try county.sql("SELECT count(*) FROM run") == "2")
        for file in [county.method, county.folder + "/base.yaml"] {
            try FileManager.default.removeItem(atPath: file)
        }
        let code = try county.sql("SELECT code FROM ranking WHERE rank = 1 LIMIT 1")
        let explained = try county.mujun("explain", code)
        #expect(explained.exitCode == 0, "\(explained.errors)")
    }

    /// The example of Docs/method.md.
    @Test func thePageOfTheMethodFile() throws {
        let page = try String(contentsOfFile: repository.path + "/Docs/method.md", encoding: .utf8)
        let example = try #require(
            page.components(separatedBy: "```yaml\n").first { $0.hasPrefix("mujun: method/1\nbased_on") })
        let folder = URL.temporaryDirectory.appendingPathComponent("mujun-page-\(UUID().uuidString)")
        try FileManager.default.copyItem(atPath: Self.samples, toPath: folder.path)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("example.yaml")
        try Data(example.components(separatedBy: "```")[0].utf8).write(to: file)
        let outcome = try Executable.run("method", "check", file.path)
        #expect(outcome.exitCode == 0, "\(outcome.output)")
        #expect(outcome.output.hasPrefix("huangyan-2022, data of 2022"))
        #expect(outcome.output.contains(", 1 list; "))
    }

    @Test func aBaseThatIsNotThere() throws {
        let county = try county()
        try FileManager.default.removeItem(atPath: county.folder + "/base.yaml")
        let outcome = try Executable.run("method", "check", county.method)
        #expect(outcome.exitCode == 74)
        #expect(outcome.errors.contains("method.yaml is based on it (line 1)"))
    }

    @Test func helpHasAnExample() throws {
        let help = try Executable.run("method", "print", "--help")
        #expect(help.exitCode == 0 && help.output.contains("EXAMPLE"))
    }
}

extension County {
    fileprivate func setBase(_ old: String, _ new: String) throws {
        try edit(folder + "/base.yaml") { $0.replacing(old, with: new) }
    }
}
