import Evaluation

/// The rule of a node in words of the method, for the catalogue of nodes.
struct FormulaText {
    private let graph: Graph

    init(_ graph: Graph) { self.graph = graph }

    func text(_ node: Node) -> String {
        switch node.rule {
        case .column(let index):
            return graph.feedColumns.indices.contains(index) ? column(graph.feedColumns[index]) : ""
        case .row(let expression): return text(expression)
        case .perCohort(let rules):
            return zip(graph.cohorts, rules).compactMap { cohort, rule in
                rule.map { rule in
                    let missing = rule.missing.map { "，缺失时 \(text($0))" } ?? ""
                    return "\(cohort.label)：\(text(rule.expression))\(missing)"
                }
            }.joined(separator: "；")
        case .classification(let conditions, let texts, _):
            return zip(texts, conditions).map { "\($0)：\(text($1))" }.joined(separator: "；")
        case .rank: return "rank"
        case .initialTier: return "quota"
        case .tier: return "decisions"
        }
    }

    func text(_ expression: Expression) -> String {
        switch expression {
        case .constant(let constant): return constant.spelling
        case .node(let index), .yearsSince(let index):
            let name = graph.nodes.indices.contains(index) ? graph.nodes[index].name : "?"
            if case .yearsSince = expression { return "years_since(\(name))" }
            return name
        case .statistic(let index):
            return graph.statistics.indices.contains(index) ? graph.statistics[index].name : "?"
        case .negate(let part): return "-" + operand(part)
        case .add(let a, let b): return "\(text(a)) + \(text(b))"
        case .subtract(let a, let b): return "\(text(a)) - \(operand(b))"
        case .multiply(let a, let b): return "\(operand(a)) * \(operand(b))"
        case .divide(let a, let b): return "\(operand(a)) / \(operand(b))"
        case .minimum(let parts): return "min(\(list(parts, ", ")))"
        case .maximum(let parts): return "max(\(list(parts, ", ")))"
        case .choose(let condition, let then, let otherwise):
            return "\(operand(then)) if \(text(condition)) else \(operand(otherwise))"
        case .fallback(let first, let second): return "fallback(\(text(first)), \(text(second)))"
        case .compare(let comparison, let a, let b): return "\(text(a)) \(comparison.rawValue) \(text(b))"
        case .isOneOf(let index, let prefix, let texts):
            var name = graph.nodes.indices.contains(index) ? graph.nodes[index].name : "?"
            if let prefix { name = "first(\(name), \(prefix))" }
            return texts.count == 1
                ? "\(name) = \(texts[0])" : "\(name) in (\(texts.joined(separator: ", ")))"
        case .and(let parts): return list(parts, " and ")
        case .or(let parts): return list(parts, " or ")
        case .not(let part): return "not " + operand(part)
        case .isMissing(let part): return "missing(\(text(part)))"
        case .always: return "always"
        }
    }

    private func list(_ parts: [Expression], _ separator: String) -> String {
        parts.map(separator == ", " ? text : operand).joined(separator: separator)
    }

    /// In brackets unless it is one word.
    private func operand(_ expression: Expression) -> String {
        switch expression {
        case .constant, .node, .statistic, .yearsSince, .minimum, .maximum, .fallback, .isMissing, .always,
            .compare, .isOneOf:
            text(expression)
        default: "(\(text(expression)))"
        }
    }

    private func column(_ column: FeedColumn) -> String {
        guard graph.contracts.indices.contains(column.feed) else { return "" }
        let contract = graph.contracts[column.feed]
        let relation =
            contract.relations.indices.contains(column.relation)
            ? contract.relations[column.relation].name : contract.name
        func name(_ field: Int) -> String {
            contract.fields.indices.contains(field) ? "\(relation).\(contract.fields[field].name)" : relation
        }
        let call =
            switch column.aggregate {
            case .sum(let field): "sum(\(name(field)))"
            case .count: "count(\(relation))"
            case .has: "has(\(relation))"
            case .latest(let field): name(field)
            }
        return column.filter.map { "\(call) where \(filter($0, name))" } ?? call
    }

    private func filter(_ filter: RowFilter, _ name: (Int) -> String) -> String {
        switch filter {
        case .isOneOf(let field, let texts):
            return texts.count == 1
                ? "\(name(field)) = \(texts[0])" : "\(name(field)) in (\(texts.joined(separator: ", ")))"
        case .compare(let field, let comparison, let value):
            let sign =
                switch comparison {
                case .less: "<"
                case .lessOrEqual: "<="
                case .equal: "="
                case .notEqual: "!="
                case .greaterOrEqual: ">="
                case .greater: ">"
                }
            // The constant is printed as it is stored: scaled, or a number of days or months.
            return "\(name(field)) \(sign) \(value)"
        case .all(let parts): return parts.map { self.filter($0, name) }.joined(separator: " and ")
        case .any(let parts):
            return "(" + parts.map { self.filter($0, name) }.joined(separator: " or ") + ")"
        case .not(let part): return "not (\(self.filter(part, name)))"
        }
    }
}
