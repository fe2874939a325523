import Foundation
import Testing

/// The same inputs give the same results, whatever the order, the threads and the folder names.
@Suite struct ReproducibilityTests {
    @Test func strangersRecipePrintsTheDigest() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        let stored = try county.sql("SELECT result_digest FROM run")
        let query = repository.appendingPathComponent("Schemas/result-digest.sql").path
        let recipe = try Executable.shell(
            "sed 's/:run/1/g' '\(query)' | sqlite3 -readonly '\(county.store)' | sha256sum | cut -d ' ' -f 1")
        #expect(recipe.output == stored + "\n", "\(recipe.errors)")
    }

    @Test func oneThreadOrManyShuffledOrNot() throws {
        let county = try County(firms: 400)
        #expect(try county.run().exitCode == 0)
        let digest = try county.sql("SELECT result_digest FROM run")
        let values = try valuesDigest(county)

        let alone = try County(firms: 400)
        let run = try Executable.shell("taskset --cpu-list 0 \"$MUJUN\" run --workspace '\(alone.folder)'")
        #expect(run.exitCode == 0)
        #expect(try alone.sql("SELECT result_digest FROM run") == digest)
        #expect(try valuesDigest(alone) == values)

        let shuffled = try County(firms: 400)
        let names = try FileManager.default.contentsOfDirectory(atPath: shuffled.inbox).sorted()
        for (index, name) in names.enumerated() {
            // Rows in another order; folders in another order, too.
            try shuffled.shuffleRows(name, seed: index)
            try FileManager.default.moveItem(
                atPath: "\(shuffled.inbox)/\(name)",
                toPath: "\(shuffled.inbox)/\(names.count - index)-\(name)")
        }
        #expect(try shuffled.run().exitCode == 0)
        #expect(try shuffled.sql("SELECT result_digest FROM run") == digest)
        #expect(try valuesDigest(shuffled) == values)
        #expect(
            try shuffled.sql("SELECT inputs_digest FROM run") != county.sql("SELECT inputs_digest FROM run"))
    }

    private func valuesDigest(_ county: County) throws -> String {
        let table = try county.sql("SELECT values_table FROM method")
        let script =
            "sqlite3 -readonly '\(county.store)' 'SELECT * FROM \"\(table)\" ORDER BY firm' | sha256sum"
        return try Executable.shell(script).output
    }
}

extension County {
    fileprivate func shuffleRows(_ name: String, seed: Int) throws {
        let script = """
            cd '\(inbox)/\(name)' && python3 - \(seed) <<'END'
            import csv, gzip, hashlib, io, json, random, sys
            manifest = json.load(open("datapackage.json", encoding="utf-8"))
            for resource in manifest["resources"]:
                rows = list(csv.reader(io.StringIO(gzip.open(resource["path"]).read().decode("utf-8-sig"), newline="")))
                body = rows[1:]
                random.Random(int(sys.argv[1])).shuffle(body)
                text = io.StringIO(newline="")
                csv.writer(text, lineterminator="\\r\\n").writerows(rows[:1] + body)
                packed = gzip.compress(text.getvalue().encode("utf-8"), mtime=0)
                open(resource["path"], "wb").write(packed)
                resource["bytes"] = len(packed)
                resource["hash"] = "sha256:" + hashlib.sha256(packed).hexdigest()
            json.dump(manifest, open("datapackage.json", "w", encoding="utf-8"), ensure_ascii=False)
            END
            """
        let outcome = try Executable.shell(script)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }
}
