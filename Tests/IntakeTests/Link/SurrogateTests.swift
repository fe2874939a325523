import Evaluation
import Testing

@testable import Intake

/// Firms without a credit code (无照) have a key of the registry's own.
struct SurrogateTests {
    private let key = "Z33078400000000001"

    @Test func aFirmWithoutACodeIsAFirm() throws {
        let codes = Array(Texts.codes.prefix(2)) + [key]
        let reading = try TestInbox().registry(codes).deliver(
            "power", "power", "2021-01/2021-12",
            Texts.power([(key, "2021-01", "5"), ("Z33078400000000002", "2021-01", "7")])
        ).read([ask("power", { .sum(field: $0.index("kwh")) })])
        #expect(reading.population.columns[0] == [.noRow, .noRow, 5])
        #expect(reading.population.codes[2] == key)
        #expect(reading.findings.map(\.code) == ["firm_unknown"])
    }

    @Test(arguments: ["Z3307840000000000A", "Y33078400000000001", "Z3307840000000001", "z33078400000000001"])
    func anythingElseIsMalformed(_ text: String) throws {
        let reading = try TestInbox().registry([Texts.codes[0]]).deliver(
            "power", "power", "2021-01/2021-12", Texts.power([(text, "2021-01", "5")])
        ).read([ask("power", { _ in .count })])
        #expect(reading.findings.allSatisfy { $0.severity == .refusal } && !reading.findings.isEmpty)
    }
}
