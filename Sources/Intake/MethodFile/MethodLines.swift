package import Evaluation
import Yams

/// The lines of a method file as YAML counts them, to say where something stands and to show it.
package struct MethodLines: Sendable {
    let lines: [[Unicode.Scalar]]
    /// The number of the file in places.
    let file: Int

    package init(_ text: String, file: Int = 0) {
        self.file = file
        var lines: [[Unicode.Scalar]] = [[]]
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": lines.append([])
            default: lines[lines.count - 1].append(scalar)
            }
            previous = scalar
        }
        self.lines = lines
    }

    /// The line of the place and under it carets, two under each Chinese character, which is as wide as two others.
    /// Two lines without a line break at the end; empty when there is no such line.
    package func excerpt(at place: SourcePlace, length: Int = 1) -> String {
        guard lines.indices.contains(place.line - 1) else { return "" }
        let line = lines[place.line - 1]
        let before = max(0, place.column - 1)
        var text = String(String.UnicodeScalarView(line)) + "\n"
        for scalar in line.prefix(before) {
            text += scalar == "\t" ? "\t" : MethodLines.isWide(scalar) ? "  " : " "
        }
        let marked = line.dropFirst(before).prefix(max(1, length))
        for scalar in marked { text += MethodLines.isWide(scalar) ? "^^" : "^" }
        return marked.isEmpty ? text + "^" : text
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x2e80 }

    /// The first `&name` that stands where YAML looks for an anchor.
    var anchor: SourcePlace? { sign("&") }

    /// Whether some `*name` stands where YAML looks for an alias.
    var hasAlias: Bool { sign("*") != nil }

    private func sign(_ sign: Unicode.Scalar) -> SourcePlace? {
        for (index, line) in lines.enumerated() {
            for (column, scalar) in line.enumerated() where scalar == sign && column + 1 < line.count {
                let isAtStart =
                    column == 0 || " \t\u{feff}[{,:".unicodeScalars.contains(line[column - 1])
                let next = line[column + 1]
                if isAtStart, next.isASCII,
                    next.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains(next)
                {
                    return SourcePlace(line: index + 1, column: column + 1)
                }
            }
        }
        return nil
    }

    /// Where the first character of a scalar stands, behind quotes, block signs, tags and anchors; and the lines on
    /// which its characters stand as they are, empty where the file spells it differently (escapes, doubled quotes).
    func pieces(of scalar: Yams.Node.Scalar) -> (place: SourcePlace, pieces: [SourceNode.Line]) {
        let start = start(of: scalar)
        let text = Array(scalar.string.unicodeScalars)
        func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
        guard !text.isEmpty else { return (start, [.init(offset: 0, place: start)]) }
        var pieces: [SourceNode.Line] = []
        var at: SourcePlace? = start
        // A block may begin with empty lines, which are part of the text but not of a line.
        var offset =
            scalar.style == .literal || scalar.style == .folded ? text.prefix(while: isBlank).count : 0
        // Expressions count characters, which may be more than one scalar each.
        var characters = offset
        while offset < text.count, let place = at, lines.indices.contains(place.line - 1) {
            var spelled = lines[place.line - 1].dropFirst(place.column - 1)
            let wanted = text[offset...]
            let isLast = spelled.starts(with: wanted)
            if !isLast {
                while let last = spelled.last, isBlank(last) { spelled.removeLast() }
                guard !spelled.isEmpty, wanted.starts(with: spelled) else { return (start, []) }
            }
            pieces.append(.init(offset: characters, place: place))
            if isLast { break }
            let piece = offset
            offset += spelled.count
            while offset < text.count, isBlank(text[offset]) { offset += 1 }
            characters += String(String.UnicodeScalarView(text[piece..<offset])).count
            at = content(from: SourcePlace(line: place.line + 1, column: 1, file: file), skipsComments: false)
        }
        return (start, pieces)
    }

    private func start(of scalar: Yams.Node.Scalar) -> SourcePlace {
        var at = SourcePlace(line: scalar.mark?.line ?? 1, column: scalar.mark?.column ?? 1, file: file)
        // Tags and anchors may stand before a value, on its line or on one above.
        while let sign = self[at], sign == "!" || sign == "&" {
            while let next = self[at], next != " ", next != "\t" { at = at.next }
            guard let content = content(from: at, skipsComments: true) else { break }
            at = content
        }
        switch scalar.style {
        case .singleQuoted, .doubleQuoted:
            if self[at] == "'" || self[at] == "\"" { at = at.next }
        case .literal, .folded:
            at =
                content(from: SourcePlace(line: at.line + 1, column: 1, file: file), skipsComments: false)
                ?? at
        default: break
        }
        return at
    }

    /// The first character that is not blank, there or on a later line.
    private func content(from start: SourcePlace, skipsComments: Bool) -> SourcePlace? {
        var skipped = start.column - 1
        for (index, line) in lines.enumerated().dropFirst(start.line - 1) {
            let found = line.dropFirst(skipped).firstIndex { $0 != " " && $0 != "\t" }
            skipped = 0
            guard let found, !skipsComments || line[found] != "#" else { continue }
            return SourcePlace(line: index + 1, column: found + 1, file: file)
        }
        return nil
    }

    private subscript(_ place: SourcePlace) -> Unicode.Scalar? {
        guard lines.indices.contains(place.line - 1) else { return nil }
        let line = lines[place.line - 1]
        return line.indices.contains(place.column - 1) ? line[place.column - 1] : nil
    }
}

extension SourcePlace {
    fileprivate var next: SourcePlace { SourcePlace(line: line, column: column + 1, file: file) }
}
