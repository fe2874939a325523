import Foundation
import Testing

let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// A temporary workspace with the deliveries of an invented county.
final class County {
    let folder: String

    /// - Parameter firms: how many, or `nil` for the committed sample of 1,200.
    init(firms: Int? = nil, seed: Int = 1) throws {
        folder = URL.temporaryDirectory.appendingPathComponent("mujun-county-\(UUID().uuidString)").path
        #expect(try Executable.run("init", folder).exitCode == 0)
        try FileManager.default.removeItem(atPath: inbox)
        if let firms {
            let made = try Executable.run(
                "sample", "--firms", "\(firms)", "--seed", "\(seed)", "--out", inbox)
            #expect(made.exitCode == 0, "\(made.errors)")
        } else {
            let sample = repository.appendingPathComponent("Samples/yongkang-2022/inbox").path
            try FileManager.default.copyItem(atPath: sample, toPath: inbox)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var inbox: String { folder + "/inbox" }
    var store: String { folder + "/mujun.sqlite" }
    var method: String { folder + "/method.yaml" }

    func run() throws -> Executable.Outcome { try Executable.run("run", "--workspace", folder) }

    func mujun(_ command: String, _ arguments: String...) throws -> Executable.Outcome {
        try Executable.run([command, "--workspace", folder] + arguments)
    }

    /// Another day for the same method: the next run is a new one.
    func setAsOf(_ day: String) throws {
        try edit(method) { $0.replacing(/as_of: [0-9-]+/, with: "as_of: \(day)") }
    }

    func edit(_ path: String, _ change: (String) -> String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let changed = change(text)
        #expect(changed != text, "the edit of \(path) changes nothing")
        try changed.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// What the `sqlite3` shell says, as an auditor would ask.
    func sql(_ query: String) throws -> String {
        let answer = try Running("/usr/bin/sqlite3", ["-readonly", store, query]).wait()
        #expect(answer.exitCode == 0, "\(answer.errors)")
        return answer.output.trimmingCharacters(in: .newlines)
    }

    /// Everything that a refused run must leave alone.
    func results() throws -> String {
        try sql("SELECT id, identity, result_digest, firms FROM run ORDER BY id")
    }

    // MARK: Deliveries

    /// Unpacks a delivery's only file, changes its text, packs it, and mends the manifest.
    /// - Parameter mending: whether rows, totals, size and hash are made right again; otherwise only size and hash.
    func editDelivery(_ name: String, keepRows: Bool = false, _ change: (String) -> String) throws {
        let folder = "\(inbox)/\(name)"
        let file = try #require(
            FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".csv.gz") })
        let path = "\(folder)/\(file)"
        #expect(try Executable.shell("gunzip '\(path)'").exitCode == 0)
        let plain = String(path.dropLast(3))
        try edit(plain, change)
        #expect(try Executable.shell("gzip --no-name '\(plain)'").exitCode == 0)
        try mendManifest(name, keepRows: keepRows)
    }

    /// Writes size, hash and number of rows of the packed file anew, and takes the control totals out.
    func mendManifest(_ name: String, keepRows: Bool = false) throws {
        let script = """
            import csv, gzip, hashlib, io, json, sys
            folder, keep = sys.argv[1], sys.argv[2] == "keep"
            manifest = json.load(open(folder + "/datapackage.json", encoding="utf-8"))
            for resource in manifest["resources"]:
                packed = open(folder + "/" + resource["path"], "rb").read()
                resource["bytes"] = len(packed)
                resource["hash"] = "sha256:" + hashlib.sha256(packed).hexdigest()
                own = resource.get("mujun", {})
                own.pop("totals", None)
                if not keep:
                    text = gzip.decompress(packed).decode("utf-8", "replace")
                    own["rows"] = sum(1 for _ in csv.reader(io.StringIO(text, newline=""))) - 1
            json.dump(manifest, open(folder + "/datapackage.json", "w", encoding="utf-8"), ensure_ascii=False)
            """
        let mended = try Running(
            "/usr/bin/python3", ["-c", script, "\(inbox)/\(name)", keepRows ? "keep" : "count"]
        ).wait()
        #expect(mended.exitCode == 0, "\(mended.errors)")
    }
}
