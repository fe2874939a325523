import Foundation
import Testing

/// A run in which firms are evaluated as one, and one in which they are ranked in parts: what the store, the ranking,
/// the explanation and the exports say of it.
@Suite struct MergedRunTests {
    private static let surcharge = "surcharge: {label: 加价, unit: 万元, decimals: 4, value: power * 0.1 万元/万kWh}"

    private func county(_ change: (String) -> String) throws -> County {
        let county = try County(firms: 150)
        try county.edit(county.method, change)
        return county
    }

    /// Every town is one unit, and those that are not A pay more for power.
    private func merged(audience: String = "supplier") throws -> County {
        try county { method in
            method.replacing(
                "\nscope:", with: "\nmerge: {label: 镇街合并, by: registry.town, lead: sum(land.area)}\n\nscope:",
                maxReplacements: 1
            ).replacing(
                "\nmeasures:\n", with: "\nmeasures:\n  \(MergedRunTests.surcharge)\n", maxReplacements: 1)
                    + """

                      surcharged:
                        label: 加价清单
                        audience: \(audience)
                        where: tier in (B, C, D)
                        amount: surcharge

                    """
        }
    }

    @Test func towns() throws {
        let county = try merged()
        let outcome = try county.run()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(try county.sql("SELECT count(*) FROM result WHERE unit IS NOT town") == "0")
        #expect(try county.sql("SELECT units = (SELECT count(DISTINCT town) FROM result) FROM run") == "1")
        #expect(try county.sql("SELECT firms = graded + ungraded + exempt + out_of_scope FROM run") == "1")
        // All of a unit have one result …
        for column in ["state", "cohort", "total", "rank", "initial_tier", "tier"] {
            #expect(
                try county.sql(
                    "SELECT count(*) FROM (SELECT unit FROM result GROUP BY unit HAVING count(DISTINCT coalesce(\(column), '-')) > 1)"
                ) == "0", "\(column)")
        }
        // … and one place among the others.
        let units = try county.sql("SELECT count(DISTINCT unit) FROM result WHERE tier IS NOT NULL")
        #expect(try #require(Int(units)) > 3)
        #expect(try county.sql("SELECT count(*) FROM placing WHERE rank IS NOT NULL") == units)
        #expect(try county.sql("SELECT sum(firms) FROM cut") == units)
        // What a unit pays is said once.
        let listed = "FROM list_entry JOIN result USING (run, firm) WHERE list = 'surcharged'"
        #expect(try county.sql("SELECT count(DISTINCT unit) = count(amount) \(listed)") == "1")
        #expect(try county.sql("SELECT count(*) > count(amount) AND count(amount) > 0 \(listed)") == "1")
        #expect(
            try county.sql(
                "SELECT count(*) \(listed) AND amount IS NOT NULL AND firm NOT IN (SELECT firm FROM placing WHERE rank IS NOT NULL)"
            ) == "0")
        #expect(try county.run().output.contains("Nothing has changed"))
    }

    @Test func whatPeopleRead() throws {
        let county = try merged()
        #expect(try county.run().exitCode == 0)
        let member = try county.sql("SELECT code, unit FROM result WHERE tier IS NOT NULL LIMIT 1").split(
            separator: "|"
        )
        .map(String.init)
        #expect(try county.mujun("explain", member[0]).output.contains("合并评价  \(member[1])"))
        // The name of the unit stands for its leading member.
        #expect(try county.mujun("explain", member[1]).output.contains("合并评价  \(member[1])"))
        let json = try county.mujun("explain", member[0], "--format", "json").output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["unit"] as? String == member[1])
        let units = try county.sql("SELECT count(DISTINCT unit) FROM result WHERE tier IS NOT NULL")
        #expect(try county.mujun("rank", "--limit", "100").output.contains("\(units) firms"))
        let list = try county.mujun("export", "surcharged", "--to", "csv").output
        let header = try #require(list.split(separator: "\r\n").first)
        for word in ["加价（万元）", "合并评价", "档次"] { #expect(header.contains(word), "\(header)") }
        for word in ["总分", "名次", "依据", "列入事由"] { #expect(!header.contains(word), "\(header)") }
        let town = try county.mujun("export", "rectification", "--to", "csv").output
        #expect(!town.contains("加价"))
    }

    @Test func noAmountsForThePublic() throws {
        let county = try merged(audience: "public")
        let outcome = try county.run()
        #expect(outcome.exitCode == 65)
        #expect(outcome.errors.contains("not for the public"), "\(outcome.errors)")
    }

    @Test func parts() throws {
        let county = try county {
            $0.replacing(
                "  round: nearest\n",
                with: "  round: nearest\n  within: registry.town\n  ranks: dense\n", maxReplacements: 1)
        }
        let outcome = try county.run()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(
            try county.sql("SELECT count(*) FROM result WHERE cohort IS NOT NULL AND part IS NOT town") == "0"
        )
        // Every part begins with rank 1 and leaves none out.
        #expect(
            try county.sql(
                "SELECT count(*) FROM (SELECT 1 FROM result WHERE rank IS NOT NULL GROUP BY cohort, part HAVING min(rank) <> 1 OR max(rank) <> count(DISTINCT rank))"
            ) == "0")
        #expect(
            try county.sql(
                "SELECT (SELECT sum(firms) FROM cut) = graded AND (SELECT count(DISTINCT cohort || part) FROM cut) = (SELECT count(DISTINCT cohort || part) FROM result WHERE rank IS NOT NULL) FROM run"
            ) == "1")
        let ranking = try county.mujun("export", "ranking", "--to", "csv").output
        #expect(try #require(ranking.split(separator: "\r\n").first).contains("分组"))
        let first = try county.sql("SELECT code FROM result WHERE rank = 1 LIMIT 1")
        #expect(try county.mujun("explain", first).output.contains("名次    1 / "))
    }
}
