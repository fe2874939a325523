import Intake
import Testing

@testable import Evaluation

/// Cases: what a row leaves out, how rows count, what differs, and what remains untested.
@Suite struct CaseTests {
    private func file(_ firms: String) -> String {
        let indented = firms.split(separator: "\n").map { "      \($0)\n" }.joined()
        return "mujun: cases/1\ncases:\n  一:\n    firms:\n\(indented)"
    }

    @Test(arguments: Shipped.methods)
    func shippedCasesAgreeAndLeaveNothingUntested(_ method: String) throws {
        let graph = try Shipped.graph(method)
        let cases = try Shipped.cases(method)
        #expect(try graph.differences(cases) == [])
        #expect(try graph.gaps(cases) == [])
    }

    /// A slip in the method is noticed by its cases.
    @Test(arguments: [
        ("weight: 30, baseline: 30,", "weight: 30, baseline: 31,"),
        ("baseline: 0.236565", "baseline: 0.236566"),
        ("value: tax / land", "value: revenue / land"),
        ("sum(emission.nox)", "sum(emission.so2)"),
        ("+ sum(tax.resource_tax)", "- sum(tax.income_tax)"),
        ("missing: mean(points)}", "missing: 0}"),
        ("missing: mean(points)}", "missing: median(points) / 2}"),
        ("- default(sum(leased_out.area), 0)", "+ default(sum(leased_out.area), 0)"),
        ("years_since(registry.founded) < 2", "years_since(registry.founded) <= 2"),
        ("years_since(registry.founded) < 2", "years_since(registry.founded) < 1"),
        ("land <= 0 亩", "land < 0 亩"),
        ("in (注销, 迁出)", "in (吊销, 迁出)"),
        ("in (44, 45, 46)", "in (44, 45)"),
        ("quota: {A: 20%, B: 60%, C: 15%", "quota: {A: 15%, B: 65%, C: 15%"),
        ("quota: {A: 20%, B: 60%, C: 15%", "quota: {A: 20%, B: 55%, C: 20%"),
        ("quota: {A: 20%, B: 60%, C: 15%", "quota: {A: 20%, B: 60%, C: 10%"),
        ("ties: share_better", "ties: share_worse"),
        ("not_above: C", "not_above: B"),
        ("priority: 30", "priority: 15"),
        ("has(event, 安全事故,", "has(event, 食品安全事故,"),
        ("points: 2 if", "points: 3 if"),
        ("max(-10, -5", "max(-15, -5"),
        ("kind = 企业) - 1", "kind = 企业) - 2"),
        ("tax_per_mu < 6", "tax_per_mu <= 6"),
        ("tax_per_mu < 3\n", "tax_per_mu < 1\n"),
        ("land >= 10 亩", "land > 10 亩"),
        ("50% * mean(", "49% * mean("),
        ("50% * mean(", "51% * mean("),
        ("where: tier in (C, D)", "where: tier in (D)"),
        (
            "latest(previous.tier where year = data_year - 1)",
            "latest(previous.tier where year = data_year - 2)"
        ),
        ("not has(decision, 按规下评价)", "not has(decision, 按规上评价)"),
    ])
    func aSlipIsNoticed(_ right: String, _ wrong: String) throws {
        let method = try Shipped.method("yongkang-2021")
        let parts = method.split(separator: right, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        let graph = try compiled(parts.joined(separator: wrong))
        let differences = try graph.differences(Shipped.cases("yongkang-2021"))
        #expect(!differences.isEmpty)
    }

    /// Rows count as they do in deliveries: in the data year, in force, once, for tenant and lessor.
    @Test func rowsCountAsDelivered() throws {
        let graph = try Shipped.graph("yongkang-2021")
        let differences = try graph.differences(
            file(
                """
                甲:
                  税收: [{增值税净入库: 1 万元}, {增值税净入库: 1 万元}, {所属月份: 2022-01, 增值税净入库: 5}]
                  承租: [{出租方代码: 乙, 租赁面积: 2000}, {租赁面积: 3000, 到期日期: 2022-05-30}]
                  用电: {用电量: 3}
                  企业名录: {行业代码: 3465}
                  expect:
                    税收: 2 万元
                    用地面积: 3 亩
                    用电量: 0.0003 万kWh
                    增加值: missing
                    registry_scale: 规上
                    registry_state: 在业
                    registry_founded: 2001-01-01
                    五金行业组: 电动工具与电机
                乙:
                  用地: [{用地面积: 2000}, {用地面积: 2000}]
                  统计: {增加值: 10 万元}
                  排放: refused
                  expect:
                    用地面积: 3 亩
                    增加值: 100 千元
                    年平均职工人数: 0
                    全员劳动生产率: missing
                    主要污染物排放量: refused
                    评价状态: unresolved
                    has_event_for_accident: no
                """))
        #expect(differences == [])
    }

    /// Of two different rows with one key nobody can tell which is right, as in deliveries.
    @Test func differingRowsOfOneKeyAreRefused() throws {
        let graph = try Shipped.graph("yongkang-2021")
        #expect(
            try graph.differences(
                file(
                    """
                    甲: {统计: [{研发费用: 1}, {研发费用: 2}], 用地: {area: 1}, expect: {研发费用: refused, 税收: missing}}
                    """)) == [])
    }

    @Test func whatIsGivenStandsInPlaceOfFeedsAndIsSaidToBeGiven() throws {
        let graph = try Shipped.graph("yongkang-2021")
        let differences = try graph.differences(
            file(
                """
                甲:
                  税收: {增值税净入库: 100 万元}
                  用地: {用地面积: 1000}
                  given: {税收: 30 万元, 排放: missing, 用电量: refused}
                  expect: {亩均税收: 21, 税收: 31, 单位用电税收: refused}
                """.replacing(", 排放: missing", with: ", 主要污染物排放量: missing")))
        #expect(differences.map(\.name) == ["tax_per_mu", "tax"])
        #expect(differences.first?.expected == "21.000000 万元/亩")
        #expect(differences.first?.found == "20.000000 万元/亩")
        #expect(differences.first?.reasons == ["= 税收 ÷ 用地面积", "= 30.0000 ÷ 1.5000"])
        #expect(differences.last?.reasons == ["给定值"])
    }

    @Test func differencesShowHowAValueCameAbout() throws {
        let graph = try Shipped.graph("yongkang-2021")
        let differences = try graph.differences(
            file(
                """
                甲:
                  否决事项: 安全事故
                  given: {用地面积: 10 亩, 亩均税收: 15, 单位排放增加值: 4861.08}
                  expect:
                    亩均税收得分: 15.1
                    档次: A
                    评价组: below
                    decisions: none
                    lists: {rectification: no, elimination_candidate: [tier_d]}
                """))
        #expect(
            differences.map { [$0.name, $0.expected, $0.found] + $0.reasons } == [
                [
                    "points_tax_per_mu", "15.1000", "15.0000", "= 权重 30 × 亩均税收 ÷ 基准值 30",
                    "= 30 × 15.000000 ÷ 30",
                ],
                [
                    "tier", "A", "C",
                    "评价状态 graded（参评），评价组 above（规上），总分 25.0000，排名 1，初定档次 B，本组 1 户有排名",
                    "安全事故、环境违法或重大税收违法一票否决：不高于 C",
                ],
                [
                    "cohort", "below（规下）", "above（规上）",
                    "条件：(企业名录：规模 = 规上 或 有人工认定（按规上评价）) 且 非 有人工认定（按规下评价）",
                    "代入：(规上 = 规上 或 否) 且 非 否",
                ],
                [
                    "decisions", "none", "accident", "安全事故、环境违法或重大税收违法一票否决",
                    "条件：有否决事项（安全事故、环境违法、重大税收违法）", "代入：是",
                ],
                ["rectification", "not listed", "rectification", "整治提升清单", "条件：档次 属于（C、D）", "代入：C 属于（C、D）"],
                ["elimination_candidate", "tier_d", "not listed", "D类", "条件：档次 = D", "代入：C = D"],
            ])
    }

    @Test func coverageSaysWhichHalfIsLacking() throws {
        let graph = try Shipped.graph("yongkang-2021")
        let gaps = try graph.gaps(
            file(
                """
                甲: {荣誉资质: 高新技术企业, given: {用地面积: 10 亩, 亩均税收: 15, 单位排放增加值: 1}, expect: {总分: 1}}
                乙: {否决事项: 安全事故, 企业名录: {规模: 规下}, 用地: {area: 9000}}
                """))
        // What is only given, and a firm of which nothing is expected, prove nothing; a total rests on no tier.
        for gap in [
            "measure staff: no firm has a value of its own",
            "indicator tax_per_mu: no firm has a value of its own",
            "points points_value_added_per_mu.above: no firm of the cohort has the value",
            "missing points_tax_per_mu.above: no firm of the cohort lacks the value",
            "points points_tax_per_mu.below: no firm of the cohort has the value",
            "missing points_tax_per_power.below: no expected value rests on it",
            "adjustment high_tech: no firm fails: 有荣誉资质（高新技术企业）",
            "adjustment specialised: no firm satisfies: 有荣誉资质（专精特新中小企业、专精特新小巨人）",
            "adjustment leasing_out: no firm satisfies: -5 × 最大值（0，租赁（出租）：记录数（类型 = 企业） - 1） < -10",
            "scope grace: no firm is in this state",
            "scope unresolved: no firm is in this state",
            "cohort below: no firm belongs to it",
            "group industry_group.车业: no expected value rests on it",
            "tier D: no expected value rests on it",
            "decision accident: no expected value rests on it",
            "decision manual: no expected value rests on it",
            "list elimination_candidate.tier_d: no expected value rests on it",
        ] { #expect(gaps.contains(gap), "\(gap)") }
        for covered in [
            "points points_tax_per_mu.above", "missing points_rd_share.above", "scope graded", "cohort above",
        ] {
            #expect(!gaps.contains { $0.hasPrefix(covered + ":") }, "\(covered)")
        }
    }
}
