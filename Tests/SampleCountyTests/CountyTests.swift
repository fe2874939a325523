import Evaluation
import Foundation
import SampleCounty
import Testing

@Suite struct CountyTests {
    @Test func theSeedIsAllThatBytesDependOn() throws {
        let first = TemporaryFolder()
        let second = TemporaryFolder()
        let other = TemporaryFolder()
        try SampleCounty.write(CountyRequest(firms: 60, seed: 3), to: first.path)
        try SampleCounty.write(CountyRequest(firms: 60, seed: 3), to: second.path)
        try SampleCounty.write(CountyRequest(firms: 60, seed: 4), to: other.path)
        let registry = "registry-2022-03-31/registry-2022-03-31.csv.gz"
        for file in try Inboxes.files(in: first.path) {
            #expect(try Inboxes.bytes("\(first.path)/\(file)") == Inboxes.bytes("\(second.path)/\(file)"))
        }
        #expect(
            try Inboxes.bytes("\(first.path)/\(registry)") != Inboxes.bytes("\(other.path)/\(registry)"))
    }

    @Test func codesAreValidUniqueAndAscending() throws {
        let folder = TemporaryFolder()
        try SampleCounty.write(CountyRequest(firms: 3000, seed: 9), to: folder.path)
        let rows = Inboxes.rows("\(folder.path)/registry-2022-03-31/registry-2022-03-31.csv.gz").dropFirst()
        let codes = rows.map { Array($0[0].utf8) }
        #expect(codes.count == 3000)
        #expect(codes.allSatisfy { CreditCode.isValid($0) && CreditCode.hasValidOrganisationCode($0) })
        #expect(zip(codes, codes.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        #expect(Set(rows.map { $0[1] }).count == 3000)
        let aboveScale = rows.count { $0[8] == "规上" }
        #expect((240...360).contains(aboveScale))
    }

    /// Headers stand in the generator and in the contracts; they must be the same and in the same order.
    @Test func headersAreThoseOfTheContracts() throws {
        struct Contract: Decodable {
            struct Field: Decodable {
                struct Own: Decodable { let optional: Bool? }
                let name: String
                let mujun: Own
            }
            let fields: [Field]
        }
        let inbox = "\(Inboxes.root)/Samples/yongkang-2022/inbox"
        let contracts = "\(Inboxes.root)/Schemas/feeds"
        for file in try Inboxes.files(in: inbox) where file.hasSuffix(".csv.gz") {
            let feed = file.prefix { $0 != "-" }
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(contracts)/\(feed).schema.json"))
            let contract = try JSONDecoder().decode(Contract.self, from: data)
            // The clean county leaves out what may be left out.
            let headers = contract.fields.filter { $0.mujun.optional != true }.map(\.name)
            #expect(Inboxes.rows("\(inbox)/\(file)").first == headers, "\(file)")
        }
    }

    @Test func leasesNeverTakeMoreLandThanTheLessorOwns() throws {
        let inbox = "\(Inboxes.root)/Samples/yongkang-2022/inbox"
        func hundredths(_ text: String) -> Int { Int(text.filter { $0 != "." }) ?? 0 }
        var land: [String: Int] = [:]
        for row in Inboxes.rows("\(inbox)/land-2022-03-31/land-2022-03-31.csv.gz").dropFirst() {
            land[row[1], default: 0] += hundredths(row[2])
        }
        for file in try Inboxes.files(in: inbox) where file.hasPrefix("lease-") && file.hasSuffix(".gz") {
            for row in Inboxes.rows("\(inbox)/\(file)").dropFirst() where !row[0].isEmpty {
                land[row[0], default: 0] -= hundredths(row[3])
            }
        }
        #expect(land.values.allSatisfy { $0 > 0 })
    }

    @Test func anImpossibleRequestIsRefused() throws {
        let folder = TemporaryFolder()
        #expect(throws: CountyError.firmsOutOfRange(5, allowed: CountyRequest.allowedFirms)) {
            try SampleCounty.write(CountyRequest(firms: 5, seed: 1), to: folder.path)
        }
        #expect(throws: CountyError.firmsOutOfRange(50, allowed: CountyRequest.allowedDirtyFirms)) {
            try SampleCounty.write(CountyRequest(firms: 50, seed: 1, dirty: true), to: folder.path)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
}
