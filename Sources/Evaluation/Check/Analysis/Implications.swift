/// Whether one condition follows from another, as far as their form tells.
struct Implications {
    /// For a whole method: a condition can be made so that looking into all its parts would take for ever.
    private static let maximumSteps = 200_000
    private var steps = 0

    mutating func takesStep() -> Bool {
        steps += 1
        return steps <= Implications.maximumSteps
    }

    /// Whether the second holds wherever the first does. False also means that it cannot be told.
    mutating func follows(_ second: Condition, from first: Condition) -> Bool {
        guard takesStep() else { return false }
        switch (first, second) {
        case (.any(let parts), _):
            for part in parts where !follows(second, from: part) { return false }
            return true
        case (_, .all(let parts)):
            for part in parts where !follows(part, from: first) { return false }
            return true
        case (.all(let parts), .any(let others)):
            for part in parts where follows(second, from: part) { return true }
            for other in others where follows(other, from: first) { return true }
            return false
        case (.all(let parts), _):
            for part in parts where follows(second, from: part) { return true }
            return false
        case (_, .any(let others)):
            for other in others where follows(other, from: first) { return true }
            return false
        case (.isOneOf(let value, let prefix, let texts), .isOneOf(let other, let otherPrefix, let others)):
            steps += texts.count
            return value == other && texts.cut(from: prefix, to: otherPrefix)?.isSubset(of: others) == true
        case (.isOneOf(let value, let prefix, let texts), .isNoneOf(let other, let otherPrefix, let others)):
            steps += texts.count
            return value == other
                && texts.cut(from: prefix, to: otherPrefix)?.isDisjoint(with: others) == true
        case (.isNoneOf(let value, let prefix, let texts), .isNoneOf(let other, let otherPrefix, let others)):
            steps += others.count
            return value == other && prefix == otherPrefix && others.isSubset(of: texts)
        case (.compare(let value, let comparison, let bound), .compare(let other, let asked, let otherBound)):
            return value == other && comparison.implies(asked, order: bound.order(to: otherBound))
        case (.hasRow(let relation, let rows), .hasRow(let other, let otherRows)):
            guard relation == other else { return false }
            guard let otherRows else { return true }
            guard let rows else { return false }
            return follows(otherRows, from: rows)
        case (.whole(let text), .whole(let other)): return text == other
        default: return false
        }
    }
}

extension Set<String> {
    /// First characters of first characters; `nil` where more are asked for than there are.
    func cut(from own: Int?, to asked: Int?) -> Set<String>? {
        guard own != asked else { return self }
        guard let asked, asked <= own ?? asked else { return nil }
        return Set(map { String($0.prefix(asked)) })
    }
}

extension Expression.Constant {
    /// -1, 0 or 1 as this is less than, equal to or greater than the other; `nil` where that would be too large.
    func order(to other: Expression.Constant) -> Int? {
        let (a, overflow) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (b, otherOverflow) = other.numerator.multipliedReportingOverflow(by: denominator)
        guard !overflow, !otherOverflow else { return nil }
        return a < b ? -1 : a == b ? 0 : 1
    }
}

extension Expression.Comparison {
    /// Whether `x < 3` implies `x <= 5`: this comparison is with a bound that has the order to the other's bound.
    func implies(_ other: Expression.Comparison, order: Int?) -> Bool {
        guard let order else { return false }
        switch (self, other) {
        case (.equal, _): return other.holds(order)
        case (.less, .less), (.less, .lessOrEqual), (.less, .notEqual), (.lessOrEqual, .lessOrEqual):
            return order <= 0
        case (.lessOrEqual, .less), (.lessOrEqual, .notEqual): return order < 0
        case (.greater, .greater), (.greater, .greaterOrEqual), (.greater, .notEqual),
            (.greaterOrEqual, .greaterOrEqual):
            return order >= 0
        case (.greaterOrEqual, .greater), (.greaterOrEqual, .notEqual): return order > 0
        case (.notEqual, .notEqual): return order == 0
        default: return false
        }
    }

    private func holds(_ order: Int) -> Bool {
        switch self {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .equal: order == 0
        case .notEqual: order != 0
        case .greaterOrEqual: order >= 0
        case .greater: order > 0
        }
    }
}
