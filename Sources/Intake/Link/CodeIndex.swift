import Evaluation

/// Firms by pieces of their credit codes, as far as somebody asks for them.
///
/// Two codes that are equal in 15 characters differ in three at most. Positions 9 to 18, in which firms differ, make five
/// pieces of two characters, of which at least two are then equal: each two of the pieces are a key.
struct CodeIndex {
    private var numbers: [UInt64: Int32] = [:]
    /// Firms that have the key; empty for keys that are too common.
    private var lists: [[Int32]] = []
    private var isCommon: [Bool] = []
    /// 18 bytes of each firm; zeros where the code has not 18.
    private var codes: [UInt8] = []
    /// Firms that were seen for the question; none between questions.
    private var isSeen: [Bool] = []

    private static let pieces = [8, 10, 12, 14, 16]

    /// - Parameter code: of the firm of an index, below `firms`.
    init(asking asked: [String], firms: Int, code: (Int) -> String) {
        for code in asked {
            CodeIndex.forEachKey(Array(code.utf8)[...]) { key in
                if numbers[key] == nil { numbers[key] = Int32(truncatingIfNeeded: numbers.count) }
            }
        }
        guard !numbers.isEmpty else { return }
        lists = Array(repeating: [], count: numbers.count)
        isCommon = Array(repeating: false, count: numbers.count)
        isSeen = Array(repeating: false, count: firms)
        codes.reserveCapacity(firms * CreditCode.length)
        for firm in 0..<firms {
            let text = code(firm).utf8
            if text.count == CreditCode.length {
                codes += text
            } else {
                codes += Array(repeating: 0, count: CreditCode.length)
            }
            CodeIndex.forEachKey(codes.suffix(CreditCode.length)) { key in
                guard let number = numbers[key].map(Int.init), !isCommon[number] else { return }
                if lists[number].count < LinkCandidates.commonest {
                    lists[number].append(Int32(truncatingIfNeeded: firm))
                } else {
                    isCommon[number] = true
                    lists[number] = []
                }
            }
        }
    }

    private static func forEachKey(_ code: ArraySlice<UInt8>, _ body: (UInt64) -> Void) {
        guard code.count == CreditCode.length else { return }
        func piece(_ number: Int) -> UInt64 {
            let at = code.startIndex + pieces[number]
            return UInt64(code[at]) << 8 | UInt64(code[at + 1])
        }
        for first in 0..<pieces.count {
            for second in first + 1..<pieces.count {
                body(UInt64(first) << 40 | UInt64(second) << 32 | piece(first) << 16 | piece(second))
            }
        }
    }

    /// The firms whose codes are most like a code that was asked for, as far as they are like enough.
    mutating func best(_ code: String) -> [BestMatches.Match] {
        let asked = Array(code.utf8)
        guard asked.count == CreditCode.length else { return [] }
        var keys: [Int32] = []
        CodeIndex.forEachKey(asked[...]) { key in
            if let number = numbers[key] { keys.append(number) }
        }
        var seen: [Int32] = []
        var best = BestMatches()
        for key in keys {
            for firm in lists[Int(key)] where !isSeen[Int(firm)] {
                isSeen[Int(firm)] = true
                seen.append(firm)
                let equal = equal(asked, with: Int(firm))
                guard equal >= LinkCandidates.leastEqualCharacters else { continue }
                best.add(.init(firm: firm, shared: equal, of: CreditCode.length))
            }
        }
        for firm in seen { isSeen[Int(firm)] = false }
        return best.matches
    }

    /// Equal characters at equal places.
    private func equal(_ asked: [UInt8], with firm: Int) -> Int {
        let start = firm * CreditCode.length
        var equal = 0
        for place in 0..<CreditCode.length where asked[place] == codes[start + place] { equal += 1 }
        return equal
    }
}
