import Testing

@testable import Evaluation

/// Decisions that move a firm by tiers, that have an exception, that are in force for some time.
@Suite struct DecisionTests {
    private let quarters = "{A: 25%, B: 25%, C: 25%, D: rest}"

    /// The tiers of A, B, C and D by rank, for all of whom the decisions hold.
    private func tiers(_ decisions: [String]) throws -> String {
        let trial = Trial(decisions: decisions, quota: quarters)
        let names = decisions.compactMap { $0.split(separator: ":").first }
        let graph = try compiled(trial.method)
        let firms = [4, 3, 2, 1].map { output in
            var row = Trial.firm(output)
            for name in names where graph.node(named: "has_event_for_\(name)") != nil {
                row["has_event_for_\(name)"] = "是"
            }
            return row
        }
        return try graph.evaluate(firms).texts("tier").joined()
    }

    /// What a refused row leaves open of a decision, ranks cannot settle: the firm is not ranked.
    @Test(arguments: [
        "when: 'initial_tier in (A, B) and has(event, 安全事故)'",
        "when: 'has(event, 安全事故)', unless: rank <= 1",
        "when: 'rank > mean(rank) and has(event, 安全事故)'",
    ])
    func openWhateverTheRank(_ condition: String) throws {
        let trial = Trial(
            decisions: ["veto: {label: 否决, priority: 1, \(condition), not_above: C}"], quota: quarters)
        let graph = try compiled(trial.method)
        let flag = try #require(graph.nodes.first { $0.name.hasPrefix("has_event") }?.name)
        let flags = ["记录被拒", "否", "是", "否"]
        let evaluated = try graph.evaluate(
            zip([40, 30, 20, 10], flags).map { Trial.firm($0, [flag: $1]) })
        #expect(try evaluated.texts("state") == ["unresolved", "graded", "graded", "graded"])
        #expect(try evaluated.texts("rank") == ["缺失（不适用）", "1", "2", "3"])
    }

    private static func rule(_ name: String, _ priority: Int, _ effect: String) -> String {
        let kinds = ["up": "安全事故", "down": "环境违法", "veto": "重大税收违法", "keep": "严重失信"]
        return
            "\(name): {label: \(name), priority: \(priority), when: 'has(event, \(kinds[name] ?? ""))', \(effect)}"
    }

    @Test(arguments: [
        ([rule("up", 1, "raise: 1")], "AABC"),
        ([rule("up", 1, "raise: 2")], "AAAB"),
        ([rule("up", 1, "raise: 19")], "AAAA"),
        ([rule("down", 1, "lower: 1")], "BCDD"),
        ([rule("down", 1, "lower: 3")], "DDDD"),
        ([rule("down", 1, "lower: 19")], "DDDD"),
        // Both count from the tier by rank; two of a kind do not add up.
        ([rule("up", 2, "raise: 1"), rule("keep", 1, "raise: 2")], "AAAB"),
        ([rule("up", 2, "raise: 2"), rule("keep", 1, "raise: 1")], "AAAB"),
        // Up and down: the higher priority has the word. At an edge it leaves the edge only.
        ([rule("up", 2, "raise: 1"), rule("down", 1, "lower: 1")], "AABC"),
        ([rule("up", 1, "raise: 1"), rule("down", 2, "lower: 1")], "BCDD"),
        // A veto below: it wins where both leave something.
        ([rule("up", 2, "raise: 1"), rule("veto", 1, "not_above: C")], "AABC"),
        ([rule("up", 2, "raise: 1"), rule("veto", 1, "not_above: B")], "AABC"),
        ([rule("up", 1, "raise: 1"), rule("veto", 2, "not_above: C")], "CCCC"),
        ([rule("up", 1, "raise: 1"), rule("veto", 2, "not_above: B")], "BBBC"),
        ([rule("down", 1, "lower: 1"), rule("keep", 2, "not_below: C")], "BCCC"),
        ([rule("down", 2, "lower: 1"), rule("keep", 1, "not_below: C")], "BCDD"),
        ([rule("down", 1, "lower: 2"), rule("veto", 2, "set: B")], "BBBB"),
        ([rule("down", 2, "lower: 2"), rule("veto", 1, "set: D")], "DDDD"),
    ])
    func movedByTiers(_ decisions: [String], _ expected: String) throws {
        #expect(try tiers(decisions) == expected)
    }

    @Test func manualDecisions() throws {
        let trial = Trial(
            decisions: [
                "manual: {label: 人工认定, priority: 20, from: decision}",
                DecisionTests.rule("up", 30, "raise: 1"),
                DecisionTests.rule("down", 10, "lower: 1"),
            ], quota: quarters)
        let graph = try compiled(trial.method)
        func tier(_ kind: String, _ tier: String, up: Bool = false, down: Bool = false) throws -> String {
            var firms = Trial.firms([4, 3, 2, 1])
            if up { firms[2]["has_event_for_up"] = "是" }
            if down { firms[2]["has_event_for_down"] = "是" }
            let manual = ManualDecision(
                firm: 2, kind: kind, tier: tier, reason: "会议", document: "1号", date: Day(number: 0))
            let evaluated = try graph.evaluate(firms, manual: [manual])
            let overruled = evaluated.decisions.filter(\.isOverruled).map(\.name).joined(separator: " ")
            return try evaluated.text("tier", 2) + (overruled.isEmpty ? "" : " \(overruled)")
        }
        // By rank the firm is C.
        #expect(try tier("定档", "A") == "A")
        #expect(try tier("定档", "A", up: true) == "A")
        #expect(try tier("定档", "C", up: true) == "B manual")
        #expect(try tier("不高于", "B", up: true) == "B")
        #expect(try tier("不低于", "C", down: true) == "C down")
        #expect(try tier("不低于", "D", down: true) == "D")
        #expect(try tier("定档", "A", up: true, down: true) == "A down")
    }

    // MARK: Exceptions

    @Test(arguments: [
        ("6", "graded", "A"), ("5", "graded", "D"), ("无记录", "graded", "D"), ("空白", "graded", "D"),
        ("记录被拒", "unresolved", "缺失（不适用）"),
    ])
    func exception(_ profit: String, _ state: String, _ tier: String) throws {
        let rule =
            "accident: {label: 事故, priority: 1, when: 'has(event, 安全事故)', unless: profit > 5 千元, set: D}"
        let graph = try compiled(Trial(decisions: [rule], quota: "{A: 100%, B: 0%, C: 0%, D: rest}").method)
        func evaluated(_ event: String) throws -> Evaluated {
            try graph.evaluate([
                Trial.firm(1, ["statistics_profit": profit, "has_event_for_accident": event])
            ])
        }
        let hit = try evaluated("是")
        #expect(try hit.text("state", 0) == state)
        #expect(try hit.text("tier", 0) == tier)
        // Where the rule does not hold, nobody asks for the exception.
        #expect(try evaluated("否").text("tier", 0) == "A")
        // Who refuses the row of the event leaves it open only where there is no exception.
        #expect(try evaluated("记录被拒").text("state", 0) == (profit == "6" ? "graded" : "unresolved"))
        let notes = Explainer(graph: graph, firm: FirmValues(hit, firm: 0)).explanation().steps
            .flatMap(\.notes)
        #expect(tier == "A" || notes.contains { $0.contains("除非") }, "\(notes)")
        #expect(tier != "D" || hit.decisions.map(\.reason) == ["有否决事项（安全事故） 且 除非 利润 > 5 千元"])
    }

    /// An exception of several parts, and a rule of several parts.
    @Test(arguments: [
        ("是", "是", "6", "6", "A"), ("是", "是", "6", "1", "D"), ("是", "否", "1", "1", "A"),
        ("是", "是", "无记录", "6", "D"), ("是", "是", "无记录", "1", "D"),
    ])
    func exceptionOfParts(_ a: String, _ b: String, _ profit: String, _ output: String, _ tier: String) throws
    {
        let rule =
            "two: {label: 二, priority: 1, when: 'has(event, 安全事故) and has(event, 环境违法)', unless: profit > 5 千元 and output > 5 千元, set: D}"
        let trial = Trial(decisions: [rule], quota: "{A: 100%, B: 0%, C: 0%, D: rest}")
        let evaluated = try trial.evaluate([
            Trial.firm(
                Int(output), ["statistics_profit": profit, "has_event_for_two": a, "has_event_for_two_2": b])
        ])
        #expect(try evaluated.text("tier", 0) == tier)
    }

    // MARK: Days in force

    @Test(arguments: [
        ("{from: 2022-05-31}", true), ("{from: 2022-06-01}", false), ("{until: 2022-05-31}", true),
        ("{until: 2022-05-30}", false), ("{from: 2022-01-01, until: 2024-12-31}", true),
        ("{from: 2022-05-31, until: 2022-05-31}", true), ("{from: 2019-01-01, until: 2021-12-31}", false),
        ("{}", true),
    ])
    func inForce(_ valid: String, _ isInForce: Bool) throws {
        let rule =
            "accident: {label: 事故, priority: 1, when: 'has(event, 安全事故)', valid: \(valid), set: D}"
        let trial = Trial(decisions: [rule])
        let graph = try compiled(trial.method)
        var firm = Trial.firm(1)
        if isInForce { firm["has_event_for_accident"] = "是" }
        let evaluated = try graph.evaluate([firm, Trial.firm(0)])
        #expect(try evaluated.text("tier", 0) == (isInForce ? "D" : "B"))
        let said = try warnings(about: trial.method).filter { $0.contains("2022-05-31") }
        #expect(
            said
                == (isInForce
                    ? []
                    : ["‘accident’ is not in force on the as-of day 2022-05-31, so it applies to nobody"]))
    }

    @Test(arguments: [
        "{from: 2022-01-02, until: 2022-01-01}", "{from: 2022-02-30}", "{until: 明年}", "2022-01-01",
    ])
    func noDays(_ valid: String) throws {
        let rule = "a: {label: 事故, priority: 1, when: 'has(event, 安全事故)', valid: \(valid), set: D}"
        #expect(try Trial(decisions: [rule]).errors().count == 1)
    }

    /// What is said of a decision stands at that decision, also behind one that is not in force.
    @Test func warningsStandWhereTheyBelong() throws {
        let trial = Trial(decisions: [
            "old: {label: 旧, priority: 3, when: 'has(event, 安全事故)', valid: {until: 2020-12-31}, set: D}",
            "never: {label: 无, priority: 2, when: registry.scale = 规上 and registry.scale = 规下, set: C}",
            "fine: {label: 好, priority: 1, when: 'has(event, 环境违法)', set: C}",
        ])
        let problems = try checked(trial.method).problems.filter { $0.message.hasPrefix("no firm can") }
        let lines = trial.method.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(problems.map { lines[$0.place.line - 1].contains("never:") } == [true])
    }
}
