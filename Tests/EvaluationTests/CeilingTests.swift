import Testing

@testable import Evaluation

/// Which bonuses can grow without an end.
@Suite struct CeilingTests {
    private func warnings(_ points: String, total: String = "sum(points) + sum(adjustments)") throws
        -> [String]
    {
        let method = try Shipped.testFile("Mistakes/base.yaml")
            .replacing("points: 2 if has(title, 高新技术企业) else 0", with: "points: \(points)")
            .replacing("value: sum(points) + sum(adjustments)}", with: "value: '\(total)'}")
        return try EvaluationTests.warnings(about: method)
    }

    @Test(arguments: [
        "min(10, count(title))", "10 - count(title)", "-5 * max(0, count(title) - 1)",
        "(0 - 1) * count(title)", "5 if tax > 3 万元 else 2 if land > 1 亩 else 0", "0",
        "latest(previous.total where year = data_year - 1) / 100", "max(min(2, count(title)), 1) / 3",
        "default(sum(decision.points where kind = 加分), 0)", "high_tech_share * 2",
    ])
    func limited(_ points: String) throws {
        let points = points.replacing("high_tech_share", with: "(1 if has(title, 高新技术企业) else 0)")
        #expect(try warnings(points) == [])
    }

    @Test(arguments: [
        "count(title)", "count(title) / 2", "2 * count(title) - 1", "max(1, count(title))",
        "-(0 - count(title))",
        "5 if land > 1 亩 else count(title)", "tax_per_mu / 1 万元/亩", "min(count(title), count(event))",
        "-count(title) * -count(event)", "1 / tax_per_mu * 1 万元/亩", "default(mean(tax_per_mu), 0) / 1 万元/亩",
    ])
    func unlimited(_ points: String) throws {
        let found = try warnings(points)
        let sentence = "it cannot be seen what limits the points of ‘high_tech’"
        #expect(found.count == 1 && found[0].hasPrefix(sentence), "\(found)")
    }

    @Test func aTotalThatLimitsItsAdjustments() throws {
        #expect(try warnings("count(title)", total: "sum(points) + min(10, sum(adjustments))") == [])
        #expect(try warnings("count(title)", total: "sum(points) + max(10, sum(adjustments))").count == 1)
    }
}
