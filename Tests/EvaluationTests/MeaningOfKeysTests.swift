import Testing

@testable import Evaluation

/// What each key of the language adds to a method's meaning: another value is another meaning, another label is not.
@Suite struct MeaningOfKeysTests {
    struct Edit: CustomTestStringConvertible {
        let place: String
        let first: String
        let second: String

        init(_ place: String, _ first: String, _ second: String) {
            (self.place, self.first, self.second) = (place, first, second)
        }

        var testDescription: String { "\(first) | \(second)" }

        /// The meanings of the base of the mistakes with the one, and with the other.
        func meanings() throws -> (String, String) {
            let base = try Shipped.testFile("Mistakes/base.yaml")
            try #require(base.contains(place), "\(place) does not stand in the base")
            func meaning(_ text: String) throws -> String {
                try compiled(base.replacing(place, with: text, maxReplacements: 1)).meaning
            }
            return (try meaning(first), try meaning(second))
        }
    }

    private static let quota = "{A: 20%, B: 60%, C: 15%, D: rest}"
    private static let second = "A: {among: 50%, rank_by: [tax_per_mu]}"
    private static let statistic = "value: mean(tax_per_mu by trade)"
    private static let merge = "merge: {label: 集团合并, by: registry.group, lead: sum(statistics.revenue)}"

    @Test(arguments: [
        Edit("ranks: competition", "ranks: competition", "ranks: dense"),
        Edit("  within: registry.town\n", "  within: registry.town\n", ""),
        Edit("within: registry.town", "within: registry.town", "within: trade"),
        Edit("label: 规下\n", "label: 规下\n    within: trade\n", "label: 规下\n    within: registry.industry\n"),
        Edit(second, second, "B: {among: 50%, rank_by: [tax_per_mu]}"),
        Edit(second, second, "A: {among: 51%, rank_by: [tax_per_mu]}"),
        Edit(second, second, "A: {among: 50%, rank_by: [tax_per_mu ascending]}"),
        Edit(second, second, "A: {among: 50%, rank_by: [tax_per_mu, tax]}"),
        Edit(second, second, "A: {among: 50%, rank_by: [tax]}"),
        Edit(second, second, "\(second)\n    B: {among: 100%, rank_by: [tax]}"),
        Edit("  reselect:\n    \(second)\n", "  reselect:\n    \(second)\n", ""),
        Edit("round: nearest", "round: nearest", "round: largest_remainder"),
        Edit("of: graded", "of: [graded, left_out]", "of: [graded, gone]"),
        Edit("of: graded", "of: [graded, left_out]", "of: graded"),
        Edit("of: graded", "of: [graded, left_out]", "of: graded_and_ungraded"),
        Edit(quota, "{A: 20%, B: rest, C: 15%, D: 5%}", quota),
        Edit(quota, "{A: 20%, B: rest, C: 15%, D: 5%}", "{A: 20%, B: 60%, C: rest, D: 5%}"),
        Edit(quota, "{A: 20%, B: rest, C: 15%, D: 5%}", "{A: 20%, B: rest, C: 10%, D: 10%}"),
        Edit("not_below: C", "raise: 1", "raise: 2"), Edit("not_below: C", "raise: 1", "lower: 1"),
        Edit("not_below: C", "raise: 1", "not_below: C"),
        Edit("    unless: tax_per_mu < 1\n", "    unless: tax_per_mu < 1\n", ""),
        Edit("unless: tax_per_mu < 1", "unless: tax_per_mu < 1", "unless: tax_per_mu < 2"),
        // What an exception says, a condition does not: of what is unknown they say the opposite.
        Edit(
            "when: has(title, 高新技术企业)\n    unless: tax_per_mu < 1",
            "when: has(title, 高新技术企业)\n    unless: tax_per_mu < 1",
            "when: has(title, 高新技术企业) and not tax_per_mu < 1"),
        Edit("until: 2030-12-31", "until: 2030-12-31", "until: 2021-12-31"),
        Edit("at_least: 0", "at_least: 0", "at_least: 1"), Edit("at_least: 0, ", "at_least: 0, ", ""),
        Edit("120% * weight", "120% * weight", "110% * weight"),
        Edit(", at_most: 120% * weight", ", at_most: 60", ""),
        Edit("missing: mean(points)", "missing: leave_out", "missing: 0"),
        Edit("baseline: 11.5", "baseline: 2 * mean(value)", "baseline: 3 * mean(value)"),
        Edit("baseline: 11.5", "baseline: mean(value)", "baseline: mean(value over graded)"),
        Edit("baseline: 11.5", "baseline: mean(value)", "baseline: max(value)"),
        Edit(statistic, "value: 'trimmed_mean(tax_per_mu, 5%)'", "value: 'trimmed_mean(tax_per_mu, 6%)'"),
        Edit(statistic, "value: 'trimmed_mean(tax_per_mu, 0%)'", "value: 'mean(tax_per_mu)'"),
        Edit(statistic, "value: 'top_mean(tax_per_mu, 5)'", "value: 'top_mean(tax_per_mu, 6)'"),
        Edit(statistic, "value: 'top_mean(tax_per_mu, 10)'", "value: 'top_mean(tax_per_mu, 10%)'"),
        Edit(
            statistic, "value: 'quantile(tax_per_mu, 25%)'",
            "value: 'quantile(tax_per_mu, 25%, nearest_rank)'"),
        Edit(merge + "\n", merge + "\n", ""),
        Edit("by: registry.group", "by: registry.group", "by: registry.town"),
        Edit("by: registry.group", "by: latest(leased_in.lessor)", "by: registry.successor"),
        Edit("lead: sum(statistics.revenue)", "lead: sum(statistics.revenue)", "lead: sum(land.area)"),
        Edit("    amount: surcharge\n", "    amount: surcharge\n", ""),
        Edit("amount: surcharge", "amount: surcharge", "amount: power"),
        Edit("audience: supplier", "audience: supplier", "audience: office"),
    ])
    func changes(_ edit: Edit) throws {
        let (first, second) = try edit.meanings()
        #expect(first != second)
    }

    @Test(arguments: [
        Edit("label: 集团合并", "label: 集团合并", "label: 集团"), Edit("label: 加价,", "label: 加价,", "label: 加收,"),
        Edit("label: 高新企业保底", "label: 高新企业保底", "label: 保底"),
        Edit("label: 加价清单", "label: 加价清单", "label: 加收清单"),
        // What was not said, and what it means.
        Edit("  ranks: competition\n", "  ranks: competition\n", ""),
        Edit("of: graded", "of: graded", "of: [graded]"),
        Edit("of: graded", "of: graded_and_ungraded", "of: [graded, unresolved, left_out]"),
        Edit("of: graded", "of: [graded, gone, left_out]", "of: [left_out, gone, graded]"),
        // In force is in force.
        Edit("until: 2030-12-31", "until: 2030-12-31", "until: 2022-05-31"),
        Edit("    valid: {from: 2020-01-01, until: 2030-12-31}\n", "    valid: {from: 2020-01-01}\n", ""),
        Edit("within: registry.town", "within: registry.town", "within: (registry.town)"),
        Edit("120% * weight", "120% * weight", "weight * 1.2"),
        Edit("among: 50%", "among: 50%", "among: 50.00%"),
        Edit("label: 规下\n", "label: 规下\n    within: registry.town\n", "label: 规下\n"),
    ])
    func doesNotChange(_ edit: Edit) throws {
        let (first, second) = try edit.meanings()
        #expect(first == second)
    }

    /// What results print is another matter.
    @Test(arguments: ["集团合并", "加价清单", "高新企业保底", "加价"])
    func labelsAreWording(_ label: String) throws {
        let base = try Shipped.testFile("Mistakes/base.yaml")
        let other = base.replacing("label: \(label)", with: "label: 另称", maxReplacements: 1)
        #expect(try compiled(base).wording != compiled(other).wording)
    }
}
