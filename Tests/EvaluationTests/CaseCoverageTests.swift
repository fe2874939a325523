import Intake
import Testing

@testable import Evaluation

/// What an expected value puts to the test, and what it does not although the firm has it.
@Suite struct CaseCoverageTests {
    private let untouched = "no expected value rests on it"

    private func gaps(_ firms: String) throws -> [String] {
        try Shipped.graph("yongkang-2021").gaps("mujun: cases/1\ncases: {一: {firms: {\(firms)}}}\n")
    }

    private let ranked = "given: {land: 10, tax_per_mu: 15, value_added_per_t: 1}"

    @Test func decisionsRestOnNoScore() throws {
        let gaps = try gaps("甲: {\(ranked), expect: {decisions: none}}")
        for name in [
            "measure tax", "indicator tax_per_mu", "points points_tax_per_mu.above", "adjustment high_tech",
            "tier B", "cohort above",
        ] {
            #expect(gaps.contains("\(name): \(untouched)"), "\(name)")
        }
        for name in ["accident", "promoted", "manual"] {
            #expect(gaps.contains("decision \(name): it is in force for no firm"), "\(name)")
        }
        #expect(!gaps.contains { $0.hasPrefix("scope graded") })
    }

    /// 公用事业 holds, so that nobody asked for the land.
    @Test func scopeRulesAfterTheOneThatHoldsAreNotReached() throws {
        let land = "用地: {用地面积: 9000}"
        let utility = try gaps("甲: {\(land), 企业名录: {行业代码: 4610}, expect: {评价状态: utility}}")
        #expect(utility.contains("measure land: \(untouched)"))
        let graded = try gaps("甲: {\(land), 排放: refused, expect: {评价状态: unresolved}}")
        #expect(!graded.contains { $0.hasPrefix("measure land:") })
    }

    @Test func groupsAfterTheOneThatHoldsAreNotReached() throws {
        let method = try Shipped.method("yongkang-2021").replacing(
            "工具五金: registry.industry in (3322, 3324, 3351)", with: "工具五金: staff >= 1")
        let graph = try compiled(method)
        func gaps(_ industry: String) throws -> [String] {
            try graph.gaps(
                "mujun: cases/1\ncases: {一: {firms: {甲: {企业名录: {行业代码: \(industry)}, 统计: {年平均职工人数: 0}, expect: {industry_group: \(industry == "3312" ? "门业" : "车业")}}}}}\n"
            )
        }
        #expect(try gaps("3312").contains("measure staff: \(untouched)"))
        #expect(try !gaps("3770").contains { $0.hasPrefix("measure staff:") })
    }

    @Test func theMissingRuleIsReachedByFirmsThatLackTheValue() throws {
        let method = try Shipped.method("yongkang-2021").replacing(
            "missing: mean(points)}", with: "missing: staff / 1 人}")
        let graph = try compiled(method)
        func gaps(_ given: String) throws -> [String] {
            try graph.gaps(
                "mujun: cases/1\ncases: {一: {firms: {甲: {given: {land: 10\(given)}, 统计: {年平均职工人数: 1}, expect: {points_value_added_per_t: \(given.isEmpty ? "1" : "0.0021")}}}}}\n"
            )
        }
        #expect(try gaps(", value_added_per_t: 1").contains("measure staff: \(untouched)"))
        #expect(try !gaps("").contains { $0.hasPrefix("measure staff:") })
    }

    /// A firm without a rank has neither total nor tier, whatever is known of it.
    @Test func firmsWithoutARankProveNoScoreAndNoDecision() throws {
        let gaps = try gaps(
            """
            甲: {企业名录: {登记状态: 注销}, 税收: {vat_net: 1}, 用地: {area: 9000}, 否决事项: 安全事故, \
            expect: {tier: missing, rank: missing, total: missing, decisions: none}}
            """)
        for name in ["measure tax", "measure land", "indicator tax_per_mu", "cohort above"] {
            #expect(gaps.contains("\(name): \(untouched)"), "\(name)")
        }
        #expect(gaps.contains("decision accident: \(untouched)"))
    }

    @Test func anOverruledDecisionIsNotProved() throws {
        let overruled = try gaps(
            """
            甲: {\(ranked), 否决事项: 安全事故, 人工认定: {认定事项: 定档, 档次: A}, expect: {tier: A}}, \
            乙: {\(ranked), expect: {tier: B}}
            """)
        #expect(overruled.contains("decision accident: it is in force for no firm"))
        #expect(!overruled.contains { $0.hasPrefix("decision manual") })
        let inForce = try gaps(
            "甲: {\(ranked), 否决事项: 安全事故, expect: {tier: C}}, 乙: {\(ranked), expect: {tier: B}}")
        #expect(!inForce.contains { $0.hasPrefix("decision accident") })
    }
}
