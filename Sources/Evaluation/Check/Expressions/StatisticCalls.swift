/// Statistics: `mean(tax_per_mu by industry_group over graded)`.
extension ExpressionChecker {
    /// `nil` when the call is no statistic. Without `decimals` it has those of its argument.
    mutating func statistic(
        _ call: Syntax.Call, at syntax: Syntax, decimals: Int?, rounding: Rounding
    ) throws(ExpressionProblem) -> Statistic? {
        guard let function = try statisticFunction(call, syntax) else { return nil }
        let (node, isOwnPoints) = try statisticArgument(call)
        guard call.condition == nil else {
            throw syntax.problem("‘where’ belongs to feeds; a statistic says ‘over’ and ‘by’")
        }
        let split = try statisticSplit(call)
        let members = try statisticMembers(call)
        let argument = draft.nodes[node]
        var unit = Unit.one
        if case .number(let own) = argument.type, function != .count { unit = own }
        let by = split.map { draft.nodes[$0.node] }
        return Statistic(
            name: "\(call.name)_\(argument.name)" + (by.map { "_by_\($0.name)" } ?? ""),
            label: argument.label + function.label + (by.map { "（按\($0.label)）" } ?? ""),
            function: function, argument: node, beforeMissingRule: isOwnPoints, members: members,
            onlyCohort: members == .cohort ? context.cohort : nil, by: split?.node, prefix: split?.prefix,
            unit: unit, decimals: function == .count ? 0 : decimals ?? argument.decimals, rounding: rounding)
    }

    private func statisticFunction(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> Statistic.Function?
    {
        let function: Statistic.Function
        switch call.name {
        case "sum": function = .sum
        case "mean": function = .mean
        case "min": function = .minimum
        case "max": function = .maximum
        case "count": function = .count
        case "median": function = .median
        case "quantile": return try quantile(call, syntax)
        default: return nil
        }
        guard call.arguments.count == 1 else { throw syntax.problem("\(call.name) needs one named value") }
        return function
    }

    /// `quantile(tax_per_mu, 25%)`; the share has at most four decimals.
    private func quantile(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> Statistic.Function
    {
        guard call.arguments.count == 2, case .number(let text, let unit) = call.arguments[1].kind,
            unit == nil || unit == "%", let (digits, places) = DecimalText.parse(text),
            places <= (unit == "%" ? 2 : 4)
        else {
            throw syntax.problem("quantile needs a value and a share, such as quantile(tax_per_mu, 25%)")
        }
        let scale = Int128(DecimalText.powersOfTen[(unit == "%" ? 2 : 4) - places])
        let (scaled, overflow) = digits.multipliedReportingOverflow(by: scale)
        guard !overflow, (0...10_000).contains(scaled) else {
            throw call.arguments[1].problem("the share must lie between 0% and 100%")
        }
        return .quantile(tenThousandths: Int(scaled))
    }

    /// The node whose values are taken, and whether they are the points before the missing rule that asks.
    private mutating func statisticArgument(_ call: Syntax.Call) throws(ExpressionProblem)
        -> (node: Int, isOwnPoints: Bool)
    {
        let argument = call.arguments[0]
        if case .word("points") = argument.kind, let own = context.ownPoints { return (own, true) }
        guard case .node(let node) = try check(argument).expression,
            case .number = draft.nodes[node].type
        else {
            throw argument.problem(
                "\(call.name) takes one named value, since named values are rounded; give this a name and decimals first"
            )
        }
        return (node, false)
    }

    private mutating func statisticSplit(_ call: Syntax.Call) throws(ExpressionProblem)
        -> (node: Int, prefix: Int?)?
    {
        guard let splitter = call.by else { return nil }
        guard case .category(let node, let prefix) = try check(splitter).kind else {
            throw splitter.problem("‘by’ needs a text that splits the firms, such as registry.industry")
        }
        return (node, prefix)
    }

    /// Unless the call says so, the firms of the cohort inside its rules, and all graded firms elsewhere.
    private func statisticMembers(_ call: Syntax.Call) throws(ExpressionProblem) -> Statistic.Members {
        guard let over = call.over else { return context.cohort == nil ? .graded : .cohort }
        guard case .word(let word) = over.kind, let members = Statistic.Members(rawValue: word) else {
            throw over.problem("‘over’ must be graded, cohort or registry")
        }
        return members
    }
}

extension Statistic.Function {
    fileprivate var label: String {
        switch self {
        case .sum: "合计"
        case .mean: "均值"
        case .minimum: "最小值"
        case .maximum: "最大值"
        case .count: "户数"
        case .median: "中位数"
        case .quantile(let share): "\(DecimalText.format(Int64(share), decimals: 2))%分位数"
        }
    }
}
