package import Evaluation
import Foundation
import Yams

/// The method file: YAML in, a tree of texts with their places out.
package enum MethodFile {
    static let maxBytes = 1 << 20
    static let maxDepth = 64
    /// Nodes are counted where they are visited, because an alias repeats all that it stands for.
    static let maxNodes = 100_000

    /// Reads and parses the file. The text is returned as well, for the lines under which carets stand.
    package static func read(path: String) throws(IntakeError) -> (text: String, root: SourceNode) {
        let bytes = try SmallFile.read(path, limit: maxBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .refused("\(path): the method file is not UTF-8. Save it as UTF-8.")
        }
        do {
            return (text, try parse(text))
        } catch {
            throw IntakeError(error.kind, "\(path):\(error.message)")
        }
    }

    /// Parses YAML. Scalars keep their text: `0.0302` never becomes a floating-point number.
    ///
    /// Throws `refused` with `line:column: sentence`, the offending line and a caret when the text is no YAML,
    /// and when it is larger than 1 MiB, deeper than 64 levels or more than 100,000 nodes with its aliases.
    package static func parse(_ text: String) throws(IntakeError) -> SourceNode {
        guard text.utf8.count <= maxBytes else {
            throw .refused(
                "1:1: the method file is larger than 1 MiB. A method is a page of rules: remove data from it."
            )
        }
        if let place = aliasKey(in: text) {
            throw .refused(
                "\(place):1: a key must be plain text, not an alias or a collection.\n"
                    + line(place, of: text))
        }
        let node: Yams.Node?
        do {
            node = try Parser(yaml: text).singleRoot()
        } catch let error as YamlError {
            throw .refused(sentence(error, text))
        } catch {
            throw .refused("1:1: the method file cannot be parsed: \(error)")
        }
        guard let node else { throw .refused("1:1: the method file is empty.") }
        var converter = Converter(
            lines: text.split(omittingEmptySubsequences: false) { $0.isNewline })
        return try converter.convert(node, depth: 1)
    }

    private struct Converter {
        let lines: [Substring]
        var visited = 0

        mutating func convert(_ node: Yams.Node, depth: Int) throws(IntakeError) -> SourceNode {
            let place = SourcePlace(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
            visited += 1
            guard depth <= maxDepth else {
                throw .refused("\(place.line):\(place.column): nested more than \(maxDepth) levels deep.")
            }
            guard visited <= maxNodes else {
                throw .refused(
                    "\(place.line):\(place.column): more than \(maxNodes) values. An alias counts as all that it "
                        + "stands for: use fewer aliases.")
            }
            switch node {
            case .scalar(let scalar):
                return SourceNode(
                    .scalar(scalar.string), place: place,
                    lines: ScalarLines(scalar, at: place, in: lines).found)
            case .sequence(let sequence):
                var items: [SourceNode] = []
                for item in sequence { items.append(try convert(item, depth: depth + 1)) }
                return SourceNode(.sequence(items), place: place)
            case .mapping(let mapping):
                var pairs: [(key: SourceNode, value: SourceNode)] = []
                for (key, value) in mapping {
                    pairs.append((try convert(key, depth: depth + 1), try convert(value, depth: depth + 1)))
                }
                return SourceNode(.mapping(pairs), place: place)
            case .alias:
                throw .refused("\(place.line):\(place.column): an alias that stands for nothing.")
            }
        }
    }

    /// The first line on which an alias or a collection is used as a key; Yams compares keys with all that is
    /// below them, which an alias can make endless.
    private static func aliasKey(in text: String) -> Int? {
        guard text.contains("&"), text.contains("*") || text.contains("?") else { return nil }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "-" }
            if trimmed.hasPrefix("#") { continue }
            if trimmed.hasPrefix("? ") || trimmed.contains(/\*[^\s,\[\]\{\}"']+\s*:(\s|$)/)
                || trimmed.contains(/[\]\}]\s*:(\s|$)/)
            {
                return index + 1
            }
        }
        return nil
    }

    private static func sentence(_ error: YamlError, _ text: String) -> String {
        func at(_ mark: Mark, _ sentence: String) -> String {
            let row = max(mark.line, 1)
            let column = max(mark.column, 1)
            return "\(row):\(column): \(sentence).\n\(line(row, of: text))"
                + String(repeating: " ", count: column - 1) + "^"
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return at(mark, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            return at(context.mark, "the key `\(duplicates.first ?? "")` stands twice in one mapping")
        case .reader(let problem, _, _, _):
            return "1:1: \(problem). Save the file as UTF-8 without control characters."
        default:
            return "1:1: the method file cannot be parsed: \(error)"
        }
    }

    private static func line(_ number: Int, of text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(number - 1) else { return "" }
        return "\(lines[number - 1])\n"
    }
}
