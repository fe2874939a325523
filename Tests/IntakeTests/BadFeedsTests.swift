import Evaluation
import Foundation
import Testing

@testable import Intake

/// `Samples/bad/feeds` holds a folder for every finding code: a delivery with that mistake, and all that must be found.
///
/// Feeds that a case does not deliver come from the folder `base`, in which nothing is wrong. With `UPDATE_BAD_FEEDS=1`
/// in the environment the expected findings are written instead of compared; read them before they are committed.
struct BadFeedsTests {
    private static let samples = Repository.root + "/Samples/bad/feeds"

    /// Codes without a folder, and the test that shows them instead.
    private static let elsewhere = [
        // 64 GiB unpack from no file that belongs into a repository: GzipTests.expansionIsBounded.
        "file_too_large",
        // A method must ask for it: SharedMeterTests.
        "meter_divided",
        // 256 MiB of texts: SheetTests.textsAreBounded.
        "xlsx_texts_too_large",
    ]

    private static let cases: [String] =
        (try? FileManager.default.contentsOfDirectory(atPath: samples))?.filter { $0 != "base" }.sorted()
        ?? []

    @Test func everyFindingHasACase() {
        let codes = MessageTests.all.map(\.wording.code)
        #expect(Self.cases == codes.filter { !Self.elsewhere.contains($0) })
    }

    @Test func nothingIsFoundInTheBase() throws {
        let reading = try read([Self.samples + "/base/inbox"])
        #expect(reading.findings == [] && reading.refusals == [])
        #expect(reading.files.count == (try ShippedContracts.load().count))
    }

    @Test(arguments: cases)
    func everythingIsFoundAndNothingElse(_ code: String) throws {
        let folder = Self.samples + "/" + code
        let reading = try read([folder + "/inbox", Self.samples + "/base/inbox"])
        let found = "code,severity,feed,delivery,file,line,byte,column\n" + reading.findings.map(row).joined()
        let path = folder + "/expected.csv"
        if ProcessInfo.processInfo.environment["UPDATE_BAD_FEEDS"] == "1" {
            try found.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try found == String(contentsOfFile: path, encoding: .utf8))
        #expect(reading.findings.contains { $0.code == code })
        #expect(reading.findings.allSatisfy { !$0.chinese.isEmpty && !$0.english.isEmpty })
    }

    /// Copies the deliveries into one inbox, those of later folders only for feeds that earlier ones lack, and reads it.
    private func read(_ folders: [String]) throws -> Reading {
        let inbox = try TestInbox()
        var delivered: Set<String> = []
        for folder in folders {
            var own: Set<String> = []
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
                let feed = (try? Manifest(folder: folder + "/" + name))?.feed
                if let feed, delivered.contains(feed) { continue }
                if let feed { own.insert(feed) }
                try FileManager.default.copyItem(
                    atPath: folder + "/" + name, toPath: inbox.folder + "/" + name)
            }
            delivered.formUnion(own)
        }
        let contracts = try ShippedContracts.load()
        return try inbox.read(
            contracts.indices.map { FeedColumn(feed: $0, relation: 0, aggregate: .count, filter: nil) })
    }

    private func row(_ finding: Finding) -> String {
        let fields: [String] = [
            finding.code, finding.severity.rawValue, finding.feed, finding.delivery, finding.file,
            String(finding.line), String(finding.byte), finding.column,
        ]
        return fields.map { field in
            field.contains { ",\"\n".contains($0) } ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
        }.joined(separator: ",") + "\n"
    }
}
