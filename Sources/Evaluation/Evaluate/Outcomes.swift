extension Evaluated {
    /// For which of the rows a condition of the graph holds, and for which a refused row leaves it open.
    func outcome(of condition: Expression, rows: [Int32]) -> ConditionOutcome {
        let plan = Planner(graph: graph, dictionaries: dictionaries, lookups: lookups).plan(condition)
        var outcome = ConditionOutcome()
        rows.withUnsafeBufferPointer { rows in
            guard let start = rows.baseAddress else { return }
            let evaluator = BlockEvaluator(cells: cells, slots: plan.slots, rows: start)
            let size = BlockEvaluator.blockSize
            for first in stride(from: 0, to: rows.count, by: size) {
                evaluator.condition(
                    plan, rows: start + first, count: min(size, rows.count - first), into: &outcome)
            }
        }
        return outcome
    }
}
