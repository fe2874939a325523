import Intake
import Testing

@testable import Evaluation

/// What the rows of a list come to.
@Suite struct CaseRowTests {
    private func differences(_ firm: String) throws -> [CaseDifference] {
        try Shipped.graph("yongkang-2021").differences(
            "mujun: cases/1\ncases: {一: {firms: {甲: {\(firm)}}}}\n")
    }

    /// Two different rows of one month would be refused.
    @Test(arguments: [
        "税收: [{vat_net: 1}, {month: 2021-01, vat_net: 2}]",
        "税收: [{month: 2021-02, vat_net: 1}, {vat_net: 0.5}, {vat_net: 1.5}]",
        "税收: [{vat_net: 1.5}, {vat_net: 1.5}, {month: 2020-12, vat_net: 9}]",
    ])
    func aRowWithoutAMonthTakesOneThatIsFree(_ rows: String) throws {
        #expect(try differences("\(rows), expect: {tax: 0.0003}") == [])
    }

    @Test func twelveRowsFillTheYear() throws {
        let rows = Array(repeating: "{vat_net: 1}", count: 12).joined(separator: ", ")
        #expect(try differences("税收: [\(rows)], expect: {tax: 0.0012}") == [])
    }

    @Test(arguments: [
        ("税收: [{vat_net: 1}, refused]", "tax: refused"),
        ("税收: [refused, {vat_net: 1}]", "tax: refused"),
        ("否决事项: [安全事故, refused]", "has_event_for_accident: yes"),
        ("否决事项: [食品安全事故, refused]", "state: unresolved"),
        ("否决事项: [refused]", "state: unresolved"),
    ])
    func aRefusedRowStandsBesideOthers(_ rows: String, _ expected: String) throws {
        let scored = "given: {land: 10, value_added_per_t: 1\(rows.hasPrefix("税收") ? "" : ", tax: 1")}"
        #expect(try differences("\(rows), \(scored), expect: {\(expected)}") == [])
    }
}
