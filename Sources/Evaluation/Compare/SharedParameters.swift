/// Two method files that share their parameters: each mention names the value that its own file picks for it, so that a
/// rule brings its values along wherever it is put, and a changed value changes the rules that mention it and nothing
/// else.
struct SharedParameters {
    let old: SourceNode
    let new: SourceNode
    /// The values of both; `nil` when neither mentions any.
    let section: SourceNode?

    private struct Value: Hashable {
        let text: String
        let unit: String
    }

    init(
        _ old: SourceNode, _ oldParameters: [PickedParameter], _ new: SourceNode,
        _ newParameters: [PickedParameter]
    ) {
        let known = Set(old.words + new.words)
        var names: [Value: String] = [:]
        var entries: [(key: SourceNode, value: SourceNode)] = []
        func named(_ parameters: [PickedParameter]) -> [SourcePlace: [(PickedParameter.Mention, String)]] {
            var mentions: [SourcePlace: [(PickedParameter.Mention, String)]] = [:]
            for parameter in parameters where !parameter.mentions.isEmpty {
                let value = Value(text: parameter.value.text, unit: parameter.unit.symbol)
                let name = names[value] ?? SharedParameters.free(entries.count + 1, known)
                if names.updateValue(name, forKey: value) == nil {
                    entries.append(SharedParameters.entry(name, parameter))
                }
                for mention in parameter.mentions {
                    mentions[mention.place, default: []].append((mention, name))
                }
            }
            return mentions.mapValues { $0.sorted { $0.0.start > $1.0.start } }
        }
        self.old = old.naming(named(oldParameters))
        self.new = new.naming(named(newParameters))
        section = entries.isEmpty ? nil : SourceNode(.mapping(entries), place: .start)
    }

    /// A name that stands nowhere in the files.
    private static func free(_ number: Int, _ known: Set<String>) -> String {
        var name = "shared_\(number)"
        while known.contains(name) { name += "_" }
        return name
    }

    private static func entry(_ name: String, _ parameter: PickedParameter) -> (SourceNode, SourceNode) {
        let place = parameter.value.place
        func scalar(_ text: String) -> SourceNode { SourceNode(.scalar(text), place: place) }
        func mapping(_ pairs: [(String, SourceNode)]) -> SourceNode {
            SourceNode(.mapping(pairs.map { (scalar($0.0), $0.1) }), place: place)
        }
        let value = mapping([("from", scalar("2000")), ("value", scalar(parameter.value.text))])
        return (
            scalar(name),
            mapping([
                ("label", scalar(name)), ("unit", scalar(parameter.unit.symbol)),
                ("values", SourceNode(.sequence([value]), place: place)),
            ])
        )
    }
}

extension SourceNode {
    /// Every key and single value.
    fileprivate var words: [String] {
        switch content {
        case .scalar(let text): [text]
        case .sequence(let items): items.flatMap(\.words)
        case .mapping(let pairs): pairs.flatMap { $0.key.words + $0.value.words }
        }
    }

    /// With other names in place of mentions, which come by expression from the last to the first.
    fileprivate func naming(_ mentions: [SourcePlace: [(PickedParameter.Mention, String)]]) -> SourceNode {
        guard !mentions.isEmpty else { return self }
        switch content {
        case .scalar(let text):
            guard let own = mentions[MethodDocument.Text(text, of: self).place] else { return self }
            var characters = Array(text)
            for (mention, name) in own where mention.start + mention.length <= characters.count {
                characters.replaceSubrange(mention.start..<mention.start + mention.length, with: name)
            }
            return SourceNode(.scalar(String(characters)), place: place, lines: lines)
        case .sequence(let items):
            return SourceNode(.sequence(items.map { $0.naming(mentions) }), place: place, lines: lines)
        case .mapping(let pairs):
            return SourceNode(
                .mapping(pairs.map { ($0.key, $0.value.naming(mentions)) }), place: place, lines: lines)
        }
    }
}
