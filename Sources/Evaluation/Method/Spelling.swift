/// "Did you mean": the nearest of the known words.
package enum Spelling {
    /// `; did you mean ‘weight’?`, or nothing when no word is near.
    static func suggestion(for word: String, among known: some Sequence<String>) -> String {
        nearest(to: word, among: known).map { "; did you mean ‘\($0)’?" } ?? ""
    }

    /// The suggestion, or where no word is near what else to do: `; there are A, B, C`.
    static func remedy(
        for word: String, among known: some Sequence<String>, otherwise: @autoclosure () -> String
    ) -> String {
        let near = suggestion(for: word, among: known)
        return near.isEmpty ? "; " + otherwise() : near
    }

    /// The first of the words at the least distance, when that is at most a third of the length (from 1 to 4), or that
    /// differs in capitals alone.
    package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        // Longer words are no slips of the pen, and comparing them would take long.
        if let sameLetters = known.first(where: { $0.lowercased() == word.lowercased() }) {
            return sameLetters
        }
        guard (2...60).contains(word.count) else { return nil }
        let limit = min(4, max(1, word.count / 3))
        let letters = Array(word.unicodeScalars)
        var best: (distance: Int, word: String)?
        for candidate in known {
            let d = distance(letters, Array(candidate.unicodeScalars), limit: limit)
            if d <= limit, d < (best?.distance ?? Int.max) { best = (d, candidate) }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other; more than the
    /// limit where there are more.
    private static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar], limit: Int) -> Int {
        guard abs(first.count - second.count) <= limit else { return limit + 1 }
        // What both begin and end with costs nothing.
        let start = zip(first, second).prefix { $0 == $1 }.count
        let end = zip(first[start...].reversed(), second[start...].reversed()).prefix { $0 == $1 }.count
        let a = Array(first[start..<first.count - end])
        let b = Array(second[start..<second.count - end])
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var beforePrevious = [Int](repeating: 0, count: b.count + 1)
        var previous = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                row[j] = min(
                    previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], beforePrevious[j - 2] + 1)
                }
            }
            if row.min() ?? 0 > limit, previous.min() ?? 0 > limit { return limit + 1 }
            beforePrevious = previous
            previous = row
        }
        return previous[b.count]
    }
}
