package import Evaluation
import Foundation
import Yams

/// The method file: YAML in, a tree of texts with their places out.
package enum MethodFile {
    static let maxBytes = 1 << 20
    static let maxDepth = 64
    static let maxNodes = 20_000

    /// Reads and parses the file. The text is returned as well, for the lines under which carets stand.
    package static func read(path: String, file: Int = 0) throws(IntakeError) -> (
        text: String, root: SourceNode
    ) {
        let bytes = try SmallFile.read(path, limit: maxBytes)
        // Windows editors put a byte order mark before UTF-8.
        let isMarked = bytes.starts(with: [0xef, 0xbb, 0xbf])
        guard let text = String(validating: bytes.dropFirst(isMarked ? 3 : 0), as: UTF8.self) else {
            throw .refused("\(path): \(whatElse(bytes))")
        }
        do {
            return (text, try parse(text, file: file))
        } catch {
            throw IntakeError(error.kind, "\(path):\(error.message)")
        }
    }

    /// What bytes are that are no UTF-8.
    private static func whatElse(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            return "the file is UTF-16. Save it as UTF-8."
        }
        if bytes.starts(with: [0x50, 0x4b]) || bytes.contains(0) {
            return
                "this is no text file (perhaps a document of Word or Excel, or a packed one). Save the text by itself, as UTF-8."
        }
        return "the file is not UTF-8 (perhaps GBK). Save it as UTF-8."
    }

    /// Parses YAML. Scalars keep their text: `0.0302` never becomes a floating-point number.
    ///
    /// Throws `refused` with `line:column: sentence`, the offending line and a caret when the text is no YAML,
    /// and when it is larger than 1 MiB, deeper than 64 levels, more than 20,000 nodes or has aliases: a few lines
    /// of them could stand for more values than there is memory.
    ///
    /// - Parameter file: the number of the file in the places of the tree, see ``SourcePlace/file``.
    package static func parse(_ text: String, file: Int = 0) throws(IntakeError) -> SourceNode {
        guard text.utf8.count <= maxBytes else {
            throw .refused(
                "1:1: the file is larger than 1 MiB. It is a page of rules: remove data from it."
            )
        }
        let lines = MethodLines(text, file: file)
        if let place = lines.anchor, lines.hasAlias {
            throw refused("anchors (&) and aliases (*) are not allowed; write the value out", place, lines)
        }
        let node: Yams.Node?
        do {
            node = try Parser(yaml: text).singleRoot()
        } catch let error as YamlError {
            throw refused(error, lines)
        } catch {
            throw .refused("1:1: the file cannot be parsed: \(error)")
        }
        guard let node else {
            throw .refused(
                "1:1: the file is empty. Its first line must say what it is, such as ‘mujun: method/1’.")
        }
        var converter = Converter(lines: lines)
        return try converter.convert(node, depth: 1)
    }

    private struct Converter {
        let lines: MethodLines
        var visited = 0

        mutating func convert(_ node: Yams.Node, depth: Int) throws(IntakeError) -> SourceNode {
            let place = SourcePlace(
                line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, file: lines.file)
            visited += 1
            guard depth <= maxDepth else {
                throw refused("nested more than \(maxDepth) levels deep", place, lines)
            }
            guard visited <= maxNodes else {
                throw refused("more than \(maxNodes) values; a method is a page of rules", place, lines)
            }
            switch node {
            case .scalar(let scalar):
                let (place, pieces) = lines.pieces(of: scalar)
                return SourceNode(.scalar(scalar.string), place: place, lines: pieces)
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
                throw refused("aliases (*) are not allowed; write the value out", place, lines)
            }
        }
    }

    private static func refused(_ sentence: String, _ place: SourcePlace, _ lines: MethodLines) -> IntakeError
    {
        .refused("\(place.line):\(place.column): \(sentence).\n\(lines.excerpt(at: place))")
    }

    private static func refused(_ error: YamlError, _ lines: MethodLines) -> IntakeError {
        func place(_ mark: Mark) -> SourcePlace {
            SourcePlace(line: max(mark.line, 1), column: max(mark.column, 1))
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            if let (place, remedy) = lines.misplacedSign(near: place(mark)) {
                return refused(remedy, place, lines)
            }
            if let hint = SyntaxHints(lines).hint(at: place(mark), problem) {
                return refused(hint.sentence, hint.place, lines)
            }
            return refused(problem, place(mark), lines)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let key = duplicates.first.map { "\($0)" } ?? ""
            if let (second, first) = SyntaxHints(lines).second(key, from: place(context.mark)) {
                return refused("‘\(key)’ stands here and on line \(first); delete one", second, lines)
            }
            return refused(
                "the key `\(duplicates.first ?? "")` stands twice in one mapping", place(context.mark), lines)
        case .reader(let problem, _, _, _):
            return .refused("1:1: \(problem). Save the file as UTF-8 without control characters.")
        default:
            return .refused("1:1: the file cannot be parsed: \(error)")
        }
    }
}
