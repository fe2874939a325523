/// What is noticed about a method that is right by its form: names that nothing uses, rules that never count.
///
/// Each part looks at the finished graph, and says only what follows from the file: where it cannot be told, nothing
/// is said.
extension Compilation {
    mutating func warn(about graph: Graph, _ dependencies: Dependencies) {
        warnAboutUnusedNodes(graph, dependencies)
        warnAboutUnusedStatistics(graph)
        warnAboutUnusedFormulas()
        warnAboutUnusedParameters()
        warnAboutUnreachableTiers(graph)
        warnAboutBonusesWithoutCeiling(graph)
        warnAboutUnreadDecisions(graph)
        let reader = ConditionReader(graph, texts: draft.nodes.map(\.texts))
        var implications = Implications()
        warnAboutConditionsThatNeverHold(graph, reader, &implications)
        warnAboutCoveredConditions(graph, reader, &implications)
        warnAboutDecisionsWithoutEffect(graph, reader, &implications)
        warnAboutStatesOfGraded(graph, reader, &implications)
        warnAboutMissingInScope(graph)
    }

    mutating func warn(about text: MethodDocument.Text, _ message: String) {
        let (place, length) = text.span(0, text.text.count)
        complain(at: place, length: length, message, severity: .warning)
    }
}
