/// An expression made ready for one population: texts are looked up in dictionaries once, not per firm.
indirect enum Plan: Sendable {
    case constant(numerator: Int128, denominator: Int128)
    case node(Int, scale: Int128)
    case statistic(StatisticLookup)
    case negate(Plan)
    case add(Plan, Plan)
    case subtract(Plan, Plan)
    case multiply(Plan, Plan)
    case divide(Plan, Plan)
    case minimum([Plan])
    case maximum([Plan])
    case choose(Plan, Plan, Plan)
    case fallback(Plan, Plan)
    case yearsSince(Int, asOf: Day)
    /// Stands alone, inside no other plan.
    case real(RealFunction, [Plan])
    case compare(Expression.Comparison, Plan, Plan)
    /// For each index of the node's dictionary, whether it is one of the texts.
    case isOneOf(node: Int, [Bool])
    case and([Plan])
    case or([Plan])
    case not(Plan)
    case unless(Plan)
    case isMissing(Plan)

    /// How many scratch slots the evaluation needs.
    var slots: Int {
        switch self {
        case .constant, .node, .statistic, .yearsSince, .isOneOf: 1
        case .negate(let a), .not(let a), .unless(let a), .isMissing(let a): a.slots
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b),
            .fallback(let a, let b), .compare(_, let a, let b):
            max(a.slots, b.slots + 1)
        case .real(_, let parts): parts.enumerated().map { $0 + $1.slots }.max() ?? 1
        case .choose(let a, let b, let c): max(a.slots, b.slots + 1, c.slots + 2)
        case .minimum(let parts), .maximum(let parts), .and(let parts), .or(let parts):
            (parts.map(\.slots).max() ?? 0) + 1
        }
    }
}

/// The values of a statistic, found by a firm's cohort and category.
struct StatisticLookup: Sendable {
    let decimals: Int
    /// Node whose cell is the cohort index; `nil` when the statistic does not depend on it.
    let cohort: Int?
    /// Node whose cell is the category; `nil` when the statistic is not split.
    let by: Int?
    /// Group of each dictionary index of the category.
    let groups: [Int]
    /// How many groups there are per cohort; at least 1.
    let groupCount: Int
    /// [cohort × groupCount + group]
    let values: [Int64]
}
