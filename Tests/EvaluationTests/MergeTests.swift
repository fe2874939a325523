import Testing

@testable import Evaluation

/// Firms that are evaluated as one (合并评价): a group, an owner with tenants, a park.
@Suite struct MergeTests {
    private static let byGroup =
        "merge: {label: 集团合并, by: registry.group, lead: sum(statistics.revenue)}"

    private func firm(_ group: String?, revenue: String, _ output: Int?, _ more: FirmRow = [:]) -> FirmRow {
        var row = Trial.firm(output, more)
        row["registry_group"] = group
        row["statistics_revenue"] = revenue
        return row
    }

    @Test func aGroupIsOneFirm() throws {
        let trial = Trial(
            sections: [MergeTests.byGroup], order: "[A, B]", quota: "{A: 34%, B: rest}", round: "down")
        let evaluated = try trial.evaluate([
            firm("永强", revenue: "100", 30, ["registry_scale": "规下"]), firm("永强", revenue: "200", 20),
            firm(nil, revenue: "1", 40), firm("空白", revenue: "1", 10),
        ])
        // The second has more revenue, so that the group is above scale; it counts once.
        #expect(try evaluated.texts("cohort") == ["above", "above", "above", "above"])
        #expect(try evaluated.texts("total") == ["50.00", "50.00", "40.00", "10.00"])
        #expect(try evaluated.texts("rank") == ["1", "1", "2", "3"])
        #expect(try evaluated.texts("tier") == ["A", "A", "B", "B"])
        let merged = try #require(evaluated.merged)
        #expect(merged.members == [[0, 1]] && merged.leads == [1] && merged.names == ["永强"])
        #expect((0..<4).map(merged.leads) == [false, true, true, true])
        #expect(evaluated.cuts.filter { $0.cohort == 0 }.map(\.base) == [3, 3])
        #expect(evaluated.cuts.filter { $0.cohort == 0 }.map(\.firms) == [1, 2])
        // Every firm of the registry has its state; a unit has one tier.
        #expect(evaluated.tally.states.reduce(0, +) == 4)
        #expect(evaluated.tally.tiers[0] == [1, 2])
    }

    @Test(arguments: [
        (["5", "无记录"], "5"), (["5", "-5"], "0"), (["0", "空白"], "0"), (["无记录", "空白"], "缺失（空白）"),
        (["空白", "空白"], "缺失（空白）"), (["无记录", "无记录"], "缺失（无记录）"), (["5", "记录被拒"], "缺失（记录被拒）"),
        (["空白", "记录被拒"], "缺失（记录被拒）"), (["1", "2", "4"], "7"), (["8"], "8"),
    ])
    func sums(_ members: [String], _ wanted: String) throws {
        let trial = Trial(sections: [MergeTests.byGroup])
        let firms = members.map { firm("甲", revenue: "1", nil, ["statistics_output": $0]) }
        #expect(try trial.evaluate(firms).texts("output") == members.map { _ in wanted })
    }

    @Test(arguments: [
        (["是", "否"], "是"), (["否", "否"], "否"), (["否", "记录被拒"], "缺失（记录被拒）"), (["是", "记录被拒"], "是"),
        (["记录被拒", "记录被拒"], "缺失（记录被拒）"), (["空白", "否"], "否"),
    ])
    func flags(_ members: [String], _ wanted: String) throws {
        let trial = Trial(
            decisions: ["veto: {label: 否决, priority: 1, when: 'has(event, 安全事故)', set: D}"],
            sections: [MergeTests.byGroup])
        let firms = members.map { firm("甲", revenue: "1", 1, ["has_event_for_veto": $0]) }
        let evaluated = try trial.evaluate(firms)
        #expect(try evaluated.texts("has_event_for_veto") == members.map { _ in wanted })
        // What any of them has done, all answer for; what nobody can tell leaves all open.
        let state = wanted.hasPrefix("缺失") ? "unresolved" : "graded"
        #expect(try evaluated.texts("state") == members.map { _ in state })
        #expect(evaluated.decisions.map(\.firm) == (wanted == "是" ? Array(members.indices) : []))
    }

    @Test(arguments: [(["2", "3"], "5"), (["0", "0"], "0"), (["2", "记录被拒"], "缺失（记录被拒）")])
    func counts(_ members: [String], _ wanted: String) throws {
        let trial = Trial(
            measures: ["leases: {label: 出租数, unit: 1, decimals: 0, value: count(leased_out)}"],
            sections: [MergeTests.byGroup])
        let firms = members.map { firm("甲", revenue: "1", 1, ["leased_out_rows": $0]) }
        #expect(try trial.evaluate(firms).texts("leases") == members.map { _ in wanted })
    }

    /// What cannot be added is the leading firm's: of equal ones the first.
    @Test(arguments: [
        (["1", "2", "3"], 2), (["3", "2", "1"], 0), (["2", "2", "1"], 0), (["1", "2", "2"], 1),
        (["无记录", "-5", "空白"], 1), (["空白", "无记录", "空白"], 0), (["无记录", "空白", "空白"], 0),
    ])
    func latest(_ revenues: [String], _ lead: Int) throws {
        let trial = Trial(
            measures: ["before: {label: 上年, unit: 1, decimals: 0, value: latest(previous.rank)}"],
            sections: [MergeTests.byGroup])
        let firms = revenues.enumerated().map { index, revenue in
            firm(
                "甲", revenue: revenue, 1,
                ["previous_rank": "\(index + 7)"])
        }
        let evaluated = try trial.evaluate(firms)
        #expect(evaluated.merged?.leads == [Int32(lead)])
        #expect(try evaluated.texts("before") == revenues.map { _ in "\(lead + 7)" })
    }

    /// Who leads, and whether a firm belongs to a unit, must not rest on a refused row.
    @Test func whatIsRefusedIsLeftOpen() throws {
        let trial = Trial(sections: [MergeTests.byGroup])
        let evaluated = try trial.evaluate([
            firm("甲", revenue: "1", 5), firm("甲", revenue: "记录被拒", 5), firm("乙", revenue: "1", 5),
            firm("记录被拒", revenue: "1", 5), firm(nil, revenue: "记录被拒", 5),
        ])
        #expect(
            try evaluated.texts("state") == ["unresolved", "unresolved", "graded", "unresolved", "graded"])
        for firm in [0, 3] {
            let notes = Explainer(graph: evaluated.graph, firm: FirmValues(evaluated, firm: firm))
                .explanation()
                .steps.flatMap(\.notes)
            #expect(notes.contains { $0.contains("无法判断（记录被拒）") && $0.contains("集团合并") }, "\(notes)")
        }
    }

    // MARK: By the code of a head

    private static let byLessor =
        "merge: {label: 业主合并, by: latest(leased_in.lessor), lead: sum(statistics.revenue)}"

    @Test func ownersAndTenants() throws {
        let trial = Trial(sections: [MergeTests.byLessor])
        func tenant(of lessor: Int?, _ output: Int, revenue: Int = 9) -> FirmRow {
            firm(
                nil, revenue: "\(revenue)", output,
                lessor.map { ["leased_in_lessor": Graph.code($0)] } ?? [:])
        }
        let evaluated = try trial.evaluate([
            tenant(of: nil, 1, revenue: 1), tenant(of: 0, 2), tenant(of: 0, 4),
            // A tenant that lets on: all are with the first lessor.
            tenant(of: 0, 8), tenant(of: 3, 16),
            // One that leases from itself, two from somebody who is not in the registry, one from nobody: each is alone.
            tenant(of: 5, 32), tenant(of: 999, 64), tenant(of: 999, 256), tenant(of: nil, 128),
        ])
        let merged = try #require(evaluated.merged)
        #expect(merged.members == [[0, 1, 2, 3, 4]])
        #expect(merged.leads == [0])
        #expect(merged.names == ["企业0"])
        #expect(
            try evaluated.texts("total")
                == ["31.00", "31.00", "31.00", "31.00", "31.00", "32.00", "64.00", "256.00", "128.00"])
        #expect(evaluated.tally.states.reduce(0, +) == 9)
    }

    @Test func heads() throws {
        let graph = try compiled(Trial(sections: [MergeTests.byLessor]).method)
        // Two that name each other, three in a circle.
        let lessors = [1, 0, 3, 4, 2]
        let evaluated = try graph.evaluate(
            lessors.enumerated().map { firm, lessor in
                self.firm(nil, revenue: "\(firm)", 1, ["leased_in_lessor": Graph.code(lessor)])
            })
        let merged = try #require(evaluated.merged)
        // Nobody is the first lessor: the greatest leads.
        #expect(merged.members == [[0, 1], [2, 3, 4]])
        #expect(merged.leads == [1, 4])
        #expect(merged.names == ["企业1", "企业4"])
        #expect(evaluated.tally.states.reduce(0, +) == 5)
        // Nobody at all.
        #expect(try graph.evaluate([]).merged?.members == [])
    }

    /// Whose lessor nobody can tell, may belong to any unit: those that belong to it with certainty are unresolved too.
    @Test func aRefusedLeaseOfTheHead() throws {
        let trial = Trial(sections: [MergeTests.byLessor])
        let evaluated = try trial.evaluate([
            firm(nil, revenue: "1", 1, ["leased_in_lessor": "记录被拒"]),
            firm(nil, revenue: "1", 2, ["leased_in_lessor": Graph.code(0)]), firm(nil, revenue: "1", 4),
        ])
        #expect(try evaluated.texts("state") == ["unresolved", "unresolved", "graded"])
        #expect(try evaluated.texts("rank") == ["缺失（不适用）", "缺失（不适用）", "1"])
    }

    /// Whoever is graded has a rank and a tier, whatever the leases say.
    @Test(arguments: 0..<40)
    func gradedFirmsHaveTiers(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let trial = Trial(sections: [MergeTests.byLessor], order: "[A, B]", quota: "{A: 50%, B: rest}")
        let firms = (0..<12).map { _ in
            var row = firm(nil, revenue: dice.one(of: ["1", "2", "无记录", "记录被拒"]), dice.roll(0...9))
            if dice.happens(60) {
                row["leased_in_lessor"] = dice.one(of: [Graph.code(dice.roll(0...13)), "记录被拒", "空白"])
            }
            row["registry_state"] = dice.one(of: ["在业", "在业", "在业", "注销"])
            return row
        }
        let evaluated = try trial.evaluate(firms)
        let merged = try #require(evaluated.merged)
        #expect(Set(merged.names).count == merged.names.count)
        for firm in firms.indices where try evaluated.text("state", firm) == "graded" {
            let tier = try evaluated.text("tier", firm)
            #expect(tier == "A" || tier == "B", "\(seed) \(firm)")
            #expect(try evaluated.text("tier", merged.lead(of: firm)) == tier)
        }
    }

    @Test func twoHeadsOfOneName() throws {
        let graph = try compiled(Trial(sections: [MergeTests.byLessor]).method)
        let rows = (0..<4).map { firm in
            self.firm(nil, revenue: "1", 1, firm < 2 ? [:] : ["leased_in_lessor": Graph.code(firm - 2)])
        }
        let own = try graph.population(rows)
        let population = Population(
            codes: own.codes, names: TextColumn(rows.map { _ in "永强五金厂" }), town: own.town,
            industry: own.industry, towns: own.towns, industries: own.industries, columns: own.columns,
            dictionaries: own.dictionaries, manualDecisions: [])
        let merged = try #require(try graph.evaluate(population, concurrently: inOrder).merged)
        #expect(merged.names == ["永强五金厂（\(Graph.code(0))）", "永强五金厂（\(Graph.code(1))）"])
    }

    // MARK: By a group of the method

    private func parks(_ otherwise: String) -> Trial {
        Trial(
            sections: [
                """
                groups:
                  park:
                    label: 园区
                    first_of: {甲园: 'registry.town in (古山, 芝英)', 乙园: registry.town = 方岩}
                    otherwise: \(otherwise)
                merge: {label: 园区合并, by: park, lead: sum(land.area)}
                """
            ])
    }

    @Test func aPark() throws {
        let firms = ["古山", "芝英", "方岩", "舟山", "舟山"].enumerated().map { index, town in
            Trial.firm(1 << index, ["registry_town": town, "land_area": "\(100 + index)"])
        }
        let all = try parks("其他").evaluate(firms)
        #expect(try all.texts("total") == ["3.00", "3.00", "4.00", "24.00", "24.00"])
        #expect(all.merged?.names == ["甲园", "乙园", "其他"])
        // A blank text is none: who is in no park is evaluated alone.
        let alone = try parks("''").evaluate(firms)
        #expect(try alone.texts("total") == ["3.00", "3.00", "4.00", "8.00", "16.00"])
        #expect(alone.merged?.names == ["甲园", "乙园"])
    }

    // MARK: Decisions

    @Test func decisionsAboutOneMember() throws {
        let trial = Trial(
            decisions: ["manual: {label: 人工认定, priority: 1, from: decision}"], sections: [MergeTests.byGroup],
            quota: "{A: 100%, B: 0%, C: 0%, D: rest}")
        let graph = try compiled(trial.method)
        let firms = [firm("甲", revenue: "1", 1), firm("甲", revenue: "2", 1), firm(nil, revenue: "3", 1)]
        func decision(_ firm: Int, _ kind: String, _ tier: String) -> ManualDecision {
            ManualDecision(
                firm: firm, kind: kind, tier: tier, reason: "会议", document: "\(firm)号", date: Day(number: 0))
        }
        // It was said of the one that does not lead.
        let one = try graph.evaluate(firms, manual: [decision(0, "定档", "C")])
        #expect(try one.texts("tier") == ["C", "C", "A"])
        #expect(one.decisions.map(\.firm) == [0, 1])
        #expect(one.decisions.map(\.document) == ["0号", "0号"])
        let both = try graph.evaluate(
            firms, manual: [decision(0, "不高于", "B"), decision(1, "不高于", "D"), decision(2, "定档", "B")])
        #expect(try both.texts("tier") == ["D", "D", "B"])
        #expect(both.decisions.map { "\($0.firm)\($0.document)" } == ["00号", "01号", "10号", "11号", "22号"])
        let error = #expect(throws: EvaluationError.self) {
            try graph.evaluate(firms, manual: [decision(0, "定档", "B"), decision(1, "定档", "C")])
        }
        #expect(error?.message.contains("contradict each other") == true)
    }

    @Test func sumsThatAreTooLong() throws {
        let trial = Trial(
            sections: [MergeTests.byGroup], points: "formula: weight, decimals: 2, missing: 0")
        let firms = ["999999999999999", "1"].map { firm("永强", revenue: "1", nil, ["statistics_output": $0]) }
        let error = #expect(throws: EvaluationError.self) { try trial.evaluate(firms) }
        #expect(error?.message.contains("永强") == true && error?.message.contains("15 digits") == true)
        let opposite = ["999999999999999", "1", "-1"].map {
            firm("永强", revenue: "1", nil, ["statistics_output": $0])
        }
        #expect(try trial.evaluate(opposite).text("output", 0) == "999999999999999")
    }

    // MARK: One firm that has all rows

    private static let wide: Trial = {
        var trial = Trial(
            measures: [
                "leases: {label: 出租数, unit: 1, decimals: 0, value: count(leased_out)}",
                "land: {label: 用地, unit: 亩, decimals: 2, value: sum(land.area)}",
                "before: {label: 上年, unit: 1, decimals: 0, value: latest(previous.rank)}",
            ],
            indicators: ["per_mu: {label: 亩均产值, unit: 千元/亩, decimals: 2, value: output / land}"],
            decisions: [
                "veto: {label: 否决, priority: 2, when: 'has(event, 安全事故)', unless: leases > 3, not_above: C}",
                "lift: {label: 上调, priority: 1, when: profit > mean(profit), raise: 1}",
            ],
            scored: [
                "output: {weight: 60, baseline: 2 * mean(value)}",
                "per_mu: {weight: 40, baseline: 100, missing: mean(points)}",
            ],
            quota: "{A: 20%, B: rest, C: 20%, D: 20%}", rankBy: "[total, before ascending, profit]",
            base: "graded_and_ungraded")
        trial.sections = [
            """
            statistics:
              usual: {label: 镇街均值, decimals: 2, value: mean(per_mu by registry.town over registry)}
            lists:
              low: {label: 低效, audience: office, where: per_mu < 50% * usual}
            """
        ]
        trial.tiers = ["within: registry.town"]
        return trial
    }()

    /// Members of a unit with what the feeds say of each, and of all of them together.
    private func unit(_ name: String?, _ dice: inout Dice) -> (members: [FirmRow], together: FirmRow) {
        let count = name == nil ? 1 : dice.roll(1...4)
        var members: [FirmRow] = []
        for member in 0..<count {
            var row: FirmRow = [
                "registry_scale": dice.one(of: ["规上", "规下"]), "registry_town": dice.one(of: ["甲", "乙"]),
                "registry_state": dice.one(of: ["在业", "在业", "在业", "吊销", "注销"]),
                // No two are equal, so that it is clear who leads.
                "statistics_revenue": "\(dice.roll(1...9) * 10 + member)",
                "previous_rank": "\(dice.roll(1...9))",
                "leased_out_rows": "\(dice.roll(0...2))", "has_event_for_veto": dice.happens(15) ? "是" : "否",
            ]
            for column in ["statistics_output", "statistics_profit"] {
                row[column] = dice.happens(20) ? dice.one(of: ["无记录", "空白"]) : "\(dice.roll(-9...99))"
                if dice.happens(3) { row[column] = "记录被拒" }
            }
            row["land_area"] = dice.happens(10) ? "无记录" : "\(dice.roll(1...9) * 1000).00"
            row["registry_group"] = name
            members.append(row)
        }
        var together =
            members.max {
                Int($0["statistics_revenue"] ?? "") ?? 0 < Int($1["statistics_revenue"] ?? "") ?? 0
            } ?? [:]
        func texts(_ column: String) -> [String] { members.map { $0[column] ?? "无记录" } }
        for column in ["statistics_output", "statistics_profit", "land_area", "leased_out_rows"] {
            let numbers = texts(column).compactMap { Int($0.replacing(".00", with: "")) }
            if texts(column).contains("记录被拒") {
                together[column] = "记录被拒"
            } else if numbers.isEmpty {
                together[column] = texts(column).contains("空白") ? "空白" : "无记录"
            } else {
                together[column] = "\(numbers.reduce(0, +))" + (column == "land_area" ? ".00" : "")
            }
        }
        together["has_event_for_veto"] = texts("has_event_for_veto").contains("是") ? "是" : "否"
        // Nothing but merging asks for them.
        together["registry_group"] = nil
        together["statistics_revenue"] = nil
        return (members, together)
    }

    @Test(arguments: 0..<80)
    func asOneFirmThatHasAllRows(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        var trial = MergeTests.wide
        let plain = try compiled(trial.method)
        trial.sections.append(MergeTests.byGroup)
        let merging = try compiled(trial.method)
        var members: [FirmRow] = []
        var together: [FirmRow] = []
        var owners: [Int] = []
        for number in 0..<dice.roll(1...12) {
            let unit = unit(dice.happens(60) ? "集团\(number)" : nil, &dice)
            owners += unit.members.map { _ in number }
            members += unit.members
            together.append(unit.together)
        }
        guard let wanted = try? plain.evaluate(together) else {
            // A baseline of nothing refuses both.
            #expect(throws: EvaluationError.self) { try merging.evaluate(members) }
            return
        }
        let evaluated = try merging.evaluate(members)
        for node in plain.nodes where node.name != "registry_group" {
            let texts = try wanted.texts(node.name)
            for (firm, owner) in owners.enumerated() {
                try #require(
                    try evaluated.text(node.name, firm) == texts[owner],
                    "\(node.name) of \(firm) in \(members)")
            }
        }
        #expect(evaluated.cuts == wanted.cuts)
        for statistic in plain.statistics {
            let own = try #require(merging.statistics.firstIndex { $0.name == statistic.name })
            let other = try #require(plain.statistics.firstIndex { $0.name == statistic.name })
            func groups(_ table: StatisticTable) -> Set<String> {
                Set(
                    table.groups.filter { $0.count > 0 }.map {
                        "\($0.cohort) \($0.by) \($0.value) \($0.count)"
                    })
            }
            #expect(groups(evaluated.statistics[own]) == groups(wanted.statistics[other]))
        }
        func words(_ decision: AppliedDecision, _ owner: Int) -> String {
            "\(owner) \(decision.name) \(decision.isOverruled) \(decision.effect)"
        }
        for (firm, owner) in owners.enumerated() {
            #expect(
                evaluated.decisions.filter { $0.firm == firm }.map { words($0, owner) }
                    == wanted.decisions.filter { $0.firm == owner }.map { words($0, owner) })
            #expect(
                evaluated.listEntries.contains { $0.firm == firm }
                    == wanted.listEntries.contains { $0.firm == owner })
        }
        #expect(evaluated.tally.tiers == wanted.tally.tiers)
        #expect(evaluated.tally.states.reduce(0, +) == members.count)
        #expect(wanted.tally.states.reduce(0, +) == together.count)
    }

    /// Who comes first in the registry says nothing where keys are not equal.
    @Test(arguments: 0..<30)
    func orderDoesNotMatter(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        var trial = MergeTests.wide
        trial.sections.append(MergeTests.byGroup)
        let graph = try compiled(trial.method)
        var firms: [FirmRow] = []
        for number in 0..<6 { firms += unit(dice.happens(70) ? "集团\(number)" : nil, &dice).members }
        let order = firms.indices.shuffled(using: &dice)
        let evaluated = try graph.evaluate(firms)
        let shuffled = try graph.evaluate(order.map { firms[$0] })
        for node in graph.nodes {
            let texts = try evaluated.texts(node.name)
            #expect(try shuffled.texts(node.name) == order.map { texts[$0] }, "\(node.name)")
        }
        let names = Set(evaluated.merged?.names ?? [])
        #expect(Set(shuffled.merged?.names ?? []) == names)
    }

    /// The same with rows that are gathered as delivered ones are.
    @Test func rowsOfOneAndOfMany() throws {
        let method = Trial(
            measures: [
                "tax: {label: 税收, unit: 元, decimals: 2, value: sum(tax.vat_net)}",
                "land: {label: 用地, unit: m², decimals: 2, value: sum(land.area)}",
                "leases: {label: 出租数, unit: 1, decimals: 0, value: count(leased_out)}",
            ],
            decisions: ["veto: {label: 否决, priority: 1, when: 'has(event, 安全事故)', set: D}"],
            sections: [MergeTests.byGroup]
        ).method
        let cases = """
            mujun: cases/1
            cases:
              一家:
                firms:
                  甲:
                    税收: [{增值税净入库: 1}, {增值税净入库: 2}, {增值税净入库: 3}]
                    用地: [{用地面积: 5}, {用地面积: 6}]
                    统计: {工业总产值: 70, 主营业务收入: 3}
                    出租: [{租赁面积: 1}, {租赁面积: 2}]
                    否决事项: 安全事故
                    expect: {税收: 6, 用地: 11, 产值: 70, 出租数: 2, 总分: 70, 排名: 1, 档次: D, decisions: [veto]}
                  丁:
                    统计: {工业总产值: 60}
                    expect: {排名: 2}
              三家:
                firms:
                  甲:
                    企业名录: {所属集团: 永强}
                    税收: [{增值税净入库: 1}, {增值税净入库: 2}]
                    用地: {用地面积: 5}
                    统计: {工业总产值: 30, 主营业务收入: 1}
                    否决事项: 安全事故
                    expect: {税收: 6, 用地: 11, 产值: 70, 出租数: 2, 总分: 70, 排名: 1, 档次: D, decisions: [veto]}
                  乙:
                    企业名录: {所属集团: 永强}
                    税收: {所属月份: 2021-01, 增值税净入库: 3}
                    统计: {工业总产值: 40, 主营业务收入: 2}
                    出租: [{租赁面积: 1}, {租赁面积: 2}]
                    expect: {税收: 6, 用地: 11, 产值: 70, 出租数: 2, 总分: 70, 排名: 1, 档次: D, decisions: [veto]}
                  丙:
                    企业名录: {所属集团: 永强}
                    用地: {用地面积: 6}
                    expect: {税收: 6, 用地: 11, 产值: 70, 出租数: 2, 总分: 70, 排名: 1, 档次: D, decisions: [veto]}
                  丁:
                    统计: {工业总产值: 60}
                    expect: {排名: 2}
            """
        #expect(try compiled(method).differences(cases) == [])
    }

    /// A parcel with its owners and tenants: those who own land by their newest certificate, the others by that of
    /// what they rent.
    @Test func parcels() throws {
        let method = Trial(
            measures: ["land: {label: 用地, unit: m², decimals: 2, value: sum(land.area)}"],
            sections: [
                "merge: {label: 宗地合并, by: [latest(land.certificate), latest(leased_in.certificate)], lead: sum(land.area)}"
            ]
        ).method
        let cases = """
            mujun: cases/1
            cases:
              宗地:
                firms:
                  甲:
                    用地: [{不动产权证号: 一, 用地面积: 50, 供地日期: 2010-01-01}, {不动产权证号: 二, 用地面积: 5, 供地日期: 2020-01-01}]
                    统计: {工业总产值: 10}
                    expect: {用地: 61, 产值: 60, 总分: 60, 排名: 2}
                  乙:
                    用地: {不动产权证号: 二, 用地面积: 6, 供地日期: 2020-01-01}
                    统计: {工业总产值: 20}
                    expect: {用地: 61, 产值: 60, 总分: 60, 排名: 2}
                  丙:
                    承租: {不动产权证号: 二, 租赁面积: 2, 起租日期: 2021-01-01}
                    统计: {工业总产值: 30}
                    expect: {用地: 61, 产值: 60, 总分: 60, 排名: 2}
                  丁:
                    用地: {不动产权证号: 三, 用地面积: 7}
                    统计: {工业总产值: 70}
                    expect: {用地: 7, 产值: 70, 总分: 70, 排名: 1}
                  戊:
                    统计: {工业总产值: 5}
                    expect: {产值: 5, 总分: 5, 排名: 3}
            """
        #expect(try compiled(method).differences(cases) == [])
    }

    /// The first key that a firm has counts; one that a refused row leaves open makes it unresolved, whatever the second.
    @Test func theFirstKeyThatIsThere() throws {
        let trial = Trial(
            sections: [
                "merge: {label: 合并, by: [registry.group, registry.town], lead: sum(statistics.revenue)}"
            ])
        func firm(_ group: String?, _ town: String?) -> FirmRow {
            var row = self.firm(group, revenue: "1", 10)
            row["registry_town"] = town
            return row
        }
        let evaluated = try trial.evaluate([
            firm("永强", "芝英"), firm(nil, "永强"), firm("空白", "芝英"), firm("记录被拒", "芝英"), firm(nil, nil),
            firm(nil, "芝英"),
        ])
        let merged = try #require(evaluated.merged)
        #expect(merged.members == [[0, 1], [2, 5]])
        #expect(merged.names == ["永强", "芝英"])
        #expect(try evaluated.texts("state")[3] == "unresolved")
        #expect(try evaluated.texts("total") == ["20.00", "20.00", "20.00", "10.00", "10.00", "20.00"])
    }
}
