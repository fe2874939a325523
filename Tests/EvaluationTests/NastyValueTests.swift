import Intake
import Testing

@testable import Evaluation

/// Values that no key should meet: every one is refused with a sentence, or works; nothing traps.
@Suite struct NastyValueTests {
    private static let values = [
        "", "''", "0", "1", "-1", "0%", "100%", "100.01%", "1e9", "1e999",
        "99999999999999999999999999999999999999",
        "9223372036854775807", "-9223372036854775808", "999999999999999999 * 999999999999999999", "1 / 0",
        "{}", "[]",
        "{a: 1}", "[a, b]", "[[]]", "nothing", "registry", "registry.town", "registry.group", "tax", "total",
        "rank",
        "tier", "state", "cohort", "trade", "usual", "weight", "value", "baseline", "points", "leave_out",
        "rest",
        "graded", "A", "C", "E", "mean(tax)", "mean(total)", "mean(points)", "sum(points)", "mean(rank)",
        "2 * mean(value)", "2022-05-31", "0000-00-00", "9999-12-31", "true", "~", "💥", "税收", "\"\\\"",
        "latest(leased_in.lessor)", "latest(previous.tier)", "sum(land.area)", "count(leased_out)",
        "has(event, 安全事故)",
        "top_mean(tax, 1000000)", "trimmed_mean(tax, 49.99%)", "quantile(tax, 100%, nearest_rank)",
    ]

    /// What is replaced in the base of the mistakes; the value takes the place of `$`.
    private static let places: [(String, String)] = [
        ("within: registry.town", "within: $"), ("among: 50%", "among: $"),
        ("among: 50%, rank_by: [tax_per_mu]", "among: 50%, rank_by: $"),
        ("{among: 50%, rank_by: [tax_per_mu]}", "$"),
        ("A: {among: 50%", "$: {among: 50%"), ("ranks: competition", "ranks: $"), ("of: graded", "of: $"),
        ("of: graded", "of: [graded, $]"), ("round: nearest", "round: $"),
        ("{A: 20%, B: 60%, C: 15%, D: rest}", "{A: $, B: rest, C: 15%, D: 5%}"),
        ("by: registry.group", "by: $"), ("lead: sum(statistics.revenue)", "lead: $"),
        ("merge: {label: 集团合并, by: registry.group, lead: sum(statistics.revenue)}", "merge: $"),
        ("unless: tax_per_mu < 1", "unless: $"), ("not_below: C", "raise: $"), ("not_below: C", "lower: $"),
        ("{from: 2020-01-01, until: 2030-12-31}", "$"), ("from: 2020-01-01", "from: $"),
        ("until: 2030-12-31", "until: $"),
        ("at_least: 0", "at_least: $"), ("at_most: 120% * weight", "at_most: $"),
        ("baseline: 0.2", "baseline: $"),
        ("missing: mean(points)", "missing: $"), ("amount: surcharge", "amount: $"),
        ("audience: supplier", "audience: $"),
        ("value: mean(tax_per_mu by trade)", "value: $"),
    ]

    @Test(arguments: places.indices)
    func everyValueAtEveryPlace(_ place: Int) throws {
        let base = try Shipped.testFile("Mistakes/base.yaml")
        let (old, new) = NastyValueTests.places[place]
        try #require(base.contains(old))
        for (number, value) in NastyValueTests.values.enumerated() {
            // As it is, and between quotes, which `{ }` and commas need.
            for written in [value, "'\(value.replacing("'", with: "''"))'"] {
                let text = base.replacing(old, with: new.replacing("$", with: written), maxReplacements: 1)
                guard let root = try? MethodFile.parse(text) else { continue }
                let checker = Checker(root, contracts: Shipped.contracts)
                let isRefused = checker.problems.contains { $0.severity == .error }
                #expect((checker.graph == nil) == isRefused, "\(new) \(written)")
                for problem in checker.problems {
                    #expect(!problem.message.isEmpty && problem.place.line >= 1 && problem.length >= 1)
                }
                guard let graph = checker.graph else { continue }
                #expect(!graph.meaning.isEmpty)
                var dice = Dice(seed: UInt64(number))
                let firms = (0..<9).map { _ in graph.randomRow(&dice) }
                guard let evaluated = try? graph.evaluate(firms) else { continue }
                #expect(evaluated.tally.states.reduce(0, +) == 9, "\(new) \(written)")
                for firm in firms.indices {
                    _ = Explainer(graph: graph, firm: FirmValues(evaluated, firm: firm)).explanation()
                }
            }
        }
    }
}
