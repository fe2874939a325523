import Foundation
import Intake
import Testing

@testable import Evaluation

/// What `Docs/method.md` says under “How do I say …” and in its steps, done.
@Suite struct CapabilityTests {
    /// Four firms with 10, 20, 30 and 40 thousand of output, scored with 100 × what the formula gives.
    private func points(_ formula: String, extra: String = "") throws -> [String] {
        let method = RankingTests.Rules().method
            .replacing(
                "points: {formula: weight * value / baseline,", with: "points: {formula: '\(formula)',"
            )
            .replacing("decimals: 2, missing: 0}", with: "decimals: 4, missing: 0\(extra)}")
        let firms = [10, 20, 30, 40].map { output -> FirmRow in
            ["registry_scale": "规上", "registry_state": "在业", "statistics_output": "\(output)"]
        }
        return try compiled(method).evaluate(firms).texts("points_output")
    }

    @Test(arguments: [
        // Weight 100, baseline 100 千元.
        ("weight * value / baseline", "10.0000 20.0000 30.0000 40.0000"),
        // 20 + 80 × 0, 1/3, 2/3, 1
        (
            "weight * (20 + 80 * (value - min(value)) / (max(value) - min(value))) / 100",
            "20.0000 46.6667 73.3333 100.0000"
        ),
        ("weight * value / max(value)", "25.0000 50.0000 75.0000 100.0000"),
        // The mean is 25: 50 × (2 − 0.4), (2 − 0.8), (2 − 1.2), (2 − 1.6)
        ("max(0, weight / 2 * (2 - value / mean(value)))", "80.0000 60.0000 40.0000 20.0000"),
        (
            "10 if value >= 30 千元 else 5 if value >= 20 千元 else 0",
            "0.0000 5.0000 10.0000 10.0000"
        ),
        ("weight * value / (2 * top_mean(value, 2))", "14.2857 28.5714 42.8571 57.1429"),
        ("value / (1 千元)", "10.0000 20.0000 30.0000 40.0000"),
    ])
    func formulas(_ formula: String, _ expected: String) throws {
        #expect(try points(formula).joined(separator: " ") == expected)
    }

    @Test func limitsOfPoints() throws {
        let limited = try points("weight * value / baseline", extra: ", at_least: 15, at_most: 35% * weight")
        #expect(limited == ["15.0000", "20.0000", "30.0000", "35.0000"])
    }

    /// The steps from an empty file are one method, with the one warning that the page announces.
    @Test func theStepsOfThePage() throws {
        let page = try Shipped.page("method.md")
        let steps = try #require(page.range(of: "## From an empty file to a method"))
        let end = try #require(page.range(of: "## Check it"))
        let blocks = page[steps.upperBound..<end.lowerBound].split(separator: "```yaml\n").dropFirst()
            .compactMap { $0.split(separator: "```").first }
        #expect(blocks.count == 10)
        let checker = Checker(try MethodFile.parse(blocks.joined()), contracts: Shipped.contracts)
        #expect(checker.graph != nil)
        #expect(checker.problems.map(\.message).filter { !$0.contains("the method reads decisions") } == [])
    }
}
