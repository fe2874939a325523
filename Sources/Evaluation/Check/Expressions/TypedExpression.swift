/// A part of an expression with what it is: its kind and unit, and how large its fraction can become.
struct TypedExpression {
    enum Kind {
        /// Unit `nil`: a bare number of the method file, which takes the unit that it meets.
        case number(Unit?)
        case condition
        /// The text of a category node, or only its first characters.
        case category(node: Int, prefix: Int?)
        /// The date of a day node.
        case day(node: Int)
    }

    let kind: Kind
    let expression: Expression
    let bound: Bound
    /// Where it stands, for complaints.
    let syntax: Syntax
    /// What warnings about percentages look at.
    var sense = Sense.plain

    /// A number whose exact value fits the arithmetic of a run.
    static func number(
        _ expression: Expression, _ unit: Unit?, _ bound: Bound, at syntax: Syntax
    ) throws(ExpressionProblem) -> TypedExpression {
        guard bound.fits else { throw syntax.tooLarge }
        return TypedExpression(kind: .number(unit), expression: expression, bound: bound, syntax: syntax)
    }

    static func constant(_ constant: Expression.Constant, _ unit: Unit?, at syntax: Syntax) -> TypedExpression
    {
        TypedExpression(
            kind: .number(unit), expression: .constant(constant), bound: .constant(constant), syntax: syntax)
    }

    /// Something that is stored in a cell with this many decimals: a node or a statistic.
    static func cell(
        _ kind: Kind, _ expression: Expression, decimals: Int = 0, at syntax: Syntax
    ) -> TypedExpression {
        TypedExpression(kind: kind, expression: expression, bound: .cell(decimals: decimals), syntax: syntax)
    }

    static func condition(_ expression: Expression, at syntax: Syntax) -> TypedExpression {
        .cell(.condition, expression, at: syntax)
    }

    func with(_ sense: Sense) -> TypedExpression {
        var number = self
        number.sense = sense
        return number
    }

    /// The same where a word stands for it.
    func mentioned(at syntax: Syntax) -> TypedExpression {
        TypedExpression(kind: kind, expression: expression, bound: bound, syntax: syntax)
    }

    /// The unit of a number; anything else is a mistake where a number is expected.
    func unit() throws(ExpressionProblem) -> Unit? {
        let what: String
        switch kind {
        case .number(let unit): return unit
        case .condition: what = "a condition"
        case .category: what = "a text"
        case .day: what = "a day; use years_since(…)"
        }
        throw syntax.problem("a number is expected here, but this is \(what)")
    }

    /// The same quantity in another unit; a bare number takes the unit as it is.
    func converted(to unit: Unit) throws(ExpressionProblem) -> TypedExpression {
        guard let own = try self.unit(), own != unit else { return self }
        guard own.hasDimension(of: unit) else {
            throw syntax.problem(
                "the unit is \(own.symbol), but \(unit.symbol) is expected here, and the two do not convert")
        }
        let (n, overflow1) = own.numerator.multipliedReportingOverflow(by: unit.denominator)
        let (d, overflow2) = own.denominator.multipliedReportingOverflow(by: unit.numerator)
        guard !overflow1, !overflow2 else { throw syntax.tooLarge }
        let divisor = Fraction.greatestCommonDivisor(Int128(n), Int128(d))
        let factor = Expression.Constant(
            conversion: Int128(n) / divisor, over: Int128(d) / divisor, from: own, to: unit)
        return try .number(
            .multiply(expression, .constant(factor)), unit, bound.multiplied(by: .constant(factor)),
            at: syntax
        ).with(sense)
    }

    /// Two numbers in one unit, the left one's where both have one.
    static func unified(
        _ left: TypedExpression, _ right: TypedExpression, at syntax: Syntax
    ) throws(ExpressionProblem) -> (left: TypedExpression, right: TypedExpression, unit: Unit?) {
        let leftUnit = try left.unit()
        let rightUnit = try right.unit()
        guard let leftUnit else { return (left, right, rightUnit) }
        guard let rightUnit else { return (left, right, leftUnit) }
        guard leftUnit.hasDimension(of: rightUnit) else {
            throw syntax.problem(
                "\(leftUnit.symbol) and \(rightUnit.symbol) are different quantities; they cannot be added or compared"
            )
        }
        return (left, try right.converted(to: leftUnit), leftUnit)
    }
}
