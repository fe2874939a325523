/// Where the first condition that holds counts: those that an earlier one leaves nothing.
extension Compilation {
    mutating func warnAboutCoveredConditions(
        _ graph: Graph, _ reader: ConditionReader, _ implications: inout Implications
    ) {
        warnAboutCovered(
            document.scope.map { ($0.name.text, $0.condition) }, graph.landmarks.scope, graph, reader,
            &implications)
        warnAboutCovered(
            document.cohorts.map { ($0.name.text, $0.condition) }, graph.landmarks.cohort, graph, reader,
            &implications)
        for group in document.groups {
            guard let node = graph.node(named: group.name.text) else { continue }
            warnAboutCovered(
                group.choices.map { ($0.text, $0.condition) }, node, graph, reader, &implications)
        }
    }

    /// `branches` are the conditions of the node as the file has them.
    private mutating func warnAboutCovered(
        _ branches: [(name: String, condition: MethodDocument.Text)], _ node: Int, _ graph: Graph,
        _ reader: ConditionReader, _ implications: inout Implications
    ) {
        let conditions: [Condition]
        switch graph.nodes[node].rule {
        case .scope(let found), .classification(let found, _, _): conditions = found.map(reader.condition)
        default: return
        }
        for (index, condition) in conditions.enumerated() where !implications.neverHolds(condition) {
            let earlier = conditions[..<index].firstIndex {
                implications.follows($0, from: condition)
            }
            guard let earlier else { continue }
            warn(
                about: branches[index].condition,
                "‘\(branches[index].name)’ never counts: wherever this holds, the condition of ‘\(branches[earlier].name)’ (\(branches[earlier].condition.place.mention(from: branches[index].condition.place))) holds as well, and the first that holds counts; put the narrower one first, or delete it"
            )
        }
    }
}
