/// Expressions as text: one renderer for the method's meaning, for catalogues and for explanations.
package struct Formula {
    /// How a value that the expression mentions is written.
    private let leaf: (Expression) -> String
    private let words: Words

    private struct Words {
        let and: String, or: String, not: String, multiply: String, divide: String, always: String
    }

    private init(words: Words, leaf: @escaping (Expression) -> String) {
        self.words = words
        self.leaf = leaf
    }

    private static let chinese = Words(and: "且", or: "或", not: "非", multiply: "×", divide: "÷", always: "恒成立")
    private static let plain = Words(
        and: "and", or: "or", not: "not", multiply: "*", divide: "/", always: "always")

    /// With labels, as people read it: `权重 30 × 亩均税收 ÷ 基准值 24.097`.
    package static func labels(_ graph: Graph) -> Formula {
        Formula(words: chinese) { part in
            switch part {
            case .node(let index): graph.nodes[index].label
            case .statistic(let index): graph.statistics[index].label
            case .yearsSince(let node): "自\(graph.nodes[node].label)满年数"
            case .isOneOf(let node, let prefix, let texts):
                "\(graph.nodes[node].label)\(prefix.map { "前\($0)位" } ?? "") ∈ (\(texts.joined(separator: ", ")))"
            case .constant(let constant):
                constant.name.isEmpty ? constant.spelling : "\(constant.name) \(constant.spelling)"
            default: ""
            }
        }
    }

    /// With a firm's values in place of names.
    package static func values(_ value: @escaping (Expression) -> String) -> Formula {
        Formula(words: chinese) { part in
            if case .constant(let constant) = part { return constant.spelling }
            return value(part)
        }
    }

    /// With names and exact constants: equal for two expressions exactly when they mean the same.
    package static func meaning(_ graph: Graph) -> Formula {
        Formula(words: plain) { part in
            switch part {
            case .node(let index): graph.nodes[index].name
            case .statistic(let index): "statistic(\(graph.statistics[index].name))"
            case .yearsSince(let node): "years_since(\(graph.nodes[node].name))"
            case .isOneOf(let node, let prefix, let texts):
                "\(graph.nodes[node].name):\(prefix ?? 0) in (\(texts.joined(separator: ",")))"
            case .constant(let constant): "\(constant.numerator)/\(constant.denominator)"
            default: ""
            }
        }
    }

    package func text(_ expression: Expression) -> String { text(expression, 0) }

    /// Brackets stand where a part binds weaker than its surroundings.
    private func text(_ expression: Expression, _ surroundings: Int) -> String {
        let (binding, text): (Int, String) =
            switch expression {
            case .constant, .node, .statistic, .yearsSince: (9, leaf(expression))
            case .isOneOf: (4, leaf(expression))
            case .always: (9, words.always)
            case .or(let parts): (1, parts.map { self.text($0, 2) }.joined(separator: " \(words.or) "))
            case .and(let parts): (2, parts.map { self.text($0, 3) }.joined(separator: " \(words.and) "))
            case .not(let a): (3, "\(words.not) \(self.text(a, 4))")
            case .compare(let comparison, let a, let b):
                (4, "\(self.text(a, 5)) \(comparison.rawValue) \(self.text(b, 5))")
            case .isMissing(let a): (9, "missing(\(self.text(a, 0)))")
            case .add(let a, let b): (5, "\(self.text(a, 5)) + \(self.text(b, 6))")
            case .subtract(let a, let b): (5, "\(self.text(a, 5)) - \(self.text(b, 6))")
            case .multiply(let a, let b): (6, "\(self.text(a, 6)) \(words.multiply) \(self.text(b, 7))")
            case .divide(let a, let b): (6, "\(self.text(a, 6)) \(words.divide) \(self.text(b, 7))")
            case .negate(let a): (7, "-\(self.text(a, 8))")
            case .minimum(let parts): (9, "min(\(parts.map { self.text($0, 0) }.joined(separator: ", ")))")
            case .maximum(let parts): (9, "max(\(parts.map { self.text($0, 0) }.joined(separator: ", ")))")
            case .fallback(let a, let b): (9, "default(\(self.text(a, 0)), \(self.text(b, 0)))")
            case .choose(let condition, let then, let otherwise):
                (0, "\(self.text(then, 1)) if \(self.text(condition, 1)) else \(self.text(otherwise, 0))")
            }
        return binding < surroundings ? "(\(text))" : text
    }
}
