/// Conditions that contradict themselves: `registry.scale = 规上 and registry.scale = 规下`.
extension Compilation {
    mutating func warnAboutConditionsThatNeverHold(
        _ graph: Graph, _ reader: ConditionReader, _ implications: inout Implications
    ) {
        var checked: [(text: MethodDocument.Text, condition: Expression)] = []
        func add(_ texts: [MethodDocument.Text], of node: Int?) {
            guard let node else { return }
            switch graph.nodes[node].rule {
            case .scope(let conditions), .classification(let conditions, _, _):
                checked += zip(texts, conditions).map { ($0, $1) }
            default: break
            }
        }
        add(document.scope.map(\.condition), of: graph.landmarks.scope)
        add(document.cohorts.map(\.condition), of: graph.landmarks.cohort)
        for group in document.groups {
            add(group.choices.map(\.condition), of: graph.node(named: group.name.text))
        }
        for decision in document.decisions {
            // One that is not in force is no rule of the graph.
            guard let rule = graph.decisions.first(where: { $0.name == decision.name.text }) else { continue }
            checked.append((decision.condition, rule.condition))
        }
        for (list, rule) in zip(document.lists, graph.lists) {
            checked += zip(list.grounds, rule.grounds).map { ($0.condition, $1.condition) }
        }
        for (text, condition) in checked where implications.neverHolds(reader.condition(condition)) {
            warn(
                about: text,
                "no firm can satisfy this: it contradicts itself; correct it, or join with ‘or’ what is meant as a choice"
            )
        }
    }
}
