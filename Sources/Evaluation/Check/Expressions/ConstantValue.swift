/// The value of an expression that reads nothing: `120% * 50`.
extension Expression {
    /// As a fraction with a positive denominator; `nil` where it depends on a firm or a statistic, or is very long.
    var constantValue: (numerator: Int128, denominator: Int128)? {
        switch self {
        case .constant(let constant): (constant.numerator, constant.denominator)
        case .negate(let a): a.constantValue.map { (-$0.numerator, $0.denominator) }
        case .add(let a, let b): Expression.joined(a, b) { $0.addingReportingOverflow($1) }
        case .subtract(let a, let b): Expression.joined(a, b) { $0.subtractingReportingOverflow($1) }
        case .multiply(let a, let b):
            if let a = a.constantValue, let b = b.constantValue {
                Expression.product((a.numerator, b.numerator), (a.denominator, b.denominator))
            } else {
                nil
            }
        case .divide(let a, let b):
            if let a = a.constantValue, let b = b.constantValue, b.numerator != 0 {
                Expression.product(
                    (a.numerator, b.numerator < 0 ? -b.denominator : b.denominator),
                    (a.denominator, b.numerator < 0 ? -b.numerator : b.numerator))
            } else {
                nil
            }
        case .node, .statistic, .minimum, .maximum, .choose, .fallback, .yearsSince, .real, .compare,
            .isOneOf, .and, .or, .not, .unless, .isMissing:
            nil
        }
    }

    /// Whether both are constants, and the first is less than the second.
    static func isKnownLess(_ a: Expression, _ b: Expression) -> Bool {
        joined(a, b) { $0.subtractingReportingOverflow($1) }.map { $0.numerator < 0 } ?? false
    }

    private static func joined(
        _ a: Expression, _ b: Expression,
        _ operation: (Int128, Int128) -> (partialValue: Int128, overflow: Bool)
    ) -> (numerator: Int128, denominator: Int128)? {
        guard let a = a.constantValue, let b = b.constantValue,
            let left = product((a.numerator, b.denominator), (1, 1)),
            let right = product((b.numerator, a.denominator), (a.denominator, b.denominator))
        else { return nil }
        let (numerator, overflow) = operation(left.numerator, right.numerator)
        return overflow ? nil : (numerator, right.denominator)
    }

    private static func product(
        _ numerators: (Int128, Int128), _ denominators: (Int128, Int128)
    ) -> (numerator: Int128, denominator: Int128)? {
        let (numerator, overflow1) = numerators.0.multipliedReportingOverflow(by: numerators.1)
        let (denominator, overflow2) = denominators.0.multipliedReportingOverflow(by: denominators.1)
        return overflow1 || overflow2 ? nil : (numerator, denominator)
    }
}
