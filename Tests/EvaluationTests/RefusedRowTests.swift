import Testing

@testable import Evaluation

/// A refused row is never taken for none: neither a default, a missing rule, a condition nor a veto hides it.
@Suite struct RefusedRowTests {
    /// A below-scale firm of the illustrative method with everything that its total needs.
    private static let firm: FirmRow = {
        var row: FirmRow = [
            "registry_scale": "规下", "registry_state": "在业", "registry_industry": "3312",
            "registry_founded": "2001-01-01", "land_area": "10000", "power_kwh": "50000",
        ]
        for part in [
            "vat_net", "export_credit", "income_tax", "property_tax", "land_use_tax", "city_maintenance",
            "surcharges", "stamp_tax", "environment_tax", "resource_tax",
        ] { row["tax_\(part)"] = "1000" }
        return row
    }()

    private func state(_ changes: FirmRow) throws -> String {
        let graph = try Shipped.graph("yongkang-2021")
        let evaluated = try graph.evaluate([Self.firm, Self.firm.merging(changes) { $1 }])
        return try evaluated.text("state", 1)
    }

    private func column(_ feed: String) throws -> String {
        let graph = try Shipped.graph("yongkang-2021")
        return try #require(
            graph.nodes.first {
                if case .column = $0.rule { $0.name.hasPrefix("has_\(feed)") } else { false }
            }?.name)
    }

    @Test func wholeFirmIsGraded() throws { #expect(try state([:]) == "graded") }

    @Test func valueUnderADefaultLeavesTheFirmUnresolved() throws {
        #expect(try state(["leased_out_area": "记录被拒"]) == "unresolved")
    }

    @Test func bonusThatNobodyCanTellLeavesTheFirmUnresolved() throws {
        #expect(try state([try column("title"): "记录被拒"]) == "unresolved")
    }

    @Test func vetoThatNobodyCanTellLeavesTheFirmUnresolved() throws {
        #expect(try state([try column("event"): "记录被拒"]) == "unresolved")
    }

    @Test func whatIsDecidedByOtherPartsOfAConditionIsDecided() throws {
        // 上年规下、本年升规: the firm is below scale, whatever the row of last year said.
        let previous = try #require(
            try Shipped.graph("yongkang-2021").nodes.first { $0.name.hasPrefix("previous_cohort") }?.name)
        #expect(try state([previous: "记录被拒"]) == "graded")
    }

    @Test func aFieldThatWasLeftBlankIsNoVeto() throws {
        #expect(try state([try column("event"): "空白"]) == "graded")
    }
}
