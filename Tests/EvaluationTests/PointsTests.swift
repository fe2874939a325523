import Testing

@testable import Evaluation

/// Points between limits, points that are left out, and baselines that are computed.
@Suite struct PointsTests {
    private func points(_ trial: Trial, _ outputs: [String], _ name: String = "points_output") throws
        -> [String]
    {
        try trial.evaluate(outputs.map { Trial.firm(nil, ["statistics_output": $0]) }).texts(name)
    }

    // MARK: Limits

    @Test func limits() throws {
        var trial = Trial()
        trial.points += ", at_least: 20, at_most: 150% * weight"
        let outputs = ["-500", "19", "20", "100", "150", "151", "无记录", "空白", "记录被拒"]
        // What a missing value becomes is said by its own rule.
        let wanted = ["20.00", "20.00", "20.00", "100.00", "150.00", "150.00", "0.00", "0.00", "缺失（记录被拒）"]
        #expect(try points(trial, outputs) == wanted)
    }

    @Test func anIndicatorsOwnLimits() throws {
        var trial = Trial()
        trial.points += ", at_least: 20, at_most: 150"
        trial.scored = ["output: {weight: 100, baseline: 100, at_least: -10, at_most: 1.2 * weight}"]
        #expect(try points(trial, ["-500", "5", "500"]) == ["-10.00", "5.00", "120.00"])
    }

    /// A limit may depend on the cohort; where both cannot be kept, the upper one is.
    @Test func computedLimits() throws {
        var trial = Trial()
        trial.points += ", at_least: 3, at_most: count(value)"
        #expect(try points(trial, ["1", "2"]) == ["2.00", "2.00"])
        #expect(try points(trial, ["1", "2", "9", "4"]) == ["3.00", "3.00", "4.00", "4.00"])
    }

    @Test(arguments: [
        "at_least: 60, at_most: 50", "at_least: 51% * weight, at_most: 0.5 * weight",
        "at_least: 1, at_most: -1",
    ])
    func limitsThatContradictEachOther(_ limits: String) throws {
        let said = try Trial(points: "formula: weight, decimals: 2, missing: 0, \(limits)").errors()
        #expect(said.count == 1 && said.contains { $0.contains("at_least") }, "\(said)")
    }

    @Test func limitsThatMeet() throws {
        let trial = Trial(
            points:
                "formula: weight * value / baseline, decimals: 2, missing: 0, at_least: 50, at_most: 0.5 * weight"
        )
        #expect(try points(trial, ["1", "99"]) == ["50.00", "50.00"])
    }

    @Test(arguments: [
        "at_least: 5 亩", "at_most: value", "at_least: registry.scale", "at_most: nothing", "at_least: ''",
    ])
    func noLimits(_ limit: String) throws {
        let said = try Trial(points: "formula: weight, decimals: 2, missing: 0, \(limit)").errors()
        #expect(said.count == 1, "\(said)")
    }

    // MARK: Left out

    private var leavingOut: Trial {
        Trial(
            indicators: ["third: {label: 丙, unit: 1, decimals: 0, value: sum(statistics.staff) / 1 人}"],
            points: "formula: weight * value / baseline, decimals: 2, missing: leave_out",
            scored: [
                "output: {weight: 50, baseline: 100}", "profit: {weight: 30, baseline: 100}",
                "third: {weight: 20, baseline: 100, missing: 0}",
            ])
    }

    @Test(arguments: [
        (["100", "100", "100"], "100.00", "graded"),
        // 50 + 20 of 70 count for 100.
        (["100", "无记录", "100"], "100.00", "graded"),
        (["40", "无记录", "0"], "28.57", "graded"),
        (["空白", "50", "100"], "70.00", "graded"),
        // Nothing but what counts as 0 where it is missing.
        (["无记录", "空白", "无记录"], "0.00", "graded"),
        (["无记录", "空白", "80"], "80.00", "graded"),
        (["无记录", "记录被拒", "80"], "缺失（记录被拒）", "unresolved"),
        (["100", "100", "记录被拒"], "缺失（记录被拒）", "unresolved"),
    ])
    func theOthersCount(_ values: [String], _ total: String, _ state: String) throws {
        let evaluated = try leavingOut.evaluate([
            Trial.firm(
                nil,
                [
                    "statistics_output": values[0], "statistics_profit": values[1],
                    "statistics_staff": values[2],
                ])
        ])
        #expect(try evaluated.text("total", 0) == total)
        #expect(try evaluated.text("state", 0) == state)
        let explained = Explainer(graph: evaluated.graph, firm: FirmValues(evaluated, firm: 0)).explanation()
        #expect(!explained.steps.isEmpty)
    }

    @Test func allAreMissing() throws {
        var trial = leavingOut
        trial.scored[2] = "third: {weight: 20, baseline: 100}"
        let evaluated = try trial.evaluate([Trial.firm(nil)])
        #expect(try evaluated.text("total", 0) == "缺失（除数为零）")
        #expect(try evaluated.text("state", 0) == "unresolved")
        // An indicator without weight cannot count for others.
        trial.scored = ["output: {weight: 100, baseline: 100}", "profit: {weight: 0, baseline: 100}"]
        let weightless = try trial.evaluate([Trial.firm(nil, ["statistics_profit": "5"])])
        #expect(try weightless.text("total", 0) == "缺失（除数为零）")
    }

    /// Σ points × Σ weights ÷ Σ weights of what is there, as exact fractions.
    @Test(arguments: 0..<40)
    func leftOutRestated(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        var weights = (0..<2).map { _ in dice.roll(0...4_000) }
        weights.append(10_000 - weights.reduce(0, +))
        let leaves = weights.map { _ in dice.happens(70) }
        var trial = leavingOut
        trial.total = "sum(points) + sum(adjustments)"
        let baselines = (0..<3).map { _ in dice.one(of: [3, 7, 100, 250]) }
        trial.scored = zip(["output", "profit", "third"], weights.indices).map { name, index in
            let weight = DecimalText.format(Int64(weights[index]), decimals: 2)
            return
                "\(name): {weight: \(weight), baseline: \(baselines[index]), missing: \(leaves[index] ? "leave_out" : "0")}"
        }
        let graph = try compiled(trial.method)
        for _ in 0..<20 {
            let values: [Int?] = weights.map { _ in dice.happens(35) ? nil : dice.roll(0...500) }
            var row = Trial.firm(nil)
            for (column, value) in zip(["output", "profit", "staff"], values) {
                row["statistics_\(column)"] = value.map(String.init)
            }
            // In hundredths: points are rounded half away from zero before they are added up.
            var points = 0
            var present = 0
            for index in weights.indices {
                if let value = values[index] {
                    points += (weights[index] * value * 2 + baselines[index]) / (baselines[index] * 2)
                }
                if values[index] != nil || !leaves[index] { present += weights[index] }
            }
            let wanted =
                present == 0
                ? "缺失（除数为零）"
                : DecimalText.format(Int64((points * 10_000 * 2 + present) / (present * 2)), decimals: 2)
            #expect(try graph.evaluate([row]).text("total", 0) == wanted, "\(values) \(trial.scored)")
        }
    }

    // MARK: Baselines

    private func baseline(_ text: String, measures: [String] = []) -> Trial {
        Trial(measures: measures, scored: ["output: {weight: 100, baseline: '\(text)'}"])
    }

    @Test func computed() throws {
        let trial = baseline("2 * mean(profit)")
        func firm(_ output: String, _ profit: String, _ scale: String = "规上") -> FirmRow {
            [
                "registry_scale": scale, "registry_state": "在业", "statistics_output": output,
                "statistics_profit": profit,
            ]
        }
        let evaluated = try trial.evaluate([
            firm("80", "10"), firm("40", "30"), firm("20", "无记录"), firm("记录被拒", "20"),
            // Another cohort has another baseline, who does not take part has none.
            firm("80", "5", "规下"), firm("80", "1000").merging(["registry_state": "注销"]) { $1 },
        ])
        #expect(
            try evaluated.texts("points_output")
                == ["200.00", "100.00", "50.00", "缺失（记录被拒）", "800.00", "缺失（不适用）"])
    }

    /// A mean of nothing, of zero and of less: nobody could be judged by it.
    @Test(arguments: [
        ("2 * mean(profit)", ["无记录", "无记录"]), ("2 * mean(profit)", ["5", "-5"]),
        ("mean(profit)", ["5", "-9"]), ("max(profit) - min(profit)", ["7", "7"]),
    ])
    func computedToNothing(_ text: String, _ profits: [String]) throws {
        let firms = profits.map { Trial.firm(100, ["statistics_profit": $0]) }
        let error = #expect(throws: EvaluationError.self) { try baseline(text).evaluate(firms) }
        #expect(error?.message.contains("the baseline of cohort ‘above’ is missing or not greater") == true)
        // Where nobody has a value, nobody is judged.
        let without = profits.map { Trial.firm(nil, ["statistics_profit": $0]) }
        #expect(try baseline(text).evaluate(without).text("points_output", 0) == "0.00")
    }

    /// A refused row that leaves open which baseline is a firm's makes that firm unresolved, and stops nobody else.
    @Test func aBaselineThatARefusedRowLeavesOpen() throws {
        var trial = baseline("mean(profit by registry.town)")
        trial.points = "formula: weight * value / baseline, decimals: 2, missing: 0"
        let firms = ["东城", "东城", "记录被拒"].map {
            Trial.firm(100, ["statistics_profit": "50", "registry_town": $0])
        }
        let evaluated = try trial.evaluate(firms)
        #expect(try evaluated.texts("state") == ["graded", "graded", "unresolved"])
        #expect(try evaluated.texts("total") == ["200.00", "200.00", "缺失（记录被拒）"])
    }

    @Test(arguments: [
        ("max(profit) - min(profit)", ["10", "60"], "200.00"),
        ("max(value)", ["1", "1"], "100.00"),
        ("quantile(profit, 50%, nearest_rank)", ["10", "50"], "1000.00"),
        // A mean is rounded as the values are: 1.5 becomes 2.
        ("100 * mean(profit)", ["1", "2"], "50.00"),
        ("mean(revenue)", ["无记录", "无记录"], "200.00"),
    ])
    func computedOf(_ text: String, _ profits: [String], _ wanted: String) throws {
        // 5 万元 are 50 千元.
        let revenue = "revenue: {label: 收入, unit: 万元, decimals: 1, value: sum(statistics.revenue)}"
        let firms = profits.map {
            Trial.firm(100, ["statistics_profit": $0, "statistics_revenue": "50"])
        }
        let evaluated = try baseline(text, measures: [revenue]).evaluate(firms)
        #expect(try evaluated.text("points_output", 0) == wanted)
        _ = Explainer(graph: evaluated.graph, firm: FirmValues(evaluated, firm: 0)).explanation()
    }

    @Test(arguments: [
        "2 * profit", "output", "2 * mean(land)", "years_since(registry.founded)", "mean(points)",
        "mean(output) / 0",
        "1 if registry.scale = 规上 else 2", "1 - 1", "-1 * 2",
    ])
    func noBaseline(_ text: String) throws {
        let land = "land: {label: 用地, unit: 亩, decimals: 2, value: sum(land.area)}"
        let said = try baseline(text, measures: [land]).errors()
        #expect(said.count == 1, "\(text): \(said)")
    }

    /// From 20 to 100 between the least and the greatest value of the cohort.
    @Test func betweenLeastAndGreatest() throws {
        let formula = "weight * (20 + 80 * (value - min(value)) / (max(value) - min(value))) / 100"
        let trial = Trial(
            points: "formula: \(formula), decimals: 2, missing: 0", scored: ["output: {weight: 50}"],
            weight: 50)
        #expect(try points(trial, ["10", "25", "30", "无记录"]) == ["10.00", "40.00", "50.00", "0.00"])
        #expect(try points(trial, ["10", "10"]) == ["0.00", "0.00"])
        #expect(try points(trial, ["10"]) == ["0.00"])
    }
}
