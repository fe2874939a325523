/// Numbers made of numbers. Sums and choices bring both sides to one unit; products and quotients make a new one.
extension TypedExpression {
    /// A number as written, with its unit or `%`.
    static func literal(_ text: String, unit unitText: String?, at syntax: Syntax) throws(ExpressionProblem)
        -> TypedExpression
    {
        guard let (digits, places) = DecimalText.parse(text), places <= 18 else {
            throw syntax.problem(
                "‘\(text)’ is no number; a number has at most 30 digits, 18 of them behind one point")
        }
        let isPercentage = unitText == "%"
        let denominator = Int128(DecimalText.powersOfTen[places]) * (isPercentage ? 100 : 1)
        let divisor = Fraction.greatestCommonDivisor(digits, denominator)
        let spelling = text + (isPercentage ? "%" : unitText.map { " \($0)" } ?? "")
        return .constant(
            Expression.Constant(
                numerator: digits / divisor, denominator: denominator / divisor, name: "", spelling: spelling),
            isPercentage ? .one : unitText.flatMap { Unit($0) }, at: syntax)
    }

    func negated(at syntax: Syntax) throws(ExpressionProblem) -> TypedExpression {
        try .number(.negate(expression), try unit(), bound, at: syntax)
    }

    /// A sum (`+`) or a difference (`-`).
    static func sum(
        _ sign: Character, _ left: TypedExpression, _ right: TypedExpression, at syntax: Syntax
    ) throws(ExpressionProblem) -> TypedExpression {
        let (a, b, unit) = try unified(left, right, at: syntax)
        return try .number(
            sign == "+" ? .add(a.expression, b.expression) : .subtract(a.expression, b.expression), unit,
            .joined([a.bound, b.bound]), at: syntax)
    }

    static func product(
        _ left: TypedExpression, _ right: TypedExpression, at syntax: Syntax
    ) throws(ExpressionProblem) -> TypedExpression {
        let unit = try combinedUnit(left, right, at: syntax) { $0.multiplied(by: $1) }
        return try .number(
            .multiply(left.expression, right.expression), unit, left.bound.multiplied(by: right.bound),
            at: syntax)
    }

    static func quotient(
        _ left: TypedExpression, _ right: TypedExpression, at syntax: Syntax
    ) throws(ExpressionProblem) -> TypedExpression {
        let unit = try combinedUnit(left, right, at: syntax) { $0.divided(by: $1) }
        var divisor: Expression.Constant?
        if case .constant(let constant) = right.expression {
            guard constant.numerator != 0 else { throw right.syntax.problem("this divides by zero") }
            divisor = constant
        }
        return try .number(
            .divide(left.expression, right.expression), unit,
            left.bound.divided(by: right.bound, constantDivisor: divisor), at: syntax)
    }

    /// Two bare numbers make a bare number.
    private static func combinedUnit(
        _ left: TypedExpression, _ right: TypedExpression, at syntax: Syntax, _ combine: (Unit, Unit) -> Unit?
    ) throws(ExpressionProblem) -> Unit? {
        let leftUnit = try left.unit()
        let rightUnit = try right.unit()
        guard leftUnit != nil || rightUnit != nil else { return nil }
        guard let unit = combine(leftUnit ?? .one, rightUnit ?? .one) else { throw syntax.tooLarge }
        return unit
    }

    /// The smallest or the greatest of several numbers, in the unit of the first that has one.
    static func extreme(
        _ values: [TypedExpression], of make: ([Expression]) -> Expression, at syntax: Syntax
    ) throws(ExpressionProblem) -> TypedExpression {
        var unit: Unit?
        for value in values where unit == nil { unit = try value.unit() }
        var parts = values
        if let unit {
            for index in parts.indices { parts[index] = try parts[index].converted(to: unit) }
        }
        return try .number(make(parts.map(\.expression)), unit, .joined(parts.map(\.bound)), at: syntax)
    }

    /// `default(value, otherwise)`.
    static func fallback(
        _ value: TypedExpression, _ otherwise: TypedExpression, at syntax: Syntax
    ) throws(ExpressionProblem) -> TypedExpression {
        let (a, b, unit) = try unified(value, otherwise, at: syntax)
        return try .number(
            .fallback(a.expression, b.expression), unit, .joined([a.bound, b.bound]), at: syntax)
    }

    /// `then if condition else otherwise`.
    static func choice(
        _ condition: Expression, _ then: TypedExpression, _ otherwise: TypedExpression, at syntax: Syntax
    ) throws(ExpressionProblem) -> TypedExpression {
        let (a, b, unit) = try unified(then, otherwise, at: syntax)
        return try .number(
            .choose(condition: condition, then: a.expression, otherwise: b.expression), unit,
            .joined([a.bound, b.bound]), at: syntax)
    }
}
