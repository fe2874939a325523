import Intake
import Testing

@testable import Evaluation

/// The way from one method to another: which kinds of change there are, and that every firm's move is their sum.
@Suite struct MethodStepTests {
    struct Change: CustomTestStringConvertible {
        let edits: [(old: String, new: String)]
        let steps: [[ChangeKind]]

        init(_ steps: [[ChangeKind]], _ edits: (String, String)...) {
            self.edits = edits.map { (old: $0.0, new: $0.1) }
            self.steps = steps
        }

        var testDescription: String { edits.map { "\($0.old) → \($0.new)" }.joined(separator: "; ") }

        func method(from base: String? = nil) throws -> String {
            try edits.reduce(try base ?? Shipped.method("yongkang-2021")) { text, edit in
                try #require(text.contains(edit.old), "\(edit.old) does not stand in the method")
                return text.replacing(edit.old, with: edit.new, maxReplacements: 1)
            }
        }
    }

    static let changes = [
        Change([], ("label: 税收\n", "label: 税收合计\n")),
        Change(
            [], ("sum(tax.vat_net) + sum(tax.export_credit)", "sum(tax.export_credit) + sum(tax.vat_net)")),
        Change([[.definitions]], ("sum(tax.vat_net) + ", "")),
        Change([[.definitions]], ("decimals: 6, value: tax / land", "decimals: 4, value: tax / land")),
        Change(
            [[.definitions]], ("工具五金: registry.industry in (3322, 3324", "工具五金: registry.industry in (3322")),
        Change([[.membership]], ("years_since(registry.founded) < 2", "years_since(registry.founded) < 3")),
        Change([[.membership]], ("where: registry.scale = 规下", "where: registry.scale != 规上")),
        Change([[.membership]], ("class: ungraded", "class: exempt")),
        Change(
            [[.weights]], ("{weight: 30,", "{weight: 35,"), ("rd_share: {weight: 10", "rd_share: {weight: 5")),
        Change(
            [[.weights]], ("      rd_share: {weight: 10, baseline: 0.0305}\n", ""),
            ("tax_per_mu: {weight: 30", "tax_per_mu: {weight: 40")),
        Change([[.baselines]], ("baseline: 17.45", "baseline: 18")),
        Change(
            [[.points]], ("ratio: weight * value / baseline", "ratio: min(weight, weight * value / baseline)")
        ),
        Change([[.points]], ("missing: mean(points)", "missing: 0")),
        Change([[.total]], ("points: 2 if has(title", "points: 3 if has(title")),
        Change([[.total]], ("value: sum(points) + sum(adjustments)", "value: sum(points)")),
        Change([[.ranking]], ("{A: 20%, B: 60%", "{A: 30%, B: 50%")),
        Change([[.ranking]], ("ties: share_better", "ties: share_worse")),
        Change([[.decisions]], ("not_above: C", "not_above: D")),
        Change([[.decisions]], ("    not_below: C", "    not_below: B")),
        Change([[.lists]], ("land >= 10 亩", "land >= 20 亩")),
        Change(
            [[.weights], [.baselines], [.ranking]],
            ("{weight: 30, baseline: 30", "{weight: 35, baseline: 25"),
            ("rd_share: {weight: 10", "rd_share: {weight: 5"), ("{A: 20%, B: 60%", "{A: 30%, B: 50%")),
        // An indicator that nothing had scored.
        Change(
            [[.definitions], [.weights]],
            (
                "indicators:\n  tax_per_mu",
                "indicators:\n  revenue_per_mu: {label: 亩均营收, unit: 万元/亩, decimals: 4, value: revenue / land}\n  tax_per_mu"
            ), ("rd_share: {weight: 10, baseline: 0.0305}", "revenue_per_mu: {weight: 10, baseline: 200}")),
        // Without a tier C the old decisions and lists are no rules any more, so that they cannot be told apart.
        Change(
            [[.ranking, .decisions, .lists]], ("order: [A, B, C, D]", "order: [A, B, K, D]"),
            ("C: 15%, D: rest}", "K: 15%, D: rest}"), ("not_above: C", "not_above: K"),
            ("not_below: C", "not_below: K"), ("where: tier in (C, D)", "where: tier in (K, D)")),
        // A cohort that is taken apart.
        Change(
            [[.membership]],
            (
                "  below:\n",
                """
                  middle:
                    label: 规下大户
                    where: registry.scale = 规下 and land >= 10 亩
                    source: huangyan
                    points: {formula: ratio, decimals: 4, missing: 0}
                    indicators:
                      tax_per_mu: {weight: 100, baseline: 16.601058}
                    weights_sum_to: 100
                  below:

                """
            )),
    ]

    @Test(arguments: changes)
    func kinds(_ change: Change) throws {
        var dice = Dice(seed: 3)
        let old = try Shipped.method("yongkang-2021")
        let new = try change.method()
        let trial = try ComparedTrial(old, new, firms: 60, &dice)
        #expect(trial.way.steps.map(\.kinds) == change.steps)
        for step in trial.way.steps { #expect((step.reason == nil) == (step.kinds.count == 1)) }
        try expectSums(trial)
    }

    /// The shipped method with parameters in rules of most kinds.
    private static let parameters = Change(
        [],
        (
            "measures:\n",
            """
            parameters:
              young: {label: 新设年限, unit: 1, values: [{from: 2021, value: 2}]}
              main: {label: 税收权重, unit: 1, values: [{from: 2021, value: 30}]}
              minor: {label: 研发权重, unit: 1, values: [{from: 2021, value: 10}]}
              output: {label: 劳产率基准, unit: 万元/人, values: [{from: 2021, value: 17.45}]}
              large: {label: 大户面积, unit: 亩, values: [{from: 2021, value: 10}]}
              cap: {label: 封顶倍数, unit: 1, values: [{from: 2021, value: 2}]}
            measures:

            """
        ), ("years_since(registry.founded) < 2", "years_since(registry.founded) < young"),
        ("{weight: 30,", "{weight: main,"), ("rd_share: {weight: 10", "rd_share: {weight: 研发权重"),
        ("baseline: 17.45", "baseline: output"), ("land >= 10 亩", "land >= 大户面积"),
        ("weight * value / baseline", "min(cap * weight, weight * value / baseline)"),
        ("where: registry.scale = 规下", "where: registry.scale = 规下 and land < 100000 亩 * cap"))

    private static let changesOfParameters = [
        // Another name and label, and another way to write the value.
        Change(
            [], ("  output: {label: 劳产率基准", "  staff_base: {label: 劳动生产率基准"),
            ("baseline: output", "baseline: staff_base")),
        Change([], ("baseline: output", "baseline: 17.45")),
        Change(
            [],
            ("unit: 亩, values: [{from: 2021, value: 10}]", "unit: 亩, values: [{from: 2021, value: 10 亩}]")),
        Change(
            [[.membership]],
            (
                "label: 新设年限, unit: 1, values: [{from: 2021, value: 2}]",
                "label: 新设年限, unit: 1, values: [{from: 2021, value: 3}]"
            )),
        Change(
            [[.weights]], ("value: 30}", "value: 35}"),
            (
                "研发权重, unit: 1, values: [{from: 2021, value: 10}",
                "研发权重, unit: 1, values: [{from: 2021, value: 5}"
            )),
        Change([[.baselines]], ("value: 17.45}", "value: 18}")),
        Change(
            [[.lists]],
            ("unit: 亩, values: [{from: 2021, value: 10}", "unit: 亩, values: [{from: 2021, value: 20}")),
        // One parameter for two kinds of rules is taken over with each.
        Change(
            [[.membership], [.points]],
            (
                "封顶倍数, unit: 1, values: [{from: 2021, value: 2}",
                "封顶倍数, unit: 1, values: [{from: 2021, value: 1}"
            )),
        // What was a parameter becomes a measure.
        Change(
            [[.definitions], [.lists]],
            ("  large: {label: 大户面积, unit: 亩, values: [{from: 2021, value: 10}]}\n", ""),
            ("\nmeasures:\n", "\nmeasures:\n  large: {label: 大户面积, unit: 亩, decimals: 4, value: 2 * land}\n")),
    ]

    @Test(arguments: changesOfParameters)
    func parametersBelongToTheRulesThatNameThem(_ change: Change) throws {
        var dice = Dice(seed: 4)
        let old = try MethodStepTests.parameters.method()
        let trial = try ComparedTrial(old, change.method(from: old), firms: 60, &dice)
        #expect(trial.way.steps.map(\.kinds) == change.steps)
        for step in trial.way.steps { #expect((step.reason == nil) == (step.kinds.count == 1)) }
        try expectSums(trial)
    }

    /// Between methods that have little in common.
    private static let apart = ["huangyan-2021", "wenling-2022", "yongkang-2021", "zhengzhou-2018"]

    @Test(arguments: apart, apart)
    func unlikeMethods(_ old: String, _ new: String) throws {
        var dice = Dice(seed: 17)
        let trial = try ComparedTrial(Shipped.method(old), Shipped.method(new), firms: 400, &dice)
        #expect(trial.way.steps.isEmpty == (trial.way.start.meaning == trial.end.graph.meaning))
        try expectSums(trial)
    }

    @Test func anUnusedDefinitionMovesNobody() throws {
        let old = try Shipped.method("yongkang-2021").replacing(
            "measures:\n",
            with: "measures:\n  profit: {label: 利润, unit: 万元, decimals: 4, value: sum(statistics.profit)}\n")
        var dice = Dice(seed: 5)
        let trial = try ComparedTrial(old, Shipped.method("yongkang-2021"), firms: 50, &dice)
        #expect(trial.way.steps.map(\.kinds) == [[.definitions]])
        #expect(trial.comparison.movers.isEmpty)
        try expectSums(trial)
    }

    /// The year and the day are those of the data, whatever the methods say.
    @Test func theCalendarIsThatOfTheData() throws {
        let old = try Shipped.method("yongkang-2021")
        let new = old.replacing("data_year: 2021", with: "data_year: 2022").replacing(
            "as_of: 2022-05-31", with: "as_of: 2023-05-31")
        var dice = Dice(seed: 6)
        #expect(try ComparedTrial(old, new, firms: 5, &dice).way.steps.isEmpty)
    }

    /// The last step is the new method itself, and everything adds up. Restated firm by firm.
    private func expectSums(_ trial: ComparedTrial) throws {
        let comparison = trial.comparison
        #expect(comparison.last.tier == trial.end.cells[trial.end.graph.landmarks.tier])
        #expect(comparison.last.total == trial.end.cells[trial.end.graph.landmarks.total])
        let steps = comparison.steps.count
        var movers = 0
        for firm in 0..<comparison.firms.count {
            let totals = (0...steps).compactMap { comparison.total(firm, after: $0) }
            if totals.count == steps + 1 {
                let moves = (0..<steps).reduce(Int64(0)) { $0 + totals[$1 + 1] - totals[$1] }
                #expect(totals[0] + moves == totals[steps])
            }
            var place = comparison.oldPlace(firm)
            for step in comparison.steps(moving: firm) {
                #expect(comparison.place(firm, after: step) == place)
                place = comparison.place(firm, after: step + 1)
            }
            #expect(place == comparison.newPlace(firm))
            let (old, new) = (comparison.oldPlace(firm), comparison.newPlace(firm))
            if old != new, old.tier != nil || new.tier != nil { movers += 1 }
        }
        #expect(Set(comparison.movers).count == movers)
        #expect(comparison.movers.count == movers)
        let whole = comparison.counts()
        #expect(whole.up + whole.down + whole.entered + whole.left == movers)
        var net = [Int](repeating: 0, count: comparison.tiers.count)
        for step in 0..<steps {
            for (tier, change) in comparison.counts(from: step, to: step + 1).net.enumerated() {
                net[tier] += change
            }
        }
        #expect(net == whole.net)
        #expect(comparison.matrices.reduce(0) { $0 + $1.firms } == comparison.firms.count)
        for groups in [comparison.towns, comparison.industries] {
            for tier in comparison.tiers.indices {
                #expect(groups.reduce(0) { $0 + $1.new[tier] - $1.old[tier] } == net[tier])
            }
        }
        for list in comparison.lists() {
            #expect(list.old + list.added.count - list.removed.count == list.new)
        }
    }
}
