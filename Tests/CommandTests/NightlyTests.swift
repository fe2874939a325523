import Foundation
import Testing

@Suite struct NightlyTests {
    @Test func aNightFromNothing() throws {
        let county = try County()
        let first = try county.run()
        #expect(first.exitCode == 0, "\(first.errors)")
        // Rows of the feed as they were delivered.
        #expect(first.output.contains(/税收 +tax +12 +13,319 +13,319 +0 +0 +0/))
        #expect(first.output.contains("= 名录 1,200"))
        #expect(first.output.contains("整治提升清单"))
        // Everything is in the store itself; its log takes no space until the next night.
        let log = try FileManager.default.attributesOfItem(atPath: county.store + "-wal")
        #expect(log[.size] as? Int == 0)
        #expect(try county.sql("SELECT firms = graded + ungraded + exempt + out_of_scope FROM run") == "1")
        #expect(
            try county.sql("SELECT count(*) FROM result WHERE (class = 'graded') <> (tier IS NOT NULL)")
                == "0")

        let second = try county.run()
        #expect(second.exitCode == 0)
        #expect(second.output.contains("Nothing has changed since run 1"))
        #expect(try county.sql("SELECT count(*) FROM run") == "1")
        #expect(try county.sql("SELECT group_concat(exit_code) FROM attempt") == "0,0")
    }

    @Test func draftsOfManyNightsDoNotPileUp() throws {
        let county = try County(firms: 40)
        for day in 1...6 {
            try county.setAsOf("2022-06-0\(day)")
            #expect(try county.run().exitCode == 0)
        }
        #expect(try county.sql("SELECT group_concat(id) FROM (SELECT id FROM run ORDER BY id)") == "4,5,6")
        #expect(try county.sql("SELECT count(DISTINCT run) FROM result") == "3")
        #expect(try county.sql("SELECT count(*) FROM attempt") == "6")
    }

    @Test func checkNeedsNoStoreAndMakesNone() throws {
        let county = try County(firms: 40)
        let outcome = try county.mujun("check")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("= 名录 40"))
        #expect(!FileManager.default.fileExists(atPath: county.store))
    }

    @Test func feedsWithHeadersAloneEvaluateNobodyButCrashNothing() throws {
        let county = try County(firms: 40)
        for month in 1...12 {
            let name = "power-2021-" + (month < 10 ? "0\(month)" : "\(month)")
            try county.editDelivery(name) { String($0.prefix { $0 != "\n" }) + "\n" }
        }
        let outcome = try county.run()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(try county.sql("SELECT firms = graded + ungraded + exempt + out_of_scope FROM run") == "1")
    }
}
