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
    /// A pair or a piece of a code that more firms have than this tells nothing of which firm is meant (有限, 公司, MA2):
    /// it counts in scores, and proposes nobody by itself.
    static let commonest = 2_000

    /// - Returns: for each entry its best candidates; none for entries that have a firm.
    package static func find(_ entries: [LinkEntry], among firms: [LinkFirm]) -> [[LinkCandidate]] {
        let isSorted = zip(firms, firms.dropFirst()).allSatisfy { $0.code <= $1.code }
        let firms = isSorted ? firms : firms.sorted { $0.code < $1.code }
        let open = entries.filter(\.firm.isEmpty)
        var names = NameIndex(asking: open.map(\.name), firms: firms.count) { firms[$0].name }
        var codes = CodeIndex(asking: open.map(\.code), firms: firms.count) { firms[$0].code }
        // A firm of many certificates or meters is asked for once.
        var known: [[String]: [LinkCandidate]] = [:]
        return entries.map { entry in
            guard entry.firm.isEmpty else { return [] }
            if let found = known[[entry.name, entry.code]] { return found }
            func candidate(_ match: BestMatches.Match, _ basis: LinkCandidate.Basis) -> LinkCandidate {
                let firm = firms[Int(match.firm)]
                return LinkCandidate(
                    code: firm.code, name: firm.name, town: firm.town, basis: basis, shared: match.shared,
                    of: match.of)
            }
            let found = best(
                names.best(entry.name).map { candidate($0, .name) }
                    + codes.best(entry.code).map { candidate($0, .code) })
            known[[entry.name, entry.code]] = found
            return found
        }
    }

    /// One candidate per firm, best first.
    static func best(_ found: [LinkCandidate]) -> [LinkCandidate] {
        let sorted = found.sorted { a, b in
            let (x, y) = (a.shared * b.of, b.shared * a.of)
            return x != y ? x > y : a.code != b.code ? a.code < b.code : a.basis == .code && b.basis == .name
        }
        var seen: Set<String> = []
        return Array(sorted.filter { seen.insert($0.code).inserted }.prefix(most))
    }
}

/// The best of many matches, of equal ones the smaller firm.
struct BestMatches {
    struct Match {
        let firm: Int32
        let shared: Int
        let of: Int

        func isBetter(than other: Match) -> Bool {
            let (x, y) = (shared * other.of, other.shared * of)
            return x != y ? x > y : firm < other.firm
        }
    }

    private(set) var matches: [Match] = []

    mutating func add(_ match: Match) {
        let place = matches.firstIndex { match.isBetter(than: $0) } ?? matches.count
        guard place < LinkCandidates.most else { return }
        matches.insert(match, at: place)
        if matches.count > LinkCandidates.most { matches.removeLast() }
    }

    /// Whether a score is too small whatever the firm.
    func excludes(shared: Int, of: Int) -> Bool {
        guard matches.count == LinkCandidates.most, let last = matches.last else { return false }
        return shared * last.of < last.shared * of
    }
}
