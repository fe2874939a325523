/// One mapping of a method file while it is read: hands out values by key, and complains about keys that nobody
/// asked for, keys given twice, and values of the wrong shape. All complaints go into one list.
struct Section {
    /// The section's key, or the file's first character: where complaints about what it lacks stand.
    let place: SourcePlace
    let length: Int
    /// Whether it is no mapping, so that everything it lacks follows from that.
    private(set) var isBroken = false
    private var entries: [(key: String, keyNode: SourceNode, value: SourceNode)] = []
    private var asked: [String] = []
    /// Keys that it must have and has not.
    private var lacking: [(key: String, message: String)] = []
    private var lastCut: String?
    /// How the section is called in messages: `cohorts.above`.
    let path: String

    init(
        _ node: SourceNode, path: String, key: MethodDocument.Text? = nil, _ problems: inout [MethodProblem]
    ) {
        place = key?.place ?? node.place
        length = key?.text.count ?? 1
        self.path = path
        guard case .mapping(let pairs) = node.content else {
            isBroken = true
            problems.append(
                MethodProblem(
                    at: place, length: length, "‘\(path)’ must be followed by ‘key: value’ lines"))
            return
        }
        var keys: Set<String> = []
        for (keyNode, value) in pairs {
            guard case .scalar(let key) = keyNode.content else {
                problems.append(MethodProblem(at: keyNode.place, "a key must be a plain word"))
                continue
            }
            if takesBack(key, keyNode, value, &problems) { continue }
            guard keys.insert(key).inserted else {
                problems.append(
                    MethodProblem(
                        at: keyNode.place, length: key.count,
                        "‘\(key)’ is given twice in ‘\(path)’; delete one"))
                continue
            }
            entries.append((key, keyNode, value))
        }
    }

    /// Between { } a comma ends a value: of `max(a, b)` the rest `b)` becomes a key without a value. It is put
    /// back, so that this is the only complaint, and is made once.
    private mutating func takesBack(
        _ key: String, _ keyNode: SourceNode, _ value: SourceNode, _ problems: inout [MethodProblem]
    ) -> Bool {
        guard case .scalar("") = value.content, let cut = entries.last,
            case .scalar(let start) = cut.value.content,
            start.count(where: { $0 == "(" }) > start.count(where: { $0 == ")" })
        else { return false }
        let lines = keyNode.lines.map {
            SourceNode.Line(offset: start.count + 2 + $0.offset, place: $0.place)
        }
        entries[entries.count - 1].value = SourceNode(
            .scalar("\(start), \(key)"), place: cut.value.place, lines: cut.value.lines + lines)
        guard lastCut != cut.key else { return true }
        lastCut = cut.key
        let text = MethodDocument.Text(key, of: keyNode)
        problems.append(
            MethodProblem(
                at: text.place, length: key.count,
                "between { } a comma ends the value of ‘\(cut.key)’; put the whole value into quotes"))
        return true
    }

    /// Every entry in the order of the file: for sections whose keys are names that the method chooses.
    func named() -> [(name: MethodDocument.Text, value: SourceNode)] {
        entries.map {
            (MethodDocument.Text($0.key, of: $0.keyNode), $0.value)
        }
    }

    mutating func node(_ key: String) -> SourceNode? {
        if !asked.contains(key) { asked.append(key) }
        return entries.first { $0.key == key }?.value
    }

    /// The entry of a key that nobody asks for, where it is this one with a slip.
    func slip(for key: String) -> SourceNode? {
        guard !entries.contains(where: { $0.key == key }) else { return nil }
        return entries.first { !asked.contains($0.key) && Spelling.nearest(to: $0.key, among: [key]) != nil }?
            .value
    }

    /// The key as it stands in the file.
    func key(_ key: String) -> MethodDocument.Text? {
        entries.first { $0.key == key }.map { MethodDocument.Text($0.key, of: $0.keyNode) }
    }

    /// Complains about something that the section lacks, unless it is no section at all.
    func lacks(
        _ message: String, at key: MethodDocument.Text? = nil, _ problems: inout [MethodProblem]
    ) {
        guard !isBroken else { return }
        problems.append(
            MethodProblem(at: key?.place ?? place, length: key?.text.count ?? length, message))
    }

    mutating func optionalText(_ key: String, _ problems: inout [MethodProblem]) -> MethodDocument.Text? {
        node(key).flatMap { $0.text("\(path).\(key)", &problems) }
    }

    mutating func text(_ key: String, _ remedy: String, _ problems: inout [MethodProblem]) -> MethodDocument
        .Text?
    {
        if node(key) == nil {
            lacking.append((key, "‘\(path)’ lacks ‘\(key)’: \(remedy)"))
            return nil
        }
        return optionalText(key, &problems)
    }

    /// A list under a key; empty when the key is absent.
    mutating func texts(_ key: String, _ problems: inout [MethodProblem]) -> [MethodDocument.Text] {
        node(key).map { $0.texts("\(path).\(key)", &problems) } ?? []
    }

    /// The mapping under a key.
    mutating func section(_ key: String, _ problems: inout [MethodProblem]) -> Section? {
        node(key).map { Section($0, path: "\(path).\(key)", key: self.key(key), &problems) }
    }

    mutating func label(_ problems: inout [MethodProblem]) -> String? {
        text("label", "the name that outputs show", &problems)?.text
    }

    mutating func source(_ problems: inout [MethodProblem]) -> String {
        optionalText("source", &problems)?.text ?? ""
    }

    mutating func decimals(default fallback: Int? = nil, _ problems: inout [MethodProblem]) -> Int? {
        integer("decimals", in: 0...DecimalText.maximumDecimals, default: fallback, &problems)
    }

    mutating func rounding(_ problems: inout [MethodProblem]) -> Rounding? {
        choice("rounding", default: .halfAway, &problems)
    }

    mutating func integer(
        _ key: String, in range: ClosedRange<Int>, default fallback: Int? = nil,
        _ problems: inout [MethodProblem]
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
        _ key: String, default fallback: Value? = nil, _ problems: inout [MethodProblem]
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

    /// Complains about every key that it lacks and about every key that was never asked for; a key with a slip is
    /// complained about as such, and is not missed as well.
    func finish(_ problems: inout [MethodProblem]) {
        let unknown = entries.filter { !asked.contains($0.key) }
        let meant = unknown.compactMap { entry in
            asked.first { entry.key.fullWidthRemedy?.key == $0 }
                ?? Spelling.nearest(to: entry.key, among: asked)
        }
        for (key, message) in lacking where !meant.contains(key) { lacks(message, &problems) }
        for entry in unknown {
            if let remedy = entry.key.fullWidthRemedy, asked.contains(remedy.key) {
                problems.append(
                    MethodProblem(at: entry.keyNode.place, length: entry.key.count, remedy.message))
                continue
            }
            if case .scalar("") = entry.value.content, entry.key.first?.isNumber == true {
                problems.append(
                    MethodProblem(
                        at: entry.keyNode.place, length: entry.key.count,
                        "between { } a comma ends a value; write numbers with a point and without separators, such as 24.5 or 1000"
                    ))
                continue
            }
            problems.append(
                MethodProblem(
                    at: entry.keyNode.place, length: entry.key.count,
                    "‘\(path)’ has no key ‘\(entry.key)’"
                        + Spelling.remedy(
                            for: entry.key, among: asked,
                            otherwise: "it has \(asked.joined(separator: ", "))")))
        }
    }
}

extension String {
    /// `label：税收` and a key behind full-width blanks are whole keys to YAML: the key that is meant, and what to do.
    fileprivate var fullWidthRemedy: (key: String, message: String)? {
        let blank = "\u{3000}"
        if hasPrefix(blank) {
            let key = String(drop { blank.contains($0) })
            return (key, "the line begins with a full-width blank (全角空格); indent ‘\(key)’ with plain blanks")
        }
        guard let colon = firstIndex(of: "：") else { return nil }
        let key = String(self[..<colon])
        return (
            key,
            "‘：’ is a full-width colon (全角冒号), which does not end a key; write ‘\(key): \(self[index(after: colon)...])’"
        )
    }
}
