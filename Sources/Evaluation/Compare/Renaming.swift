/// What another method calls otherwise, and computes alike under the same label: one difference, wherever it is mentioned.
struct Renaming {
    /// The old method with the names of the new one.
    private(set) var renamed: Graph
    private(set) var differences: [MethodDifference] = []

    init(_ old: Graph, to new: Graph) {
        renamed = old
        // A name stands in the meaning of what rests on it, so that one pass may make the next find more.
        for _ in 0..<8 {
            let (nodes, statistics) = (pairs(of: renamed.nodes, new), statisticPairs(new))
            guard !nodes.isEmpty || !statistics.isEmpty else { return }
            for (index, name) in nodes { tell(renamed.nodes[index], name, new) }
            renamed = renamed.renaming(nodes: nodes, statistics: statistics)
        }
    }

    /// Columns go by names of rules; what follows from another name is not told.
    private mutating func tell(_ node: Node, _ name: String, _ new: Graph) {
        guard let kind = kinds[node.section] else { return }
        let place = new.node(named: name).map { new.nodes[$0].place }
        differences.append(
            MethodDifference(
                kind: kind, name: name, label: node.label,
                aspects: [
                    .init(
                        name: "名称", old: .init(words: node.name, place: node.place),
                        new: .init(words: name, place: place))
                ]))
    }

    private var kinds: [Node.Section: MethodDifference.Kind] {
        [.measure: .measure, .indicator: .indicator, .group: .group, .adjustment: .adjustment]
    }

    /// Nodes of the old method that the new one has under another name.
    private func pairs(of nodes: [Node], _ new: Graph) -> [Int: String] {
        let (text, newText) = (MeaningText(graph: renamed), MeaningText(graph: new))
        let known = Set(new.nodes.map(\.name))
        let own = Set(nodes.map(\.name))
        let free = new.nodes.filter { !own.contains($0.name) }
        var found: [Int: String] = [:]
        for (index, node) in nodes.enumerated() where !known.contains(node.name) {
            let twins = free.filter { twin in
                twin.section == node.section && twin.label == node.label && newText.of(twin) == text.of(node)
            }
            if twins.count == 1, !found.values.contains(twins[0].name) { found[index] = twins[0].name }
        }
        return found
    }

    private func statisticPairs(_ new: Graph) -> [Int: String] {
        let (text, newText) = (MeaningText(graph: renamed), MeaningText(graph: new))
        let known = Set(new.statistics.map(\.name))
        let own = Set(renamed.statistics.map(\.name))
        let free = new.statistics.filter { !own.contains($0.name) }
        var found: [Int: String] = [:]
        for (index, statistic) in renamed.statistics.enumerated() where !known.contains(statistic.name) {
            let twins = free.filter { $0.label == statistic.label && newText.of($0) == text.of(statistic) }
            if twins.count == 1, !found.values.contains(twins[0].name) { found[index] = twins[0].name }
        }
        return found
    }
}

extension Graph {
    /// The same method with other names for some nodes and statistics, by their indices.
    fileprivate func renaming(nodes names: [Int: String], statistics statisticNames: [Int: String]) -> Graph {
        let nodes = nodes.enumerated().map { index, node in
            guard let name = names[index] else { return node }
            return Node(
                name: name, label: node.label, section: node.section, type: node.type,
                decimals: node.decimals,
                rounding: node.rounding, rule: node.rule, source: node.source, place: node.place)
        }
        let statistics = statistics.enumerated().map { index, statistic in
            var renamed = statistic
            renamed.name = statisticNames[index] ?? statistic.name
            return renamed
        }
        return Graph(
            id: id, title: title, note: note, dataYear: dataYear, asOf: asOf, sources: sources,
            contracts: contracts, feedColumns: feedColumns, nodes: nodes, order: order,
            statistics: statistics,
            states: states, cohorts: cohorts, cohortChoice: cohortChoice, ranking: ranking, merging: merging,
            decisions: decisions, manualRule: manualRule, lists: lists, landmarks: landmarks)
    }
}
