@testable import Evaluation

/// A small method of which a test states only what it is about. A firm's total is its output (产值, 千元).
struct Trial {
    /// Lines under `measures`, `indicators`, `tiers` and `decisions`.
    var measures: [String] = []
    var indicators: [String] = []
    var decisions: [String] = []
    /// Whole sections: groups, statistics, merge, lists.
    var sections: [String] = []
    var scope = [
        "gone: {label: 注销, class: out_of_scope, when: registry.state = 注销}",
        "left: {label: 迁出, class: exempt, when: registry.state = 迁出}",
        "waiting: {label: 吊销, class: ungraded, when: registry.state = 吊销}",
    ]
    /// What stands under `points` of both cohorts.
    var points = "formula: weight * value / baseline, decimals: 2, missing: 0"
    /// What both cohorts score.
    var scored = ["output: {weight: 100, baseline: 100}"]
    var weight = 100
    /// Further lines of the cohorts 规上 and 规下.
    var above: [String] = []
    var below: [String] = []
    /// The condition of the cohort 规下, where it is another than the scale.
    var belowCondition: String?
    var total = "sum(points)"
    var order = "[A, B, C, D]"
    var quota = "{A: 20%, B: 60%, C: 15%, D: rest}"
    var rankBy = "[total]"
    var ties = "share_better"
    var base = "graded"
    var bound = "closed"
    var round = "nearest"
    var tiers: [String] = []

    var method: String {
        func lines(_ lines: [String], _ indent: Int) -> String {
            lines.map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
        }
        func cohort(
            _ name: String, _ scale: String, _ more: [String], condition: String? = nil
        ) -> String {
            """
              \(name):
                label: \(scale)
                where: \(condition ?? "registry.scale = \(scale)")
                source: 文件
                points: {\(points)}
                indicators:
            \(lines(scored, 6))    weights_sum_to: \(weight)
            \(lines(more, 4))
            """
        }
        func section(_ name: String, _ entries: [String]) -> String {
            entries.isEmpty ? "" : "\(name):\n\(lines(entries, 2))"
        }
        return """
            mujun: method/1
            id: trial
            title: 试行
            data_year: 2021
            as_of: 2022-05-31
            measures:
              output: {label: 产值, unit: 千元, decimals: 0, value: sum(statistics.output)}
              profit: {label: 利润, unit: 千元, decimals: 0, value: sum(statistics.profit)}
            \(lines(measures, 2))\(section("indicators", indicators))\(sections.joined(separator: "\n"))
            \(section("scope", scope))cohorts:
            \(cohort("above", "规上", above))\(cohort("below", "规下", below, condition: belowCondition))
            total: {label: 总分, decimals: 2, value: \(total)}
            tiers:
              order: \(order)
              rank_by: \(rankBy)
              ties: \(ties)
              quota: \(quota)
              of: \(base)
              bound: \(bound)
              round: \(round)
            \(lines(tiers, 2))\(section("decisions", decisions))
            """
    }

    func evaluate(_ firms: [FirmRow], manual: [ManualDecision] = []) throws -> Evaluated {
        try compiled(method).evaluate(firms, manual: manual)
    }

    /// What is wrong with the method; what both cohorts have wrong, once.
    func errors() throws -> Set<String> {
        Set(try checked(method).problems.filter { $0.severity == .error }.map(\.message))
    }

    /// A firm above scale in business.
    static func firm(_ output: Int?, _ more: FirmRow = [:]) -> FirmRow {
        var row: FirmRow = ["registry_scale": "规上", "registry_state": "在业"]
        if let output { row["statistics_output"] = "\(output)" }
        return row.merging(more) { $1 }
    }

    static func firms(_ outputs: [Int]) -> [FirmRow] { outputs.map { firm($0) } }
}
