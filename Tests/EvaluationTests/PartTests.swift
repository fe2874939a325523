import Testing

@testable import Evaluation

/// Cohorts that are ranked and cut in parts (分组).
@Suite struct PartTests {
    private func firm(_ output: Int, _ town: String?, _ more: FirmRow = [:]) -> FirmRow {
        Trial.firm(output, more).merging(town.map { ["registry_town": $0] } ?? [:]) { $1 }
    }

    @Test func everyPartHasItsOwnRanksCutsAndBase() throws {
        let trial = Trial(
            order: "[A, B]", quota: "{A: 50%, B: rest}", base: "graded_and_ungraded",
            tiers: ["within: registry.town"])
        let evaluated = try trial.evaluate([
            firm(9, "古山"), firm(8, "古山"), firm(7, "古山"),
            // One that waits makes four of three: two are A.
            firm(1, "古山", ["registry_state": "吊销"]),
            firm(5, "芝英"), firm(4, "芝英"),
        ])
        #expect(try evaluated.texts("rank") == ["1", "2", "3", "缺失（不适用）", "1", "2"])
        #expect(try evaluated.texts("tier") == ["A", "A", "B", "缺失（不适用）", "A", "B"])
        let cuts = evaluated.cuts
        #expect(cuts.map(\.part).contains("古山"))
        #expect(cuts.filter { $0.part == "古山" }.map(\.base) == [4, 4])
        #expect(cuts.filter { $0.part == "芝英" }.map(\.base) == [2, 2])
        #expect(cuts.filter { $0.part == "芝英" }.map(\.firms) == [1, 1])
    }

    /// Firms of which the text is not known are a part of their own.
    @Test func withoutAText() throws {
        let trial = Trial(
            order: "[A, B]", quota: "{A: 50%, B: rest}", tiers: ["within: latest(previous.cohort)"])
        func firm(_ output: Int, _ text: String) -> FirmRow {
            Trial.firm(output, ["previous_cohort": text])
        }
        let evaluated = try trial.evaluate([
            firm(9, "无记录"), firm(8, "空白"), firm(7, "规上"), firm(6, "规上"), firm(5, "无记录"),
        ])
        #expect(try evaluated.texts("rank") == ["1", "2", "1", "2", "3"])
        #expect(Set(evaluated.cuts.map(\.part)) == ["", "规上"])
    }

    /// A refused row leaves open where a firm is ranked, so that it is ranked nowhere.
    @Test func aRefusedText() throws {
        let within = "within: latest(previous.cohort)"
        let firms = [
            Trial.firm(9, ["previous_cohort": "记录被拒"]), Trial.firm(8, ["previous_cohort": "规上"]),
            Trial.firm(7), Trial.firm(10, ["previous_cohort": "记录被拒", "registry_scale": "规下"]),
        ]
        let all = try Trial(tiers: [within]).evaluate(firms)
        #expect(try all.texts("state") == ["unresolved", "graded", "graded", "unresolved"])
        #expect(try all.texts("rank") == ["缺失（不适用）", "1", "1", "缺失（不适用）"])
        // It says nothing of a cohort that stays whole.
        let one = try Trial(above: [within]).evaluate(firms)
        #expect(try one.texts("state") == ["unresolved", "graded", "graded", "graded"])
        let explanation = Explainer(graph: all.graph, firm: FirmValues(all, firm: 0)).explanation()
        let notes = explanation.steps.flatMap(\.notes)
        #expect(notes.contains { $0.contains("无法判断（记录被拒）") && $0.contains("分组") }, "\(notes)")
    }

    /// One cohort is split by a group, the other stays whole.
    @Test func oneCohortAlone() throws {
        let trial = Trial(
            sections: ["groups:\n  size: {label: 大小, first_of: {大: output >= 100}, otherwise: 小}"],
            below: ["within: size"], order: "[A, B]", quota: "{A: 50%, B: rest}")
        var firms: [FirmRow] = []
        for scale in ["规上", "规下"] {
            firms += [200, 150, 50, 40].map { Trial.firm($0, ["registry_scale": scale]) }
        }
        let evaluated = try trial.evaluate(firms)
        #expect(try evaluated.texts("rank").joined() == "12341212")
        #expect(try evaluated.texts("tier").joined() == "AABBABAB")
        #expect(evaluated.cuts.map(\.part) == ["", "", "大", "大", "小", "小"])
    }

    /// A cohort's own split goes before the common one.
    @Test func anotherSplitForOneCohort() throws {
        let trial = Trial(
            below: ["within: registry.industry"], order: "[A, B]", quota: "{A: 50%, B: rest}",
            tiers: ["within: registry.town"])
        func firm(_ output: Int, _ scale: String, _ town: String, _ industry: String) -> FirmRow {
            Trial.firm(
                output, ["registry_scale": scale, "registry_town": town, "registry_industry": industry])
        }
        let evaluated = try trial.evaluate([
            firm(4, "规上", "甲", "33"), firm(3, "规上", "乙", "33"), firm(2, "规上", "甲", "34"),
            firm(4, "规下", "甲", "33"), firm(3, "规下", "乙", "33"), firm(2, "规下", "甲", "34"),
        ])
        #expect(try evaluated.texts("rank").joined() == "112121")
        #expect(Set(evaluated.cuts.map(\.part)) == ["甲", "乙", "33", "34"])
    }

    /// To rank in parts is to evaluate every part as if there were no other firms.
    @Test(arguments: 0..<60)
    func asEveryPartAlone(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let tiers = ["A", "B", "C", "D"]
        let quota = SlowQuota.random(4, &dice)
        var trial = Trial(
            quota: quota.text(tiers), ties: dice.one(of: ["share_better", "share_worse", "split"]),
            base: dice.one(of: ["graded", "graded_and_ungraded", "[graded, left, gone]"]),
            bound: quota.isOpen ? "open" : "closed", round: quota.round)
        let whole = try compiled(trial.method)
        trial.tiers = ["within: registry.town"]
        let split = try compiled(trial.method)
        let towns: [String?] = ["甲", "乙", "丙", nil]
        let count = dice.roll(0...40)
        let places = (0..<count).map { _ in dice.one(of: towns) }
        let firms = places.map { town in
            firm(
                dice.roll(0...12), town,
                [
                    "registry_scale": dice.one(of: ["规上", "规下"]),
                    "registry_state": dice.one(of: ["在业", "在业", "在业", "吊销", "迁出", "注销"]),
                ])
        }
        let evaluated = try split.evaluate(firms)
        for town in towns {
            let members = places.indices.filter { places[$0] == town }
            let alone = try whole.evaluate(members.map { firms[$0].filter { $0.key != "registry_town" } })
            for name in ["state", "rank", "initial_tier", "tier"] {
                #expect(
                    try members.map { try evaluated.text(name, $0) } == alone.texts(name), "\(town ?? "")")
            }
            for (cohort, scale) in ["above", "below"].enumerated() {
                let own = evaluated.cuts.filter { $0.cohort == cohort && $0.part == town ?? "" }
                let same = alone.cuts.filter { $0.cohort == cohort }
                // A part without a graded firm is not cut.
                guard !own.isEmpty else {
                    #expect(same.reduce(0) { $0 + $1.firms } == 0, "\(scale)")
                    continue
                }
                #expect(own.map(\.firms) == same.map(\.firms) && own.map(\.base) == same.map(\.base))
                #expect(own.map(\.upTo) == same.map(\.upTo) && own.map(\.tied) == same.map(\.tied))
            }
        }
        #expect(evaluated.tally.states.reduce(0, +) == count)
    }
}
