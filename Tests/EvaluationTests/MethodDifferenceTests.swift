import Intake
import Testing

@testable import Evaluation

/// What is said of two methods that differ. That nothing is left out, GarbageTests shows with thousands of files.
@Suite struct MethodDifferenceTests {
    /// Each line: kind, name, aspect, old → new, with the lines in both files.
    private func differences(_ edits: [(String, String)], in name: String = "yongkang-2021") throws
        -> [String]
    {
        try differences([], edits, in: name)
    }

    private func differences(
        _ oldEdits: [(String, String)], _ newEdits: [(String, String)], in name: String = "yongkang-2021"
    ) throws -> [String] {
        func edited(_ edits: [(String, String)]) throws -> String {
            try edits.reduce(Shipped.method(name)) { text, edit in
                try #require(text.contains(edit.0), "\(edit.0) does not stand in the method")
                return text.replacing(edit.0, with: edit.1, maxReplacements: 1)
            }
        }
        let old = try edited(oldEdits)
        let new = try edited(newEdits)
        let found = MethodDifferences(
            try compiled(old), try MethodFile.parse(old), try compiled(new), try MethodFile.parse(new))
        func lineOf(_ place: SourcePlace?, _ text: String) -> String {
            guard let place else { return "?" }
            let line = text.split(separator: "\n", omittingEmptySubsequences: false)[place.line - 1]
            return line.split(separator: ":")[0].trimmingPrefix { $0 == " " }.description
        }
        return found.differences.flatMap { difference in
            difference.aspects.map { aspect in
                "\(difference.kind) \(difference.name)|\(aspect.name)|"
                    + "\(aspect.old.map { "\($0.words) @\(lineOf($0.place, old))" } ?? "—")|"
                    + "\(aspect.new.map { "\($0.words) @\(lineOf($0.place, new))" } ?? "—")"
            }
        }
    }

    @Test func weightsAndBaselines() throws {
        #expect(
            try differences([
                ("{weight: 30, baseline: 30", "{weight: 35, baseline: 24.5"),
                ("rd_share: {weight: 10", "rd_share: {weight: 5"),
            ]) == [
                "points points_tax_per_mu|规上 权重|30 @tax_per_mu|35 @tax_per_mu",
                "points points_tax_per_mu|规上 基准值|30 @tax_per_mu|24.5 @tax_per_mu",
                "points points_rd_share|规上 权重|10 @rd_share|5 @rd_share",
            ])
    }

    /// A baseline and a weight that parameters give are told as such, at the values of the parameters; a parameter
    /// inside the formula is told with the formula.
    @Test func parameters() throws {
        let declared = (
            "measures:\n",
            """
            parameters:
              base:
                label: 税收基准
                unit: 万元/亩
                values:
                  - {from: 2019, until: 2020, value: 15}
                  - {from: 2021,
                     value: 20}
              main: {label: 税收权重, unit: 1, values: [{from: 2021, value: 30}]}
              cap: {label: 封顶, unit: 1, values: [{from: 2021, value: 2}]}
            measures:

            """
        )
        let mentions = [
            declared, ("tax_per_mu: {weight: 30, baseline: 30", "tax_per_mu: {weight: main, baseline: 税收基准"),
            ("weight * value / baseline", "min(cap * weight, weight * value / baseline)"),
        ]
        func found(_ old: String, _ new: String, _ more: (String, String)...) throws -> [String] {
            try differences(mentions, mentions.map { ($0.0, $0.1.replacing(old, with: new)) } + more)
        }
        #expect(
            try found("value: 20}", "value: 25}") == [
                "points points_tax_per_mu|规上 基准值|20 @value|25 @value"
            ])
        #expect(
            try found(
                "value: 30}", "value: 40}",
                ("value_added_per_mu: {weight: 20", "value_added_per_mu: {weight: 10")
            )
            .first
                == "points points_tax_per_mu|规上 权重|30 @main|40 @main")
        let caps = try found(
            "封顶, unit: 1, values: [{from: 2021, value: 2}", "封顶, unit: 1, values: [{from: 2021, value: 3}")
        #expect(
            caps.contains(
                "points points_tax_per_mu|规上 公式|最小值（封顶 2 × 权重，权重 × 亩均税收 ÷ 基准值） @tax_per_mu|最小值（封顶 3 × 权重，权重 × 亩均税收 ÷ 基准值） @tax_per_mu"
            ))
        #expect(caps.allSatisfy { $0.contains(" 公式|") })
    }

    @Test func unitsAndDecimals() throws {
        #expect(
            try differences([("unit: tce\n    decimals: 4", "unit: kgce\n    decimals: 2")]).prefix(2) == [
                "measure energy|单位|tce @energy|kgce @energy", "measure energy|小数位|4 @energy|2 @energy",
            ])
    }

    @Test func pointsFormulaAndMissingRule() throws {
        let found = try differences([
            ("ratio: weight * value / baseline", "ratio: min(weight, weight * value / baseline)"),
            ("missing: mean(points)", "missing: 5"),
        ])
        #expect(
            found.contains(
                "points points_tax_per_power|规下 公式|权重 × 单位用电税收 ÷ 基准值 @tax_per_power|最小值（权重，权重 × 单位用电税收 ÷ 基准值） @tax_per_power"
            ))
        #expect(
            found.contains(
                "points points_value_added_per_t|规上 缺失值|单位排放增加值得分均值 @value_added_per_t|5 @value_added_per_t"))
        // The statistic that nothing needs any more.
        #expect(found.contains { $0.hasPrefix("statistic ") && $0.hasSuffix("|—") })
    }

    @Test func tiersAndDecisions() throws {
        #expect(
            try differences([
                ("{A: 20%, B: 60%", "{A: 25%, B: 55%"), ("ties: share_better", "ties: split"),
                ("priority: 20", "priority: 40"), ("not_above: C", "set: D"),
            ]) == [
                "cohort above|划档比例|A 20%，B 60%，C 15%，D 其余 @quota|A 25%，B 55%，C 15%，D 其余 @quota",
                "cohort below|划档比例|A 20%，B 60%，C 15%，D 其余 @quota|A 25%，B 55%，C 15%，D 其余 @quota",
                "tiers |并列者同入较好档次 @ties|并列者按统一社会信用代码分开 @ties".replacing("tiers |", with: "tiers ||"),
                "decision accident|作用|不高于 C @accident|定为 D @accident",
                "decision accident|优先级|20 @priority|40 @priority",
            ])
    }

    @Test func whatOnlyOneHas() throws {
        let found = try differences([
            (
                "    not_above: C\n    source: assumed\n  promoted:",
                "    not_above: C\n    source: assumed\n  raised:"
            ),
            ("      tier_d:\n        label: D类\n        when: tier = D\n        source: assumed\n", ""),
        ])
        #expect(
            found.contains { $0.hasPrefix("decision raised||—|") && $0.hasSuffix("不低于 C，优先级 10 @raised") })
        #expect(found.contains { $0.hasPrefix("decision promoted||") && $0.hasSuffix("|—") })
        #expect(found.contains { $0 == "list tier_d||档次 = D @when|—" })
    }

    @Test func scopeAndCohorts() throws {
        #expect(
            try differences([
                ("years_since(registry.founded) < 2", "years_since(registry.founded) < 3"),
                ("where: registry.scale = 规下", "where: registry.scale != 规上"),
            ]) == [
                "scope scope|新设企业过渡期|自企业名录：成立日期满年数 < 2 @when|自企业名录：成立日期满年数 < 3 @when",
                "cohort cohort|规下|企业名录：规模 = 规下 或 有人工认定（按规下评价） @where|企业名录：规模 ≠ 规上 或 有人工认定（按规下评价） @where",
            ])
    }

    /// Columns of feeds have names that do not tell their rows.
    @Test func whatAFeedIsAskedFor() throws {
        #expect(
            try differences([("has(event, 安全事故, 环境违法, 重大税收违法)", "has(event, 安全事故)")]) == [
                "input has_event_for_accident||有否决事项（安全事故、环境违法、重大税收违法） @when|有否决事项（安全事故） @when",
                "decision accident|条件|有否决事项（安全事故、环境违法、重大税收违法） @when|有否决事项（安全事故） @when",
            ])
        #expect(
            try differences([("has(title, 高新技术企业)", "has(title, 高新技术企业, 科技型中小企业)")]) == [
                "input has_title_for_high_tech||有荣誉资质（高新技术企业） @points|有荣誉资质（高新技术企业、科技型中小企业） @points",
                "adjustment high_tech|规上 公式|有荣誉资质（高新技术企业）时 2，否则 0 @high_tech|有荣誉资质（高新技术企业、科技型中小企业）时 2，否则 0 @high_tech",
                "adjustment high_tech|规下 公式|有荣誉资质（高新技术企业）时 2，否则 0 @high_tech|有荣誉资质（高新技术企业、科技型中小企业）时 2，否则 0 @high_tech",
            ])
    }

    /// The first that holds counts.
    @Test func theOrderOfScopeRules() throws {
        let utility =
            "  utility:\n    label: 公用事业\n    class: exempt\n    when: prefix(registry.industry, 2) in (44, 45, 46)\n    source: assumed\n"
        let states = "已注销或迁出、人工认定不纳入评价、人工认定暂不评价、"
        #expect(
            try differences([(utility, ""), ("  no_land:", utility + "  no_land:")]) == [
                "scope scope|先后次序|\(states)公用事业、新设企业过渡期、无用地 @when|\(states)新设企业过渡期、公用事业、无用地 @when"
            ])
        // A rule that is gone moves no other.
        #expect(
            try differences([(utility, "")]).contains { $0.hasPrefix("scope scope|公用事业|") })
        #expect(try !differences([(utility, "")]).contains { $0.contains("先后次序") || $0.contains("无用地") })
    }

    /// Another name is told once, whatever mentions it.
    @Test func anotherName() throws {
        #expect(
            try differences(
                [
                    ("  industry_group:", "  trade:"), ("within: industry_group", "within: trade"),
                    ("by industry_group", "by trade"),
                ], in: "wenling-2022") == [
                    "group trade|名称|industry_group @industry_group|trade @trade"
                ])
        let found = try differences([
            ("\n  rd_share:", "\n  rd_ratio:"), ("      rd_share:", "      rd_ratio:"),
        ])
        #expect(found == ["indicator rd_ratio|名称|rd_share @rd_share|rd_ratio @rd_ratio"])
    }

    @Test func whatBecomesOfMissingValues() throws {
        let found = try differences([("missing: mean(points)}", "missing: leave_out}")])
        #expect(
            found.contains(
                "points points_value_added_per_t|规上 缺失值|单位排放增加值得分均值 @value_added_per_t|不计入，其余指标按权重分摊 @value_added_per_t"
            ))
        let total = try #require(found.first { $0.hasPrefix("total ") })
        #expect(found.count { $0.hasPrefix("total ") } == 1)
        #expect(total.contains("R&D经费占主营业务收入之比得分，缺失的不计入、其余按权重分摊] + ("))
        #expect(!found.contains { $0.contains("权重 + 权重") || $0.contains("or(") || $0.contains("statistic(") })
    }

    /// A new list is told once, with its condition.
    @Test func aNewList() throws {
        let found = try differences([
            ("\nlists:\n", "\nlists:\n  best: {label: 领跑者, audience: public, where: tier = A}\n")
        ])
        #expect(found == ["list best||—|公开，参评企业：档次 = A @best"])
    }

    /// A baseline that a parameter names: the value, where it stands.
    @Test func aParameterWithAnotherValue() throws {
        let mentioned = [
            (
                "measures:\n",
                "parameters:\n  base:\n    label: 税收基准\n    unit: 万元/亩\n    values:\n      - {from: 2021, value: 30, document: pledges}\nmeasures:\n"
            ), ("{weight: 30, baseline: 30,", "{weight: 30, baseline: base,"),
        ]
        let old = try mentioned.reduce(try Shipped.method("yongkang-2021")) { text, edit in
            try #require(text.contains(edit.0))
            return text.replacing(edit.0, with: edit.1, maxReplacements: 1)
        }
        let new = old.replacing("value: 30, document", with: "value: 25, document")
        let found = MethodDifferences(
            try compiled(old), try MethodFile.parse(old), try compiled(new), try MethodFile.parse(new))
        let aspects = found.differences.flatMap(\.aspects)
        #expect(found.differences.map(\.name) == ["points_tax_per_mu"])
        #expect(aspects.map(\.name) == ["规上 基准值"])
        #expect(aspects.map(\.old?.words) == ["30"] && aspects.map(\.new?.words) == ["25"])
        let line = old.split(separator: "\n", omittingEmptySubsequences: false)[
            (aspects[0].new?.place?.line ?? 1) - 1]
        #expect(line.contains("value: 30"))
    }

    /// What reads otherwise and computes alike.
    @Test func wording() throws {
        let old = try Shipped.method("yongkang-2021")
        let new = old.replacing("label: 规上\n", with: "label: 规模以上\n").replacing(
            "title: 永康市 2022", with: "title: 2022")
        let found = MethodDifferences(
            try compiled(old), try MethodFile.parse(old), try compiled(new), try MethodFile.parse(new))
        #expect(found.differences.isEmpty)
        #expect(found.wording.contains(.init(kind: "cohort", name: "above", old: "规上", new: "规模以上")))
        #expect(found.wording.contains { $0.kind == "source" && $0.name == "pledges" })
        let same = MethodDifferences(
            try compiled(old), try MethodFile.parse(old), try compiled(old), try MethodFile.parse(old))
        #expect(same.differences.isEmpty && same.wording.isEmpty)
    }
}
