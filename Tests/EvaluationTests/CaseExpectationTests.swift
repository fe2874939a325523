import Intake
import Testing

@testable import Evaluation

/// What an expectation accepts and what it does not.
@Suite struct CaseExpectationTests {
    private let accident = "否决事项: 安全事故"
    private let decided = "人工认定: {认定事项: 定档, 档次: A, 理由: 会议, 依据文件: 纪要1号}"
    /// Two decisions of one effect and one name.
    private let twice =
        "人工认定: [{认定事项: 定档, 档次: A, 理由: 会议, 依据文件: 纪要1号}, {认定事项: 定档, 档次: A, 理由: 会议, 依据文件: 纪要2号}]"

    private func differences(_ facts: [String], _ expectation: String) throws -> [CaseDifference] {
        let firm = (facts + ["expect: {\(expectation)}"]).joined(separator: ", ")
        return try Shipped.graph("yongkang-2021").differences(
            "mujun: cases/1\ncases: {一: {firms: {甲: {given: {land: 10, value_added_per_t: 1}, \(firm)}}}}\n")
    }

    @Test func aBareNameMeansADecisionInForce() throws {
        #expect(try differences([accident], "decisions: [accident]") == [])
        let overruled = try differences([accident, decided], "decisions: [manual, accident]")
        #expect(overruled.map(\.expected) == ["manual, accident"])
        #expect(overruled.map(\.found) == ["manual, accident（overruled）"])
        #expect(
            try differences([accident, decided], "decisions: {manual: {}, accident: {overruled: yes}}") == []
        )
    }

    @Test func whatIsSaidOfADecisionHoldsForAllOfItsName() throws {
        #expect(try differences([twice], "decisions: {manual: {reason: 会议}}") == [])
        let documents = try differences([twice], "decisions: {manual: {document: 纪要1号}}")
        #expect(documents.map(\.found) == ["manual（纪要1号）, manual（纪要2号）"])
    }

    /// A state in which the firm is not: the condition that did not hold.
    @Test func whyAFirmIsNotInAState() throws {
        let found = try differences([], "state: grace")
        #expect(found.map(\.found) == ["graded（参评）"])
        #expect(
            found.flatMap(\.reasons) == [
                "新设企业过渡期", "条件：自企业名录：成立日期满年数 < 2", "代入：自 2001-01-01 满年数 < 2",
            ])
    }

    /// A firm without a tier is on no list of graded firms, whatever the list asks.
    @Test func whyAFirmIsOnNoList() throws {
        let found = try differences(["registry: {成立日期: 2022-01-01}"], "lists: {rectification: yes}")
        #expect(
            found.flatMap(\.reasons).first
                == "整治提升清单只列参评企业，本企业评价状态为 grace（新设企业过渡期）；全部名录企业须写 over: registry")
    }

    @Test(arguments: [
        ("refused", "refused", true), ("refused", "missing", false), ("missing", "missing", true),
        ("missing", "refused", false),
    ])
    func missingAndRefusedAreNotOne(_ given: String, _ expected: String, _ agrees: Bool) throws {
        let found = try Shipped.graph("yongkang-2021").differences(
            "mujun: cases/1\ncases: {一: {firms: {甲: {given: {land: 10, tax: \(given)}, expect: {tax_per_mu: \(expected)}}}}}\n"
        )
        #expect(found.isEmpty == agrees)
    }
}
