/// Bonuses that grow without an end.
extension Compilation {
    mutating func warnAboutBonusesWithoutCeiling(_ graph: Graph) {
        let ranges = Ranges(graph)
        guard !ranges.totalIsLimitedByItself else { return }
        for (index, node) in graph.nodes.enumerated()
        where node.section == .adjustment && !ranges.nodes[index].isBoundedAbove {
            complain(
                at: node.place, length: node.name.count,
                "it cannot be seen what limits the points of ‘\(node.name)’ (\(node.label)) upward; state the most that a firm can get, as in min(10, …)",
                severity: .warning)
        }
    }
}

/// The ranges of all nodes of a method.
private struct Ranges {
    private let graph: Graph
    private(set) var nodes: [ValueRange]

    init(_ graph: Graph) {
        self.graph = graph
        nodes = Array(repeating: .unknown, count: graph.nodes.count)
        // Each after everything that it needs.
        for index in graph.order { nodes[index] = range(of: graph.nodes[index]) }
    }

    /// Whether the total limits what the adjustments add to it, as `sum(points) + min(10, sum(adjustments))` does.
    var totalIsLimitedByItself: Bool {
        var others = self
        for (index, node) in graph.nodes.enumerated() where node.section != .adjustment {
            others.nodes[index] = .limited(isNeverNegative: false, isNeverPositive: false)
        }
        return others.range(of: graph.nodes[graph.landmarks.total]).isBoundedAbove
    }

    private func range(of node: Node) -> ValueRange {
        switch node.rule {
        case .column(let index): range(of: graph.feedColumns[index])
        case .row(let expression): range(of: expression)
        case .perCohort(let rules):
            .common(
                rules.compactMap { $0 }.flatMap { rule in
                    [range(of: rule.expression)] + (rule.missing.map { [range(of: $0)] } ?? [])
                })
        case .rank: .count
        case .classification, .scope, .state, .initialTier, .tier: .unknown
        }
    }

    /// One row is as its contract limits it. A sum of rows has no end, but what the decision feed grants is decided
    /// row by row, each with a document.
    private func range(of column: FeedColumn) -> ValueRange {
        let contract = graph.contracts[column.feed]
        switch column.aggregate {
        case .has: return .limited(isNeverNegative: true, isNeverPositive: false)
        case .count: return .count
        case .latest(let field): return contract.fields[field].valueRange
        case .sum(let field):
            let row = contract.fields[field].valueRange
            if contract.name == FeedContract.decisionName { return row }
            return ValueRange(
                isBoundedAbove: row.isNeverPositive, isBoundedBelow: row.isNeverNegative,
                isNeverNegative: row.isNeverNegative, isNeverPositive: row.isNeverPositive)
        }
    }

    private func range(of expression: Expression) -> ValueRange {
        switch expression {
        case .constant(let constant):
            return .limited(
                isNeverNegative: constant.numerator >= 0, isNeverPositive: constant.numerator <= 0)
        case .node(let node): return nodes[node]
        case .statistic(let index): return range(of: graph.statistics[index])
        case .negate(let a): return -range(of: a)
        case .add(let a, let b): return range(of: a) + range(of: b)
        case .subtract(let a, let b): return range(of: a) + -range(of: b)
        case .multiply(let a, let b): return range(of: a) * range(of: b)
        case .divide(let a, let b):
            var divisor = range(of: b)
            // The least divisor would limit a quotient, but only a constant states it.
            if case .constant = b {
            } else {
                (divisor.isBoundedAbove, divisor.isBoundedBelow) = (false, false)
            }
            return range(of: a) * divisor
        case .minimum(let parts): return .least(parts.map(range))
        case .maximum(let parts): return .greatest(parts.map(range))
        case .choose(_, let then, let otherwise): return .common([range(of: then), range(of: otherwise)])
        case .fallback(let a, let b): return .common([range(of: a), range(of: b)])
        case .real, .yearsSince, .compare, .isOneOf, .and, .or, .not, .unless, .isMissing:
            return .unknown
        }
    }

    private func range(of statistic: Statistic) -> ValueRange {
        let argument = nodes[statistic.argument]
        switch statistic.function {
        case .count: return .count
        case .sum:
            return ValueRange(
                isBoundedAbove: argument.isNeverPositive, isBoundedBelow: argument.isNeverNegative,
                isNeverNegative: argument.isNeverNegative, isNeverPositive: argument.isNeverPositive)
        case .mean, .minimum, .maximum, .median, .quantile, .nearestRankQuantile, .trimmedMean, .topMean,
            .topShareMean:
            return argument
        }
    }
}

extension FeedField {
    fileprivate var valueRange: ValueRange {
        ValueRange(
            isBoundedAbove: range.upperBound < Cell.limit - 1,
            isBoundedBelow: range.lowerBound > 1 - Cell.limit,
            isNeverNegative: range.lowerBound >= 0, isNeverPositive: range.upperBound <= 0)
    }
}
