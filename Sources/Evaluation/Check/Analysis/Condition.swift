/// A condition in a form in which it can be seen whether one follows from another.
///
/// Equal texts stand for equal values. What cannot be taken apart is compared as a whole.
indirect enum Condition {
    case all([Condition])
    case any([Condition])
    /// What `of` names, or its first `prefix` characters, is one of the texts.
    case isOneOf(of: String, prefix: Int?, Set<String>)
    /// It has a value, and that is none of the texts.
    case isNoneOf(of: String, prefix: Int?, Set<String>)
    case compare(String, Expression.Comparison, Expression.Constant)
    /// The firm has a row in this relation of a feed for which the condition holds; `nil` for any row.
    case hasRow(relation: String, where: Condition?)
    case whole(String)
}

/// Takes the conditions of a method apart.
struct ConditionReader {
    private let graph: Graph
    private let text: MeaningText
    /// The only texts that a category node can have; empty where they are not known.
    private let texts: [[String]]

    init(_ graph: Graph, texts: [[String]]) {
        self.graph = graph
        self.texts = texts
        text = MeaningText(graph: graph)
    }

    func condition(_ expression: Expression) -> Condition {
        switch expression {
        case .and(let parts): return .all(parts.map(condition))
        case .or(let parts): return .any(parts.map(condition))
        case .not(let inner): return negation(inner)
        case .isOneOf(let node, let prefix, let texts):
            return .isOneOf(of: graph.nodes[node].name, prefix: prefix, Set(texts))
        case .compare(.notEqual, .node(let node), .constant(let constant)) where constant.numerator == 0:
            return row(node) ?? .compare(graph.nodes[node].name, .notEqual, constant)
        case .compare(let comparison, let value, .constant(let constant)):
            return .compare(text.of(value), comparison, constant)
        case .compare(let comparison, .constant(let constant), let value):
            return .compare(text.of(value), comparison.mirrored, constant)
        default: return .whole(text.of(expression))
        }
    }

    /// Conditions are three-valued: that a part does not hold means that it is known not to.
    private func negation(_ expression: Expression) -> Condition {
        switch expression {
        case .and(let parts): return .any(parts.map(negation))
        case .or(let parts): return .all(parts.map(negation))
        case .not(let inner): return condition(inner)
        case .isOneOf(let node, let prefix, let excluded):
            let name = graph.nodes[node].name
            let known = texts[node]
            guard prefix == nil, !known.isEmpty else {
                return .isNoneOf(of: name, prefix: prefix, Set(excluded))
            }
            return .isOneOf(of: name, prefix: nil, Set(known).subtracting(excluded))
        case .compare(let comparison, let a, let b): return condition(.compare(comparison.opposite, a, b))
        default: return .whole(text.of(.not(expression)))
        }
    }

    private func row(_ node: Int) -> Condition? {
        guard case .column(let index) = graph.nodes[node].rule, graph.feedColumns[index].aggregate == .has
        else { return nil }
        let column = graph.feedColumns[index]
        let contract = graph.contracts[column.feed]
        return .hasRow(
            relation: contract.relations[column.relation].name,
            where: column.filter.map { condition($0, contract) })
    }

    private func condition(_ filter: RowFilter, _ contract: FeedContract) -> Condition {
        switch filter {
        case .isOneOf(let field, let texts):
            .isOneOf(of: contract.fields[field].name, prefix: nil, Set(texts))
        case .all(let parts): .all(parts.map { condition($0, contract) })
        case .any(let parts): .any(parts.map { condition($0, contract) })
        // A blank field satisfies no comparison, but the negation of each.
        case .compare, .not: .whole(text.of(filter, contract))
        }
    }
}

extension Expression.Comparison {
    /// The one that says the same with both sides exchanged.
    fileprivate var mirrored: Expression.Comparison {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .equal, .notEqual: self
        case .greaterOrEqual: .lessOrEqual
        case .greater: .less
        }
    }

    /// The one that holds of two values where this one does not.
    var opposite: Expression.Comparison {
        switch self {
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .equal: .notEqual
        case .notEqual: .equal
        case .greaterOrEqual: .less
        case .greater: .lessOrEqual
        }
    }
}
