import Foundation
import Testing

/// `mujun check`: what it says about the deliveries.
@Suite struct CheckTests {
    private func json(_ county: County) throws -> [String: Any] {
        let outcome = try county.mujun("check", "--format", "json")
        return try #require(
            JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any],
            "\(outcome.errors)")
    }

    @Test func aMonthInTenThousandYuanIsSuspected() throws {
        let county = try County(firms: 300)
        try county.editDelivery("tax-2021-03") {
            $0.replacing(/(,2021-03),(-?[0-9]+\.[0-9]+)/) {
                "\($0.1)," + String(format: "%.2f", (Double($0.2) ?? 0) / 10_000)
            }
        }
        let outcome = try county.mujun("check")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("税收 total_jumped (warning): 2"))
        #expect(outcome.output.contains("每条平均约为上次的1/10000，疑似单位混用（元与万元）。请核对单位。"))
        // The month after it is right again, and so is too large beside it.
        let jumps = try #require(try json(county)["comparisons"] as? [[String: Any]]).flatMap { comparison in
            (comparison["jumps"] as? [[String: Any]] ?? []).map { (comparison["delivery"], $0) }
        }
        #expect(jumps.map { $0.0 as? String } == ["tax-2021-03", "tax-2021-04"])
        #expect(jumps.map { $0.1["is_larger"] as? Bool } == [false, true])
        #expect(
            jumps.allSatisfy { $0.1["factor"] as? Int == 10_000 && $0.1["column"] as? String == "增值税净入库" })
        // A run keeps what it noticed.
        #expect(try county.run().exitCode == 0)
        #expect(
            try county.sql("SELECT count, severity FROM latest_finding_count WHERE code = 'total_jumped'")
                == "2|warning")
    }

    @Test func aSnapshotIsComparedWithTheOneThatWasReadBefore() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        #expect(!(try county.mujun("check").output.contains("rows_fewer")))
        let before = try county.sql("SELECT rows FROM delivered_file WHERE feed = 'land'")
        try county.editDelivery("land-2022-03-31") { text in
            let lines = text.split(separator: "\n")
            return lines.prefix(lines.count / 2).joined(separator: "\n") + "\n"
        }
        let outcome = try county.mujun("check")
        let line = try #require(
            outcome.output.split(separator: "\n").first {
                $0.hasPrefix("用地") && $0.hasSuffix("rows missing?")
            })
        let words = line.split(separator: " ")
        #expect(
            words[1] == "land-2022-03-31" && words[2] == "land-2022-03-31" && words[4] == before, "\(line)")
        #expect(outcome.output.contains("用地 rows_fewer (warning): 1"))
        // Checking wrote nothing down: the next check says the same.
        #expect(try county.mujun("check").output == outcome.output)
        #expect(try county.run().exitCode == 0)
        #expect(try county.sql("SELECT count(*) FROM delivered_file WHERE feed = 'land'") == "2")
        #expect(try county.mujun("check").output.contains("rows_fewer"))
    }

    @Test func coverageCountsEveryFirmInScope() throws {
        let county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
        let report = try json(county)
        let firms = try #require(report["firms_covered"] as? Int)
        #expect("\(firms)" == (try county.sql("SELECT firms - out_of_scope FROM run")))
        let feeds = try #require(report["coverage"] as? [[String: Any]])
        #expect(feeds.contains { $0["feed"] as? String == "tax" })
        for feed in feeds {
            let parts = ["with_rows", "without_rows", "refused"].compactMap { feed[$0] as? Int }
            #expect(parts.reduce(0, +) == firms, "\(feed)")
            let towns = try #require(feed["towns"] as? [[String: Any]])
            #expect(towns.compactMap { $0["firms"] as? Int }.reduce(0, +) == firms)
            #expect(towns.compactMap { $0["with_rows"] as? Int }.reduce(0, +) == parts[0])
        }
    }

    @Test func aTownWithoutRowsIsNamed() throws {
        let county = try County(firms: 300)
        let codes = try Executable.shell(
            "zcat '\(county.inbox)'/registry-2022-03-31/*.gz | grep ',古山镇,' | grep -o '^[0-9A-Z]*'")
        let firms = Set(codes.output.split(separator: "\n").map(String.init))
        #expect(!firms.isEmpty)
        try county.editDelivery("land-2022-03-31") { text in
            text.split(separator: "\n").filter { line in !firms.contains { line.contains($0) } }
                .joined(separator: "\n") + "\n"
        }
        #expect(try county.mujun("check").output.contains(/用地 +\d+ +\d+ +0  古山镇/))
    }

    @Test func freshnessNamesWhatIsOldAndWhatIsMissing() throws {
        let county = try County(firms: 100)
        try FileManager.default.removeItem(atPath: county.inbox + "/tax-2021-12")
        let output = try county.mujun("check").output
        #expect(output.contains(/税收 +month +2021-11-30 +31 +tax-2021-11 +2021-12/))
        #expect(output.contains(/企业名录 +day +2022-03-31 +61 +overdue +registry-2022-03-31/))
    }

    @Test func aRefusedFeedIsReportedAllTheSame() throws {
        let county = try County(firms: 300)
        try county.editDelivery("tax-2021-03") {
            $0.replacing(/(2021-03),([0-9-]+)(\.[0-9]+)?,/, with: { "\($0.1),\($0.2).12345," })
        }
        let outcome = try county.mujun("check")
        #expect(outcome.exitCode == 65)
        for part in [
            "税收 decimal_too_many_places (refusal): ", "With the delivery before", "of the registry: 300",
            "Freshness",
        ] {
            #expect(outcome.output.contains(part), "\(part)")
        }
        let report = try json(county)
        #expect((report["refusals"] as? [String])?.count == 1)
        #expect(report["states"] == nil && report["coverage_of_scope"] as? Bool == false)
        let coverage = try #require(report["coverage"] as? [[String: Any]])
        let tax = try #require(coverage.first { $0["feed"] as? String == "tax" })
        #expect((tax["refused"] as? Int ?? 0) + (tax["with_rows"] as? Int ?? 0) > 250)
    }
}
