/// A kind of change between two methods, in the order in which a comparison takes them over.
package enum ChangeKind: Int, Sendable, CaseIterable, Comparable {
    /// Measures, indicators, groups and named statistics.
    case definitions
    /// The scope rules, and who belongs to which cohort.
    case membership
    /// Which indicators a cohort scores, and with which weight.
    case weights
    case baselines
    /// How points follow from a value: formulas with their limits, missing rules, decimals.
    case points
    /// What is added to the points, and the total.
    case total
    /// Keys of rank, ties, tiers and quotas.
    case ranking
    case decisions
    case lists
    /// Whatever no other kind covers.
    case other

    package static func < (a: ChangeKind, b: ChangeKind) -> Bool { a.rawValue < b.rawValue }

    /// For programs.
    package var name: String {
        switch self {
        case .definitions: "definitions"
        case .membership: "membership"
        case .weights: "weights"
        case .baselines: "baselines"
        case .points: "points"
        case .total: "total"
        case .ranking: "ranking"
        case .decisions: "decisions"
        case .lists: "lists"
        case .other: "other"
        }
    }

    /// In Chinese, as outputs print it.
    package var label: String {
        switch self {
        case .definitions: "指标口径"
        case .membership: "评价范围与分组"
        case .weights: "权重"
        case .baselines: "基准值"
        case .points: "得分规则"
        case .total: "加减分与总分"
        case .ranking: "排名与划档比例"
        case .decisions: "认定规则"
        case .lists: "名单"
        case .other: "其他规则"
        }
    }
}
