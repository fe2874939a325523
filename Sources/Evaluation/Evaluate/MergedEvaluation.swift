/// Firms that are evaluated as one.
extension Evaluator {
    /// Finds them by what the feeds say of each firm, before anything is added up.
    mutating func merge(_ merging: Merging, _ concurrently: Concurrently) throws(EvaluationError) {
        guard case .column(let lead) = graph.nodes[merging.lead].rule else { return }
        for by in merging.by {
            var needed = [by]
            if case .classification(let conditions, _, _) = graph.nodes[by].rule {
                needed = conditions.flatMap(\.mentionedNodes) + needed
            }
            for node in needed { try evaluate(node, concurrently) }
        }
        let keys = merging.by.map { node in
            UnitKeys(cells[node], dictionaries[node], areCodes: graph.holdsCreditCodes(node))
        }
        merged = MergedFirms(
            keys: UnitKeys.firstThatIsThere(keys), size: population.columns[lead], population)
    }

    /// What a feed says of the firms that are evaluated as one; fields that cannot be added are the leading firm's.
    func merged(_ values: CellColumn, _ column: Int, _ node: Node) throws(EvaluationError)
        -> CellColumn
    {
        guard let merged else { return values }
        switch graph.feedColumns[column].aggregate {
        case .sum, .count: return try merged.added(values, node.label)
        case .has: return merged.any(values)
        case .latest: return merged.shared(values)
        }
    }
}
