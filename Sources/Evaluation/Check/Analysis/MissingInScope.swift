/// Scope rules that let a firm in whose value is missing: `not (revenue >= 2000)` does not hold of it either.
extension Compilation {
    mutating func warnAboutMissingInScope(_ graph: Graph) {
        guard case .scope(let conditions) = graph.nodes[graph.landmarks.scope].rule else { return }
        for (state, condition) in zip(document.scope, conditions) {
            var reader = NegatedNumbers(graph: graph)
            reader.read(condition, isNegated: false)
            let values = reader.found.filter { !reader.guarded.contains($0) }.map { graph.nodes[$0] }
            guard let first = values.first else { continue }
            let named = values.map { "‘\($0.name)’ (\($0.label))" }.joined(separator: " or ")
            warn(
                about: state.condition,
                "of a firm without \(named) it may not be known whether this holds, and then the rule does not keep it out; write default(\(first.name), 0)\(values.count > 1 ? " and so on" : ""), or add ‘or \(first.name) is missing’"
            )
        }
    }
}

/// Named numbers that are compared under a ‘not’ and can be missing.
private struct NegatedNumbers {
    let graph: Graph
    private(set) var found: [Int] = []
    /// Those of which the condition asks by itself whether they are missing.
    private(set) var guarded: Set<Int> = []

    mutating func read(_ condition: Expression, isNegated: Bool) {
        switch condition {
        case .not(let inner): read(inner, isNegated: !isNegated)
        case .and(let parts), .or(let parts): for part in parts { read(part, isNegated: isNegated) }
        case .isMissing(let value): guarded.formUnion(value.mentionedNodes)
        case .compare(_, let a, let b) where isNegated:
            for node in missing(a) + missing(b) where !found.contains(node) { found.append(node) }
        default: break
        }
    }

    /// The nodes for whose sake a number can be missing.
    private func missing(_ expression: Expression) -> [Int] {
        switch expression {
        case .node(let node): canBeMissing(node, depth: 0) ? [node] : []
        case .fallback(_, let otherwise): missing(otherwise)
        case .yearsSince: []
        default: expression.parts.flatMap(missing)
        }
    }

    private func canBeMissing(_ node: Int, depth: Int) -> Bool {
        guard graph.nodes[node].unit != nil, depth < 64 else { return false }
        switch graph.nodes[node].rule {
        case .column(let column):
            switch graph.feedColumns[column].aggregate {
            case .has, .count: return false
            case .sum, .latest: return true
            }
        case .row(let expression): return canBeMissing(expression, depth: depth + 1)
        case .perCohort, .classification, .scope, .state, .rank, .initialTier, .tier: return false
        }
    }

    private func canBeMissing(_ expression: Expression, depth: Int) -> Bool {
        guard depth < 256 else { return false }
        return switch expression {
        case .node(let node): canBeMissing(node, depth: depth + 1)
        case .fallback(_, let otherwise): canBeMissing(otherwise, depth: depth + 1)
        case .choose(_, let then, let otherwise):
            canBeMissing(then, depth: depth + 1) || canBeMissing(otherwise, depth: depth + 1)
        case .constant, .yearsSince, .statistic: false
        default: expression.parts.contains { canBeMissing($0, depth: depth + 1) }
        }
    }
}
