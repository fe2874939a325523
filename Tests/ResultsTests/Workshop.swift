import Evaluation
import Foundation
import Testing

@testable import Results

/// A folder of its own for one test, removed with it.
final class Workshop {
    let folder: URL
    var path: String { folder.appendingPathComponent("store.sqlite").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mujun-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What goes with an evaluation; other inputs make another run.
    func record(_ store: Store, inputs: String = "1", draftsKept: Int = 3) throws -> RunRecord {
        RunRecord(
            attempt: try store.beginAttempt(at: "2022-05-31T02:00:00Z"),
            methodText: "mujun: method/1\n# 说明 \(inputs.count)", inputsDigest: Digest.of(inputs),
            engineVersion: "0.1.0",
            files: [
                FileRecord(
                    feed: "tax", delivery: "tax-2021", path: "tax.csv.gz",
                    sha256: String(repeating: "a", count: 64), bytes: 100, periodFrom: "2021-01",
                    periodTo: "2021-12", rows: 12, accepted: 9, refused: 1, collapsed: 1, unused: 1)
            ],
            findings: [finding],
            findingCounts: [
                FindingCount(
                    feed: "tax", code: "decimal_too_long", severity: .refusal, count: 7)
            ],
            recordedAt: "2022-05-31T02:00:07Z", draftsKept: draftsKept)
    }

    var finding: Finding {
        Finding(
            code: "decimal_too_long", severity: .refusal, feed: "tax", delivery: "tax-2021",
            file: "tax.csv.gz",
            line: 3, byte: 120, column: "增值税净入库", chinese: "小数位过多", english: "too many decimals",
            row: "91…,2021-01,1.234567")
    }

    /// What the `sqlite3` shell prints.
    func shell(_ arguments: [String], input: String = "") throws -> (output: String, status: Int32) {
        let process = Process()
        let output = Pipe()
        let source = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = output
        process.standardInput = source
        try process.run()
        source.fileHandleForWriting.write(Data(input.utf8))
        try source.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), process.terminationStatus)
    }
}

/// What a store answers that cannot do it.
func error(_ body: () throws -> Void) -> StoreError? {
    do {
        try body()
        return nil
    } catch { return error as? StoreError }
}
