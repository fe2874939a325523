import Evaluation
import Testing

@testable import Results

@Suite struct EvidenceTests {
    private let evaluated = InventedCounty(firms: 12).evaluated

    private func evidence(_ condition: Expression, firm: Int) -> String {
        var bytes: [UInt8] = []
        Evidence(condition, evaluated).append(firm: firm, evaluated, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (0, 5, "规模 规上"), (1, 1, "税收 -99999999999.9999 万元"), (2, 9, "用地面积 0.3969 亩"),
        (2, 2, "用地面积 缺失（记录被拒）"), (2, 5, "用地面积 缺失（空白）"), (2, 7, "用地面积 缺失（无记录）"),
        (3, 1, "成立日期 1975-10-05"), (4, 0, "高新技术企业 是"), (4, 1, "高新技术企业 否"),
        (5, 11, "亩均税收 -1.8306 万元/亩"), (5, 3, "亩均税收 缺失（除数为零）"), (6, 4, "状态 公用事业"),
        (7, 1, "评价组 规上"), (7, 4, "评价组 缺失（不适用）"), (8, 2, "总分 1.5433"), (9, 5, "名次 1"),
        (10, 1, "初定档次 B"), (11, 1, "档次 C"), (12, 4, "评价范围 公用事业"),
    ])
    func everyKindOfValueIsPrinted(node: Int, firm: Int, text: String) {
        #expect(evidence(.node(node), firm: firm) == text)
    }

    @Test func statisticsAreThoseOfTheFirmsGroup() {
        #expect(evidence(.statistic(0), firm: 4) == "同规模亩均税收均值 4.0000 万元/亩（6 户）")
        #expect(evidence(.statistic(0), firm: 5) == "同规模亩均税收均值 8.1234 万元/亩（6 户）")
    }

    @Test func whatAConditionNamesTwiceIsPrintedOnce() {
        let condition = Expression.or([
            .compare(.less, .node(5), .node(8)), .not(.isMissing(.node(5))), .yearsSince(3),
        ])
        #expect(
            evidence(condition, firm: 1) == "亩均税收 17.0792 万元/亩；总分 108.9701；成立日期 1975-10-05")
    }

    @Test func everyEntryHasTheNumbersBehindItsGround() {
        let texts = Evidence.texts(evaluated, order: FirmOrder.listEntries(evaluated))
        #expect(
            (0..<texts.count).map { texts[$0] } == [
                "亩均税收 0.8917 万元/亩；同规模亩均税收均值 4.0000 万元/亩（6 户）", "规模 规下；亩均税收 0.8917 万元/亩",
                "亩均税收 0.4873 万元/亩；同规模亩均税收均值 8.1234 万元/亩（6 户）",
                "亩均税收 -1.8306 万元/亩；同规模亩均税收均值 8.1234 万元/亩（6 户）", "档次 C", "档次 C", "档次 C",
            ])
    }
}
