import Evaluation
import Testing

@testable import Intake

@Suite struct ContractTests {
    @Test func shippedContractsAreComplete() throws {
        let contracts = try ShippedContracts.load()
        #expect(
            contracts.map(\.name) == [
                "confirmation", "decision", "emission", "event", "land", "lease", "link", "meter_share",
                "objection", "power", "previous",
                "registry",
                "statistics", "tax",
                "title",
            ])
        let lease = try #require(contracts.first { $0.name == "lease" })
        #expect(lease.relations.map(\.name) == ["leased_in", "leased_out"])
        #expect(lease.key.map { lease.fields[$0].name } == ["lessor", "lessee", "certificate"])
        let tax = try #require(contracts.first { $0.name == "tax" })
        #expect(
            tax.fields[2].range == -10_000_000_000_000...10_000_000_000_000
                && tax.fields[2].kind == .decimal(2))
        #expect(
            tax.addsUp == .flow && tax.required && tax.maxRefusedRows == 20
                && tax.maxRefusedPerTenThousand == 50)
    }

    @Test(arguments: [
        ("{", "not a feed contract"), ("\"flow\"", "adds_up"), ("\"kind\": \"month\"", "unknown kind"),
        ("\"unit\": \"kWh\"", "unknown unit"), ("\"decimals\": 0", "decimals"),
        ("\"period\": \"month\"", "period"),
        ("\"relations\": {\"power\": \"code\"}", "relation"),
        ("\"primaryKey\": [\"户号\", \"用电月份\"]", "primaryKey"),
        ("\"maximum\": 10000000000", "15 digits"), ("\"personal\": [\"联系人\", \"联系电话\"]", "personal"),
    ]) func contractsThatAreWrong(_ part: String, _ expected: String) throws {
        let replacements = [
            "{": "", "\"flow\"": "\"sometimes\"", "\"kind\": \"month\"": "\"kind\": \"moon\"",
            "\"unit\": \"kWh\"": "\"unit\": \"volt\"", "\"decimals\": 0": "\"decimals\": 12",
            "\"period\": \"month\"": "\"period\": \"kwh\"",
            "\"relations\": {\"power\": \"code\"}": "\"relations\": {\"power\": \"kwh\"}",
            "\"primaryKey\": [\"户号\", \"用电月份\"]": "\"primaryKey\": [\"号\"]",
            "\"maximum\": 10000000000": "\"maximum\": 1000000000000000",
            "\"personal\": [\"联系人\", \"联系电话\"]": "\"personal\": [\"户号\"]",
        ]
        let text = String(decoding: PackageResources.power_schema_json, as: UTF8.self)
        let changed = text.replacing(part, with: replacements[part] ?? "", maxReplacements: 1)
        #expect(changed != text)
        do {
            _ = try FeedContract(contract: Array(changed.utf8), file: "power.schema.json")
            Issue.record("accepted")
        } catch {
            #expect(error.message.contains(expected), "\(error.message)")
        }
    }
}
