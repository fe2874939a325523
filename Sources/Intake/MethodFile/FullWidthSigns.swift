import Evaluation

/// Signs of Chinese input methods, and tabs, that stand where YAML wants plain ones. YAML takes them for text, and
/// complains about what follows, often on the next line.
extension MethodLines {
    /// The first such sign on the line of a complaint or on the line of text before it, and what to do about it.
    func misplacedSign(near complaint: SourcePlace) -> (place: SourcePlace, remedy: String)? {
        let last = min(complaint.line, lines.count) - 1
        guard last >= 0 else { return nil }
        let before = lines[..<last].lastIndex { line in
            line.first { !MethodLines.isIndent($0) }.map { $0 != "#" } ?? false
        }
        for index in [before, last].compactMap({ $0 }) {
            if let (column, remedy) = MethodLines.misplacedSign(in: lines[index]) {
                return (SourcePlace(line: index + 1, column: column + 1), remedy)
            }
        }
        return nil
    }

    private static func isIndent(_ scalar: Unicode.Scalar) -> Bool {
        " \t\u{3000}".unicodeScalars.contains(scalar)
    }

    private static func misplacedSign(in line: [Unicode.Scalar]) -> (column: Int, remedy: String)? {
        for (column, scalar) in line.enumerated() {
            guard isIndent(scalar) else { break }
            if scalar == "\t" { return (column, "a tab cannot indent; indent with blanks") }
            if scalar == "\u{3000}" {
                return (column, "a full-width blank (全角空格, U+3000) cannot indent; indent with blanks")
            }
        }
        var quote: Unicode.Scalar?
        // Whether the entry that is being read has its colon already, and how many { are open.
        var hasColon = false
        var depth = 0
        for (column, scalar) in line.enumerated() {
            if let open = quote {
                if scalar == open { quote = nil }
                continue
            }
            let isAtStart =
                line[..<column].last { !isIndent($0) }.map { "{[,:：，｛-".unicodeScalars.contains($0) } ?? true
            switch scalar {
            case "\"", "'": if isAtStart { quote = scalar }
            case "#": if column == 0 || isIndent(line[column - 1]) { return nil }
            case ":": hasColon = true
            case ",": if depth > 0 { hasColon = false }
            case "{":
                depth += 1
                hasColon = false
            case "}": depth -= 1
            case "：" where !hasColon:
                return (column, "‘：’ is a full-width colon (全角冒号); write ‘: ’, a plain colon and a blank")
            case "，" where depth > 0 && isFollowedByKey(line[(column + 1)...]):
                return (column, "‘，’ is a full-width comma (全角逗号); write ‘, ’, a plain comma and a blank")
            case "｛" where isAtStart: return (column, "‘｛’ is a full-width brace (全角括号); write ‘{’")
            case "｝" where line[(column + 1)...].allSatisfy(isIndent):
                return (column, "‘｝’ is a full-width brace (全角括号); write ‘}’")
            default: break
            }
        }
        return nil
    }

    /// Whether a plain word and a colon come next, as after a comma between { }.
    private static func isFollowedByKey(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        let word = rest.drop(while: isIndent).prefix {
            $0.isASCII && ($0 == "_" || $0.properties.isAlphabetic)
        }
        guard !word.isEmpty, word.endIndex < rest.endIndex else { return false }
        return rest[word.endIndex] == ":" || rest[word.endIndex] == "："
    }
}
