/// Numbers that stand alone: weights, baselines, values of parameters. They are read as they are written: `2 * 13` is
/// none, whatever it comes to.
extension ExpressionChecker {
    /// A weight or a baseline: one number or parameter, converted to the unit.
    mutating func parameter(_ role: Expression.Constant.Role, in unit: Unit) throws(ExpressionProblem)
        -> Expression.Constant
    {
        let syntax = try Parser.parse(source.text)
        if let number = try literal(syntax, in: unit) {
            return Expression.Constant(
                numerator: number.numerator, denominator: number.denominator, name: role.rawValue,
                spelling: source.text, role: role)
        }
        guard case .word = syntax.kind, case let own = try check(syntax),
            case .constant(let constant) = own.expression
        else { throw syntax.problem("a \(role.english) must be one number, such as 24.097") }
        let number = try fraction(own, in: unit)
        return Expression.Constant(
            numerator: number.numerator, denominator: number.denominator, name: constant.name,
            spelling: try own.spelling(of: constant, isConverted: try own.unit() != unit), role: role)
    }

    /// The value of a parameter.
    mutating func parameterValue(label: String, in unit: Unit) throws(ExpressionProblem)
        -> Expression.Constant
    {
        let syntax = try Parser.parse(source.text)
        guard let number = try literal(syntax, in: unit) else {
            throw syntax.problem("the value of a parameter must be one number, such as 24.097")
        }
        return Expression.Constant(
            numerator: number.numerator, denominator: number.denominator, name: label, spelling: source.text)
    }

    /// One number with or without sign and unit, as a fraction in lowest terms; `nil` for anything else.
    private mutating func literal(_ syntax: Syntax, in unit: Unit) throws(ExpressionProblem)
        -> (numerator: Int128, denominator: Int128)?
    {
        var number = syntax
        var sign: Int128 = 1
        if case .negate(let inner) = syntax.kind { (number, sign) = (inner, -1) }
        guard case .number = number.kind else { return nil }
        let (numerator, denominator) = try fraction(check(number), in: unit)
        return (sign * numerator, denominator)
    }

    /// A constant in the unit.
    private func fraction(_ own: TypedExpression, in unit: Unit) throws(ExpressionProblem)
        -> (numerator: Int128, denominator: Int128)
    {
        let number = try own.converted(to: unit)
        guard let (numerator, denominator) = number.expression.constantValue, number.bound.fits else {
            throw own.syntax.tooLarge
        }
        let divisor = Fraction.greatestCommonDivisor(numerator, denominator)
        return (numerator / divisor, denominator / divisor)
    }
}

extension Expression.Constant.Role {
    fileprivate var english: String {
        switch self {
        case .weight: "weight"
        case .baseline: "baseline"
        }
    }
}

extension TypedExpression {
    /// A parameter's value as it is written; with its unit where it stands for a value of another unit.
    fileprivate func spelling(
        of parameter: Expression.Constant, isConverted: Bool
    ) throws(ExpressionProblem) -> String {
        guard isConverted, parameter.spelling.last?.isNumber == true, let unit = try unit() else {
            return parameter.spelling
        }
        return "\(parameter.spelling) \(unit.symbol)"
    }
}
