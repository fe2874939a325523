/// What an expression is made of, and what it reads.
extension Expression {
    /// The expressions that this one is directly made of.
    package var parts: [Expression] {
        switch self {
        case .constant, .node, .statistic, .yearsSince, .isOneOf: []
        case .negate(let a), .not(let a), .unless(let a), .isMissing(let a): [a]
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b),
            .fallback(let a, let b), .compare(_, let a, let b):
            [a, b]
        case .choose(let condition, let then, let otherwise): [condition, then, otherwise]
        case .minimum(let parts), .maximum(let parts), .and(let parts), .or(let parts), .real(_, let parts):
            parts
        }
    }

    /// Calls the body with this expression and every part of it, the whole before its parts.
    package func visit(_ body: (Expression) -> Void) {
        body(self)
        for part in parts { part.visit(body) }
    }

    /// Indices of the nodes that it reads by itself (not through statistics), each once, in the order of mention.
    package var mentionedNodes: [Int] {
        var nodes: [Int] = []
        visit { part in
            switch part {
            case .node(let node), .isOneOf(let node, _, _), .yearsSince(let node):
                if !nodes.contains(node) { nodes.append(node) }
            default: return
            }
        }
        return nodes
    }

    /// Indices of the statistics that it reads, each once, in the order of mention.
    var mentionedStatistics: [Int] {
        var statistics: [Int] = []
        visit { part in
            if case .statistic(let index) = part, !statistics.contains(index) { statistics.append(index) }
        }
        return statistics
    }

    /// What is added up where something that is missing is left out and the others count for it (`leave_out`); `nil` of
    /// any other expression.
    var reweighted: [Expression]? {
        guard case .divide(.multiply(let points, _), let present) = self, present.isSumOfPresentWeights else {
            return nil
        }
        func flat(_ sum: Expression) -> [Expression] {
            switch sum {
            case .add(let a, let b): flat(a) + flat(b)
            case .fallback(let value, _): [value]
            default: [sum]
            }
        }
        return flat(points)
    }

    private var isSumOfPresentWeights: Bool {
        switch self {
        case .add(let a, let b): a.isSumOfPresentWeights || b.isSumOfPresentWeights
        case .choose(.isMissing, .constant(let none), .constant(let weight)):
            none.numerator == 0 && weight.name == Expression.Constant.Role.weight.rawValue
        default: false
        }
    }

    var mentionsStatistic: Bool { !mentionedStatistics.isEmpty }
}

extension Node.Rule {
    /// Every expression of the rule.
    var expressions: [Expression] {
        switch self {
        case .row(let expression): [expression]
        case .perCohort(let rules):
            rules.flatMap { rule in [rule?.expression, rule?.missing].compactMap { $0 } }
        case .classification(let conditions, _, _), .scope(let conditions): conditions
        case .column, .state, .rank, .initialTier, .tier: []
        }
    }
}
