import Intake
import Testing

@testable import Evaluation

/// What belongs to a method's meaning, and what does not.
@Suite struct MeaningTests {
    struct Edit: CustomTestStringConvertible {
        let old: String
        let new: String

        init(_ old: String, _ new: String) { (self.old, self.new) = (old, new) }

        var testDescription: String { "\(old) → \(new)" }

        /// The meaning of the sample of Yongkang, once more with this edit.
        func meanings() throws -> (before: String, after: String) {
            let method = try Shipped.method("yongkang-2021")
            let parts = method.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
            try #require(parts.count == 2, "\(old) does not stand in the method")
            return (try compiled(method).meaning, try compiled(parts.joined(separator: new)).meaning)
        }
    }

    @Test(arguments: [
        Edit("data_year: 2021", "data_year: 2020"),
        Edit("as_of: 2022-05-31", "as_of: 2022-06-30"),
        // Measures and indicators
        Edit("sum(tax.vat_net) + ", ""),
        Edit("sum(tax.vat_net)", "2 * sum(tax.vat_net)"),
        Edit("default(sum(land.area), 0)", "default(sum(land.area), 1)"),
        Edit("sum(leased_out.area)", "sum(leased_out.area where kind = 企业)"),
        Edit("sum(leased_out.area)", "sum(leased_out.area where area >= 100 m²)"),
        Edit("sum(leased_in.area), 0) - ", "sum(leased_in.area), 0) + "),
        Edit("unit: tce", "unit: kgce"),
        Edit("decimals: 6, value: tax / land", "decimals: 5, value: tax / land"),
        Edit("decimals: 6, value: tax / land", "decimals: 6, rounding: down, value: tax / land"),
        Edit("value: tax / land", "value: land / tax * 1 万元/亩 * 1 万元/亩"),
        // Groups
        Edit("门业: registry", "门: registry"),
        Edit("in (3322, 3324, 3351)", "in (3322, 3324)"),
        Edit(
            "prefix(registry.industry, 2) in (33, 34, 35)", "prefix(registry.industry, 3) in (331, 341, 351)"),
        Edit("otherwise: 其他行业", "otherwise: 其他"),
        // Scope
        Edit("class: ungraded", "class: exempt"),
        Edit("years_since(registry.founded) < 2", "years_since(registry.founded) < 3"),
        Edit("land <= 0 亩", "land < 0 亩"),
        // Cohorts
        Edit("weight * value / baseline", "min(weight * value / baseline, weight)"),
        Edit("{weight: 30, baseline: 30, source", "{weight: 30, baseline: 31, source"),
        Edit("baseline: 4861.08, missing: mean(points)", "baseline: 4861.08, missing: median(points)"),
        Edit("missing: mean(points)", "missing: mean(points over graded)"),
        Edit("where: registry.scale = 规下", "where: registry.scale != 规上"),
        // Points that are added
        Edit("points: 1 if has(title, 专精特新中小企业, 专精特新小巨人)", "points: 1 if has(title, 专精特新小巨人)"),
        Edit("max(-10, -5", "min(-10, -5"),
        Edit("    cohort: above\n", ""),
        // Tiers
        Edit("order: [A, B, C, D]", "order: [B, A, C, D]"),
        Edit("rank_by: [total, tax]", "rank_by: [total, tax ascending]"),
        Edit("ties: share_better", "ties: split"),
        Edit("{A: 20%, B: 60%", "{A: 21%, B: 59%"),
        Edit("of: graded", "of: graded_and_ungraded"),
        Edit("bound: closed", "bound: open"),
        Edit("round: nearest", "round: up"),
        // Decisions
        Edit("priority: 30", "priority: 15"),
        Edit("priority: 20", "priority: 40"),
        Edit("not_above: C", "not_above: D"),
        Edit("not_above: C", "set: C"),
        Edit("where year = data_year - 1) = 规下", "where year = data_year - 2) = 规下"),
        // Lists
        Edit("audience: town", "audience: office"),
        Edit("over: registry                       #", "over: graded #"),
        Edit("50% * mean(tax_per_mu by", "60% * mean(tax_per_mu by"),
        Edit("mean(tax_per_mu by industry_group over graded)", "quantile(tax_per_mu, 25% by industry_group)"),
        Edit("mean(tax_per_mu by industry_group over graded)", "mean(tax_per_mu over graded)"),
        Edit("over graded)", "over registry)"),
        Edit("land >= 10 亩", "land > 10 亩"),
    ])
    func changes(_ edit: Edit) throws {
        let (before, after) = try edit.meanings()
        #expect(before != after)
    }

    @Test(arguments: [
        Edit("# the first that holds", "# 依次判断"),
        Edit("id: yongkang-2021", "id: yongkang"),
        Edit("title: 永康市工业企业", "title: 工业企业"),
        Edit("note: 示例：", "note: 注："),
        Edit("label: 税收\n", "label: 税收合计\n"),
        Edit("label: 规上\n", "label: 规模以上\n"),
        Edit("重大税收违法一票否决", "重大税收违法否决"),
        Edit("number: 黄政发〔2018〕12号", "number: 黄政发〔2019〕1号"),
        Edit("    source: assumed\n", ""),
        Edit("sum(tax.vat_net) + sum(tax.export_credit)", "sum(tax.export_credit)\n      + sum(tax.vat_net)"),
        Edit("    unit: 万元\n    decimals: 4\n", "    decimals: 4\n    unit: 万元\n"),
        Edit("value: tax / land", "value: (税收 / 用地面积)"),
        Edit("in (3322, 3324, 3351)", "in (3351, 3322, '3324')"),
        Edit("has(event, 安全事故, 环境违法", "has(event, 环境违法, 安全事故"),
        Edit("weight: 50, baseline: 16.601058", "weight: 50.0, baseline: 16.6010580"),
        Edit("50% * mean(", "0.5 * mean("),
        Edit("missing: mean(points)", "missing: mean(points over cohort)"),
        Edit(
            "registry.state = 在业 and registry.scale = 规上 and land > 0 亩 and tax_per_mu < 6",
            "registry.state in (在业) and registry.scale = 规上 and (land) > 0 亩 and tax_per_mu < 6"),
        Edit("quota: {A: 20%, B: 60%, C: 15%, D: rest}", "quota: {D: rest, C: 15.0%, B: 60%, A: 20%}"),
    ])
    func doesNotChange(_ edit: Edit) throws {
        let (before, after) = try edit.meanings()
        #expect(before == after)
    }

    /// Sections whose entries do not depend on each other's order may be written in another.
    @Test func orderOfDeclarations() throws {
        let method = try Shipped.method("yongkang-2021")
        let entries = [
            "  rd_share: {label: R&D经费占主营业务收入之比, unit: 1, decimals: 4, value: rd / revenue}\n",
            "      tax_per_mu: {weight: 30, baseline: 30, source: pledges}\n",
            "      tier_d:\n        label: D类\n        when: tier = D\n        source: assumed\n",
        ]
        let heads = [
            "indicators:\n", "      rd_share: {weight: 10, baseline: 0.0305}\n",
            "    grounds:                             # land > 0 亩: a negative ratio is no low yield\n",
        ]
        for (entry, head) in zip(entries, heads) {
            try #require(method.contains(entry) && method.contains(head))
            let moved = method.replacing(entry, with: "").replacing(
                head, with: head + entry, maxReplacements: 1)
            #expect(try compiled(moved).meaning == compiled(method).meaning, "\(entry)")
        }
    }

    /// The place of a field in its contract says nothing.
    @Test(arguments: Shipped.methods)
    func orderOfFields(_ name: String) throws {
        let method = try MethodFile.parse(Shipped.method(name))
        let checker = Checker(method, contracts: Shipped.contracts.map(reversed))
        #expect(try #require(checker.graph).meaning == Shipped.graph(name).meaning)
    }

    private func reversed(_ contract: FeedContract) -> FeedContract {
        func place(_ field: Int) -> Int { contract.fields.count - 1 - field }
        return FeedContract(
            name: contract.name, title: contract.title, department: contract.department,
            addsUp: contract.addsUp, fields: contract.fields.reversed(), key: contract.key.map(place),
            relations: contract.relations.map {
                FeedContract.Relation(name: $0.name, field: place($0.field), label: $0.label)
            },
            period: contract.period.map(place), validFrom: contract.validFrom.map(place),
            validTo: contract.validTo.map(place), category: contract.category.map(place),
            personalHeaders: contract.personalHeaders, required: contract.required,
            maxRefusedRows: contract.maxRefusedRows,
            maxRefusedPerTenThousand: contract.maxRefusedPerTenThousand)
    }

    @Test func sampleMeaning() throws {
        let lines = try Shipped.graph("yongkang-2021").meaning.split(separator: "\n")
        for line in [
            "node tax_per_mu number [money 1 area -1 factor 10000/1] decimals 6 half_away = quotient(tax, land)",
            "node has_title_for_high_tech flag decimals 0 half_away = feed title title has where (title in ('高新技术企业'))",
            "statistic mean_tax_per_mu_by_industry_group mean tax_per_mu over graded by industry_group decimals 6 half_away",
            "cohort above quota 2000 8000 9500", "rank_by total descending, tax descending",
            "decision accident 20 not_above 'C' when (has_event_for_accident != 0/1)",
        ] { #expect(lines.contains { $0 == line }, "\(line)") }
    }
}
