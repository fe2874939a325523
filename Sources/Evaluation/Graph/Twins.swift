extension Graph {
    /// For each node the node of another method that has the same value for every firm, whatever the feeds say; `nil`
    /// where that is not certain.
    ///
    /// Alike are nodes of one name with one rule, over nodes that are all alike. Standings (ranks, tiers and what rests on
    /// them) never are: they follow from rules that belong to no node.
    func twins(in other: Graph) -> [Int?] {
        var twins = [Int?](repeating: nil, count: nodes.count)
        guard merging == nil, other.merging == nil, dataYear == other.dataYear, asOf == other.asOf,
            cohortChoice == other.cohortChoice,
            cohorts.map(\.name) == other.cohorts.map(\.name),
            states.map(\.name) == other.states.map(\.name),
            states.map(\.accountingClass) == other.states.map(\.accountingClass)
        else { return twins }
        let (text, otherText) = (MeaningText(graph: self), MeaningText(graph: other))
        let others = Dictionary(
            other.nodes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        let otherStatistics = Dictionary(
            other.statistics.map { ($0.name, otherText.of($0)) }, uniquingKeysWith: { first, _ in first })
        let dependencies = Dependencies(self)
        for node in order {
            switch nodes[node].rule {
            case .state, .rank, .initialTier, .tier: continue
            case .column, .row, .perCohort, .classification, .scope: break
            }
            guard let twin = others[nodes[node].name],
                text.of(nodes[node]) == otherText.of(other.nodes[twin]),
                dependencies.direct[node].allSatisfy({ twins[$0] != nil }),
                nodes[node].rule.expressions.flatMap(\.mentionedStatistics).allSatisfy({ index in
                    otherStatistics[statistics[index].name] == text.of(statistics[index])
                })
            else { continue }
            twins[node] = twin
        }
        return twins
    }
}
