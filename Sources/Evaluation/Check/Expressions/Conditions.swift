/// Conditions: comparisons of numbers, texts and days, and what joins them.
extension ExpressionChecker {
    mutating func condition(_ syntax: Syntax) throws(ExpressionProblem) -> Expression {
        switch syntax.kind {
        case .compare(let comparison, let a, let b): return try compare(comparison, a, b, syntax)
        case .isIn(let a, let texts, let negated):
            let test = try isIn(a, texts)
            return negated ? .not(test) : test
        case .isMissing(let inner, let negated):
            let value = try check(inner)
            if case .condition = value.kind { throw inner.problem("only a value can be missing") }
            let test = Expression.isMissing(value.expression)
            return negated ? .not(test) : test
        case .not(let inner): return .not(try condition(inner))
        case .and(let parts): return .and(try conditions(parts))
        case .or(let parts): return .or(try conditions(parts))
        case .number, .word, .quoted, .negate, .arithmetic, .choose, .call:
            let typed = try check(syntax)
            if case .condition = typed.kind { return typed.expression }
            throw syntax.problem("a condition is expected here, such as ‘land < 3 亩’")
        }
    }

    private mutating func conditions(_ parts: [Syntax]) throws(ExpressionProblem) -> [Expression] {
        var conditions: [Expression] = []
        for part in parts { conditions.append(try condition(part)) }
        return conditions
    }

    private mutating func compare(
        _ comparison: Expression.Comparison, _ a: Syntax, _ b: Syntax, _ syntax: Syntax
    ) throws(ExpressionProblem) -> Expression {
        let left = try check(a)
        switch left.kind {
        case .category(let node, let prefix):
            guard comparison == .equal || comparison == .notEqual else {
                throw syntax.problem(
                    "texts have no order and are compared with = and != alone; name those that are meant, as in ‘\(draft.nodes[node].name) in (\(draft.nodes[node].texts.suffix(2).joined(separator: ", ")))’"
                )
            }
            let test = Expression.isOneOf(node: node, prefix: prefix, texts: [try text(b, of: node, prefix)])
            return comparison == .equal ? test : .not(test)
        case .day(let node):
            guard case .quoted(let text) = b.kind, let day = Day(text) else {
                if case .quoted(let text) = b.kind, text.count == 10 {
                    throw b.problem("there is no day ‘\(text)’; days are written like '2021-12-31'")
                }
                throw b.problem("a day is compared with a day in quotes, such as '2021-12-31'")
            }
            let constant = Expression.Constant(
                numerator: Int128(day.number), denominator: 1, name: "", spelling: text)
            return .compare(comparison, .node(node), .constant(constant))
        case .number, .condition:
            let right = try check(b)
            let (l, r, _) = try TypedExpression.unified(
                inYears(left, beside: right), inYears(right, beside: left), at: syntax)
            _ = sense(of: [left, right])
            remarkOnParts(ofYears: l, against: r)
            remarkOnParts(ofYears: r, against: l)
            guard l.bound.isComparable(with: r.bound) else { throw syntax.tooLarge }
            return .compare(comparison, l.expression, r.expression)
        }
    }

    private mutating func isIn(_ a: Syntax, _ texts: [Syntax]) throws(ExpressionProblem) -> Expression {
        guard case .category(let node, let prefix) = try check(a).kind else {
            throw a.problem("‘in’ asks whether a text is one of several; compare numbers with < and >")
        }
        var known: [String] = []
        for text in texts { known.append(try self.text(text, of: node, prefix)) }
        return .isOneOf(node: node, prefix: prefix, texts: known)
    }

    /// A text that a category is compared with: a bare word, a number as written, or a text in quotes.
    private func text(_ syntax: Syntax, of node: Int, _ prefix: Int?) throws(ExpressionProblem) -> String {
        guard let text = syntax.text else {
            throw syntax.problem("a text is expected here, such as 规上 or '规上'")
        }
        let known = draft.nodes[node].texts
        if prefix == nil, !known.isEmpty, !known.contains(text) {
            throw syntax.problem(
                "‘\(draft.nodes[node].label)’ is never ‘\(text)’"
                    + Spelling.remedy(
                        for: text, among: known, otherwise: "it is one of \(known.joined(separator: ", "))"))
        }
        if let prefix, text.count != prefix {
            throw syntax.problem("‘\(text)’ does not have \(prefix) characters, so nothing equals it")
        }
        if !known.isEmpty, !known.contains(where: { $0.hasPrefix(text) }) {
            throw syntax.problem(
                "‘\(draft.nodes[node].label)’ never begins with ‘\(text)’; it is one of \(known.joined(separator: ", "))"
            )
        }
        if draft.isCreditCode(node), prefix == nil, !CreditCode.isValid(text.utf8) {
            throw syntax.problem(
                "‘\(text)’ is no credit code (统一社会信用代码): 18 characters with a check character at the end")
        }
        return text
    }
}
