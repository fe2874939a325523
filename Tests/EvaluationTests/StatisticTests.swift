import Testing

@testable import Evaluation

/// Statistics over cohorts, groups and the registry, against sorting and counting by hand.
@Suite struct StatisticTests {
    @Test(arguments: [
        // Of 1 2 3 4 100.
        ("trimmed_mean(output, 20%)", "3.0"), ("trimmed_mean(output, 19.99%)", "22.0"),
        ("trimmed_mean(output, 49.99%)", "3.0"), ("trimmed_mean(output, 0%)", "22.0"),
        ("top_mean(output, 1)", "100.0"), ("top_mean(output, 2)", "52.0"),
        ("top_mean(output, 1000000)", "22.0"),
        ("top_mean(output, 20%)", "100.0"), ("top_mean(output, 20.01%)", "52.0"),
        ("top_mean(output, 0.01%)", "100.0"), ("top_mean(output, 100%)", "22.0"),
        ("quantile(output, 0%, nearest_rank)", "1.0"), ("quantile(output, 20%, nearest_rank)", "1.0"),
        ("quantile(output, 20.01%, nearest_rank)", "2.0"), ("quantile(output, 0.5, nearest_rank)", "3.0"),
        ("quantile(output, 100%, nearest_rank)", "100.0"), ("quantile(output, 90%)", "61.6"),
        ("median(output)", "3.0"), ("mean(output)", "22.0"), ("min(output)", "1.0"), ("count(output)", "5"),
    ])
    func ofFive(_ text: String, _ value: String) throws {
        let trial = Trial(sections: ["statistics:\n  s: {label: 统计量, decimals: 1, value: '\(text)'}"])
        let evaluated = try trial.evaluate(Trial.firms([3, 100, 1, 4, 2]) + [Trial.firm(nil)])
        let statistic = try #require(evaluated.graph.statistics.firstIndex { $0.name == "s" })
        let group = try #require(evaluated.statistics[statistic].groups.first)
        #expect(
            DecimalText.format(group.value, decimals: evaluated.graph.statistics[statistic].decimals) == value
        )
        #expect(group.count == 5)
    }

    @Test(arguments: [
        "trimmed_mean(output, 50%)", "trimmed_mean(output, 100%)", "trimmed_mean(output)",
        "trimmed_mean(output, 5%, 5%)", "trimmed_mean(output, -5%)", "top_mean(output, 0)",
        "top_mean(output, 0%)",
        "top_mean(output, 1.5)", "top_mean(output, -1)", "top_mean(output, 1000001)",
        "top_mean(output, 101%)",
        "top_mean(output, 10 亩)", "top_mean(output)", "top_mean(output, output)",
        "top_mean(output, 99999999999999999999999999999999)", "quantile(output, 25%, nearest)",
        "quantile(output, 25%, nearest_rank, 1)", "quantile(output, 101%, nearest_rank)",
        "quantile(output, 0.00001)",
        "top_mean(output, 10 over towns)", "trimmed_mean(output / 2, 5%)", "top_mean(registry.town, 3)",
    ])
    func refused(_ text: String) throws {
        let trial = Trial(sections: ["statistics:\n  s: {label: 统计量, decimals: 1, value: '\(text)'}"])
        let said = try trial.errors()
        #expect(said.count == 1, "\(text): \(said)")
    }

    // MARK: Restated

    private enum Function: CaseIterable {
        case sum, mean, least, greatest, count, median, quantile, nearest, trimmed, top, topShare
    }

    /// A number as a fraction, `nil` of nothing.
    private func value(_ function: Function, _ parameter: Int, _ values: [Int]) -> (Int, over: Int)? {
        if function == .count { return (values.count, 1) }
        guard !values.isEmpty else { return nil }
        let count = values.count
        var rest = values
        func takeLeast() -> Int {
            var least = 0
            for index in rest.indices where rest[index] < rest[least] { least = index }
            return rest.remove(at: least)
        }
        let sorted = values.map { _ in takeLeast() }
        func mean(_ part: [Int]) -> (Int, over: Int) { (part.reduce(0, +), over: part.count) }
        /// The value at a place from 0 in 1/10000, with a straight line between two.
        func between(_ position: Int) -> (Int, over: Int) {
            let low = sorted[position / 10_000]
            let high = sorted[min(count - 1, position / 10_000 + 1)]
            return (low * (10_000 - position % 10_000) + high * (position % 10_000), over: 10_000)
        }
        switch function {
        case .sum: return (values.reduce(0, +), over: 1)
        case .mean: return mean(values)
        case .least: return (sorted[0], over: 1)
        case .greatest: return (sorted[count - 1], over: 1)
        case .count: return nil
        case .median:
            return count % 2 == 1 ? (sorted[count / 2], 1) : (sorted[count / 2] + sorted[count / 2 - 1], 2)
        case .quantile: return between((count - 1) * parameter)
        case .nearest:
            // The first that at least this share of the values does not exceed.
            let found = sorted.first { least in
                values.count { $0 <= least } * 10_000 >= count * parameter
            }
            return found.map { ($0, over: 1) }
        case .trimmed:
            var part = sorted
            var left = 1
            // One from either end as long as so many are no more than the share.
            while left * 10_000 <= count * parameter {
                part.removeFirst()
                part.removeLast()
                left += 1
            }
            return mean(part)
        case .top: return mean(Array(sorted.reversed().prefix(parameter)))
        case .topShare:
            var part: [Int] = []
            for value in sorted.reversed() {
                if !part.isEmpty, part.count * 10_000 >= count * parameter { break }
                part.append(value)
            }
            return mean(part)
        }
    }

    /// To one decimal, half away from zero.
    private func text(_ fraction: (Int, over: Int)?) -> String {
        guard let (number, over) = fraction else { return "缺失" }
        let twice = abs(number) * 20 / over
        let tenths = Int64((twice + 1) / 2)
        return DecimalText.format(number < 0 ? -tenths : tenths, decimals: 1)
    }

    @Test(arguments: 0..<40)
    func restated(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        var lines: [String] = []
        var drawn: [(function: Function, parameter: Int, over: String, by: String)] = []
        for function in Function.allCases where function != .count {
            for _ in 0..<3 {
                let percent = dice.one(of: [0, 500, 2_500, 3_333, 5_000, 10_000, dice.roll(0...10_000)])
                var parameter = percent
                let written = "\(DecimalText.format(Int64(percent), decimals: 2))%"
                var call: String
                switch function {
                case .sum: call = "sum(output"
                case .mean: call = "mean(output"
                case .least: call = "min(output"
                case .greatest: call = "max(output"
                case .count: call = "count(output"
                case .median: call = "median(output"
                case .quantile: call = "quantile(output, \(written)"
                case .nearest: call = "quantile(output, \(written), nearest_rank"
                case .trimmed:
                    parameter = min(percent, 4_999)
                    call = "trimmed_mean(output, \(DecimalText.format(Int64(parameter), decimals: 2))%"
                case .top:
                    parameter = dice.roll(1...8)
                    call = "top_mean(output, \(parameter)"
                case .topShare:
                    parameter = max(percent, 1)
                    call = "top_mean(output, \(DecimalText.format(Int64(parameter), decimals: 2))%"
                }
                let by = dice.one(of: ["", "registry.town", "prefix(registry.industry, 2)"])
                let over = dice.one(of: ["graded", "cohort", "registry"])
                if !by.isEmpty { call += " by \(by)" }
                lines.append(
                    "  s\(lines.count): {label: 统计\(lines.count), decimals: 1, value: '\(call) over \(over))'}"
                )
                drawn.append((function, parameter, over, by))
            }
        }
        let trial = Trial(sections: ["statistics:\n" + lines.joined(separator: "\n")])
        let graph = try compiled(trial.method)
        let firms = (0..<dice.roll(0...20)).map { _ in
            Trial.firm(
                dice.happens(20) ? nil : dice.roll(-20...20),
                [
                    "registry_state": dice.happens(20) ? "注销" : "在业",
                    "registry_scale": dice.one(of: ["规上", "规下"]),
                    "registry_town": dice.one(of: ["甲", "乙", "丙"]),
                    "registry_industry": dice.one(of: ["3312", "3399", "3412", "2101"]),
                ])
        }
        let evaluated = try graph.evaluate(firms)
        for (index, statistic) in drawn.enumerated() {
            let number = try #require(graph.statistics.firstIndex { $0.name == "s\(index)" })
            for group in evaluated.statistics[number].groups {
                let members = firms.filter { firm in
                    if statistic.over != "registry", firm["registry_state"] != "在业" { return false }
                    if statistic.over == "cohort",
                        firm["registry_scale"] != (group.cohort == 0 ? "规上" : "规下")
                    {
                        return false
                    }
                    switch statistic.by {
                    case "": return true
                    case "registry.town": return firm["registry_town"] == group.by
                    default: return firm["registry_industry"]?.hasPrefix(group.by) ?? false
                    }
                }
                let values = members.compactMap { $0["statistics_output"].flatMap { Int($0) } }
                let wanted = text(value(statistic.function, statistic.parameter, values))
                let found =
                    Cell.isMissing(group.value) ? "缺失" : DecimalText.format(group.value, decimals: 1)
                try #require(found == wanted, "\(lines[index]) of \(values)")
                try #require(group.count == values.count, "\(lines[index])")
            }
        }
    }
}
