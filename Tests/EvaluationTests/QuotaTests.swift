import Testing

@testable import Evaluation

/// Shares of firms: the rest at any tier, what is counted from the end, bounds, roundings, and of whom the share is taken.
@Suite struct QuotaTests {
    struct Row: CustomTestStringConvertible {
        let quota: String
        let firms: Int
        let tiers: String
        var round = "nearest"
        var bound = "closed"

        var testDescription: String { "\(firms) \(quota) \(round) \(bound)" }
    }

    @Test(arguments: [
        // 20 firms: 4 from the beginning, 3 + 1 from the end.
        Row(quota: "{A: 20%, B: rest, C: 15%, D: 5%}", firms: 20, tiers: "AAAABBBBBBBBBBBBCCCD"),
        // 7 firms: 1.4 | 1.4 of which 0.35.
        Row(quota: "{A: 20%, B: rest, C: 15%, D: 5%}", firms: 7, tiers: "ABBBBBC"),
        Row(quota: "{A: 20%, B: rest, C: 15%, D: 5%}", firms: 7, tiers: "AABBBCD", round: "up"),
        Row(quota: "{A: 20%, B: rest, C: 15%, D: 5%}", firms: 7, tiers: "ABBBBBC", round: "down"),
        Row(quota: "{A: rest, B: 20%, C: 20%, D: 20%}", firms: 5, tiers: "AABCD"),
        Row(quota: "{A: 20%, B: 20%, C: rest, D: 20%}", firms: 5, tiers: "ABCCD"),
        // The firm on the bound belongs to the worse tier, whichever end is counted.
        Row(quota: "{A: 20%, B: rest, C: 0%, D: 20%}", firms: 10, tiers: "ABBBBBBDDD", bound: "open"),
        Row(quota: "{A: 20%, B: rest, C: 20%, D: 20%}", firms: 10, tiers: "ABBBBCCDDD", bound: "open"),
        // Nothing, and everything.
        Row(quota: "{A: 0%, B: rest, C: 0%, D: 0%}", firms: 3, tiers: "BBB"),
        Row(quota: "{A: 100%, B: rest, C: 0%, D: 0%}", firms: 3, tiers: "AAA"),
        Row(quota: "{A: 0%, B: rest, C: 0%, D: 100%}", firms: 3, tiers: "DDD"),
        Row(quota: "{A: 0%, B: rest, C: 0%, D: 100%}", firms: 3, tiers: "DDD", bound: "open"),
        // Nobody stands on a bound at the end: two ways to give D nothing.
        Row(quota: "{A: 20%, B: 60%, C: 20%, D: rest}", firms: 10, tiers: "ABBBBBBCCC", bound: "open"),
        Row(quota: "{A: 20%, B: 60%, C: rest, D: 0%}", firms: 10, tiers: "ABBBBBBCCC", bound: "open"),
        Row(quota: "{A: 100%, B: 0%, C: 0%, D: rest}", firms: 3, tiers: "AAA", bound: "open"),
        // Where both ends ask for the same firm, the better tier has it.
        Row(quota: "{A: 50%, B: rest, C: 0%, D: 50%}", firms: 1, tiers: "A", round: "up"),
        Row(quota: "{A: 20%, B: rest, C: 0%, D: 20%}", firms: 1, tiers: "B", round: "nearest"),
        // 0.7 + 2.1 + 3.5 + 0.7 firms: whole parts 0, 2, 3, 0; two are left, for A and D.
        Row(
            quota: "{A: 10%, B: 30%, C: 50%, D: rest}", firms: 7, tiers: "ABBCCCD",
            round: "largest_remainder"),
        // 0.5, 0.5, 1: equal fractions go to the better tier.
        Row(quota: "{A: 25%, B: 25%, C: 50%, D: rest}", firms: 2, tiers: "AC", round: "largest_remainder"),
        Row(quota: "{A: 25%, B: rest, C: 25%, D: 25%}", firms: 2, tiers: "AB", round: "largest_remainder"),
        Row(quota: "{A: 33.33%, B: 33.33%, C: 33.33%, D: rest}", firms: 3, tiers: "ABC"),
    ])
    func counted(_ row: Row) throws {
        let trial = Trial(quota: row.quota, bound: row.bound, round: row.round)
        let firms = Trial.firms(Array((0..<row.firms).reversed()))
        #expect(try trial.evaluate(firms).texts("tier").joined() == row.tiers)
    }

    @Test(arguments: [("competition", "1 2 2 4 5 5 5 8"), ("dense", "1 2 2 3 4 4 4 5")])
    func numbering(_ ranks: String, _ expected: String) throws {
        let trial = Trial(tiers: ["ranks: \(ranks)"])
        let evaluated = try trial.evaluate(Trial.firms([90, 80, 80, 70, 60, 60, 60, 50]))
        #expect(try evaluated.texts("rank").joined(separator: " ") == expected)
    }

    /// Ranks and tiers say nothing of each other: a dense rank moves no cut.
    @Test func denseRanksMoveNoCut() throws {
        let firms = Trial.firms([90, 80, 80, 70, 60, 60, 60, 50, 40, 30])
        let plain = try Trial().evaluate(firms)
        let dense = try Trial(tiers: ["ranks: dense"]).evaluate(firms)
        #expect(try plain.texts("tier") == dense.texts("tier"))
        #expect(plain.cuts == dense.cuts)
    }

    // MARK: Restated

    private static let states = ["gone": "注销", "left": "迁出", "waiting": "吊销"]

    private struct Drawn {
        var quota: SlowQuota
        var tiers: [String]
        var ties: String
        var isDense: Bool
        /// States of whose firms the share is taken beside the graded.
        var base: Set<String>
        var baseText: String

        init(_ dice: inout Dice) {
            tiers = Array(["A", "B", "C", "D", "E"].prefix(dice.roll(2...5)))
            quota = .random(tiers.count, &dice)
            ties = dice.one(of: ["share_better", "share_worse", "split"])
            isDense = dice.happens(50)
            base = []
            baseText = "graded"
            if dice.happens(20) {
                base = ["waiting", "unresolved"]
                baseText = "graded_and_ungraded"
            } else if dice.happens(60) {
                base = Set(["gone", "left", "waiting", "unresolved"].filter { _ in dice.happens(40) })
                baseText = "[\((["graded"] + base.sorted()).joined(separator: ", "))]"
            }
        }

        var trial: Trial {
            Trial(
                order: "[\(tiers.joined(separator: ", "))]", quota: quota.text(tiers), ties: ties,
                base: baseText, bound: quota.isOpen ? "open" : "closed", round: quota.round,
                tiers: isDense ? ["ranks: dense"] : [])
        }
    }

    @Test(arguments: 0..<8)
    func restated(_ part: Int) throws {
        for seed in part * 30..<(part + 1) * 30 {
            var dice = Dice(seed: UInt64(seed))
            let drawn = Drawn(&dice)
            let graph = try compiled(drawn.trial.method)
            for round in 0..<12 {
                let count = round < 4 ? round : dice.roll(0...60)
                var outputs: [Int?] = []
                var states: [String] = []
                var rows: [FirmRow] = []
                for _ in 0..<count {
                    let state = dice.happens(75) ? "graded" : dice.one(of: ["gone", "left", "waiting"])
                    // A refused row leaves a firm unresolved.
                    let isRefused = dice.happens(8)
                    outputs.append(isRefused ? nil : dice.roll(0...count))
                    states.append(state == "graded" && isRefused ? "unresolved" : state)
                    var row = Trial.firm(outputs.last ?? nil)
                    if isRefused { row["statistics_output"] = "记录被拒" }
                    if let text = QuotaTests.states[state] { row["registry_state"] = text }
                    rows.append(row)
                }
                let evaluated = try graph.evaluate(rows)
                try expect(evaluated, drawn, states, outputs, "seed \(seed), round \(round), \(drawn)")
            }
        }
    }

    private func expect(
        _ evaluated: Evaluated, _ drawn: Drawn, _ states: [String], _ outputs: [Int?], _ words: String
    ) throws {
        let comment = Comment(rawValue: words)
        let graded = states.indices.filter { states[$0] == "graded" }
        let base = graded.count + states.count { drawn.base.contains($0) }
        #expect(try evaluated.texts("state") == states, comment)
        for firm in graded {
            let better = graded.filter { (outputs[$0] ?? 0) > (outputs[firm] ?? 0) }
            let equal = graded.filter { outputs[$0] == outputs[firm] }
            let place =
                switch drawn.ties {
                case "share_better": better.count + 1
                case "share_worse": better.count + equal.count
                default: better.count + equal.count { $0 <= firm }
                }
            let rank = drawn.isDense ? Set(better.map { outputs[$0] }).count + 1 : better.count + 1
            try #require(try evaluated.text("rank", firm) == "\(rank)", comment)
            let tier = drawn.quota.tier(at: place, of: graded.count, base: base)
            try #require(try evaluated.text("tier", firm) == drawn.tiers[tier], comment)
        }
        #expect(evaluated.cuts.reduce(0) { $0 + $1.firms } == graded.count, comment)
        #expect(evaluated.cuts.allSatisfy { $0.base == base || $0.cohort == 1 }, comment)
        #expect(evaluated.tally.states.reduce(0, +) == states.count, comment)
    }
}
