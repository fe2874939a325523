/// `ln`, `exp`, `pow` and the means that are no sums: `geometric_mean(a, b)`, `harmonic_mean(a, b)`.
///
/// An expression is one exact fraction until its name rounds it. The value of a real function is no fraction, so it is
/// rounded at once, and stands as the whole expression of a name.
extension ExpressionChecker {
    /// The expression of a measure or an indicator that is a real function; `nil` when it is none.
    mutating func real(_ syntax: Syntax, in unit: Unit) throws(ExpressionProblem) -> Expression? {
        guard context.mayBeReal, case .call(let call) = syntax.kind,
            let function = RealFunction(rawValue: call.name)
        else { return nil }
        try checkShape(call, function, syntax)
        var parts: [Expression] = []
        for argument in call.arguments {
            let own = try check(argument)
            parts.append(try own.converted(to: function.keepsUnit ? unit : .one).expression)
        }
        guard function.keepsUnit || unit.isOne else {
            throw syntax.problem(
                "\(call.name) gives a plain number, but \(unit.symbol) is expected here; declare ‘unit: 1’")
        }
        return .real(function, parts)
    }

    private func checkShape(
        _ call: Syntax.Call, _ function: RealFunction, _ syntax: Syntax
    ) throws(ExpressionProblem) {
        guard call.by == nil, call.over == nil, call.condition == nil else {
            throw syntax.problem("‘by’, ‘over’ and ‘where’ belong to statistics and feeds only")
        }
        guard function.arity.contains(call.arguments.count) else {
            throw syntax.problem("\(call.name) needs \(function.example)")
        }
    }

    func realInside(_ name: String, _ syntax: Syntax) -> ExpressionProblem {
        ExpressionProblem(
            syntax.start, name.count,
            "the value of \(name) is no exact fraction, so it is rounded at once: give it a name and decimals first, as a measure or an indicator whose value is \(name)(…) alone, and mention that name here"
        )
    }

    /// Inside an expression: ordinary arithmetic. A part that is not above zero has no reciprocal.
    mutating func harmonicMean(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> TypedExpression
    {
        try checkShape(call, .harmonicMean, syntax)
        func plain(_ number: Int) -> TypedExpression {
            let constant = Expression.Constant(
                numerator: Int128(number), denominator: 1, name: "", spelling: "\(number)")
            return .constant(constant, .one, at: syntax)
        }
        let zero = TypedExpression.constant(.zero, nil, at: syntax)
        var sum: TypedExpression?
        for argument in call.arguments {
            let positive = try TypedExpression.extreme(
                [try check(argument), zero], of: { .maximum($0) }, at: argument)
            let reciprocal = try TypedExpression.quotient(plain(1), positive, at: argument)
            sum =
                try sum.map { (sum) throws(ExpressionProblem) in
                    try .sum("+", sum, reciprocal, at: syntax)
                } ?? reciprocal
        }
        guard let sum else { throw syntax.tooLarge }
        return try .quotient(plain(call.arguments.count), sum, at: syntax)
    }
}

extension RealFunction {
    /// Whether its arguments share a unit, which is also that of the value; all others take and give plain numbers.
    fileprivate var keepsUnit: Bool { self == .geometricMean || self == .harmonicMean }

    /// Whether exchanged arguments give another value.
    var dependsOnOrder: Bool { self == .pow }

    fileprivate var example: String {
        switch self {
        case .ln: "one number, such as ln(output / input)"
        case .exp: "one number, such as exp(growth)"
        case .pow: "a base and an exponent, such as pow(ratio, 0.3)"
        case .geometricMean: "2 to 16 numbers of one unit, such as geometric_mean(a, b)"
        case .harmonicMean: "2 to 16 numbers of one unit, such as harmonic_mean(a, b)"
        }
    }

    /// As formulas show it.
    var label: String {
        switch self {
        case .ln: "ln"
        case .exp: "exp"
        case .pow: "乘方"
        case .geometricMean: "几何平均"
        case .harmonicMean: "调和平均"
        }
    }
}
