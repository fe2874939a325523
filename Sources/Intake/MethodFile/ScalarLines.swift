import Evaluation
import Yams

/// Finds the characters of a scalar in the lines of the file, so that a caret can stand under any of them even
/// where a long expression is folded over several lines.
struct ScalarLines {
    /// In ascending order; empty when the file spells the scalar differently (escapes, very long lines).
    private(set) var found: [SourceNode.Line] = []

    /// Longer lines are not written by people, and searching them again for every scalar would take long.
    private static let maxLineLength = 2000

    init(_ scalar: Yams.Node.Scalar, at place: SourcePlace, in lines: [Substring]) {
        let text = Array(scalar.string)
        var line = place.line
        var column = place.column
        switch scalar.style {
        case .literal, .folded:
            line += 1
            column = 1
        case .singleQuoted, .doubleQuoted: column += 1
        default: break
        }
        var offset = 0
        while offset < text.count {
            guard lines.indices.contains(line - 1), lines[line - 1].utf8.count <= Self.maxLineLength else {
                found = []
                return
            }
            // The parser counts code points, people and carets count characters; they differ in no usual file.
            let rest = Array(String(lines[line - 1].unicodeScalars.dropFirst(column - 1)))
            let indent = rest.prefix { $0.isWhitespace }.count
            let piece = rest.dropFirst(indent)
            let wanted = text[offset...]
            if piece.starts(with: wanted) {
                found.append(.init(offset: offset, place: SourcePlace(line: line, column: column + indent)))
                return
            }
            let spelled = piece.reversed().drop { $0.isWhitespace }.reversed()
            if !spelled.isEmpty {
                guard wanted.starts(with: spelled) else {
                    found = []
                    return
                }
                found.append(.init(offset: offset, place: SourcePlace(line: line, column: column + indent)))
                offset += spelled.count
                while offset < text.count, text[offset].isWhitespace { offset += 1 }
            }
            line += 1
            column = 1
        }
    }
}
