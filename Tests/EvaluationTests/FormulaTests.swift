import Testing

@testable import Evaluation

/// Formulas as officials read them.
@Suite struct FormulaTests {
    @Test(arguments: [
        ("1", "2 if has(title, 高新技术企业) else 0", "有荣誉资质（高新技术企业）时 2，否则 0"),
        ("1", "2 if not has(title, 高新技术企业) else 0", "非 有荣誉资质（高新技术企业）时 2，否则 0"),
        (
            "1", "3 if land < 3 亩 else 2 if land >= 9 亩 or tax is missing else 0",
            "用地面积 < 3 亩时 3，用地面积 ≥ 9 亩 或 税收 缺失时 2，否则 0"
        ),
        (
            "1", "1 if registry.scale = 规上 and registry.industry not in (3312, 3322) else 0",
            "企业名录：规模 = 规上 且 企业名录：行业代码 不属于（3312、3322）时 1，否则 0"
        ),
        (
            "1", "1 if prefix(registry.industry, 2) in (33, 34) and (land > 1 or tax is not missing) else 0",
            "企业名录：行业代码前2位 属于（33、34） 且 (用地面积 > 1 或 税收 未缺失) 时 1，否则 0"
        ),
        ("亩", "default(land, 0) - (land * 2 - 1)", "用地面积（缺失按 0） - (用地面积 × 2 - 1)"),
        ("万元/亩", "default(tax + 1, tax * 2) / land", "(税收 + 1)（缺失按 税收 × 2） ÷ 用地面积"),
        ("1", "max(0, min(years_since(registry.founded), 5))", "最大值（0，最小值（自企业名录：成立日期满年数，5））"),
        (
            "1", "1 if registry.founded < '2020-01-01' else -(1 + 2)",
            "企业名录：成立日期 < 2020-01-01 时 1，否则 -(1 + 2)"
        ),
        (
            "1", "1 if registry.scale != 规上 and not (land < 1 and land > 0) else 0",
            "企业名录：规模 ≠ 规上 且 非 (用地面积 < 1 且 用地面积 > 0) 时 1，否则 0"
        ),
    ])
    func reads(_ unit: String, _ expression: String, as formula: String) throws {
        let graph = try compiled(
            Shipped.testFile("Mistakes/base.yaml").replacing(
                "\nmeasures:\n",
                with:
                    "\nmeasures:\n  probe: {label: 试算, unit: \(unit), decimals: 4, value: \"\(expression)\"}\n"
            ))
        let probe = try #require(graph.node(named: "probe"))
        #expect(graph.formula(of: graph.nodes[probe]) == formula)
    }
}
