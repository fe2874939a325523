/// What the expected values of one firm rest on: nothing else is put to the test by them.
struct Reach {
    private(set) var nodes: Set<Int> = []
    private(set) var lists: Set<Int> = []
    private let evaluated: Evaluated
    private let firm: Int
    private let given: Set<Int>

    init(_ expectations: [Expectation], _ evaluated: Evaluated, firm: Int) {
        self.evaluated = evaluated
        self.firm = firm
        given = Set(evaluated.population.given.filter { $0.firm == firm }.map(\.node))
        for expectation in expectations {
            switch expectation.wanted {
            case .value(let node, _): visit(node)
            case .decisions: visit(evaluated.graph.landmarks.tier)
            case .grounds(let list, _), .listed(let list):
                lists.insert(list)
                for ground in evaluated.graph.lists[list].grounds { visit(ground.condition) }
            }
        }
    }

    private mutating func visit(_ expression: Expression) {
        for node in expression.mentionedNodes { visit(node) }
        for statistic in expression.mentionedStatistics.map({ evaluated.graph.statistics[$0] }) {
            visit(statistic.argument)
            if let by = statistic.by { visit(by) }
        }
    }

    private mutating func visit(_ index: Int) {
        guard nodes.insert(index).inserted, !given.contains(index) else { return }
        let graph = evaluated.graph
        let marks = graph.landmarks
        switch graph.nodes[index].rule {
        case .column: break
        case .row(let expression): visit(expression)
        case .perCohort(let rules):
            visit(marks.scope)
            visit(marks.cohort)
            let cohort = evaluated.cells[marks.cohort][firm]
            guard !Cell.isMissing(cohort), let rule = rules[Int(cohort)] else { return }
            visit(rule.expression)
            if let missing = rule.missing { visit(missing) }
        case .classification(let conditions, _, _), .scope(let conditions):
            for condition in conditions { visit(condition) }
        case .state:
            visit(marks.scope)
            // Only a firm that is unresolved is so for its cohort, its total or a decision.
            guard evaluated.cells[index][firm] == Int64(graph.states.count - 1) else { return }
            visit(marks.cohort)
            visit(marks.total)
            for decision in graph.decisions { visit(decision.condition) }
        case .rank:
            visit(marks.state)
            visit(marks.cohort)
            for key in graph.ranking.keys { visit(key.node) }
        case .initialTier: visit(marks.rank)
        case .tier:
            visit(marks.initialTier)
            for decision in graph.decisions { visit(decision.condition) }
        }
    }
}
