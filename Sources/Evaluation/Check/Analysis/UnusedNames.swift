/// Names that are declared and then used by nothing.
extension Compilation {
    mutating func warnAboutUnusedNodes(_ graph: Graph, _ dependencies: Dependencies) {
        var used = dependencies.used
        for list in graph.lists {
            for ground in list.grounds { used.formUnion(dependencies.needs(of: ground.condition)) }
            if let amount = list.amount { used.insert(amount) }
        }
        if let merging = graph.merging { used.formUnion(merging.by) }
        // What an unused statistic asks for is complained about with the statistic.
        for statistic in graph.statistics {
            used.insert(statistic.argument)
            if let by = statistic.by { used.insert(by) }
        }
        for (index, node) in graph.nodes.enumerated()
        where [.measure, .indicator, .group, .adjustment].contains(node.section) && !used.contains(index) {
            complain(
                at: node.place, length: node.name.count,
                "nothing uses ‘\(node.name)’ (\(node.label)); it is computed and shown, but does not count",
                severity: .warning)
        }
    }

    mutating func warnAboutUnusedStatistics(_ graph: Graph) {
        var used: Set<Int> = []
        for expression in graph.expressions { used.formUnion(expression.mentionedStatistics) }
        for (index, statistic) in graph.statistics.enumerated() where !used.contains(index) {
            guard let declared = document.statistics.first(where: { $0.name.text == statistic.name }) else {
                continue
            }
            warn(
                about: declared.name,
                "nothing uses the statistic ‘\(statistic.name)’ (\(statistic.label)); name it in a rule, or delete it"
            )
        }
    }

    mutating func warnAboutUnusedFormulas() {
        let used = Set(document.cohorts.flatMap(\.indicators).map(\.formula.text))
        for (name, _) in document.formulas where !used.contains(name.text) {
            warn(
                about: name,
                "no indicator uses the formula ‘\(name.text)’; name it under ‘points’, or delete it")
        }
    }
}

extension Graph {
    /// Every expression of the method.
    fileprivate var expressions: [Expression] {
        nodes.flatMap { $0.rule.expressions } + decisions.map(\.condition)
            + lists.flatMap { $0.grounds.map(\.condition) }
    }
}
