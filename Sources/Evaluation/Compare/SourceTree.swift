/// A method file as a tree that can be taken apart and put together anew.
extension SourceNode {
    /// Keys and values in the order of the file; empty for what is no mapping.
    var pairs: [(key: SourceNode, value: SourceNode)] {
        if case .mapping(let pairs) = content { pairs } else { [] }
    }

    /// The text of a single value.
    var word: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    /// What stands under a key.
    func value(_ key: String) -> SourceNode? { pairs.first { $0.key.word == key }?.value }

    /// The mapping with a key given another value, where it stands or at the end; `nil` takes the key out.
    func setting(_ key: String, to value: SourceNode?) -> SourceNode {
        var pairs = pairs
        let at = pairs.firstIndex { $0.key.word == key }
        switch (at, value) {
        case (let at?, let value?): pairs[at].value = value
        case (let at?, nil): pairs.remove(at: at)
        case (nil, let value?): pairs.append((SourceNode(.scalar(key), place: value.place), value))
        case (nil, nil): break
        }
        return SourceNode(.mapping(pairs), place: place)
    }

    /// The mapping with the entries of another whose keys it lacks, behind its own.
    func adding(_ others: [(key: SourceNode, value: SourceNode)]) -> SourceNode {
        let known = Set(pairs.compactMap(\.key.word))
        let added = others.filter { other in other.key.word.map { !known.contains($0) } ?? false }
        return added.isEmpty ? self : SourceNode(.mapping(pairs + added), place: place)
    }

    /// Whether both hold the same texts in the same order, wherever they stand in their files.
    func reads(as other: SourceNode) -> Bool {
        switch (content, other.content) {
        case (.scalar(let a), .scalar(let b)): a == b
        case (.sequence(let a), .sequence(let b)):
            a.count == b.count && zip(a, b).allSatisfy { $0.reads(as: $1) }
        case (.mapping(let a), .mapping(let b)):
            a.count == b.count
                && zip(a, b).allSatisfy { $0.key.reads(as: $1.key) && $0.value.reads(as: $1.value) }
        default: false
        }
    }

    /// Where the last key of the path stands that is there; `nil` when not even the first is.
    func place(of path: [String]) -> SourcePlace? {
        guard let first = path.first, let pair = pairs.first(where: { $0.key.word == first }) else {
            return nil
        }
        return pair.value.place(of: Array(path.dropFirst())) ?? pair.key.place
    }

    /// A method file with another data year and as-of day: those of the data that it is tried on.
    func dated(_ dataYear: Int, _ asOf: Day) -> SourceNode {
        func scalar(_ text: String, _ key: String) -> SourceNode {
            SourceNode(.scalar(text), place: place(of: [key]) ?? place)
        }
        return setting("data_year", to: scalar("\(dataYear)", "data_year"))
            .setting("as_of", to: scalar("\(asOf)", "as_of"))
    }
}
