/// One named thing of a method that another method does not compute alike.
package struct MethodDifference: Sendable, Equatable {
    /// The part of the method, in the order in which differences are told.
    package enum Kind: String, Sendable, CaseIterable {
        case parameter, input, measure, indicator, group, statistic, scope, cohort, points, adjustment, total
        case tiers, decision, list, other

        /// In Chinese, as outputs print it.
        package var label: String {
            switch self {
            case .parameter: "年度与时点"
            case .input: "取数"
            case .measure: "基础数据"
            case .indicator: "指标"
            case .group: "分类"
            case .statistic: "统计值"
            case .scope: "评价范围"
            case .cohort: "评价组"
            case .points: "得分"
            case .adjustment: "加减分"
            case .total: "总分"
            case .tiers: "排名与划档"
            case .decision: "认定"
            case .list: "名单"
            case .other: "其他"
            }
        }
    }

    /// What is said of it in one of the files.
    package struct Side: Sendable, Equatable {
        package let words: String
        /// `nil` where the file does not name it by itself.
        package let place: SourcePlace?
    }

    /// One side of it that differs: a weight of one cohort, a unit.
    package struct Aspect: Sendable, Equatable {
        /// 规上 权重; empty when there is but one.
        package let name: String
        /// `nil` where a method does not have it.
        package let old: Side?
        package let new: Side?
    }

    package let kind: Kind
    /// ASCII: `tax_per_mu`; empty for what has no name, such as ties.
    package let name: String
    /// 亩均税收.
    package let label: String
    /// At least one.
    package let aspects: [Aspect]

    /// Whether only one of the methods has it at all.
    package var isAdded: Bool { aspects.allSatisfy { $0.old == nil } }
    package var isRemoved: Bool { aspects.allSatisfy { $0.new == nil } }
}

/// A name, a title or a source that reads otherwise, while everything is computed alike.
package struct WordingDifference: Sendable, Equatable {
    /// `node`, `cohort`, `source` …
    package let kind: String
    package let name: String
    package let old: String
    package let new: String

    /// What it is, as outputs print it.
    package var label: String {
        switch kind {
        case "method": "办法"
        case "source": "依据"
        case "node": "数值"
        case "statistic": "统计值"
        case "state": "评价范围"
        case "cohort": "评价组"
        case "merge": "合并评价"
        case "decision": "认定"
        case "list": "名单"
        case "ground": "列入条件"
        default: kind
        }
    }
}
