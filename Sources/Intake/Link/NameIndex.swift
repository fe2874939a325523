/// Firms by the pairs of neighbouring characters of their names, as far as somebody asks for them: a million names have
/// ten million pairs.
struct NameIndex {
    /// Of each pair that somebody asks for.
    private var numbers: [UInt64: Int32] = [:]
    /// Firms that have the pair; empty for pairs that are too common.
    private var lists: [[Int32]] = []
    private var isCommon: [Bool] = []
    /// One after the other, the numbers of each firm's pairs, ascending, as often as they occur in its name.
    private var pairs: [Int32] = []
    private var starts: [Int] = [0]
    /// All pairs of each firm, also those that nobody asks for.
    private var totals: [Int32] = []
    /// For each firm, how many pairs of the question it has at least; zeros between questions.
    private var hits: [Int32] = []

    /// - Parameter name: of the firm of an index, below `firms`.
    init(asking names: [String], firms: Int, name: (Int) -> String) {
        for name in names {
            NameIndex.forEachPair(name) { pair in
                if numbers[pair] == nil { numbers[pair] = Int32(truncatingIfNeeded: numbers.count) }
            }
        }
        guard !numbers.isEmpty else { return }
        lists = Array(repeating: [], count: numbers.count)
        isCommon = Array(repeating: false, count: numbers.count)
        hits = Array(repeating: 0, count: firms)
        starts.reserveCapacity(firms + 1)
        totals.reserveCapacity(firms)
        var own: [Int32] = []
        for firm in 0..<firms {
            own.removeAll(keepingCapacity: true)
            var total: Int32 = 0
            NameIndex.forEachPair(name(firm)) { pair in
                total += 1
                if let number = numbers[pair] { own.append(number) }
            }
            own.sort()
            for (at, number) in own.enumerated() where at == 0 || own[at - 1] != number {
                add(Int32(truncatingIfNeeded: firm), to: Int(number))
            }
            pairs += own
            starts.append(pairs.count)
            totals.append(total)
        }
    }

    private mutating func add(_ firm: Int32, to number: Int) {
        guard !isCommon[number] else { return }
        if lists[number].count < LinkCandidates.commonest {
            lists[number].append(firm)
        } else {
            isCommon[number] = true
            lists[number] = []
        }
    }

    static func forEachPair(_ name: String, _ body: (UInt64) -> Void) {
        var before: UInt64?
        for scalar in name.unicodeScalars {
            guard let scalar = NormalisedName.compared(scalar) else { continue }
            if let before { body(before << 32 | UInt64(scalar.value)) }
            before = UInt64(scalar.value)
        }
    }

    /// The firms whose names are most like a name that was asked for, as far as they score enough.
    mutating func best(_ name: String) -> [BestMatches.Match] {
        var asked: [Int32] = []
        NameIndex.forEachPair(name) { pair in
            if let number = numbers[pair] { asked.append(number) }
        }
        asked.sort()
        // Whoever has none of the rarer pairs is not looked at.
        var touched: [Int32] = []
        var common = 0
        for number in asked {
            if isCommon[Int(number)] { common += 1 }
            for firm in lists[Int(number)] {
                if hits[Int(firm)] == 0 { touched.append(firm) }
                hits[Int(firm)] += 1
            }
        }
        // Those that share most come first, so that most of the others need no closer look.
        var levels: [[Int32]] = Array(repeating: [], count: asked.count + 1)
        for firm in touched {
            levels[Int(hits[Int(firm)])].append(firm)
            hits[Int(firm)] = 0
        }
        let (least, of) = LinkCandidates.leastNameScore
        var best = BestMatches()
        for (level, firms) in levels.enumerated().reversed() {
            for firm in firms {
                let all = asked.count + Int(totals[Int(firm)])
                let most = 2 * (level + common)
                if most * of < least * all || best.excludes(shared: most, of: all) { continue }
                let shared = 2 * shared(asked, with: Int(firm))
                guard shared * of >= least * all else { continue }
                best.add(.init(firm: firm, shared: shared, of: all))
            }
        }
        return best.matches
    }

    /// Pairs that both have; both ascend.
    private func shared(_ asked: [Int32], with firm: Int) -> Int {
        var shared = 0
        var (at, own) = (0, starts[firm])
        let end = starts[firm + 1]
        while at < asked.count, own < end {
            if asked[at] == pairs[own] {
                shared += 1
                at += 1
                own += 1
            } else if asked[at] < pairs[own] {
                at += 1
            } else {
                own += 1
            }
        }
        return shared
    }
}
