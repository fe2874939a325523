import Testing

@testable import Evaluation

/// Everything that is said about one firm, as text. `Cases/explanation.txt` was checked by hand.
@Suite struct ExplanationTests {
    private let firms: [FirmRow] = [
        // Above scale, without emission data, leasing out to two firms and in from one.
        firm(
            "规上", tax: "3000000", land: "20000",
            [
                "leased_in_area": "5000.5", "leased_out_area": "1000", "statistics_value_added": "13000",
                "statistics_revenue": "50000", "statistics_rd": "1500", "statistics_energy": "500",
                "statistics_staff": "77", "has_title_for_high_tech": "是",
                "leased_out_rows_for_leasing_out": "3",
            ]),
        // Above scale, with emission data: its points are the mean.
        firm(
            "规上", tax: "9000000", land: "20000",
            [
                "statistics_value_added": "39000", "statistics_revenue": "50000", "statistics_rd": "0",
                "statistics_energy": "1000", "statistics_staff": "100", "emission_cod": "0.5",
                "emission_nh3n": "0.1",
                "emission_so2": "0.15", "emission_nox": "0.05",
            ]),
        // Below scale, with a refused tax row and no power.
        firm("规下", tax: "记录被拒", land: "2000", ["power_kwh": "0"]),
    ]
    /// Firms whose standing needs a word.
    private let remarkable: [FirmRow] = [
        // A utility, which is exempt.
        firm("规下", tax: "1000000", land: "2000", ["registry_industry": "4511"]),
        // Below scale, promoted, with an accident: two decisions hold.
        firm(
            "规上", tax: "100000", land: "20000",
            [
                "previous_cohort_for_promoted": "规下", "has_event_for_accident": "是",
                "statistics_value_added": "1000", "emission_cod": "0.5", "emission_nh3n": "0.1",
                "emission_so2": "0.15", "emission_nox": "0.05",
            ]),
        // Nobody can tell whether it has land, nor whether there was an accident.
        firm("规下", tax: "1000000", land: "记录被拒", ["has_event_for_accident": "记录被拒"]),
        // On no scale, so in no cohort.
        firm("空白", tax: "1000000", land: "2000", [:]),
        // Nobody can tell its cohort.
        firm("记录被拒", tax: "1000000", land: "2000", [:]),
    ]

    private static func firm(_ scale: String, tax: String, land: String, _ more: FirmRow) -> FirmRow {
        var row: FirmRow = [
            "registry_scale": scale, "registry_state": "在业", "registry_industry": "3312",
            "registry_founded": "2001-01-01", "land_area": land, "tax_vat_net": tax,
        ]
        for name in [
            "export_credit", "income_tax", "property_tax", "land_use_tax", "city_maintenance", "surcharges",
            "stamp_tax",
            "environment_tax", "resource_tax",
        ] { row["tax_\(name)"] = "0" }
        return row.merging(more) { $1 }
    }

    private func text(_ steps: [Explanation.Step], _ indent: String = "") -> String {
        steps.map { step in
            var lines = ["\(indent)\(step.label) [\(step.name)] = \(step.value)"]
            if !step.source.isEmpty { lines[0] += "  〔\(step.source)〕" }
            if !step.formula.isEmpty { lines.append("\(indent)  = \(step.formula)") }
            if !step.substitution.isEmpty { lines.append("\(indent)  = \(step.substitution)") }
            lines += step.notes.map { "\(indent)  · \($0)" }
            return lines.joined(separator: "\n") + "\n" + text(step.parts, indent + "    ")
        }.joined()
    }

    @Test func wholeTrees() throws {
        let evaluated = try Shipped.graph("yongkang-2021").evaluate(firms)
        var shown = ""
        for firm in firms.indices {
            shown +=
                "=== 企业\(firm)：\(try evaluated.text("state", firm))，\(try evaluated.text("tier", firm))\n"
            shown += text(
                Explainer(graph: evaluated.graph, firm: FirmValues(evaluated, firm: firm)).explanation().steps
            )
        }
        #expect(try Shipped.testFile("Cases/explanation.txt") == shown)
    }

    /// The steps above and below the total: state, cohort, decisions. `Cases/standing.txt` was checked by hand.
    @Test func standings() throws {
        let evaluated = try Shipped.graph("yongkang-2021").evaluate(remarkable)
        var shown = ""
        for firm in remarkable.indices {
            shown +=
                "=== 企业\(firm)：\(try evaluated.text("state", firm))，\(try evaluated.text("tier", firm))\n"
            let steps = Explainer(graph: evaluated.graph, firm: FirmValues(evaluated, firm: firm))
                .explanation().steps
            shown += text(
                steps.filter { step in
                    evaluated.graph.node(named: step.name).map { evaluated.graph.nodes[$0].section }
                        .map { $0 == .standing } ?? true
                })
        }
        #expect(try Shipped.testFile("Cases/standing.txt") == shown)
    }

    /// A store keeps causes of missing values for columns only; the explanation is the same.
    @Test func causesAreFoundAgain() throws {
        let all = firms + remarkable
        let evaluated = try Shipped.graph("yongkang-2021").evaluate(all)
        let graph = evaluated.graph
        for firm in all.indices {
            let values = FirmValues(evaluated, firm: firm)
            let stored = FirmValues(
                code: values.code, name: values.name, town: values.town, industry: values.industry,
                cells: zip(graph.nodes, values.cells).map { node, cell in
                    node.section != .column && Cell.isMissing(cell) ? Missing.notApplicable.cell : cell
                },
                texts: values.texts, statistics: values.statistics)
            #expect(
                text(Explainer(graph: graph, firm: stored).explanation().steps)
                    == text(Explainer(graph: graph, firm: values).explanation().steps))
        }
    }

    /// Names are ASCII and unique, labels tell columns apart.
    @Test(arguments: Shipped.methods)
    func namesAndLabels(_ method: String) throws {
        let nodes = try Shipped.graph(method).nodes
        #expect(Set(nodes.map(\.name)).count == nodes.count)
        #expect(Set(nodes.map(\.label)).count == nodes.count)
        #expect(nodes.allSatisfy { $0.name.utf8.allSatisfy { $0 < 128 } })
    }

    @Test func columnsAreNamedAfterWhatTheyHold() throws {
        let columns = try Shipped.graph("yongkang-2021").nodes.filter { $0.section == .column }
        let labels = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.label) })
        #expect(labels["tax_vat_net"] == "税收：增值税净入库")
        #expect(labels["leased_in_area"] == "租赁（承租）：租赁面积")
        #expect(labels["leased_out_area"] == "租赁（出租）：租赁面积")
        #expect(labels["leased_out_rows_for_leasing_out"] == "租赁（出租）：记录数（类型 = 企业）")
        #expect(labels["has_title_for_high_tech"] == "有荣誉资质（高新技术企业）")
        #expect(labels["has_title_for_specialised"] == "有荣誉资质（专精特新中小企业、专精特新小巨人）")
        #expect(labels["has_event_for_accident"] == "有否决事项（安全事故、环境违法、重大税收违法）")
        #expect(labels["previous_cohort_for_promoted"] == "上年结果：评价组（年度 = 2020）")
        #expect(labels["previous_tier_for_two_years_d"] == "上年结果：档次（年度 = 2020）")
    }
}
