import Evaluation

/// What is wrong where YAML says only where it gave up, which is often lines later: quotes and brackets that are never
/// closed, blanks that are none, a colon or a dash without its blank, a line that begins one blank too far.
struct SyntaxHints {
    private let lines: [[Unicode.Scalar]]
    private let file: Int

    init(_ lines: MethodLines) {
        self.lines = lines.lines
        file = lines.file
    }

    struct Hint {
        let place: SourcePlace
        let sentence: String
    }

    /// - Parameters:
    ///   - complaint: where YAML gave up.
    ///   - problem: what it says.
    func hint(at complaint: SourcePlace, _ problem: String) -> Hint? {
        if problem.contains("another document") {
            return Hint(
                place: complaint,
                sentence:
                    "‘---’ begins a second document, but a file holds one; delete the line, or what comes behind it"
            )
        }
        let near = nearby(complaint.line - 1)
        if let found = near.lazy.compactMap(oddBlank).first { return found }
        if let found = opened(before: complaint.line - 1) { return found }
        for look in [tightColon, tightDash, closedOnly, secondColon] {
            if let found = near.lazy.compactMap(look).first { return found }
        }
        return indent(of: complaint.line - 1)
    }

    // MARK: Which lines are looked into

    /// The line of the complaint and the one with text before it, in the order of the file.
    private func nearby(_ index: Int) -> [Int] {
        let last = min(index, lines.count - 1)
        guard last >= 0 else { return [] }
        return [lines[..<last].lastIndex(where: hasText), last].compactMap(\.self)
    }

    private func hasText(_ line: [Unicode.Scalar]) -> Bool {
        line.first { !SyntaxHints.isBlank($0) }.map { $0 != "#" } ?? false
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

    private func indent(_ line: [Unicode.Scalar]) -> Int { line.prefix { $0 == " " }.count }

    private func place(_ line: Int, _ column: Int) -> SourcePlace {
        SourcePlace(line: line + 1, column: column + 1, file: file)
    }

    // MARK: Blanks that are none

    private func oddBlank(_ index: Int) -> Hint? {
        let names: [Unicode.Scalar: String] = [
            "\u{a0}": "a no-break space (U+00A0)", "\u{2007}": "a figure space (U+2007)",
            "\u{202f}": "a narrow no-break space (U+202F)", "\u{200b}": "a zero-width space (U+200B)",
            "\u{feff}": "a zero-width no-break space (U+FEFF)",
        ]
        // Inside a text they are part of it; where a line begins and behind a colon they stand for blanks.
        for (column, scalar) in lines[index].enumerated() {
            guard let name = names[scalar] else { continue }
            let before = lines[index][..<column].last
            guard
                before == nil || before == " " || before == ":" || before == "-"
                    || names[before ?? " "] != nil
            else { continue }
            return Hint(
                place: place(index, column),
                sentence: "\(name) stands here, as copied texts bring it along; write a plain blank")
        }
        return nil
    }

    // MARK: Quotes and brackets

    /// The quote or the bracket that is open where a line begins that cannot belong to it.
    private func opened(before last: Int) -> Hint? {
        var open: [(sign: Unicode.Scalar, line: Int, column: Int)] = []
        for index in lines.indices.prefix(min(last, lines.count - 1) + 1) {
            let line = lines[index]
            guard hasText(line) else { continue }
            if let first = open.first, isKey(line), indent(line) <= indent(lines[first.line]) {
                let closing = first.sign == "{" ? "}" : "]"
                return Hint(
                    place: place(first.line, first.column),
                    sentence: "‘\(first.sign)’ is never closed; add ‘\(closing)’")
            }
            var quote: (sign: Unicode.Scalar, column: Int)?
            for (column, scalar) in line.enumerated() {
                if let began = quote {
                    if scalar == began.sign { quote = nil }
                    continue
                }
                let before = line[..<column].last { !SyntaxHints.isBlank($0) }
                let isAtStart = before.map { "{[,:-".unicodeScalars.contains($0) } ?? true
                let isBehindBlank = column == 0 || SyntaxHints.isBlank(line[column - 1])
                switch scalar {
                case "'", "\"":
                    if isAtStart, isBehindBlank || "{[,".unicodeScalars.contains(line[column - 1]) {
                        quote = (scalar, column)
                    }
                case "{", "[": if isAtStart || !open.isEmpty { open.append((scalar, index, column)) }
                case "}" where open.last?.sign == "{", "]" where open.last?.sign == "[": open.removeLast()
                case "#" where isBehindBlank: break
                default: continue
                }
                if scalar == "#", isBehindBlank { break }
            }
            if let quote {
                return Hint(
                    place: place(index, quote.column),
                    sentence:
                        "the quote \(quote.sign) is not closed on its line; add \(quote.sign) where the text ends"
                )
            }
        }
        return nil
    }

    /// Whether the line begins with `word:`.
    private func isKey(_ line: [Unicode.Scalar]) -> Bool { keyEnd(line) != nil }

    /// Where the colon stands behind the line's first word; `nil` when the line begins otherwise.
    private func keyEnd(_ line: [Unicode.Scalar]) -> Int? {
        let start = indent(line)
        let word = line[start...].prefix {
            $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        guard !word.isEmpty, word.endIndex < line.endIndex, line[word.endIndex] == ":" else { return nil }
        return word.endIndex
    }

    /// `quota: A: 20%, D: rest}`
    private func closedOnly(_ index: Int) -> Hint? {
        let line = lines[index]
        for (open, close) in [("{", "}"), ("[", "]")] as [(Unicode.Scalar, Unicode.Scalar)]
        where line.contains(close) && !line.contains(open) {
            guard let colon = keyEnd(line) else { continue }
            let start = line[(colon + 1)...].firstIndex { !SyntaxHints.isBlank($0) } ?? colon
            return Hint(
                place: place(index, start),
                sentence: "‘\(close)’ closes what nothing opened; add ‘\(open)’ before the first entry")
        }
        return nil
    }

    // MARK: Colons and dashes

    /// `total:{label: …`
    private func tightColon(_ index: Int) -> Hint? {
        let line = lines[index]
        guard let colon = keyEnd(line), colon + 1 < line.count, !SyntaxHints.isBlank(line[colon + 1]) else {
            return nil
        }
        return Hint(place: place(index, colon), sentence: "a key ends with ‘:’ and a blank; add the blank")
    }

    /// `-A`
    private func tightDash(_ index: Int) -> Hint? {
        let line = lines[index]
        let start = indent(line)
        guard start + 1 < line.count, line[start] == "-", line[start + 1] != "-",
            !SyntaxHints.isBlank(line[start + 1])
        else { return nil }
        return Hint(
            place: place(index, start),
            sentence: "an entry of a list begins with ‘-’ and a blank; add the blank")
    }

    /// `title: 某县: 亩均`
    private func secondColon(_ index: Int) -> Hint? {
        let line = lines[index]
        guard let colon = keyEnd(line) else { return nil }
        let value = line[(colon + 1)...]
        guard let start = value.firstIndex(where: { !SyntaxHints.isBlank($0) }),
            !"'\"{[|>#".unicodeScalars.contains(line[start])
        else { return nil }
        for column in value.indices.dropLast()
        where line[column] == ":" && SyntaxHints.isBlank(line[column + 1]) {
            return Hint(
                place: place(index, column),
                sentence: "a text that holds ‘: ’ must stand in quotes; write '…' around all of it")
        }
        return nil
    }

    // MARK: Where lines begin

    /// A line that begins neither like the one before it nor like one around it.
    private func indent(of index: Int) -> Hint? {
        guard lines.indices.contains(index), hasText(lines[index]) else { return nil }
        let own = indent(lines[index])
        var least = Int.max
        var neighbours: [(line: Int, indent: Int)] = []
        for before in lines[..<index].indices.reversed() where hasText(lines[before]) {
            let indent = indent(lines[before])
            guard indent < least else { continue }
            neighbours.append((before, indent))
            least = indent
            if indent == 0 { break }
        }
        guard !neighbours.contains(where: { $0.indent == own }),
            let like = neighbours.min(by: { abs($0.indent - own) < abs($1.indent - own) })
        else { return nil }
        return Hint(
            place: place(index, own),
            sentence:
                "this line begins with \(own) blank\(own == 1 ? "" : "s"), which no line around it does; begin it with \(like.indent), like line \(like.line + 1)"
        )
    }

    // MARK: Keys given twice

    /// The second line of a mapping with the key, and the first.
    func second(_ key: String, from start: SourcePlace) -> (place: SourcePlace, first: Int)? {
        let first = start.line - 1
        guard lines.indices.contains(first) else { return nil }
        let column = start.column - 1
        let word = Array(key.unicodeScalars)
        var found: [Int] = []
        for index in lines.indices[first...] where hasText(lines[index]) {
            let line = lines[index]
            let own = indent(line)
            if own < column { break }
            guard own == column, line[own...].starts(with: word) else { continue }
            let rest = line[(own + word.count)...].first { !SyntaxHints.isBlank($0) }
            if rest == ":" { found.append(index) }
        }
        guard found.count > 1 else { return nil }
        return (place(found[1], column), found[0] + 1)
    }
}
