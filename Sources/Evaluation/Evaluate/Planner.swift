/// Makes expressions ready for one population.
struct Planner {
    let graph: Graph
    let dictionaries: [[String]]
    let lookups: [StatisticLookup?]

    func plan(_ expression: Expression) -> Plan {
        switch expression {
        case .constant(let constant):
            .constant(numerator: constant.numerator, denominator: constant.denominator)
        case .node(let node): .node(node, scale: Int128(DecimalText.powersOfTen[graph.nodes[node].decimals]))
        case .statistic(let index):
            lookups[index].map { .statistic($0) } ?? .constant(numerator: 0, denominator: 1)
        case .negate(let a): .negate(plan(a))
        case .add(let a, let b): .add(plan(a), plan(b))
        case .subtract(let a, let b): .subtract(plan(a), plan(b))
        case .multiply(let a, let b): .multiply(plan(a), plan(b))
        case .divide(let a, let b): .divide(plan(a), plan(b))
        case .minimum(let parts): .minimum(parts.map(plan))
        case .maximum(let parts): .maximum(parts.map(plan))
        case .choose(let a, let b, let c): .choose(plan(a), plan(b), plan(c))
        case .fallback(let a, let b): .fallback(plan(a), plan(b))
        case .real(let function, let parts): .real(function, parts.map(plan))
        case .yearsSince(let node): .yearsSince(node, asOf: graph.asOf)
        case .compare(let comparison, let a, let b): .compare(comparison, plan(a), plan(b))
        case .isOneOf(let node, let prefix, let texts):
            .isOneOf(
                node: node,
                dictionaries[node].map { text in
                    texts.contains(prefix.map { String(text.prefix($0)) } ?? text)
                })
        case .and(let parts): .and(parts.map(plan))
        case .or(let parts): .or(parts.map(plan))
        case .not(let a): .not(plan(a))
        case .unless(let a): .unless(plan(a))
        case .isMissing(let a): .isMissing(plan(a))
        }
    }
}
