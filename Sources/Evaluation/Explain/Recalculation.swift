/// One firm's values once more: the causes of missing values and the outcomes of conditions, which no run stores.
struct Recalculation {
    enum Outcome {
        case holds
        /// A refused row leaves it open.
        case refused
        case fails
    }

    private let graph: Graph
    private let firm: FirmValues
    /// The stored cells, with missing cells replaced by their cause.
    private(set) var cells: [Int64]

    init(graph: Graph, firm: FirmValues) {
        self.graph = graph
        self.firm = firm
        cells = firm.cells
        for node in graph.nodes.indices where firm.texts[node] != nil { cells[node] = 0 }
        for index in graph.order where Cell.isMissing(cells[index]) && !firm.given.contains(index) {
            // Only the cause is taken over: a value is what the run has stored.
            if let cell = cell(of: graph.nodes[index]), Cell.isMissing(cell) { cells[index] = cell }
        }
    }

    /// The firm's cohort, an index into the graph's.
    var cohort: Int? {
        firm.texts[graph.landmarks.cohort].flatMap { name in graph.cohorts.firstIndex { $0.name == name } }
    }

    /// Whether the scope rules leave the firm to be graded.
    var isInScope: Bool {
        let scope = firm.texts[graph.landmarks.scope]
        return graph.states.first { $0.name == scope }?.accountingClass == .graded
    }

    /// Whether the rule's own value is missing, so that its missing rule replaces it.
    func lacksOwnValue(_ node: Node, _ rule: Node.CohortRule) -> Bool {
        Cell.cause(number(rule.expression, node)).map { $0 != .refusedRow } ?? false
    }

    /// Whether a division by zero is why the rule's own value is missing.
    func dividesByZero(_ node: Node, _ rule: Node.CohortRule) -> Bool {
        Cell.cause(number(rule.expression, node)) == .divisionByZero
    }

    /// `nil` where nothing is computed for this firm.
    private func cell(of node: Node) -> Int64? {
        switch node.rule {
        case .row(let expression): return number(expression, node)
        case .perCohort(let rules):
            guard isInScope, let cohort, let rule = rules[cohort] else { return nil }
            if let missing = rule.missing, lacksOwnValue(node, rule) { return number(missing, node) }
            return number(rule.expression, node)
        case .classification(let conditions, _, let otherwise):
            for condition in conditions {
                switch outcome(of: condition) {
                case .holds: return nil
                case .refused: return Missing.refusedRow.cell
                case .fails: continue
                }
            }
            return otherwise
        case .column, .scope, .state, .rank, .initialTier, .tier: return nil
        }
    }

    /// The value of an expression, rounded as the node says.
    private func number(_ expression: Expression, _ node: Node) -> Int64 {
        var result = Missing.notApplicable.cell
        evaluate(expression) { evaluator, plan, row in
            _ = evaluator.number(
                plan, rows: row, count: 1, decimals: node.decimals, rounding: node.rounding, into: &result)
        }
        return result
    }

    func outcome(of condition: Expression) -> Outcome {
        var outcome = ConditionOutcome()
        evaluate(condition) { evaluator, plan, row in
            evaluator.condition(plan, rows: row, count: 1, into: &outcome)
        }
        return !outcome.holders.isEmpty ? .holds : !outcome.refused.isEmpty ? .refused : .fails
    }

    /// Why a statistic has no group for the firm.
    private func causeOfNoGroup(_ statistic: Statistic) -> Int64 {
        var deciding = statistic.by.map { [$0] } ?? []
        if statistic.members == .cohort { deciding.append(graph.landmarks.cohort) }
        let isRefused = deciding.contains { cells[$0] == Missing.refusedRow.cell }
        return (isRefused ? Missing.refusedRow : .notApplicable).cell
    }

    /// Over a population of this one firm.
    private func evaluate(
        _ expression: Expression, _ body: (BlockEvaluator, Plan, UnsafePointer<Int32>) -> Void
    ) {
        let lookups = graph.statistics.indices.map { index in
            StatisticLookup(
                decimals: graph.statistics[index].decimals, cohort: nil, by: nil, groups: [], groupCount: 1,
                values: [firm.statistics[index]?.value ?? causeOfNoGroup(graph.statistics[index])])
        }
        let dictionaries = firm.texts.map { text in text.map { [$0] } ?? [] }
        let plan = Planner(graph: graph, dictionaries: dictionaries, lookups: lookups).plan(expression)
        let row: [Int32] = [0]
        row.withUnsafeBufferPointer { rows in
            guard let rows = rows.baseAddress else { return }
            let columns = cells.map { CellColumn([$0]) }
            body(BlockEvaluator(cells: columns, slots: plan.slots, rows: rows), plan, rows)
        }
    }
}
