import Foundation
import Testing

/// What the operator sees of a delivery's faults.
@Suite struct FindingTests {
    private func delivery(_ feed: String, of county: County) throws -> String {
        try #require(
            FileManager.default.contentsOfDirectory(atPath: county.inbox).sorted().first {
                $0.hasPrefix(feed)
            })
    }

    /// The firm of a refused registry row is 数据待核; it does not vanish, and the states still add up to all firms.
    @Test func aFirmWithARefusedRegistryRowIsUnresolved() throws {
        let county = try County(firms: 300)
        let before = try county.run()
        #expect(before.exitCode == 0 && before.output.contains("= 名录 300"), "\(before.errors)")
        let firm = "FROM evaluation WHERE run = (SELECT max(id) FROM run) AND code = "
        let code = try county.sql("SELECT min(code) FROM evaluation WHERE state = 'graded'")
        let name = try county.sql("SELECT name \(firm) '\(code)'")
        try county.editDelivery(delivery("registry", of: county)) { text in
            let rows = text.split(separator: "\n").map { row in
                row.hasPrefix(code) ? String(row).replacing(",在业,", with: ",存续,") : String(row)
            }
            return rows.joined(separator: "\n")
        }
        let after = try county.run()
        #expect(after.exitCode == 0 && after.output.contains("= 名录 300"), "\(after.errors)")
        #expect(!after.output.contains("firm_unknown"))
        #expect(
            try county.sql("SELECT name, town, industry, state_label, tier \(firm) '\(code)'")
                == "\(name)|||数据待核|")
    }

    @Test func missingMonthsAreNamed() throws {
        let county = try County(firms: 300)
        for month in ["03", "11"] {
            try FileManager.default.removeItem(atPath: "\(county.inbox)/tax-2021-\(month)")
        }
        let sentences = ["03", "11"].map { "  “税收”缺少2021-\($0)的报送，全年数据不完整。请补报。" }
        for command in ["check", "run"] {
            let output = try county.mujun(command).output.split(separator: "\n").map(String.init)
            for sentence in sentences { #expect(output.contains(sentence)) }
        }
    }
}
