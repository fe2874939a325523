import Foundation
import SampleCounty
import Testing

@Suite struct CommittedSampleTests {
    @Test(arguments: [
        ("Samples/yongkang-2022/inbox", CountyRequest(firms: 1200, seed: 2022)),
        ("Samples/dirty/inbox", CountyRequest(firms: 150, seed: 7, dirty: true)),
    ])
    func isWhatTheGeneratorMakes(_ sample: (path: String, request: CountyRequest)) throws {
        let fresh = TemporaryFolder()
        let committed = "\(Inboxes.root)/\(sample.path)"
        try SampleCounty.write(sample.request, to: fresh.path)
        let files = try Inboxes.files(in: committed)
        #expect(try Inboxes.files(in: fresh.path) == files)
        for file in files {
            #expect(
                try Inboxes.bytes("\(fresh.path)/\(file)") == Inboxes.bytes("\(committed)/\(file)"), "\(file)"
            )
        }
    }

    @Test func aDirtyCountyDiffersOnlyWhereItSays() throws {
        let clean = TemporaryFolder()
        let dirty = TemporaryFolder()
        try SampleCounty.write(CountyRequest(firms: 300, seed: 5), to: clean.path)
        try SampleCounty.write(CountyRequest(firms: 300, seed: 5, dirty: true), to: dirty.path)
        let expected = try String(contentsOfFile: "\(dirty.path)/expected-findings.csv", encoding: .utf8)
        for file in try Inboxes.files(in: clean.path) where file.hasSuffix(".csv.gz") {
            let isEqual =
                Inboxes.unpacked("\(clean.path)/\(file)") == Inboxes.unpacked("\(dirty.path)/\(file)")
            let name = file.split(separator: "/").last ?? ""
            let planted = expected.split(separator: "\n").filter {
                $0.contains(",\(name),") && !$0.contains("firm_missing")
            }
            #expect(isEqual == planted.isEmpty, "\(file)")
        }
    }

    @Test func everyKindIsPlanted() throws {
        let path = "\(Inboxes.root)/Samples/dirty/inbox/expected-findings.csv"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let kinds = Set(
            lines.map { $0.split(separator: ",", omittingEmptySubsequences: false)[4] }.map(String.init))
        #expect(
            kinds.sorted() == [
                "", "code_check_character", "code_is_number", "code_malformed", "code_organisation",
                "date_malformed",
                "decimal_malformed", "decimal_out_of_range", "decimal_too_long", "decimal_too_many_places",
                "field_blank", "field_not_allowed", "firm_missing", "firm_unknown", "key_repeated", "kind",
                "month_malformed", "period_outside", "personal_column", "quote_stray", "row_width",
                "text_not_utf8", "year_malformed",
            ])
    }

    /// The line that is named holds what was planted.
    @Test func linesAreRight() throws {
        let folder = "\(Inboxes.root)/Samples/dirty/inbox"
        func line(_ number: Int, _ delivery: String) -> [UInt8] {
            Array(
                Inboxes.unpacked("\(folder)/\(delivery)/\(delivery).csv.gz")
                    .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[number - 1])
        }
        #expect(String(decoding: line(32, "registry-2022-03-31"), as: UTF8.self).hasPrefix("9.13308E+17,"))
        // The quoted newline above it counts as a line.
        #expect(line(82, "registry-2022-03-31").last == UInt8(ascii: "\r"))
        #expect(line(6, "power-2021-05").contains(0xFF))
        #expect(String(decoding: line(6, "tax-2021-03"), as: UTF8.self).contains("\"1,234.56\""))
    }
}
