/// Expressions as officials read them: `权重 30 × 亩均税收 ÷ 基准值 24.097`.
package struct Formula {
    private let graph: Graph
    /// How a part is written where it is not put together from its own parts; `nil` where it is.
    private let leaf: (Expression) -> String?

    /// With labels: `有荣誉资质（高新技术企业）时 2，否则 0`.
    package static func labels(_ graph: Graph) -> Formula {
        Formula(graph: graph) { part in
            switch part {
            case .node(let index): graph.nodes[index].label
            case .statistic(let index): graph.statistics[index].label
            case .yearsSince(let node): "自\(graph.nodes[node].label)满年数"
            case .constant(let constant):
                constant.name.isEmpty ? constant.spelling : "\(constant.name) \(constant.spelling)"
            default: nil
            }
        }
    }

    /// As ``labels(_:)``, with what the total makes up for missing values in one sentence.
    static func rules(_ graph: Graph) -> Formula {
        let labels = labels(graph)
        return Formula(graph: graph) { part in
            labels.leaf(part)
                ?? part.reweighted.map { parts in
                    "[\(parts.map(labels.text).joined(separator: " + "))，缺失的不计入、其余按权重分摊]"
                }
        }
    }

    /// With a firm's values in place of labels: `30 × 98.7094 ÷ 24.097`.
    ///
    /// - Parameter value: the text of a node, a statistic or an age, and of every greater part that is to be written
    ///   otherwise than its parts together; `nil` for everything else.
    package static func values(_ graph: Graph, _ value: @escaping (Expression) -> String?) -> Formula {
        Formula(graph: graph) { part in
            if case .constant(let constant) = part { return constant.spelling }
            return value(part)
        }
    }

    /// The expression on one line.
    package func text(_ expression: Expression) -> String { text(expression, .choice) }

    /// How strongly a part holds together; brackets stand where it binds weaker than its surroundings.
    private enum Binding: Int {
        case choice, or, and, condition, comparison, sum, product, sign, whole

        /// The next stronger.
        var inner: Binding { Binding(rawValue: rawValue + 1) ?? .whole }
    }

    private func text(_ expression: Expression, _ surroundings: Binding) -> String {
        if let text = leaf(expression) { return text }
        let (binding, text) = composed(expression)
        return binding.rawValue < surroundings.rawValue ? "(\(text))" : text
    }

    private func composed(_ expression: Expression) -> (Binding, String) {
        switch expression {
        case .constant, .node, .statistic, .yearsSince: (.whole, "")
        case .add(let a, let b): (.sum, "\(text(a, .sum)) + \(text(b, .product))")
        case .subtract(let a, let b): (.sum, "\(text(a, .sum)) - \(text(b, .product))")
        case .multiply(let a, let b): (.product, "\(text(a, .product)) × \(text(b, .sign))")
        case .divide(let a, let b): (.product, "\(text(a, .product)) ÷ \(text(b, .sign))")
        case .negate(let a): (.sign, "-\(text(a, .whole))")
        case .minimum(let parts): (.whole, "最小值（\(list(parts))）")
        case .maximum(let parts): (.whole, "最大值（\(list(parts))）")
        case .real(let function, let parts): (.whole, "\(function.label)（\(list(parts))）")
        case .fallback(let a, let b): (.whole, "\(text(a, .whole))（缺失按 \(text(b, .choice))）")
        case .choose: (.choice, choice(expression))
        // A flag is only ever asked whether it holds.
        case .compare(_, .node(let node), _) where graph.nodes[node].type == .flag:
            (.whole, text(.node(node), .whole))
        case .compare(let comparison, let a, let b):
            (.comparison, "\(text(a, .sum)) \(comparison.sign) \(text(b, .sum))")
        case .isOneOf(let node, let prefix, let texts): (.comparison, isOneOf(node, prefix, texts))
        case .isMissing(let a): (.comparison, "\(text(a, .sum)) 缺失")
        case .not(.isOneOf(let node, let prefix, let texts)):
            (.comparison, isOneOf(node, prefix, texts, negated: true))
        case .not(.isMissing(let a)): (.comparison, "\(text(a, .sum)) 未缺失")
        case .unless(let a): (.condition, "除非 \(text(a, .comparison))")
        case .not(let a): (.condition, "非 \(text(a, .comparison))")
        case .and(let parts): (.and, parts.map { text($0, .condition) }.joined(separator: " 且 "))
        case .or(let parts): (.or, parts.map { text($0, .and) }.joined(separator: " 或 "))
        }
    }

    private func list(_ parts: [Expression]) -> String {
        parts.map { text($0, .choice) }.joined(separator: "，")
    }

    /// `甲时 2，乙时 1，否则 0`.
    private func choice(_ expression: Expression) -> String {
        guard case .choose(let condition, let then, let otherwise) = expression else {
            return "否则 \(text(expression, .or))"
        }
        let when = text(condition, .or)
        let gap = when.last?.isASCII == true ? " " : ""
        return "\(when)\(gap)时 \(text(then, .or))，\(choice(otherwise))"
    }

    private func isOneOf(_ node: Int, _ prefix: Int?, _ texts: [String], negated: Bool = false) -> String {
        let start = text(.node(node), .whole) + (prefix.map { "前\($0)位" } ?? "")
        guard texts.count != 1 else { return "\(start) \(negated ? "≠" : "=") \(texts[0])" }
        return "\(start) \(negated ? "不属于" : "属于")（\(texts.joined(separator: "、"))）"
    }
}

extension Graph {
    /// How a node is computed, with labels, for the catalogue; where cohorts or conditions differ, one part for each.
    package func formula(of node: Node) -> String {
        let formula = Formula.labels(self)
        switch node.rule {
        case .column(let index):
            let contract = contracts[feedColumns[index].feed]
            return "\(contract.title)（\(contract.department)）"
        case .row(let expression): return formula.text(expression)
        case .perCohort(let rules):
            return zip(cohorts, rules).compactMap { cohort, rule in
                rule.map { "\(cohort.label)：\(formula.text($0.expression))" }
            }
            .joined(separator: "；")
        case .classification(let conditions, let texts, _):
            return zip(texts, conditions).map { "\($0)：\(formula.text($1))" }.joined(separator: "；")
        case .scope(let conditions):
            return zip(states.dropFirst(), conditions).map { "\($0.label)：\(formula.text($1))" }.joined(
                separator: "；")
        case .state: return "评价范围；无评价组或无总分的为数据待核"
        case .rank: return "评价组内\(parts)按 \(order(ranking.keys)) 排名"
        case .initialTier:
            return
                (["按排名占比划档"]
                + ranking.reselections.map { "\(ranking.tiers[$0.tier]) 档在\(selection(of: $0.tier))" })
                .joined(separator: "；")
        case .tier: return "初定档次经各项认定调整"
        }
    }

    /// 总分、税收.
    func order(_ keys: [Ranking.Key]) -> String {
        keys.map { "\(nodes[$0.node].label)\($0.descending ? "" : "（升序）")" }.joined(separator: "、")
    }

    /// `（规上按行业组、规下按镇街分组）`; empty where every cohort stays whole.
    private var parts: String {
        let split = zip(cohorts, ranking.within).compactMap { cohort, node in
            node.map { "\(cohort.label)按\(nodes[$0].label)" }
        }
        return split.isEmpty ? "" : "（\(split.joined(separator: "、"))分组）"
    }

    /// How the firms of a tier are chosen where a second selection does so: `前 50% 内按 亩均税收 重新排序`; otherwise
    /// empty.
    package func selection(of tier: Int) -> String {
        guard let second = ranking.reselections.first(where: { $0.tier == tier }) else { return "" }
        let side = ranking.quotas.allSatisfy { tier < $0.rest } ? "前" : "后"
        let share = DecimalText.trimmed(Int64(second.among), decimals: 2)
        return "\(side) \(share)% 内按 \(order(second.keys)) 重新排序"
    }
}
