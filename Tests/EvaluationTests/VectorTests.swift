import Testing

@testable import Evaluation

/// The published example of Huangyan, to the last decimal, through the shipped method files.
@Suite struct VectorTests {
    /// What a firm reports per mu, per tce and so on; `nil` where there is no emission record.
    struct Ratios {
        var tax = "0", valueAdded = "0", perEnergy = "0", perEmission: String?, perPerson = "0", rdShare = "0"
    }

    private static let indicators = [
        "tax_per_mu", "value_added_per_mu", "value_added_per_tce", "value_added_per_t", "labour_productivity",
        "rd_share",
    ]

    /// Feeds of a firm large enough that its ratios come out as wanted at four decimals.
    private func above(_ wanted: Ratios) throws -> FirmRow {
        // 万元, with 1,000 t
        let valueAdded = try wanted.perEmission.map { try scaled($0, 4) / 10 } ?? 4_000_000
        func divided(_ ratio: String, decimals: Int) throws -> String {
            let divisor = Int128(try scaled(ratio, 4))
            let scale = Int128(DecimalText.powersOfTen[decimals])
            let quotient = (Int128(valueAdded) * 10_000 * scale * 2 + divisor) / (divisor * 2)
            return DecimalText.format(Int64(quotient), decimals: decimals)
        }
        let mu = try scaled(try divided(wanted.valueAdded, decimals: 4), 4)
        var row: FirmRow = [
            "registry_scale": "规上", "registry_state": "在业", "registry_industry": "3312",
            "registry_founded": "2001-01-01",
            "statistics_value_added": "\(valueAdded * 10)", "statistics_revenue": "1000000000",
            "statistics_rd": "\(try scaled(wanted.rdShare, 4) * 100_000)",
            "statistics_staff": try divided(wanted.perPerson, decimals: 0),
            "statistics_energy": try divided(wanted.perEnergy, decimals: 2),
            "land_area": DecimalText.format(mu * 20 / 3, decimals: 2),
        ]
        // Money per mu × mu has eight decimals of 万元; cut at 分.
        let tax = Int128(try scaled(wanted.tax, 4)) * Int128(mu) * 10_000 * 100 / 100_000_000
        for name in Self.taxes { row[name] = "0" }
        row["tax_vat_net"] = DecimalText.format(Int64(tax), decimals: 2)
        if wanted.perEmission != nil {
            for name in ["nh3n", "so2", "nox"] { row["emission_\(name)"] = "0" }
            row["emission_cod"] = "1000"
        }
        return row
    }

    private static let taxes = [
        "vat_net", "export_credit", "income_tax", "property_tax", "land_use_tax", "city_maintenance",
        "surcharges",
        "stamp_tax", "environment_tax", "resource_tax",
    ].map { "tax_\($0)" }

    /// 10,000 mu and as much electricity as it takes.
    private func below(tax: String, perPower: String, decimals: Int) throws -> FirmRow {
        let yuan = Int128(try scaled(tax, decimals)) * 100_000_000 / Int128(DecimalText.powersOfTen[decimals])
        let divisor = Int128(try scaled(perPower, decimals))
        let kwh =
            (yuan * 2 * Int128(DecimalText.powersOfTen[decimals]) + divisor) / (divisor * 2)
        var row: FirmRow = [
            "registry_scale": "规下", "registry_state": "在业", "registry_industry": "3312",
            "registry_founded": "2001-01-01", "land_area": "6666666.67", "power_kwh": "\(kwh)",
        ]
        for name in Self.taxes { row[name] = "0" }
        row["tax_vat_net"] = "\(yuan)"
        return row
    }

    private func expect(
        _ evaluated: Evaluated, _ firm: Int, _ names: [String], _ values: [String?], _ points: [String],
        total: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for (name, value) in zip(names, values) {
            let shown = try evaluated.text(name, firm)
            guard let value else {
                #expect(shown == "缺失（无记录）", sourceLocation: sourceLocation)
                continue
            }
            let decimals = evaluated.graph.nodes[try #require(evaluated.graph.node(named: name))].decimals
            #expect(
                try scaled(shown, decimals) == scaled(value, decimals), "\(name)",
                sourceLocation: sourceLocation)
        }
        #expect(
            try names.map { try evaluated.text("points_\($0)", firm) } == points,
            sourceLocation: sourceLocation)
        #expect(try evaluated.text("total", firm) == total, sourceLocation: sourceLocation)
    }

    @Test func huangyan2022() throws {
        let evaluated = try Shipped.graph("huangyan-2022").evaluate([
            try above(
                Ratios(
                    tax: "24.097", valueAdded: "136.16", perEnergy: "2.694", perEmission: "4929.81",
                    perPerson: "18.14",
                    rdShare: "0.0302")),
            try above(
                Ratios(
                    tax: "30", valueAdded: "130", perEnergy: "2", perEmission: "4000", perPerson: "20",
                    rdShare: "0.025")),
            try above(
                Ratios(
                    tax: "5", valueAdded: "40", perEnergy: "1.1", perEmission: nil, perPerson: "9.07",
                    rdShare: "0")),
            try below(tax: "3", perPower: "0.1", decimals: 4),
        ])
        try expect(
            evaluated, 0, Self.indicators, ["24.097", "136.16", "2.694", "4929.81", "18.14", "0.0302"],
            ["30.0000", "20.0000", "20.0000", "10.0000", "10.0000", "10.0000"], total: "100.0000")
        try expect(
            evaluated, 1, Self.indicators, ["30", "130", "2", "4000", "20", "0.025"],
            ["37.3490", "19.0952", "14.8478", "8.1139", "11.0254", "8.2781"], total: "98.7094")
        try expect(
            evaluated, 2, Self.indicators, ["5", "40", "1.1", nil, "9.07", "0"],
            ["6.2248", "5.8754", "8.1663", "9.0570", "5.0000", "0.0000"], total: "34.3235")
        try expect(
            evaluated, 3, ["tax_per_mu", "tax_per_power"], ["3", "0.1"], ["12.9386", "21.2585"],
            total: "34.1971")
    }

    /// With w·x/b and weights that sum to 100, a firm at every baseline scores exactly 100.
    @Test(arguments: ["huangyan-2021", "huangyan-2022", "yongkang-2021"])
    func atEveryBaseline(_ method: String) throws {
        let graph = try Shipped.graph(method)
        let baselines = graph.cohorts.map { $0.weightedIndicators.compactMap(\.baseline) }
        try #require(baselines.map(\.count) == [6, 2])
        let b = baselines[0]
        let evaluated = try graph.evaluate([
            try above(
                Ratios(
                    tax: b[0], valueAdded: b[1], perEnergy: b[2], perEmission: b[3], perPerson: b[4],
                    rdShare: b[5])),
            try below(tax: baselines[1][0], perPower: baselines[1][1], decimals: 6),
        ])
        try expect(
            evaluated, 0, Self.indicators, b,
            ["30.0000", "20.0000", "20.0000", "10.0000", "10.0000", "10.0000"], total: "100.0000")
        try expect(
            evaluated, 1, ["tax_per_mu", "tax_per_power"], baselines[1], ["50.0000", "50.0000"],
            total: "100.0000")
        #expect(evaluated.tally.states.reduce(0, +) == 2)
    }
}
