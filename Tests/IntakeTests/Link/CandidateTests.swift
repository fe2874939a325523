import Evaluation
import Testing

@testable import Intake

/// Firms that may be meant, for a person to confirm.
struct CandidateTests {
    private let firms = [
        LinkFirm(code: Texts.codes[0], name: "永康市樾昱杉休闲车有限公司", town: "古山镇"),
        LinkFirm(code: Texts.codes[1], name: "永康市樾昱门业有限公司", town: "芝英镇"),
        LinkFirm(code: Texts.codes[2], name: "永康市沁霁砾杯业有限公司", town: "芝英镇"),
    ]

    private func entry(code: String = "", name: String = "", firm: String = "") -> LinkEntry {
        LinkEntry(
            feed: "power", relation: "power", way: .blank, code: code, key: "M1", name: name, firm: firm,
            accepted: 0, unused: 1)
    }

    @Test func namesAreScoredByTheirPairs() {
        // 5 pairs of 樾昱杉休闲车, all among the 12 of the firm: 10 of 17.
        let found = LinkCandidates.find([entry(name: "樾昱杉休闲车"), entry(name: "樾昱杉 休闲车")], among: firms)
        #expect(
            found[0] == [
                LinkCandidate(
                    code: firms[0].code, name: firms[0].name, town: "古山镇", basis: .name, shared: 10, of: 17)
            ])
        #expect(found[1] == found[0])
    }

    @Test func codesAreScoredByTheirCharacters() {
        var wrong = Array(Texts.codes[1].utf8)
        wrong[17] = wrong[17] == 48 ? 49 : 48
        let found = LinkCandidates.find([entry(code: String(decoding: wrong, as: UTF8.self))], among: firms)[
            0]
        #expect(found.first?.code == Texts.codes[1] && found.first?.shared == 17 && found.first?.of == 18)
    }

    @Test func nothingIsProposedForWhatIsFoundOrLikeNothing() {
        let found = LinkCandidates.find(
            [entry(name: "樾昱杉休闲车", firm: firms[0].code), entry(name: "某某"), entry()], among: firms)
        #expect(found == [[], [], []])
    }
}
