import Testing

@testable import Evaluation

/// Ranks, quotas, ties, bounds and decisions, against a restatement that shares no code with the engine.
@Suite struct RankingTests {
    /// A method whose points are the firm's output, so that totals can be chosen.
    struct Rules {
        var tiers = ["A", "B", "C", "D"]
        /// Shares of all tiers but the last, in ten-thousandths.
        var shares = [2000, 6000, 1500]
        var ties = "share_better"
        var bound = "closed"
        var round = "nearest"
        var base = "graded"
        var keys = ["total"]
        /// Kind of event, priority, effect, tier.
        var decisions: [(kind: String, priority: Int, effect: String, tier: String)] = []
        var manualPriority: Int?

        var method: String {
            let quota = zip(tiers, shares).map {
                "\($0): \(DecimalText.format(Int64($1), decimals: 2))%"
            }
            var rules = decisions.map {
                "  rule_\($0.priority): {label: 规则, priority: \($0.priority), when: 'has(event, \($0.kind))', \($0.effect): \($0.tier)}"
            }
            if let manualPriority {
                rules.append("  manual: {label: 人工认定, priority: \(manualPriority), from: decision}")
            }
            func cohort(_ name: String, _ scale: String) -> String {
                """
                  \(name):
                    label: \(scale)
                    where: registry.scale = \(scale)
                    points: {formula: weight * value / baseline, decimals: 2, missing: 0}
                    indicators:
                      output: {weight: 100, baseline: 100}
                    weights_sum_to: 100
                """
            }
            return """
                mujun: method/1
                id: ranking
                title: 排名
                data_year: 2021
                as_of: 2022-05-31
                measures:
                  output: {label: 产值, unit: 千元, decimals: 0, value: sum(statistics.output)}
                  profit: {label: 利润, unit: 千元, decimals: 0, value: sum(statistics.profit)}
                scope:
                  gone: {label: 注销, class: out_of_scope, when: registry.state = 注销}
                  left: {label: 迁出, class: exempt, when: registry.state = 迁出}
                  waiting: {label: 吊销, class: ungraded, when: registry.state = 吊销}
                cohorts:
                \(cohort("above", "规上"))
                \(cohort("below", "规下"))
                total: {label: 总分, decimals: 2, value: sum(points)}
                tiers:
                  order: [\(tiers.joined(separator: ", "))]
                  rank_by: [\(keys.joined(separator: ", "))]
                  ties: \(ties)
                  quota: {\(quota.joined(separator: ", ")), \(tiers.last ?? ""): rest}
                  of: \(base)
                  bound: \(bound)
                  round: \(round)
                \(rules.isEmpty ? "" : "decisions:\n" + rules.joined(separator: "\n"))
                """
        }
    }

    private func firm(_ output: Int, scale: String = "规上") -> FirmRow {
        ["registry_scale": scale, "registry_state": "在业", "statistics_output": "\(output)"]
    }

    private func tiers(_ rules: Rules, _ outputs: [Int]) throws -> String {
        try compiled(rules.method).evaluate(outputs.map { firm($0) }).texts("tier").joined()
    }

    @Test func twentySixtyFifteenFive() throws {
        // 20 firms: 4, 12, 3, 1.
        #expect(try tiers(Rules(), Array((1...20).reversed())) == "AAAABBBBBBBBBBBBCCCD")
        #expect(try tiers(Rules(), Array(1...20)) == "DCCCBBBBBBBBBBBBAAAA")
    }

    @Test(arguments: [("down", "ABBBBBBCD"), ("nearest", "AABBBBBCC"), ("up", "AABBBBBBC")])
    func quotasOfNineFirms(_ round: String, _ expected: String) throws {
        // 1.8, 7.2 and 8.55 firms: down 1, 7, 8; nearest 2, 7, 9; up 2, 8, 9.
        var rules = Rules()
        rules.round = round
        #expect(try tiers(rules, Array((1...9).reversed())) == expected)
    }

    @Test func anOpenBoundLeavesOutTheFirmThatLiesOnIt() throws {
        var rules = Rules(tiers: ["A", "B"], shares: [2000])
        #expect(try tiers(rules, [5, 4, 3, 2, 1]) == "ABBBB")
        rules.bound = "open"
        #expect(try tiers(rules, [5, 4, 3, 2, 1]) == "BBBBB")
        #expect(try tiers(rules, [6, 5, 4, 3, 2, 1]) == "ABBBBB")
    }

    @Test(arguments: [("share_better", "AAABB"), ("share_worse", "ABBBB"), ("split", "AABBB")])
    func tiesAtTheCut(_ ties: String, _ expected: String) throws {
        let rules = Rules(tiers: ["A", "B"], shares: [4000], ties: ties)
        let evaluated = try compiled(rules.method).evaluate([9, 8, 8, 7, 6].map { firm($0) })
        #expect(try evaluated.texts("tier").joined() == expected)
        #expect(try evaluated.texts("rank") == ["1", "2", "2", "4", "5"])
        #expect(evaluated.cuts.prefix(2).map(\.tied) == [ties == "split" ? 0 : 1, 0])
    }

    @Test func aSecondKeyParts() throws {
        let rules = Rules(tiers: ["A", "B"], shares: [5000], keys: ["total", "profit"])
        var firms = [firm(5), firm(5), firm(5), firm(5)]
        for (index, profit) in [1, 3, -2, 2].enumerated() { firms[index]["statistics_profit"] = "\(profit)" }
        let evaluated = try compiled(rules.method).evaluate(firms)
        #expect(try evaluated.texts("rank") == ["3", "1", "4", "2"])
        #expect(try evaluated.texts("tier") == ["B", "A", "B", "A"])
    }

    @Test func cohortsAreRankedApart() throws {
        let firms = [firm(1), firm(2), firm(10, scale: "规下"), firm(20, scale: "规下")]
        let rules = Rules(tiers: ["A", "B"], shares: [5000])
        #expect(try compiled(rules.method).evaluate(firms).texts("tier") == ["B", "A", "B", "A"])
    }

    @Test func decisionsByPriority() throws {
        var rules = Rules()
        rules.decisions = [("安全事故", 20, "not_above", "C"), ("环境违法", 10, "not_below", "B")]
        var firms = (1...20).map { firm(21 - $0) }
        firms[0]["has_event_for_rule_20"] = "是"  // A, vetoed
        firms[19]["has_event_for_rule_10"] = "是"  // D, protected
        firms[18]["has_event_for_rule_20"] = "是"  // C already: both, and the veto wins
        firms[18]["has_event_for_rule_10"] = "是"
        let evaluated = try compiled(rules.method).evaluate(firms)
        #expect(try evaluated.text("initial_tier", 0) == "A")
        #expect(try [0, 19, 18].map { try evaluated.text("tier", $0) } == ["C", "B", "C"])
        #expect(evaluated.decisions.map(\.firm) == [0, 18, 18, 19])
        #expect(evaluated.decisions.map(\.isOverruled) == [false, false, true, false])
    }

    @Test func manualDecisionsOfOnePriorityMustAgree() throws {
        var rules = Rules()
        rules.manualPriority = 30
        rules.decisions = [("安全事故", 40, "not_below", "B")]
        func manual(_ kind: String, _ tier: String, _ document: String) -> ManualDecision {
            ManualDecision(
                firm: 0, kind: kind, tier: tier, reason: "会议认定", document: document, date: Day(number: 0))
        }
        let graph = try compiled(rules.method)
        func tier(_ decisions: [ManualDecision], vetoed: Bool = false) throws -> String {
            var firms = (1...20).map { firm(21 - $0) }
            if vetoed { firms[0]["has_event_for_rule_40"] = "是" }
            return try graph.evaluate(firms, manual: decisions).text("tier", 0)
        }
        #expect(try tier([manual("定档", "D", "甲1号")]) == "D")
        #expect(try tier([manual("不高于", "B", "甲1号"), manual("不低于", "C", "甲2号")]) == "B")
        // What a higher priority has overruled contradicts nobody, whatever the order of the two.
        let pair = [manual("定档", "D", "甲1号"), manual("定档", "A", "甲2号")]
        #expect(try tier(pair, vetoed: true) == "A")
        #expect(try tier(pair.reversed(), vetoed: true) == "A")
        let error = #expect(throws: EvaluationError.self) { try tier(pair) }
        #expect(
            error?.message
                == "firm 913307840000000000: 会议认定 (甲1号) and 会议认定 (甲2号) contradict each other and have one priority; withdraw one, or give the rules different priorities"
                .replacing("913307840000000000", with: Graph.code(0)))
        let unknown = #expect(throws: EvaluationError.self) { try tier([manual("定档", "E", "甲3号")]) }
        #expect(
            unknown?.message
                == "firm \(Graph.code(0)): the decision 甲3号 names the tier ‘E’, which the method does not have; correct the decision"
        )
    }
}
