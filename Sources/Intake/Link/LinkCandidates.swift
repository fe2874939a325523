package import Evaluation

/// Firms that may be meant by rows that found none: what a person is asked to confirm.
///
/// Names are compared by their pairs of neighbouring characters, once normalised; codes character by character. A
/// score is an exact fraction, so that the order is the same everywhere; of equal scores the smaller code comes first.
package enum LinkCandidates {
    /// Candidates per entry.
    package static let most = 3
    /// A name must score 2/5 at least, a code 15/18.
    static let leastNameScore = (2, 5)
    static let leastEqualCharacters = 15
    /// A pair that more firms have than this tells nothing of which firm is meant (有限, 公司).
    private static let commonest = 2_000

    /// - Returns: for each entry its best candidates; none for entries that have a firm.
    package static func find(_ entries: [LinkEntry], among firms: [LinkFirm]) -> [[LinkCandidate]] {
        let questions = entries.map { Question($0) }
        let pairs = Set(questions.flatMap(\.pairs.keys))
        let blocks = Set(questions.flatMap(\.blocks))
        // Only what is asked for is indexed: a million names have ten million pairs.
        var byPair: [UInt64: [Int32]] = [:]
        var byBlock: [Block: [Int32]] = [:]
        if !pairs.isEmpty || !blocks.isEmpty {
            for (number, firm) in firms.enumerated() {
                let own = Int32(truncatingIfNeeded: number)
                if !pairs.isEmpty {
                    for pair in Question.pairs(firm.name).keys where pairs.contains(pair) {
                        byPair[pair, default: []].append(own)
                    }
                }
                if !blocks.isEmpty {
                    for block in Question.blocks(Array(firm.code.utf8)) where blocks.contains(block) {
                        byBlock[block, default: []].append(own)
                    }
                }
            }
        }
        return questions.map { question in
            var names: Set<Int32> = []
            for pair in question.pairs.keys {
                if let own = byPair[pair], own.count <= commonest { names.formUnion(own) }
            }
            var codes: Set<Int32> = []
            for block in question.blocks { codes.formUnion(byBlock[block] ?? []) }
            let found =
                names.compactMap { question.byName(firms[Int($0)]) }
                + codes.compactMap { question.byCode(firms[Int($0)]) }
            return best(found)
        }
    }

    /// One candidate per firm, best first.
    private static func best(_ found: [LinkCandidate]) -> [LinkCandidate] {
        let sorted = found.sorted { a, b in
            let (x, y) = (a.shared * b.of, b.shared * a.of)
            return x != y ? x > y : a.code != b.code ? a.code < b.code : a.basis == .code && b.basis == .name
        }
        var seen: Set<String> = []
        return Array(sorted.filter { seen.insert($0.code).inserted }.prefix(most))
    }

    fileprivate struct Block: Hashable {
        let place: Int
        let text: [UInt8]
    }
}

/// An entry that found no firm, in the form in which it is compared.
private struct Question {
    /// Pairs of neighbouring characters with how often they occur.
    let pairs: [UInt64: Int]
    let code: [UInt8]
    let blocks: [LinkCandidates.Block]

    init(_ entry: LinkEntry) {
        let isOpen = entry.firm.isEmpty
        pairs = isOpen ? Question.pairs(entry.name) : [:]
        code = isOpen ? Array(entry.code.utf8) : []
        blocks = isOpen ? Question.blocks(code) : []
    }

    static func pairs(_ name: String) -> [UInt64: Int] {
        guard let name = NormalisedName(name) else { return [:] }
        var pairs: [UInt64: Int] = [:]
        var before: UInt64?
        for scalar in String(decoding: name.bytes, as: UTF8.self).unicodeScalars {
            if let before { pairs[before << 32 | UInt64(scalar.value), default: 0] += 1 }
            before = UInt64(scalar.value)
        }
        return pairs
    }

    /// Pieces of positions 9 to 18, in which firms differ. Of two codes that differ there in two characters at most, one
    /// piece is equal.
    static func blocks(_ code: [UInt8]) -> [LinkCandidates.Block] {
        guard code.count == CreditCode.length else { return [] }
        return [8..<11, 11..<14, 14..<18].map {
            LinkCandidates.Block(place: $0.lowerBound, text: Array(code[$0]))
        }
    }

    func byName(_ firm: LinkFirm) -> LinkCandidate? {
        let others = Question.pairs(firm.name)
        let shared = pairs.reduce(0) { $0 + min($1.value, others[$1.key] ?? 0) }
        let all = pairs.values.reduce(0, +) + others.values.reduce(0, +)
        let (least, of) = LinkCandidates.leastNameScore
        guard all > 0, 2 * shared * of >= least * all else { return nil }
        return LinkCandidate(
            code: firm.code, name: firm.name, town: firm.town, basis: .name, shared: 2 * shared, of: all)
    }

    func byCode(_ firm: LinkFirm) -> LinkCandidate? {
        let other = Array(firm.code.utf8)
        guard other.count == code.count else { return nil }
        let equal = zip(code, other).count { $0 == $1 }
        guard equal >= LinkCandidates.leastEqualCharacters else { return nil }
        return LinkCandidate(
            code: firm.code, name: firm.name, town: firm.town, basis: .code, shared: equal, of: code.count)
    }
}
