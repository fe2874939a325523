import Foundation
import Testing

/// Bad input: a sentence with place and remedy, the exit code, and all results exactly as before.
@Suite struct RefusalTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let spoil: @Sendable (County) throws -> Void
        /// What the message must say.
        let says: [String]
        var exitCode: Int32 = 65
    }

    @Test(arguments: cases) func isRefused(_ refused: Case) throws {
        let county = try County(firms: 100)
        #expect(try county.run().exitCode == 0)
        let before = try county.results()
        try refused.spoil(county)
        let outcome = try county.run()
        #expect(outcome.exitCode == refused.exitCode, "\(outcome.errors)")
        for text in refused.says {
            #expect(outcome.errors.contains(text), "\(text) is not in: \(outcome.errors)")
        }
        #expect(try county.results() == before)
        let journal = try county.sql("SELECT exit_code, run IS NULL FROM attempt ORDER BY id DESC LIMIT 1")
        #expect(journal == "\(refused.exitCode)|1")
        // Checking says the same.
        #expect(try county.mujun("check").exitCode == refused.exitCode)
    }

    static let cases: [Case] = [
        Case(
            testDescription: "several mistakes in the method",
            spoil: { county in
                try county.edit(county.method) {
                    $0.replacing(
                        "value: sum(statistics.value_added)", with: "value: sum(statistics.value_aded)"
                    )
                    .replacing("data_year: 2021", with: "data_yaer: 2021")
                }
            },
            says: ["value_aded", "data_yaer", "method.yaml:", "^^^"]),
        Case(
            testDescription: "method file is gone",
            spoil: { try FileManager.default.removeItem(atPath: $0.method) },
            says: ["method.yaml", "Check that the file exists"], exitCode: 74),
        Case(
            testDescription: "required feed is missing",
            spoil: { try FileManager.default.removeItem(atPath: $0.inbox + "/registry-2022-03-31") },
            says: ["registry", "Ask the department"]),
        Case(
            testDescription: "unknown column",
            spoil: { county in
                try county.editDelivery("land-2022-03-31") { $0.replacing(/^[^\n]*/, with: { "\($0.0),备注" }) }
            },
            says: ["备注", "land"]),
        Case(
            testDescription: "wrong hash",
            spoil: { county in
                try county.edit(county.inbox + "/tax-2021-03/datapackage.json") {
                    $0.replacing(/sha256:[0-9a-f]{4}/, with: "sha256:0000")
                }
            },
            says: ["tax-2021-03", "sha256"]),
        Case(
            testDescription: "wrong number of rows",
            spoil: { county in
                // What the manifest claims is no part of a run's identity, so it is looked at in a new run.
                try county.setAsOf("2022-06-01")
                try county.edit(county.inbox + "/tax-2021-03/datapackage.json") {
                    $0.replacing(/"rows": ?[0-9]+/, with: "\"rows\": 7")
                }
            },
            says: ["tax-2021-03", "7"]),
        Case(
            testDescription: "truncated gzip",
            spoil: { county in
                let path = county.inbox + "/tax-2021-03/tax-2021-03.csv.gz"
                let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
                let script = "cd '\(county.inbox)/tax-2021-03' && gzip -t tax-2021-03.csv.gz"
                #expect(try Executable.shell(script).exitCode != 0)
                try county.mendHash("tax-2021-03")
            },
            says: ["tax-2021-03"]),
        Case(
            testDescription: "corrupt gzip",
            spoil: { county in
                let path = county.inbox + "/tax-2021-03/tax-2021-03.csv.gz"
                var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                for index in 200..<220 { bytes[index] ^= 0x55 }
                try bytes.write(to: URL(fileURLWithPath: path))
                try county.mendHash("tax-2021-03")
            },
            says: ["tax-2021-03"]),
        Case(
            testDescription: "numbers with too many decimals, more rows than the feed may lose",
            spoil: { county in
                try county.editDelivery("tax-2021-03") {
                    $0.replacing(/(2021-03),([0-9-]+)(\.[0-9]+)?,/, with: { "\($0.1),\($0.2).12345," })
                }
            },
            says: ["tax", "rows are refused"]),
        Case(
            testDescription: "numbers with too many digits",
            spoil: { county in
                try county.editDelivery("tax-2021-03") {
                    $0.replacing(/(2021-03),[0-9.-]+,/, with: { "\($0.1),12345678901234567890," })
                }
            },
            says: ["tax", "rows are refused"]),
        Case(
            testDescription: "manifest that leaves its delivery",
            spoil: { county in
                try county.edit(county.inbox + "/tax-2021-03/datapackage.json") {
                    $0.replacing(/"path": ?"[^"]+"/, with: #""path": "../tax-2021-04/tax-2021-04.csv.gz""#)
                }
            },
            says: ["tax-2021-03", ".."]),
        Case(
            testDescription: "manifest that is no JSON",
            spoil: { county in
                try Data("{]".utf8).write(
                    to: URL(fileURLWithPath: county.inbox + "/tax-2021-03/datapackage.json"))
            },
            says: ["tax-2021-03/datapackage.json"]),
        Case(
            testDescription: "inbox is gone",
            spoil: { try FileManager.default.removeItem(atPath: $0.inbox) },
            says: ["inbox"], exitCode: 74),
    ]
}

extension County {
    /// Makes size and hash of the manifest right for bytes that are no gzip any more.
    fileprivate func mendHash(_ name: String) throws {
        let script = """
            cd '\(inbox)/\(name)' && python3 - <<'END'
            import hashlib, json
            manifest = json.load(open("datapackage.json", encoding="utf-8"))
            packed = open(manifest["resources"][0]["path"], "rb").read()
            manifest["resources"][0]["bytes"] = len(packed)
            manifest["resources"][0]["hash"] = "sha256:" + hashlib.sha256(packed).hexdigest()
            json.dump(manifest, open("datapackage.json", "w", encoding="utf-8"), ensure_ascii=False)
            END
            """
        #expect(try Executable.shell(script).exitCode == 0)
    }
}
