package import Evaluation

extension SourceNode {
    /// As YAML: read again, it is the same tree. Comments and layout are not those of any file.
    package var yaml: String {
        guard case .mapping(let pairs) = content else { return MethodPrinter.alone(self) + "\n" }
        var lines: [String] = []
        for (key, value) in pairs {
            let entry = MethodPrinter.entry(key, value, "", isSection: true)
            if !lines.isEmpty, entry.count > 1 { lines.append("") }
            lines += entry
        }
        return lines.isEmpty ? "{}\n" : lines.joined(separator: "\n") + "\n"
    }
}

/// YAML in the layout of the shipped methods: sections as blocks, what fits on a line between { }.
private enum MethodPrinter {
    private static let width = 110

    /// `key: value`, with the lines below it.
    static func entry(
        _ key: SourceNode, _ value: SourceNode, _ indent: String, isSection: Bool = false
    ) -> [String] {
        let start = "\(indent)\(flow(key)):"
        let isEmpty = isEmpty(value)
        let mayBeOneLine = isEmpty || isScalar(value) || !isSection && !holdsMappings(value)
        if mayBeOneLine {
            let line = "\(start) \(scalar(value) ?? flow(value))"
            if isEmpty || line.unicodeScalars.count <= width { return [line] }
        }
        switch value.content {
        case .scalar(let text):
            guard let folded = folded(text, indent + "  ") else {
                return ["\(start) \(scalar(value) ?? "''")"]
            }
            return ["\(start) >-"] + folded
        case .sequence(let items): return [start] + items.flatMap { item($0, indent + "  ") }
        case .mapping(let pairs): return [start] + pairs.flatMap { entry($0.key, $0.value, indent + "  ") }
        }
    }

    /// What is no mapping, as a whole file.
    static func alone(_ node: SourceNode) -> String {
        guard case .sequence(let items) = node.content, !items.isEmpty else {
            return scalar(node) ?? flow(node)
        }
        return items.flatMap { item($0, "") }.joined(separator: "\n")
    }

    /// `- value`, with the lines below it.
    static func item(_ value: SourceNode, _ indent: String) -> [String] {
        let line = "\(indent)- \(scalar(value) ?? flow(value))"
        let inner = indent + "  "
        let lines: [String]
        switch value.content {
        case .scalar: return [line]
        case .sequence(let items): lines = items.flatMap { item($0, inner) }
        case .mapping(let pairs): lines = pairs.flatMap { entry($0.key, $0.value, inner) }
        }
        guard line.unicodeScalars.count > width || holdsMappings(value), let first = lines.first else {
            return [line]
        }
        return ["\(indent)- \(first.dropFirst(inner.count))"] + lines.dropFirst()
    }

    private static func isScalar(_ node: SourceNode) -> Bool {
        if case .scalar = node.content { true } else { false }
    }

    private static func holdsMappings(_ node: SourceNode) -> Bool {
        func isMapping(_ node: SourceNode) -> Bool {
            switch node.content {
            case .scalar: false
            case .sequence(let items): items.contains(where: isMapping)
            case .mapping: true
            }
        }
        switch node.content {
        case .scalar: return false
        case .sequence(let items): return items.contains(where: isMapping)
        case .mapping(let pairs): return pairs.contains { isMapping($0.value) }
        }
    }

    private static func isEmpty(_ node: SourceNode) -> Bool {
        switch node.content {
        case .scalar(let text): text.isEmpty
        case .sequence(let items): items.isEmpty
        case .mapping(let pairs): pairs.isEmpty
        }
    }

    /// On one line, between brackets where it is more than one text.
    private static func flow(_ node: SourceNode) -> String {
        switch node.content {
        case .scalar(let text): quoted(text, isBetweenBrackets: true)
        case .sequence(let items): "[\(items.map(flow).joined(separator: ", "))]"
        case .mapping(let pairs):
            "{\(pairs.map { "\(flow($0.key)): \(flow($0.value))" }.joined(separator: ", "))}"
        }
    }

    private static func scalar(_ node: SourceNode) -> String? {
        guard case .scalar(let text) = node.content else { return nil }
        return quoted(text, isBetweenBrackets: false)
    }

    // MARK: Texts

    /// Plain where no sign of it means anything to YAML, otherwise between quotes.
    private static func quoted(_ text: String, isBetweenBrackets: Bool) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.allSatisfy(isPrintable) else { return escaped(scalars) }
        let isPlain =
            mayStart(scalars) && scalars.last != " " && scalars.last != ":"
            && !text.contains(": ") && !text.contains(" #")
            && !(isBetweenBrackets && scalars.contains { ",[]{}:#&!|?@`'\"".unicodeScalars.contains($0) })
        return isPlain ? text : "'\(text.replacing("'", with: "''"))'"
    }

    private static func mayStart(_ scalars: [Unicode.Scalar]) -> Bool {
        guard let first = scalars.first else { return false }
        func isWord(_ scalar: Unicode.Scalar) -> Bool {
            scalar == "_" || scalar == "(" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        }
        return isWord(first) || first == "-" && scalars.count > 1 && isWord(scalars[1])
    }

    /// Neither a line break nor a control character, nor a sign that turns the direction of writing or cannot be seen.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            false
        default: true
        }
    }

    private static func escaped(_ scalars: [Unicode.Scalar]) -> String {
        var text = "\""
        for scalar in scalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case _ where isPrintable(scalar): text.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                text += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return text + "\""
    }

    /// Lines of a text that single blanks part into words; `nil` where it cannot be folded.
    private static func folded(_ text: String, _ indent: String) -> [String]? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count > 1, !words.contains(where: \.isEmpty), text.unicodeScalars.allSatisfy(isPrintable)
        else { return nil }
        var lines: [String] = []
        var line = indent + words[0]
        for word in words.dropFirst() {
            if line.unicodeScalars.count + 1 + word.unicodeScalars.count > width {
                lines.append(line)
                line = indent + word
            } else {
                line += " \(word)"
            }
        }
        return lines + [line]
    }
}
