import Evaluation
import Testing

@testable import Intake

/// Candidates against the slow and obvious way: every entry is compared with every firm.
struct CandidateReferenceTests {
    private static func slow(_ entry: LinkEntry, _ firms: [LinkFirm]) -> [LinkCandidate] {
        func pairs(_ name: String) -> [[Unicode.Scalar]] {
            guard let name = NormalisedName(name) else { return [] }
            let scalars = Array(String(decoding: name.bytes, as: UTF8.self).unicodeScalars)
            return zip(scalars, scalars.dropFirst()).map { [$0, $1] }
        }
        var found: [LinkCandidate] = []
        for firm in entry.firm.isEmpty ? firms : [] {
            var others = pairs(firm.name)
            let all = pairs(entry.name).count + others.count
            var shared = 0
            for pair in pairs(entry.name) {
                if let at = others.firstIndex(of: pair) {
                    others.remove(at: at)
                    shared += 2
                }
            }
            if shared > 0, shared * 5 >= 2 * all {
                found.append(
                    LinkCandidate(
                        code: firm.code, name: firm.name, town: firm.town, basis: .name, shared: shared,
                        of: all))
            }
            let equal = zip(entry.code, firm.code).count { $0 == $1 }
            if entry.code.count == 18, equal >= 15 {
                found.append(
                    LinkCandidate(
                        code: firm.code, name: firm.name, town: firm.town, basis: .code, shared: equal,
                        of: 18))
            }
        }
        return LinkCandidates.best(found)
    }

    @Test func everyFirmIsComparedInEffect() throws {
        var random = SeededGenerator(11)
        func pick(_ texts: [String]) -> String { texts[Int(random.next() % UInt64(texts.count))] }
        let syllables = "鑫达宏盛金华永利泰安".map(String.init)
        func name() -> String {
            pick(["永康市", "浙江", ""]) + (0..<Int(random.next() % 4)).map { _ in pick(syllables) }.joined()
                + pick(["五金厂", "门业有限公司", "工具有限公司", "杯业（永康）有限公司", ""])
        }
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let codes = Set((0..<400).map { Texts.code(Int($0 < 200 ? $0 : 2 * $0 * $0)) }).sorted()
        let firms = codes.map { LinkFirm(code: $0, name: name(), town: pick(["古山镇", ""])) }
        var entries: [LinkEntry] = []
        for _ in 0..<600 {
            var code = Array(pick(codes + [""]))
            for _ in 0..<Int(random.next() % 5) where !code.isEmpty {
                code[Int(random.next() % 18)] = alphabet[Int(random.next() % 31)]
            }
            entries.append(
                LinkEntry(
                    feed: "land", relation: "land", way: .unknown, code: String(code), key: "Z", name: name(),
                    firm: random.next() % 9 == 0 ? codes[0] : "", accepted: 0, unused: 1))
        }
        let found = LinkCandidates.find(entries, among: firms)
        #expect(found == entries.map { CandidateReferenceTests.slow($0, firms) })
        #expect(found.count { $0.contains { $0.basis == .code && $0.shared == 15 } } > 10)
        #expect(found.count { $0.contains { $0.basis == .name } } > 100)
        // The order in which firms are given makes no difference.
        #expect(LinkCandidates.find(entries, among: firms.reversed()) == found)
    }

    /// What nearly all have counts in the score, and proposes nobody.
    @Test func whatIsTooCommonProposesNobody() throws {
        let firms = (0..<2_500).map {
            LinkFirm(code: Texts.code(100_000 + $0), name: "永康市\($0 + 100_000)有限公司", town: "")
        }
        func entry(_ name: String) -> LinkEntry {
            LinkEntry(
                feed: "land", relation: "land", way: .unknown, code: "", key: "Z", name: name, firm: "",
                accepted: 0, unused: 1)
        }
        let found = LinkCandidates.find([entry("永康市有限公司"), entry("永康市102499有限公司")], among: firms)
        #expect(found[0].isEmpty)
        #expect(found[1].first?.code == firms[2_499].code && found[1].first?.shared == found[1].first?.of)
    }
}
