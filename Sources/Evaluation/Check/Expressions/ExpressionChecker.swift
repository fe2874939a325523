/// Gives an expression its meaning: looks up names, checks kinds and units, and bounds the parts of its fraction.
///
/// What it needs of the feeds is added to its own copy of the draft, which the caller takes over when the whole
/// expression is right.
struct ExpressionChecker {
    /// What words mean only here: `weight`, `value` and `baseline` in a formula, `points` in a missing rule.
    struct Context {
        /// Name of the node or rule that the expression belongs to; columns that it asks for are named after it.
        let owner: String
        var locals: [String: Local] = [:]
        /// Index of the cohort whose rule this is.
        var cohort: Int?
        /// The points node whose missing rule this is.
        var ownPoints: Int?
        /// Whether this is the rule of a measure or an indicator, which may be a real function.
        var mayBeReal = false
        /// Whether the number becomes points, so that a bare percentage is hardly what is meant.
        var isOfPoints = false
        /// What `sum(points)` and `sum(adjustments)` add up, in the total.
        var parts: [String: [Part]] = [:]

        init(owner: String) { self.owner = owner }
    }

    /// A part of the total.
    struct Part {
        let node: Int
        /// The weight of an indicator that is left out where it is missing, so that the others count for it; `nil` for
        /// what makes the total missing.
        var weight: Expression.Constant?
        var isLeftOut = false
    }

    /// What a word of a formula stands for.
    enum Local {
        case node(Int)
        case constant(Expression.Constant, Unit)
        case expression(TypedExpression)
    }

    var draft: Draft
    let context: Context
    let dataYear: Int
    /// The expression's text and where it stands.
    let source: MethodDocument.Text
    /// What is right by its form, and easily not what was meant.
    var remarks: [ExpressionProblem] = []

    // MARK: What an expression can be asked for

    /// The expression as a number in the given unit that rounds to the decimals.
    mutating func number(in unit: Unit, decimals: Int) throws(ExpressionProblem) -> Expression {
        let syntax = try Parser.parse(source.text)
        if let real = try real(syntax, in: unit) { return real }
        let number = try check(syntax).converted(to: unit)
        if context.isOfPoints { expectPoints(number) }
        guard number.bound.isRoundable(decimals: decimals) else { throw syntax.tooLarge }
        return number.expression
    }

    /// The expression as a part of others, in the given unit.
    mutating func part(in unit: Unit) throws(ExpressionProblem) -> TypedExpression {
        let part = try check(try Parser.parse(source.text)).converted(to: unit)
        if context.isOfPoints { expectPoints(part) }
        return part
    }

    /// The expression as points, between limits.
    mutating func points(
        atLeast lower: TypedExpression?, atMost upper: TypedExpression?, decimals: Int
    ) throws(ExpressionProblem) -> Expression {
        let syntax = try Parser.parse(source.text)
        var points = try check(syntax).converted(to: .one)
        expectPoints(points)
        if let lower { points = try .extreme([points, lower], of: { .maximum($0) }, at: syntax) }
        if let upper { points = try .extreme([points, upper], of: { .minimum($0) }, at: syntax) }
        guard points.bound.isRoundable(decimals: decimals) else { throw syntax.tooLarge }
        return points.expression
    }

    mutating func condition() throws(ExpressionProblem) -> Expression {
        try condition(try Parser.parse(source.text))
    }

    /// One named number, or one quantity of a feed.
    mutating func quantity() throws(ExpressionProblem) -> Int {
        let syntax = try Parser.parse(source.text)
        guard case .node(let node) = try check(syntax).expression, case .number = draft.nodes[node].type
        else {
            throw syntax.problem("one number is expected here, such as sum(statistics.revenue)")
        }
        return node
    }

    /// A text that firms are sorted by: a group, or a field of the registry.
    mutating func category() throws(ExpressionProblem) -> Int {
        let syntax = try Parser.parse(source.text)
        guard case .category(let node, nil) = try check(syntax).kind else {
            throw syntax.problem(
                "a text that splits the firms is expected here, such as registry.town or a name under ‘groups’"
            )
        }
        return node
    }

    /// A statistic that is given a name of its own.
    mutating func statistic(decimals: Int, rounding: Rounding) throws(ExpressionProblem) -> Statistic {
        let syntax = try Parser.parse(source.text)
        let known = Statistic.Function.names
        guard case .call(let call) = syntax.kind else {
            throw syntax.problem(
                "a statistic is written as \(known.joined(separator: ", ")) of a named value")
        }
        guard let statistic = try statistic(call, at: syntax, decimals: decimals, rounding: rounding) else {
            throw ExpressionProblem(
                syntax.start, call.name.count,
                "there is no statistic ‘\(call.name)’"
                    + Spelling.remedy(
                        for: call.name, among: known,
                        otherwise: "there are \(known.joined(separator: ", "))"))
        }
        return statistic
    }

    // MARK: Every kind of expression

    mutating func check(_ syntax: Syntax) throws(ExpressionProblem) -> TypedExpression {
        switch syntax.kind {
        case .number(let text, let unit):
            return try .literal(text, unit: unit, at: syntax).with(unit == "%" ? .share(syntax) : .plain)
        case .quoted(let text):
            throw syntax.problem(
                "the text ‘\(text)’ cannot stand here; texts are compared with = or in, as in registry.scale = '规上'"
            )
        case .word(let word): return try self.word(word, syntax)
        case .call(let call): return try self.call(call, syntax)
        case .negate(let inner):
            let value = try check(inner)
            return try value.negated(at: syntax).with(value.sense)
        case .arithmetic(let sign, let a, let b):
            let left = try check(a)
            let right = try check(b)
            switch sign {
            case "*": return try .product(left, right, at: syntax).with(left.sense(times: right))
            case "/": return try .quotient(left, right, at: syntax).with(left.sense(over: right))
            default:
                return try .sum(sign, left, right, at: syntax).with(sense(of: [left, right]))
            }
        case .choose(let then, let condition, let otherwise):
            let condition = try self.condition(condition)
            let then = try check(then)
            let other = try check(otherwise)
            return try .choice(condition, then, other, at: syntax).with(sense(of: [then, other]))
        case .compare, .isIn, .isMissing, .not, .and, .or:
            return .condition(try condition(syntax), at: syntax)
        }
    }

    /// A node of the draft where it is mentioned.
    func typed(node index: Int, at syntax: Syntax) -> TypedExpression {
        let node = draft.nodes[index]
        switch node.type {
        case .number(let unit):
            return .cell(.number(unit), .node(index), decimals: node.decimals, at: syntax)
                .with(sense(ofNode: index, at: syntax))
        case .category: return .cell(.category(node: index, prefix: nil), .node(index), at: syntax)
        case .day: return .cell(.day(node: index), .node(index), at: syntax)
        case .flag: return .condition(.holds(flag: index), at: syntax)
        }
    }

    /// A statistic of the draft where it is mentioned.
    func typed(statistic index: Int, at syntax: Syntax) -> TypedExpression {
        let statistic = draft.statistics[index]
        return .cell(
            .number(statistic.unit), .statistic(index), decimals: statistic.decimals, at: syntax
        ).with(statistic.function == .count ? .plain : sense(ofNode: statistic.argument, at: syntax))
    }

    /// A column of a feed, which becomes a node of the draft when it is asked for the first time.
    mutating func typed(column: FeedColumn, at syntax: Syntax) -> TypedExpression {
        let place = source.span(syntax.start, syntax.length).place
        let node = draft.node(of: column, owner: context.owner, place: place)
        return typed(node: node, at: syntax)
    }
}
