/// Lists and decisions look at graded firms alone, unless a list says `over: registry`: of these no other state holds.
extension Compilation {
    mutating func warnAboutStatesOfGraded(
        _ graph: Graph, _ reader: ConditionReader, _ implications: inout Implications
    ) {
        for (list, rule) in zip(document.lists, graph.lists) where !rule.overRegistry {
            for (ground, found) in zip(list.grounds, rule.grounds)
            where holdsOfNoGraded(found.condition, graph, reader, &implications) {
                warn(
                    about: ground.condition,
                    "the list looks at graded firms (参评) alone, and what this asks of the state holds of none of them; add ‘over: registry’ to the list"
                )
            }
        }
        for decision in document.decisions {
            guard let rule = graph.decisions.first(where: { $0.name == decision.name.text }),
                holdsOfNoGraded(rule.condition, graph, reader, &implications)
            else { continue }
            warn(
                about: decision.condition,
                "decisions look at graded firms (参评) alone, and what this asks of the state holds of none of them"
            )
        }
    }

    /// Whether a part that could make the condition true never does so for a graded firm, because of its state.
    private func holdsOfNoGraded(
        _ condition: Expression, _ graph: Graph, _ reader: ConditionReader,
        _ implications: inout Implications
    ) -> Bool {
        if case .or(let parts) = condition {
            return parts.contains { holdsOfNoGraded($0, graph, reader, &implications) }
        }
        let read = reader.condition(condition)
        guard !implications.neverHolds(read) else { return false }
        return [graph.landmarks.state, graph.landmarks.scope].contains { node in
            let isGraded = Condition.isOneOf(
                of: graph.nodes[node].name, prefix: nil, [graph.states[0].name])
            return implications.neverHolds(.all([read, isGraded]))
        }
    }
}
