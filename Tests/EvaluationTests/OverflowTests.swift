import Testing

@testable import Evaluation

/// A value with too many digits stops the evaluation and names firm and node. Nothing traps.
@Suite struct OverflowTests {
    private func message(_ changes: [(String, String)], _ firms: [FirmRow]) throws -> String? {
        var method = try Shipped.testFile("Mistakes/base.yaml")
        for (old, new) in changes { method = method.replacing(old, with: new, maxReplacements: 1) }
        let graph = try compiled(method)
        return #expect(throws: EvaluationError.self) { try graph.evaluate(firms) }?.message
    }

    private func firm(tax: String) -> FirmRow {
        [
            "registry_scale": "规上", "registry_state": "在业", "registry_industry": "3312", "land_area": "2000",
            "tax_vat_net": tax, "tax_export_credit": "0", "tax_income_tax": "0", "statistics_revenue": "100",
        ]
    }

    @Test func aRowExpression() throws {
        let found = try message(
            [("unit: 万元\n    decimals: 4", "unit: 元\n    decimals: 9")],
            [firm(tax: "100"), firm(tax: "1000000"), firm(tax: "2000000")])
        #expect(
            found
                == "firm \(Graph.code(1)): ‘tax’ (税收) has more than 15 digits; declare fewer decimals or a larger unit, or correct the firm's feeds"
        )
    }

    @Test func theLargestValueThatFits() throws {
        let method = try Shipped.testFile("Mistakes/base.yaml").replacing(
            "unit: 万元\n    decimals: 4", with: "unit: 元\n    decimals: 9", maxReplacements: 1)
        let evaluated = try compiled(method).evaluate([firm(tax: "999999.99")])
        #expect(try evaluated.text("tax", 0) == "999999.990000000")
    }

    @Test func pointsOfACohort() throws {
        let found = try message(
            [
                ("baseline: 30", "baseline: 0.0001"), ("decimals: 4, missing: 0", "decimals: 9, missing: 0"),
                ("decimals: 4, missing: 0", "decimals: 9, missing: 0"),
            ], [firm(tax: "30000000")])
        #expect(
            found
                == "firm \(Graph.code(0)): ‘points_tax_per_mu’ (亩均税收得分) has more than 15 digits; declare fewer decimals or a larger unit, or correct the firm's feeds"
        )
    }

    @Test func aStatistic() throws {
        let found = try message(
            [
                ("mean(tax_per_mu by trade)", "sum(tax)"),
                ("decimals: 4, value: sum(tax)", "decimals: 9, value: sum(tax)"),
                ("tax_per_mu < 50% * usual", "tax < 50% * usual"),
            ], [firm(tax: "5000000000"), firm(tax: "9000000000")])
        #expect(
            found
                == "the statistic ‘usual’ (亩均税收均值) has more than 15 digits; declare fewer decimals or a larger unit"
        )
    }

    /// Every cell at the edge of what a cell may be, in every shipped method.
    @Test(arguments: Shipped.methods)
    func cellsAtTheEdge(_ method: String) throws {
        let graph = try Shipped.graph(method)
        for edge in [Cell.limit - 1, 1 - Cell.limit] {
            let base = try graph.population([graph.randomRowAtRandom(1), graph.randomRowAtRandom(2)])
            let columns = graph.feedColumns.indices.map { index in
                base.dictionaries[index].isEmpty && graph.isNumber(column: index)
                    ? CellColumn([edge, edge]) : base.columns[index]
            }
            let population = Population(
                codes: base.codes, names: base.names, town: base.town, industry: base.industry,
                towns: base.towns,
                industries: base.industries, columns: columns, dictionaries: base.dictionaries,
                manualDecisions: [])
            // Either all values fit, or the first that does not is named; both are answers.
            do {
                _ = try graph.evaluate(population, concurrently: inOrder)
            } catch {
                #expect(error.message.contains("has more than 15 digits"))
            }
        }
    }
}

extension Graph {
    fileprivate func randomRowAtRandom(_ seed: UInt64) -> FirmRow {
        var dice = Dice(seed: seed)
        return randomRow(&dice)
    }

    fileprivate func isNumber(column: Int) -> Bool {
        nodes.contains {
            if case .column(column) = $0.rule, case .number = $0.type { true } else { false }
        }
    }
}
