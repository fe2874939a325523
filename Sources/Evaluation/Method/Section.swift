/// One mapping of a method file while it is read: hands out values by key, and complains about keys that nobody
/// asked for, keys given twice, and values of the wrong shape. All complaints go into one list.
struct Section {
    let place: SourcePlace
    private var entries: [(key: String, keyNode: SourceNode, value: SourceNode)] = []
    private var asked: [String] = []
    /// How the section is called in messages: `cohorts.above`.
    let path: String

    init(_ node: SourceNode, path: String, _ problems: inout [MethodProblem]) {
        place = node.place
        self.path = path
        guard case .mapping(let pairs) = node.content else {
            problems.append(MethodProblem(at: node.place, "‘\(path)’ must be a list of ‘key: value’ lines"))
            return
        }
        for (keyNode, value) in pairs {
            guard case .scalar(let key) = keyNode.content else {
                problems.append(MethodProblem(at: keyNode.place, "a key must be a plain word"))
                continue
            }
            if entries.contains(where: { $0.key == key }) {
                problems.append(
                    MethodProblem(
                        at: keyNode.place, length: key.count,
                        "‘\(key)’ is given twice in ‘\(path)’; delete one"))
                continue
            }
            entries.append((key, keyNode, value))
        }
    }

    /// Every entry in the order of the file: for sections whose keys are names that the method chooses.
    func named() -> [(name: MethodDocument.Text, value: SourceNode)] {
        entries.map {
            (MethodDocument.Text(text: $0.key, place: $0.keyNode.place, isSingleLine: true), $0.value)
        }
    }

    mutating func node(_ key: String) -> SourceNode? {
        asked.append(key)
        return entries.first { $0.key == key }?.value
    }

    mutating func optionalText(_ key: String, _ problems: inout [MethodProblem]) -> MethodDocument.Text? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let text) = node.content else {
            problems.append(MethodProblem(at: node.place, "‘\(key)’ must be a single value"))
            return nil
        }
        return MethodDocument.Text(text: text, place: node.place, isSingleLine: node.isSingleLine)
    }

    mutating func text(_ key: String, _ remedy: String, _ problems: inout [MethodProblem]) -> MethodDocument
        .Text?
    {
        if node(key) == nil {
            problems.append(MethodProblem(at: place, "‘\(path)’ lacks ‘\(key)’: \(remedy)"))
            return nil
        }
        return optionalText(key, &problems)
    }

    mutating func label(_ problems: inout [MethodProblem]) -> String? {
        text("label", "the name that outputs show", &problems)?.text
    }

    mutating func source(_ problems: inout [MethodProblem]) -> String {
        optionalText("source", &problems)?.text ?? ""
    }

    mutating func integer(
        _ key: String, in range: ClosedRange<Int>, default fallback: Int?, _ problems: inout [MethodProblem]
    ) -> Int? {
        guard
            let text = fallback == nil ? text(key, "a whole number", &problems) : optionalText(key, &problems)
        else { return fallback }
        guard let value = Int(text.text), range.contains(value) else {
            problems.append(
                MethodProblem(
                    at: text.place, length: text.text.count,
                    "‘\(key)’ is ‘\(text.text)’, but must be a whole number from \(range.lowerBound) to \(range.upperBound)"
                ))
            return nil
        }
        return value
    }

    mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ key: String, default fallback: Value?, _ problems: inout [MethodProblem]
    ) -> Value? where Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue)
        guard
            let text = fallback == nil
                ? text(key, "one of \(words.joined(separator: ", "))", &problems)
                : optionalText(key, &problems)
        else { return fallback }
        if let value = Value(rawValue: text.text) { return value }
        problems.append(
            MethodProblem(
                at: text.place, length: text.text.count,
                "‘\(key)’ is ‘\(text.text)’, but must be one of \(words.joined(separator: ", "))"
                    + Spelling.suggestion(for: text.text, among: words)))
        return nil
    }

    /// Complains about every key that was never asked for.
    func finish(_ problems: inout [MethodProblem]) {
        for entry in entries where !asked.contains(entry.key) {
            problems.append(
                MethodProblem(
                    at: entry.keyNode.place, length: entry.key.count,
                    "‘\(path)’ has no key ‘\(entry.key)’" + Spelling.suggestion(for: entry.key, among: asked))
            )
        }
    }
}
