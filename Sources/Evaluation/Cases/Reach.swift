/// What the expected values of one firm rest on: nothing else is put to the test by them.
struct Reach {
    private(set) var nodes: Set<Int> = []
    private(set) var lists: Set<Int> = []
    /// Whether something rests on which decisions concern the firm.
    private(set) var decisions = false
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
            case .decisions:
                visit(evaluated.graph.landmarks.state)
                visitDecisions()
            case .grounds(let list, _), .listed(let list):
                lists.insert(list)
                for ground in evaluated.graph.lists[list].grounds { visit(ground.condition) }
            }
        }
    }

    /// Decisions concern only firms that have a rank.
    private mutating func visitDecisions() {
        guard !Cell.isMissing(cell(evaluated.graph.landmarks.initialTier)) else { return }
        decisions = true
        for decision in evaluated.graph.decisions { visit(decision.condition) }
    }

    private func cell(_ node: Int) -> Int64 { evaluated.cells[node][firm] }

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
            guard graph.states[Int(cell(marks.scope))].accountingClass == .graded else { return }
            visit(marks.cohort)
            guard !Cell.isMissing(cell(marks.cohort)), let rule = rules[Int(cell(marks.cohort))] else {
                return
            }
            visit(rule.expression)
            if let missing = rule.missing, holds(.isMissing(rule.expression)) { visit(missing) }
        case .classification(let conditions, _, _): visit(conditions, upTo: cell(index))
        case .scope(let conditions): visit(conditions, upTo: cell(index) - 1)
        case .state:
            visit(marks.scope)
            // Only a firm that is unresolved is so for its cohort, its total or a decision.
            guard cell(index) == Int64(graph.states.count - 1) else { return }
            visit(marks.cohort)
            visit(marks.total)
            for decision in graph.decisions { visit(decision.condition) }
        case .rank:
            visit(marks.state)
            guard !Cell.isMissing(cell(index)) else { return }
            visit(marks.cohort)
            for key in graph.ranking.keys { visit(key.node) }
            if let within = graph.ranking.within[Int(cell(marks.cohort))] { visit(within) }
        case .initialTier:
            visit(marks.rank)
            for key in graph.ranking.reselections.flatMap(\.keys) { visit(key.node) }
        case .tier:
            visit(marks.initialTier)
            visitDecisions()
        }
    }

    /// The first condition that holds decides, so nothing rests on those after it.
    /// - Parameter deciding: its index; any other number where none holds or that is open.
    private mutating func visit(_ conditions: [Expression], upTo deciding: Int64) {
        let count = conditions.indices.contains(Int(deciding)) ? Int(deciding) + 1 : conditions.count
        for condition in conditions.prefix(count) { visit(condition) }
    }

    private func holds(_ condition: Expression) -> Bool {
        !evaluated.outcome(of: condition, rows: [Int32(firm)]).holders.isEmpty
    }
}
