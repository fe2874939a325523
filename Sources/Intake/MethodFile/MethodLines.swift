package import Evaluation
import Yams

/// The lines of a method file as YAML counts them, to say where something stands and to show it.
package struct MethodLines: Sendable {
    private let lines: [[Unicode.Scalar]]

    package init(_ text: String) {
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

    /// Where the first character of a scalar stands, behind quotes, block signs, tags and anchors; and whether the
    /// text stands there on one line as it is, so that columns inside it can be told.
    func place(of scalar: Yams.Node.Scalar) -> (place: SourcePlace, isSingleLine: Bool) {
        var at = SourcePlace(line: scalar.mark?.line ?? 1, column: scalar.mark?.column ?? 1)
        // Tags and anchors may stand before a value, on its line or on one above.
        while let sign = self[at], sign == "!" || sign == "&" {
            while let next = self[at], next != " ", next != "\t" { at = at.next }
            guard let content = content(from: at, skipsComments: true) else { break }
            at = content
        }
        var text = Array(scalar.string.unicodeScalars)
        switch scalar.style {
        case .singleQuoted, .doubleQuoted:
            if self[at] == "'" || self[at] == "\"" { at = at.next }
        case .literal, .folded:
            at = content(from: SourcePlace(line: at.line + 1, column: 1), skipsComments: false) ?? at
            if text.last == "\n" { text.removeLast() }
        default: break
        }
        let rest = lines.indices.contains(at.line - 1) ? lines[at.line - 1].dropFirst(at.column - 1) : []
        return (at, rest.starts(with: text))
    }

    /// The first character that is not blank, there or on a later line.
    private func content(from start: SourcePlace, skipsComments: Bool) -> SourcePlace? {
        var skipped = start.column - 1
        for (index, line) in lines.enumerated().dropFirst(start.line - 1) {
            let found = line.dropFirst(skipped).firstIndex { $0 != " " && $0 != "\t" }
            skipped = 0
            guard let found, !skipsComments || line[found] != "#" else { continue }
            return SourcePlace(line: index + 1, column: found + 1)
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
    fileprivate var next: SourcePlace { SourcePlace(line: line, column: column + 1) }
}
