/// What a word of an expression can stand for beside the words of its rule and the fields of feeds: whatever the
/// method gives a name to, wherever it stands in the file.
extension Draft {
    enum Declared {
        case node(Int)
        case statistic(Int)
        /// The name of a parameter.
        case parameter(String)
    }

    /// What has this name.
    func declared(named word: String) -> Declared? {
        if let node = declaredNode(named: word) { return .node(node) }
        if let index = namedStatistics.first(where: { statistics[$0].name == word }) {
            return .statistic(index)
        }
        return parameters.named(word).map { .parameter($0.name) }
    }

    /// What has this label: several where the method gives it to several.
    func declared(labelled word: String) -> [Declared] {
        nodes(labelled: word).map { .node($0) }
            + namedStatistics.filter { statistics[$0].label == word }.map { .statistic($0) }
            + (parameters.labelled(word).map { [.parameter($0.name)] } ?? [])
    }

    func name(of declared: Declared) -> String {
        switch declared {
        case .node(let node): nodes[node].name
        case .statistic(let index): statistics[index].name
        case .parameter(let name): name
        }
    }

    /// Names and labels, for "did you mean".
    var knownNames: [String] {
        nodes.filter { $0.section != .column }.flatMap { [$0.name, $0.label] }
            + namedStatistics.map { statistics[$0].name } + parameters.words
    }
}
