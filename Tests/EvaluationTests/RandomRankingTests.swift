import Testing

@testable import Evaluation

/// Thousands of small populations under random rules. What is expected is restated the slow and obvious way.
@Suite struct RandomRankingTests {
    struct Firm {
        var state: String
        var scale: String?
        /// `nil`: a refused row.
        var output: Int?
        var profit: Int?
        var events: Set<Int>
        var manual: [(kind: String, tier: Int)]
    }

    private let kinds = ["安全事故", "环境违法", "重大税收违法", "食品安全事故"]
    private let effects = ["set", "not_above", "not_below", "raise", "lower"]
    private let manualKinds = ["定档", "不高于", "不低于"]

    private func rules(_ dice: inout Dice) -> RankingTests.Rules {
        var rules = RankingTests.Rules()
        rules.tiers = Array(["A", "B", "C", "D", "E"].prefix(dice.roll(2...5)))
        var left = 10_000
        rules.shares = rules.tiers.dropLast().map { _ in
            let share = dice.happens(50) ? dice.roll(0...left) : left / 1000 * 1000 * dice.roll(1...5) / 10
            left -= share
            return share
        }
        rules.ties = dice.one(of: ["share_better", "share_worse", "split"])
        rules.bound = dice.one(of: ["closed", "open"])
        rules.round = dice.one(of: ["down", "up", "nearest"])
        rules.base = dice.one(of: ["graded", "graded_and_ungraded"])
        rules.keys = dice.one(of: [
            ["total"], ["total", "profit"], ["total", "profit ascending"], ["total ascending"],
        ])
        for (index, kind) in kinds.enumerated() where dice.happens(60) {
            let effect = dice.one(of: effects)
            let isShift = ["raise", "lower"].contains(effect)
            rules.decisions.append(
                (
                    kind, (index + 1) * 10, effect,
                    isShift ? "\(dice.roll(1...5))" : dice.one(of: rules.tiers)
                ))
        }
        if dice.happens(60) { rules.manualPriority = dice.one(of: [5, 15, 25, 35, 45]) }
        return rules
    }

    private func firm(_ tiers: Int, _ dice: inout Dice) -> Firm {
        Firm(
            state: dice.one(of: ["在业", "在业", "在业", "在业", "在业", "注销", "迁出", "吊销"]),
            scale: dice.happens(5) ? nil : dice.one(of: ["规上", "规上", "规下"]),
            output: dice.happens(8) ? nil : dice.roll(0...4),
            profit: dice.happens(15) ? nil : dice.roll(0...2),
            events: Set((0..<4).filter { _ in dice.happens(15) }),
            manual: (0..<dice.roll(0...2)).filter { _ in dice.happens(30) }.map { _ in
                (dice.one(of: manualKinds), dice.roll(0...tiers - 1))
            })
    }

    private func row(_ firm: Firm, _ rules: RankingTests.Rules) -> FirmRow {
        var row: FirmRow = [
            "registry_state": firm.state, "statistics_output": firm.output.map(String.init) ?? "记录被拒",
        ]
        row["registry_scale"] = firm.scale
        row["statistics_profit"] = firm.profit.map(String.init)
        for decision in rules.decisions {
            guard let index = kinds.firstIndex(of: decision.kind), firm.events.contains(index) else {
                continue
            }
            row["has_event_for_rule_\(decision.priority)"] = "是"
        }
        return row
    }

    // MARK: The restatement

    private func state(_ firm: Firm) -> String {
        switch firm.state {
        case "注销": "gone"
        case "迁出": "left"
        case "吊销": "waiting"
        default: firm.scale == nil || firm.output == nil ? "unresolved" : "graded"
        }
    }

    /// Whether `a` stands before `b`; a missing profit is the worst whatever the direction.
    private func isBetter(_ a: Firm, _ b: Firm, _ keys: [String]) -> Bool {
        for key in keys {
            let x = key.hasPrefix("total") ? a.output : a.profit
            let y = key.hasPrefix("total") ? b.output : b.profit
            if x == y { continue }
            guard let x else { return false }
            guard let y else { return true }
            return key.hasSuffix("ascending") ? x < y : x > y
        }
        return false
    }

    /// Tiers of the ranked firms of one cohort; `peers` are their numbers in ascending order.
    private func initialTiers(
        _ firms: [Firm], peers: [Int], base: Int, _ rules: RankingTests.Rules
    ) -> [Int: (rank: Int, tier: Int)] {
        func better(_ i: Int, _ j: Int) -> Bool { isBetter(firms[i], firms[j], rules.keys) }
        func tier(atPlace place: Int) -> Int {
            var sum = 0
            for (tier, share) in rules.shares.enumerated() {
                sum += share
                // `place` counts from 1; `exact` firms are in, in ten-thousandths of a firm.
                let exact = base * sum
                let whole = exact / 10_000
                let isIn: Bool
                if exact % 10_000 == 0 {
                    isIn = rules.bound == "closed" ? place <= whole : place < whole
                } else {
                    switch rules.round {
                    case "down": isIn = place <= whole
                    case "up": isIn = place <= whole + 1
                    default: isIn = place <= (exact + 5000) / 10_000
                    }
                }
                if isIn { return tier }
            }
            return rules.shares.count
        }
        var found: [Int: (Int, Int)] = [:]
        for i in peers {
            let before = peers.filter { better($0, i) }.count
            let equal = peers.filter { !better($0, i) && !better(i, $0) }
            let place: Int
            switch rules.ties {
            case "share_better": place = before + 1
            case "share_worse": place = before + equal.count
            default: place = before + equal.filter { $0 <= i }.count
            }
            found[i] = (before + 1, tier(atPlace: place))
        }
        return found
    }

    /// `nil` when two of one priority contradict each other.
    private func tier(_ firm: Firm, initial: Int, _ rules: RankingTests.Rules) -> Int? {
        let all = Set(rules.tiers.indices)
        func allowed(_ effect: String, _ tier: Int) -> Set<Int> {
            switch effect {
            case "set", "定档": [tier]
            case "not_above", "不高于": all.filter { $0 >= tier }
            // At least so many better or worse, as far as there are tiers.
            case "raise": all.filter { initial - $0 >= min(tier, initial) }
            case "lower": all.filter { $0 - initial >= min(tier, rules.tiers.count - 1 - initial) }
            default: all.filter { $0 <= tier }
            }
        }
        var byPriority: [Int: [Set<Int>]] = [:]
        for decision in rules.decisions {
            guard let index = kinds.firstIndex(of: decision.kind), firm.events.contains(index),
                let tier = rules.tiers.firstIndex(of: decision.tier) ?? Int(decision.tier)
            else { continue }
            byPriority[decision.priority, default: []].append(allowed(decision.effect, tier))
        }
        if let priority = rules.manualPriority {
            for manual in firm.manual {
                byPriority[priority, default: []].append(allowed(manual.kind, manual.tier))
            }
        }
        var open = all
        for priority in byPriority.keys.sorted(by: >) {
            let possible = (byPriority[priority] ?? []).filter { !$0.isDisjoint(with: open) }
            let narrowed = possible.reduce(open) { $0.intersection($1) }
            if narrowed.isEmpty { return nil }
            open = narrowed
        }
        return open.min { (abs($0 - initial), $0) < (abs($1 - initial), $1) }
    }

    // MARK: The comparison

    @Test(arguments: 0..<8)
    func restated(_ part: Int) throws {
        var contradictions = 0
        for seed in part * 40..<(part + 1) * 40 {
            var dice = Dice(seed: UInt64(seed))
            let rules = rules(&dice)
            let graph = try compiled(rules.method)
            for round in 0..<10 {
                let firms = (0..<dice.roll(0...12)).map { _ in firm(rules.tiers.count, &dice) }
                if try !agrees(graph, firms, rules, "seed \(seed), round \(round)") { contradictions += 1 }
            }
        }
        // Both outcomes must have been met.
        #expect((1..<200).contains(contradictions))
    }

    /// Whether an evaluation was possible.
    private func agrees(
        _ graph: Graph, _ firms: [Firm], _ rules: RankingTests.Rules, _ comment: String
    ) throws -> Bool {
        let manual = firms.enumerated().flatMap { index, firm in
            firm.manual.map {
                ManualDecision(
                    firm: index, kind: $0.kind, tier: rules.tiers[$0.tier], reason: "", document: "",
                    date: Day(number: 0))
            }
        }
        var tiers: [Int: Int] = [:]
        var initial: [Int: (rank: Int, tier: Int)] = [:]
        var isContradictory = false
        for scale in ["规上", "规下"] {
            let peers = firms.indices.filter { state(firms[$0]) == "graded" && firms[$0].scale == scale }
            let ungraded = firms.indices.filter {
                ["waiting", "unresolved"].contains(state(firms[$0])) && firms[$0].scale == scale
            }
            let base = peers.count + (rules.base == "graded" ? 0 : ungraded.count)
            for (firm, standing) in initialTiers(firms, peers: peers, base: base, rules) {
                initial[firm] = standing
                guard let tier = tier(firms[firm], initial: standing.tier, rules) else {
                    isContradictory = true
                    continue
                }
                tiers[firm] = tier
            }
        }
        let rows = firms.map { row($0, rules) }
        guard !isContradictory else {
            #expect(throws: EvaluationError.self, "\(comment)") { try graph.evaluate(rows, manual: manual) }
            return false
        }
        let evaluated = try graph.evaluate(rows, manual: manual)
        for (index, firm) in firms.enumerated() {
            let comment = Comment(rawValue: "\(comment), firm \(index) of \(firms), \(rules)")
            try #require(try evaluated.text("state", index) == state(firm), comment)
            let standing = initial[index]
            try #require(
                try evaluated.text("rank", index) == standing.map { "\($0.rank)" } ?? "缺失（不适用）", comment)
            try #require(
                try evaluated.text("initial_tier", index) == standing.map { rules.tiers[$0.tier] }
                    ?? "缺失（不适用）",
                comment)
            try #require(
                try evaluated.text("tier", index) == tiers[index].map { rules.tiers[$0] } ?? "缺失（不适用）",
                comment)
        }
        let tally = evaluated.tally
        #expect(tally.states.reduce(0, +) == firms.count)
        #expect(tally.tiers.joined().reduce(0, +) == tiers.count)
        #expect(evaluated.cuts.reduce(0) { $0 + $1.firms } == tiers.count)
        return true
    }
}
