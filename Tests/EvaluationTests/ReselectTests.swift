import Testing

@testable import Evaluation

/// Second selections (二次排序): who gets a tier is chosen among the first or the last by other values.
@Suite struct ReselectTests {
    private func firms(_ values: [(Int, Int?)]) -> [FirmRow] {
        values.map { output, profit in
            Trial.firm(output, profit.map { ["statistics_profit": "\($0)"] } ?? [:])
        }
    }

    private func tiers(_ trial: Trial, _ values: [(Int, Int?)]) throws -> String {
        try trial.evaluate(firms(values)).texts("tier").joined()
    }

    private let reselect =
        "reselect: {A: {among: 50%, rank_by: [profit]}, D: {among: 40%, rank_by: [profit]}}"
    private let quota = "{A: 20%, B: rest, C: 20%, D: 20%}"

    @Test func amongTheFirstAndTheLast() throws {
        // A: the two of the first five with most profit; D: the two of the last four with least; C: the last by rank
        // of those who are left.
        let trial = Trial(quota: quota, tiers: [reselect])
        let values: [(Int, Int?)] = [
            (10, 1), (9, 5), (8, 2), (7, 9), (6, 3), (5, 99), (4, 0), (3, 7), (2, 8), (1, 1),
        ]
        #expect(try tiers(trial, values) == "BABABBDCCD")
        #expect(try trial.evaluate(firms(values)).texts("rank") == (1...10).map(String.init))
    }

    @Test func aMissingValueIsTheWorst() throws {
        let trial = Trial(quota: quota, tiers: [reselect])
        let values: [(Int, Int?)] = [
            (10, nil), (9, -5), (8, nil), (7, -9), (6, nil), (5, 9), (4, nil), (3, -7), (2, nil), (1, 1),
        ]
        #expect(try tiers(trial, values) == "BABABBDCDC")
    }

    /// Who is A by the second selection is no longer there for the other tiers.
    @Test func poolsThatOverlap() throws {
        let trial = Trial(
            quota: "{A: 40%, B: rest, C: 0%, D: 40%}",
            tiers: [
                "reselect: {A: {among: 80%, rank_by: [profit]}, D: {among: 80%, rank_by: [profit]}}"
            ])
        // A chooses among the first four, D among those of the last four who are left.
        #expect(try tiers(trial, [(5, 1), (4, 9), (3, 2), (2, 8), (1, 0)]) == "BADAD")
        // All of the first four are equal, so D finds only one.
        #expect(try tiers(trial, [(5, 1), (4, 1), (3, 1), (2, 1), (1, 1)]) == "AAAAD")
    }

    @Test func fewerFirmsThanSeats() throws {
        let trial = Trial(
            quota: "{A: 50%, B: 30%, C: rest, D: 0%}",
            tiers: ["reselect: {A: {among: 20%, rank_by: [profit]}}"])
        // Two can be A, five should be: A and B together have eight places.
        let values = (0..<10).map { (10 - $0, Optional($0)) }
        #expect(try tiers(trial, values) == "AABBBBBBCC")
        for count in 0..<3 { _ = try tiers(trial, Array(values.prefix(count))) }
    }

    @Test(arguments: [("share_better", "AAABBB"), ("share_worse", "BBBBBB"), ("split", "AABBBB")])
    func tiesOfTheSecondValue(_ ties: String, _ expected: String) throws {
        let trial = Trial(
            order: "[A, B]", quota: "{A: 33.34%, B: rest}", ties: ties,
            tiers: ["reselect: {A: {among: 50%, rank_by: [profit]}}"])
        #expect(try tiers(trial, [(6, 1), (5, 1), (4, 1), (3, 1), (2, 1), (1, 1)]) == expected)
    }

    /// Firms that are equal by rank are all chosen from, or none, unless codes are to decide.
    @Test(arguments: [("share_better", "BBAA"), ("share_worse", "AABB"), ("split", "ABAB")])
    func tiesAtTheEdgeOfThePool(_ ties: String, _ expected: String) throws {
        let trial = Trial(
            order: "[A, B]", quota: "{A: 50%, B: rest}", ties: ties,
            tiers: ["reselect: {A: {among: 75%, rank_by: [profit]}}"])
        #expect(try tiers(trial, [(9, 2), (8, 1), (7, 3), (7, 4)]) == expected)
    }

    /// To choose once more by the same values among all changes nothing.
    @Test(arguments: 0..<150)
    func byTheSameValuesAmongAll(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let tiers = ["A", "B", "C", "D", "E"]
        let quota = SlowQuota.random(5, &dice)
        var trial = Trial(
            order: "[A, B, C, D, E]", quota: quota.text(tiers), rankBy: "[total, profit]",
            ties: dice.one(of: ["share_better", "share_worse", "split"]),
            base: dice.one(of: ["graded", "graded_and_ungraded"]), round: quota.round)
        let firms = (0..<dice.roll(0...25)).map { _ in
            Trial.firm(
                dice.roll(0...6),
                [
                    "statistics_profit": dice.happens(20) ? "无记录" : "\(dice.roll(0...1))",
                    "registry_state": dice.happens(15) ? "吊销" : "在业",
                ])
        }
        let plain = try trial.evaluate(firms).texts("tier")
        let again = tiers.indices.filter { $0 != quota.rest && dice.happens(60) }
        guard !again.isEmpty else { return }
        trial.tiers = ["reselect:"] + again.map { "  \(tiers[$0]): {among: 100%, rank_by: [total, profit]}" }
        #expect(try trial.evaluate(firms).texts("tier") == plain, "\(trial.tiers) \(quota) \(trial.ties)")
    }

    // MARK: Restated

    private struct Drawn {
        var quota: SlowQuota
        var ties: String
        var among: [Int: Int]
        let tiers = ["A", "B", "C", "D"]

        init(_ dice: inout Dice) {
            quota = .random(4, &dice)
            ties = dice.one(of: ["share_better", "share_worse", "split"])
            among = [:]
            for tier in 0..<4 where tier != quota.rest && dice.happens(60) {
                among[tier] = dice.one(of: [5_000, 10_000, 3_333, 8_000, dice.roll(0...10_000)])
            }
        }

        var trial: Trial {
            let lines = among.sorted { $0.key < $1.key }.map { tier, share in
                "  \(tiers[tier]): {among: \(DecimalText.format(Int64(share), decimals: 2))%, rank_by: [profit]}"
            }
            return Trial(
                quota: quota.text(tiers), ties: ties, bound: quota.isOpen ? "open" : "closed",
                round: quota.round, tiers: lines.isEmpty ? [] : ["reselect:"] + lines)
        }

        /// The first so many of a row of groups, each of equal firms; a group at the end is taken as ties are.
        private func first(_ seats: Int, of groups: [[Int]], isBetter: Bool) -> [Int] {
            var taken: [Int] = []
            for group in groups where taken.count < seats {
                if taken.count + group.count <= seats {
                    taken += group
                } else if ties == "split" {
                    taken += group.prefix(seats - taken.count)
                } else if isBetter == (ties == "share_better") {
                    taken += group
                } else {
                    break
                }
            }
            return taken
        }

        /// Firms in groups of equal values, the best or the worst first.
        private func groups(_ firms: [Int], _ value: (Int) -> Int, isBetter: Bool) -> [[Int]] {
            var groups: [Int: [Int]] = [:]
            for firm in isBetter ? firms.sorted() : firms.sorted(by: >) {
                groups[value(firm), default: []].append(firm)
            }
            let values = groups.keys.sorted(by: isBetter ? { $0 > $1 } : { $0 < $1 })
            return values.compactMap { groups[$0] }
        }

        func tiers(_ firms: [(Int, Int?)]) -> String {
            let count = firms.count
            var found = [Int](repeating: quota.rest, count: count)
            var isFree = [Bool](repeating: true, count: count)
            for isBetter in [true, false] {
                var taken = 0
                let side =
                    isBetter ? Array(0..<quota.rest) : (0..<4).filter { $0 > quota.rest }.reversed()
                for tier in side {
                    let places =
                        isBetter
                        ? quota.seats(...tier, of: count, base: count)
                        : quota.seats(tier..., of: count, base: count)
                    var pool = groups(Array(0..<count), { firms[$0].0 }, isBetter: isBetter)
                    if let share = among[tier] {
                        var size = SlowQuota(
                            shares: isBetter ? [share, 10_000 - share] : [10_000 - share, share],
                            rest: isBetter ? 1 : 0, round: quota.round, isOpen: false)
                        if size.round == "largest_remainder" { size.round = "nearest" }
                        let seats =
                            isBetter
                            ? size.seats(...0, of: count, base: count)
                            : size.seats(1..., of: count, base: count)
                        let chosen = first(seats, of: pool, isBetter: isBetter)
                        pool = groups(
                            chosen.filter { isFree[$0] }, { firms[$0].1 ?? Int.min }, isBetter: isBetter)
                    } else {
                        pool = pool.map { $0.filter { isFree[$0] } }.filter { !$0.isEmpty }
                    }
                    for firm in first(places - taken, of: pool, isBetter: isBetter) {
                        found[firm] = tier
                        isFree[firm] = false
                        taken += 1
                    }
                }
            }
            return found.map { tiers[$0] }.joined()
        }
    }

    @Test(arguments: 0..<8)
    func restated(_ part: Int) throws {
        for seed in part * 40..<(part + 1) * 40 {
            var dice = Dice(seed: UInt64(seed))
            let drawn = Drawn(&dice)
            guard !drawn.among.isEmpty else { continue }
            let graph = try compiled(drawn.trial.method)
            for _ in 0..<10 {
                let values: [(Int, Int?)] = (0..<dice.roll(0...14)).map { _ in
                    (dice.roll(0...6), dice.happens(15) ? nil : dice.roll(0...3))
                }
                let found = try graph.evaluate(firms(values)).texts("tier").joined()
                try #require(found == drawn.tiers(values), "seed \(seed): \(values) \(drawn)")
            }
        }
    }

    // MARK: What is refused

    @Test func thePoolHoldsTheQuota() throws {
        let trial = Trial(
            quota: "{A: 20%, B: 30%, C: 30%, D: rest}",
            tiers: ["reselect: {B: {among: 40%, rank_by: [profit]}}"])
        #expect(
            try warnings(about: trial.method).contains {
                $0.contains("‘B’") && $0.contains("40%") && $0.contains("50%")
            })
    }
}
