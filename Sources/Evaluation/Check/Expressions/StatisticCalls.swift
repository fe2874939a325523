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
        case "trimmed_mean": return try trimmedMean(call, syntax)
        case "top_mean": return try topMean(call, syntax)
        default: return nil
        }
        guard call.arguments.count == 1 else { throw syntax.problem("\(call.name) needs one named value") }
        return function
    }

    /// `quantile(tax_per_mu, 25%)`, or with `nearest_rank` behind it.
    private func quantile(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> Statistic.Function
    {
        var isNearestRank = false
        if call.arguments.count == 3, case .word("nearest_rank") = call.arguments[2].kind {
            isNearestRank = true
        }
        guard call.arguments.count == 2 || isNearestRank, let share = try share(call.arguments[1]) else {
            throw syntax.problem(
                "quantile needs a value and a share, such as quantile(tax_per_mu, 25%), and perhaps nearest_rank"
            )
        }
        return isNearestRank ? .nearestRankQuantile(tenThousandths: share) : .quantile(tenThousandths: share)
    }

    private func trimmedMean(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> Statistic.Function
    {
        guard call.arguments.count == 2, let share = try share(call.arguments[1]), share < 5_000 else {
            throw syntax.problem(
                "trimmed_mean needs a value and the share below 50% that is left out at each end, such as trimmed_mean(tax_per_mu, 5%)"
            )
        }
        return .trimmedMean(tenThousandths: share)
    }

    /// `top_mean(tax_per_mu, 10)` or `top_mean(tax_per_mu, 10%)`.
    private func topMean(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem)
        -> Statistic.Function
    {
        if call.arguments.count == 2 {
            if case .number(let text, nil) = call.arguments[1].kind, let count = Int(text),
                (1...1_000_000).contains(count)
            {
                return .topMean(count: count)
            }
            if case .number(_, "%") = call.arguments[1].kind, let share = try share(call.arguments[1]),
                share > 0
            {
                return .topShareMean(tenThousandths: share)
            }
        }
        throw syntax.problem(
            "top_mean needs a value and how many of the greatest count, such as top_mean(tax_per_mu, 10) or top_mean(tax_per_mu, 10%)"
        )
    }

    /// In ten-thousandths; `nil` when it is no number with at most four decimals, or two in per cent.
    private func share(_ syntax: Syntax) throws(ExpressionProblem) -> Int? {
        guard case .number(let text, let unit) = syntax.kind, unit == nil || unit == "%",
            let (digits, places) = DecimalText.parse(text), places <= (unit == "%" ? 2 : 4)
        else { return nil }
        let scale = Int128(DecimalText.powersOfTen[(unit == "%" ? 2 : 4) - places])
        let (scaled, overflow) = digits.multipliedReportingOverflow(by: scale)
        guard !overflow, (0...10_000).contains(scaled) else {
            throw syntax.problem("the share must lie between 0% and 100%")
        }
        return Int(scaled)
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
    /// The names of those that the method file can ask for.
    static let names = [
        "sum", "mean", "min", "max", "count", "median", "quantile", "trimmed_mean", "top_mean",
    ]

    private func percent(_ share: Int) -> String { DecimalText.format(Int64(share), decimals: 2) + "%" }

    /// 均值.
    var label: String {
        switch self {
        case .sum: "合计"
        case .mean: "均值"
        case .minimum: "最小值"
        case .maximum: "最大值"
        case .count: "户数"
        case .median: "中位数"
        case .quantile(let share): "\(percent(share))分位数"
        case .nearestRankQuantile(let share): "\(percent(share))分位数（最近秩）"
        case .trimmedMean(let share): "截尾均值（两端各去 \(percent(share))）"
        case .topMean(let count): "前 \(count) 名均值"
        case .topShareMean(let share): "前 \(percent(share)) 均值"
        }
    }
}
