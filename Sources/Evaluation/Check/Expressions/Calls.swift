/// Functions.
extension ExpressionChecker {
    mutating func call(_ written: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) -> TypedExpression
    {
        let call = withParameters(written)
        if let sum = try sumOfParts(call, syntax) { return sum }
        if let column = try FeedCalls(draft.contracts, dataYear: dataYear).column(call, syntax) {
            return typed(column: column, at: syntax)
        }
        let isExtreme = ["min", "max"].contains(call.name) && call.arguments.count >= 2
        if !isExtreme,
            let statistic = try statistic(call, at: syntax, decimals: nil, rounding: .halfAway)
        {
            let index = draft.statistic(statistic)
            return typed(statistic: index, at: syntax)
        }
        guard call.by == nil, call.over == nil, call.condition == nil else {
            throw syntax.problem("‘by’, ‘over’ and ‘where’ belong to statistics and feeds only")
        }
        switch call.name {
        case "min":
            let parts = try arguments(call)
            return try .extreme(parts, of: { .minimum($0) }, at: syntax).with(sense(of: parts))
        case "max":
            let parts = try arguments(call)
            return try .extreme(parts, of: { .maximum($0) }, at: syntax).with(sense(of: parts))
        case "default": return try fallback(call, syntax)
        case "years_since": return try yearsSince(call, syntax)
        case "prefix": return try prefix(call, syntax)
        case "harmonic_mean": return try harmonicMean(call, syntax)
        case let name where RealFunction(rawValue: name) != nil: throw realInside(name, syntax)
        default:
            let known =
                Statistic.Function.names + ["has", "latest", "default", "years_since", "prefix"]
                + RealFunction.allCases.map(\.rawValue)
            throw ExpressionProblem(
                syntax.start, call.name.count,
                "there is no function ‘\(call.name)’"
                    + Spelling.remedy(
                        for: call.name, among: known,
                        otherwise: "there are \(known.joined(separator: ", "))"))
        }
    }

    private mutating func arguments(_ call: Syntax.Call) throws(ExpressionProblem) -> [TypedExpression] {
        var values: [TypedExpression] = []
        for argument in call.arguments { values.append(try check(argument)) }
        return values
    }

    /// `sum(points)` and `sum(adjustments)` in the total. Without parts it is 0.
    private func sumOfParts(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> TypedExpression?
    {
        guard call.name == "sum", call.arguments.count == 1, case .word(let word) = call.arguments[0].kind,
            let parts = context.parts[word]
        else { return nil }
        guard parts.contains(where: \.isLeftOut) else {
            return try sum(parts.map { typed(node: $0.node, at: syntax) }, at: syntax).with(.points)
        }
        return try reweightedSum(parts, at: syntax).with(.points)
    }

    private func sum(_ values: [TypedExpression], at syntax: Syntax) throws(ExpressionProblem)
        -> TypedExpression
    {
        guard var sum = values.first else { return .constant(.zero, .one, at: syntax) }
        for value in values.dropFirst() { sum = try .sum("+", sum, value, at: syntax) }
        return sum
    }

    /// What is missing is left out, and what is there counts for it by its weight:
    /// Σ points × Σ all weights ÷ Σ weights of what is there.
    private func reweightedSum(
        _ parts: [Part], at syntax: Syntax
    ) throws(ExpressionProblem) -> TypedExpression {
        let zero = TypedExpression.constant(.zero, .one, at: syntax)
        var points: [TypedExpression] = []
        var all: [TypedExpression] = []
        var present: [TypedExpression] = []
        for part in parts {
            let value = typed(node: part.node, at: syntax)
            let weight = TypedExpression.constant(part.weight ?? .zero, .one, at: syntax)
            all.append(weight)
            points.append(part.isLeftOut ? try .fallback(value, zero, at: syntax) : value)
            present.append(
                part.isLeftOut
                    ? try .choice(.isMissing(value.expression), zero, weight, at: syntax) : weight)
        }
        let product = try TypedExpression.product(
            try sum(points, at: syntax), try sum(all, at: syntax), at: syntax)
        return try .quotient(product, try sum(present, at: syntax), at: syntax)
    }

    private mutating func fallback(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> TypedExpression
    {
        guard call.arguments.count == 2 else {
            throw syntax.problem(
                "default needs a value and what it becomes when it is missing: default(sum(leased_in.area), 0)"
            )
        }
        let values = try arguments(call)
        return try .fallback(values[0], values[1], at: syntax).with(sense(of: values))
    }

    private mutating func yearsSince(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> TypedExpression
    {
        guard call.arguments.count == 1, case .day(let node) = try check(call.arguments[0]).kind else {
            throw syntax.problem("years_since needs a day, such as years_since(registry.founded)")
        }
        return .cell(.number(nil), .yearsSince(node), at: syntax)
    }

    private mutating func prefix(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> TypedExpression
    {
        guard call.arguments.count == 2, case .category(let node, nil) = try check(call.arguments[0]).kind,
            case .number(let text, nil) = call.arguments[1].kind, let length = Int(text),
            (1...20).contains(length)
        else {
            throw syntax.problem(
                "prefix needs a text and a length from 1 to 20, such as prefix(registry.industry, 2)")
        }
        return .cell(.category(node: node, prefix: length), .node(node), at: syntax)
    }
}
