import Evaluation

/// One file of a chain of methods: what it says itself, what it is based on, and what it removes of that.
struct Overlay {
    struct Base {
        /// As the file spells it.
        let name: String
        let place: SourcePlace
    }

    let path: String
    let text: String
    let base: Base?
    /// Without `based_on` and `remove`, where it is based on something.
    let content: SourceNode
    private let removals: [(path: String, place: SourcePlace)]

    init(path: String, file: Int) throws(IntakeError) {
        let (text, root) = try MethodFile.read(path: path, file: file)
        self.path = path
        self.text = text
        if let mistake = Overlay.missingBase(root) {
            throw .refused(Overlay.message(path, text, mistake.sentence, mistake.place))
        }
        guard case .mapping(let pairs) = root.content,
            let named = pairs.first(where: { $0.key.isKey("based_on") })
        else {
            (base, content, removals) = (nil, root, [])
            return
        }
        func refused(_ sentence: String, _ node: SourceNode) -> IntakeError {
            .refused(Overlay.message(path, text, sentence, node.place))
        }
        guard case .scalar(let name) = named.value.content else {
            throw refused("‘based_on’ must be the name of one method file", named.value)
        }
        var removals: [(String, SourcePlace)] = []
        for (key, value) in pairs where key.isKey("remove") {
            switch value.content {
            case .scalar(let path): removals.append((path, value.place))
            case .sequence(let items):
                for item in items {
                    guard case .scalar(let path) = item.content else {
                        throw refused(
                            "‘remove’ lists what is removed, such as adjustments.high_tech", item)
                    }
                    removals.append((path, item.place))
                }
            case .mapping:
                throw refused("‘remove’ lists what is removed, such as adjustments.high_tech", value)
            }
        }
        base = Base(name: name, place: named.value.place)
        self.removals = removals
        content = SourceNode(
            .mapping(pairs.filter { !$0.key.isKey("based_on") && !$0.key.isKey("remove") }),
            place: root.place)
    }

    /// A method that removes something, or says in other words that it is based on another one, and is not: without its
    /// base it lacks everything, which would be a long list of mistakes.
    private static func missingBase(_ root: SourceNode) -> (sentence: String, place: SourcePlace)? {
        guard case .mapping(let pairs) = root.content, !pairs.contains(where: { $0.key.isKey("based_on") })
        else { return nil }
        let slips = ["base", "base_on", "based", "based-on", "basedon", "basedOn", "extends", "基于"]
        for (key, _) in pairs {
            if key.isKey("remove") {
                return (
                    "‘remove’ needs ‘based_on’: name the method of which something is left out", key.place
                )
            }
            if let slip = slips.first(where: { key.isKey($0) }) {
                return ("a method has no key ‘\(slip)’; did you mean ‘based_on’?", key.place)
            }
        }
        return nil
    }

    /// The file of the base: beside this one, or in a folder below.
    func path(of base: Base) throws(IntakeError) -> String {
        let parts = base.name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
            base.name.unicodeScalars.allSatisfy({
                $0.value >= 0x20 && $0.properties.generalCategory != .format
            })
        else {
            throw refused(
                "‘based_on’ is ‘\(base.name)’, but must be the name of a file in the folder of this one, or in a folder below it, such as huangyan-2021.yaml",
                base)
        }
        guard let slash = path.lastIndex(of: "/") else { return base.name }
        return path[...slash] + base.name
    }

    func refused(_ sentence: String, _ base: Base) -> IntakeError {
        .refused(Overlay.message(path, text, sentence, base.place))
    }

    private static func message(
        _ path: String, _ text: String, _ sentence: String, _ place: SourcePlace
    ) -> String {
        "\(path):\(place.line):\(place.column): \(sentence)\(sentence.hasSuffix("?") ? "" : ".")\n\(MethodLines(text).excerpt(at: place))"
    }

    // MARK: Laying one over the other

    /// First what is removed goes out of the base, then every key that this file has takes its place.
    func laid(over base: SourceNode) throws(IntakeError) -> SourceNode {
        var rest = base
        var mistakes: [IntakeError] = []
        for (removed, place) in removals {
            if let without = rest.removing(removed[...]) {
                rest = without ?? SourceNode(.mapping([]), place: base.place)
            } else {
                mistakes.append(
                    .refused(
                        Overlay.message(
                            path, text,
                            "there is no ‘\(removed)’ in \(self.base?.name ?? "the base"), so it cannot be removed\(base.hint(removed))",
                            place)))
            }
        }
        if let (name, meant) = content.slip(against: rest) {
            mistakes.append(
                .refused(
                    Overlay.message(
                        path, text,
                        "\(self.base?.name ?? "the base") has no ‘\(name.scalar ?? "")’, and this is not all that a new one must say; did you mean ‘\(meant)’?",
                        name.place)))
        }
        try IntakeError.throwAll(mistakes)
        return content.laid(over: rest)
    }
}

extension SourceNode {
    fileprivate func isKey(_ word: String) -> Bool {
        if case .scalar(word) = content { true } else { false }
    }

    fileprivate var scalar: String? { if case .scalar(let text) = content { text } else { nil } }

    /// Mappings key by key, in the order of the base, what is new behind it; everything else as a whole.
    fileprivate func laid(over base: SourceNode) -> SourceNode {
        guard case .mapping(let own) = content, case .mapping(var pairs) = base.content else { return self }
        for (key, value) in own {
            let index = key.scalar.flatMap { word in pairs.firstIndex { $0.key.isKey(word) } }
            if let index {
                pairs[index] = (key, value.laid(over: pairs[index].value))
            } else {
                pairs.append((key, value))
            }
        }
        return SourceNode(.mapping(pairs), place: place)
    }

    /// The key of an entry that the base does not have, that lacks what all its neighbours there say, and whose name is
    /// near to one of theirs.
    fileprivate func slip(against base: SourceNode) -> (name: SourceNode, meant: String)? {
        guard case .mapping(let own) = content, case .mapping(let pairs) = base.content else { return nil }
        let entries = pairs.compactMap { pair -> Set<String>? in
            guard case .mapping(let keys) = pair.value.content else { return nil }
            return Set(keys.compactMap(\.key.scalar))
        }
        let common = entries.dropFirst().reduce(entries.first ?? []) { $0.intersection($1) }
        for (key, value) in own {
            guard let word = key.scalar else { continue }
            if let pair = pairs.first(where: { $0.key.isKey(word) }) {
                if let found = value.slip(against: pair.value) { return found }
                continue
            }
            guard entries.count == pairs.count, case .mapping(let keys) = value.content,
                !common.subtracting(keys.compactMap(\.key.scalar)).isEmpty,
                let meant = Spelling.nearest(to: word, among: pairs.compactMap(\.key.scalar))
            else { continue }
            return (key, meant)
        }
        return nil
    }

    /// Without what the path of keys names, and without what would be empty then: `.some(nil)` where nothing is left,
    /// `nil` where there is no such thing.
    fileprivate func removing(_ path: Substring) -> SourceNode?? {
        guard case .mapping(var pairs) = content else { return nil }
        for (index, (key, value)) in pairs.enumerated() {
            guard let word = key.scalar, !word.isEmpty, path.hasPrefix(word) else { continue }
            let rest = path.dropFirst(word.count)
            if rest.isEmpty {
                pairs.remove(at: index)
            } else if rest.first == ".", let without = value.removing(rest.dropFirst()) {
                if let without { pairs[index].value = without } else { pairs.remove(at: index) }
            } else {
                continue
            }
            return .some(pairs.isEmpty ? nil : SourceNode(.mapping(pairs), place: place))
        }
        return nil
    }

    /// What there is where a path leads nowhere.
    fileprivate func hint(_ path: String) -> String {
        var node = self
        var rest = path[...]
        var found = ""
        while case .mapping(let pairs) = node.content {
            guard let next = pairs.first(where: { rest.hasPrefix(($0.key.scalar ?? "\n") + ".") }) else {
                let keys = pairs.compactMap(\.key.scalar).prefix(20).joined(separator: ", ")
                return "; \(found.isEmpty ? "it" : "‘\(found)’") has \(keys)"
            }
            let word = next.key.scalar ?? ""
            found += found.isEmpty ? word : ".\(word)"
            rest = rest.dropFirst(word.count + 1)
            node = next.value
        }
        return ""
    }
}
