/// What each node needs, and an order in which every node comes after what it needs.
struct Dependencies {
    struct Cycle: Error {
        let nodes: [Int]
    }

    private let statistics: [Statistic]
    private let scope: Int
    private let cohort: Int
    /// For each node those that its rule reads.
    let direct: [Set<Int>]

    init(
        nodes: [Node], statistics: [Statistic], landmarks: Graph.Landmarks, ranking: Ranking,
        decisions: [DecisionRule]
    ) {
        self.statistics = statistics
        scope = landmarks.scope
        cohort = landmarks.cohort
        var direct: [Set<Int>] = []
        for (index, node) in nodes.enumerated() {
            var needs: Set<Int> = []
            func add(_ expression: Expression) {
                needs.formUnion(
                    Dependencies.needs(
                        of: expression, statistics: statistics, scope: landmarks.scope,
                        cohort: landmarks.cohort, own: index))
            }
            switch node.rule {
            case .column: break
            case .row(let expression): add(expression)
            case .perCohort(let rules):
                needs = [landmarks.scope, landmarks.cohort]
                for rule in rules.compactMap({ $0 }) {
                    add(rule.expression)
                    rule.missing.map(add)
                    rule.computedBaseline.map(add)
                }
            case .classification(let conditions, _, _), .scope(let conditions): conditions.forEach(add)
            case .state: needs = [landmarks.scope, landmarks.cohort, landmarks.total]
            case .rank:
                needs = Set([landmarks.state, landmarks.cohort] + ranking.keys.map(\.node))
                needs.formUnion(ranking.within.compactMap { $0 })
                needs.formUnion(ranking.reselections.flatMap(\.keys).map(\.node))
            case .initialTier: needs = [landmarks.rank]
            case .tier:
                needs = [landmarks.initialTier]
                for decision in decisions { add(decision.condition) }
            }
            direct.append(needs)
        }
        let later = [landmarks.state, landmarks.rank, landmarks.initialTier, landmarks.tier]
        let conditions = decisions.map { decision in
            Dependencies.needs(
                of: decision.condition, statistics: statistics, scope: landmarks.scope,
                cohort: landmarks.cohort,
                own: nil)
        }
        for needs in conditions + ranking.within.map({ node in Set(node.map { [$0] } ?? []) }) {
            // A decision, or a part, that nobody can tell makes a firm unresolved: all of it that is known before ranks.
            direct[landmarks.state].formUnion(
                needs.filter { Dependencies.all(below: [$0], direct).isDisjoint(with: later) })
        }
        self.direct = direct
    }

    init(_ graph: Graph) {
        self.init(
            nodes: graph.nodes, statistics: graph.statistics, landmarks: graph.landmarks,
            ranking: graph.ranking, decisions: graph.decisions)
    }

    /// The nodes and everything that they need.
    private static func all(below nodes: Set<Int>, _ direct: [Set<Int>]) -> Set<Int> {
        var all = nodes
        var rest = Array(nodes)
        while let node = rest.popLast() {
            for next in direct[node] where all.insert(next).inserted { rest.append(next) }
        }
        return all
    }

    /// Every node that some node needs.
    var used: Set<Int> { direct.reduce(into: []) { $0.formUnion($1) } }

    func needs(of expression: Expression) -> Set<Int> {
        Dependencies.needs(of: expression, statistics: statistics, scope: scope, cohort: cohort, own: nil)
    }

    /// `own` is the node whose own statistic before its missing rule is no dependency on itself.
    private static func needs(
        of expression: Expression, statistics: [Statistic], scope: Int, cohort: Int, own: Int?
    ) -> Set<Int> {
        var needs: Set<Int> = []
        expression.visit { part in
            switch part {
            case .node(let index), .yearsSince(let index), .isOneOf(let index, _, _): needs.insert(index)
            case .statistic(let index):
                let statistic = statistics[index]
                if !(statistic.beforeMissingRule && statistic.argument == own) {
                    needs.insert(statistic.argument)
                }
                if let by = statistic.by { needs.insert(by) }
                switch statistic.members {
                case .registry: break
                case .graded: needs.insert(scope)
                case .cohort: needs.formUnion([scope, cohort])
                }
            default: break
            }
        }
        return needs
    }

    /// Depth first in the order of the file, so that the order is the same on every machine.
    func order() -> Result<[Int], Cycle> {
        var order: [Int] = []
        var isDone = [Bool](repeating: false, count: direct.count)
        var path: [Int] = []
        func visit(_ node: Int) -> Cycle? {
            if isDone[node] { return nil }
            if let start = path.firstIndex(of: node) { return Cycle(nodes: Array(path[start...])) }
            path.append(node)
            for next in direct[node].sorted() {
                if let cycle = visit(next) { return cycle }
            }
            path.removeLast()
            isDone[node] = true
            order.append(node)
            return nil
        }
        for node in direct.indices {
            if let cycle = visit(node) { return .failure(cycle) }
        }
        return .success(order)
    }
}
