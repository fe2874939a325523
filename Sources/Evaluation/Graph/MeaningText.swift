/// The parts of a method's meaning as text, in a fixed ASCII spelling around the method's own names and texts.
struct MeaningText {
    let graph: Graph
    /// Whether a column of a feed is written out wherever it is mentioned: its name does not tell its rows.
    var writesOutColumns = false

    /// A text of the method between quotes, so that no text can pass for two, or for something else.
    func quoted(_ text: String) -> String {
        var quoted = "'"
        for character in text.unicodeScalars {
            switch character {
            case "'", "\\": quoted += "\\\(character)"
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(character)
            }
        }
        return quoted + "'"
    }

    // MARK: Nodes

    func of(_ node: Node) -> String {
        "\(of(node.type)) decimals \(node.decimals) \(node.rounding.rawValue) = \(of(node.rule))"
    }

    func of(_ type: Node.ValueType) -> String {
        switch type {
        case .number(let unit): "number \(of(unit))"
        case .category: "category"
        case .day: "day"
        case .flag: "flag"
        }
    }

    /// `[money 1 area -1 factor 10000/1]`, so that 万元/亩 and 10千元/亩 are the same.
    private func of(_ unit: Unit) -> String {
        let parts = zip(Unit.Base.allCases, unit.exponents).filter { $1 != 0 }.map { "\($0.rawValue) \($1) " }
        return "[\(parts.joined())factor \(unit.numerator)/\(unit.denominator)]"
    }

    private func of(_ rule: Node.Rule) -> String {
        switch rule {
        case .column(let index): of(graph.feedColumns[index])
        case .row(let expression): of(expression)
        case .perCohort(let rules):
            zip(graph.cohorts, rules).map { cohort, rule in
                "[\(cohort.name): \(rule.map(of) ?? "none")]"
            }
            .joined(separator: " ")
        case .classification(let conditions, let texts, let otherwise):
            "first of "
                + zip(conditions, texts).map { "[\(quoted($1)): \(of($0))]" }.joined(separator: " ")
                + " otherwise \(Cell.isMissing(otherwise) ? "missing" : quoted(texts.last ?? ""))"
        case .scope(let conditions):
            "first of " + conditions.map { "[\(of($0))]" }.joined(separator: " ")
        case .state: "state"
        case .rank: "rank"
        case .initialTier: "initial_tier"
        case .tier: "tier"
        }
    }

    private func of(_ rule: Node.CohortRule) -> String {
        of(rule.expression) + (rule.missing.map { " missing \(of($0))" } ?? "")
    }

    // MARK: Ranking

    func of(_ keys: [Ranking.Key]) -> String {
        keys.map { "\(graph.nodes[$0.node].name) \($0.descending ? "descending" : "ascending")" }
            .joined(separator: ", ")
    }

    /// Cumulative shares from the best tier, and those of the tiers after the rest from the worst.
    func ofQuota(_ cohort: Int) -> String {
        let quota = graph.ranking.quotas[cohort]
        var sum = 0
        var words = quota.shares[..<quota.rest].map { share in
            sum += share
            return "\(sum)"
        }
        let last = quota.shares.count - 1
        if quota.rest < last { words += ["rest"] + quota.shares[(quota.rest + 1)...].map(String.init) }
        if let node = graph.ranking.within[cohort] { words.append("within \(graph.nodes[node].name)") }
        return words.joined(separator: " ")
    }

    /// The firms of which quotas are taken.
    var quotaBase: String {
        let states = graph.ranking.baseStates
        let ungraded = graph.states.indices.filter { graph.states[$0].accountingClass == .ungraded }
        if states.isEmpty { return "graded" }
        return states == ungraded
            ? "graded_and_ungraded" : "graded " + states.map { graph.states[$0].name }.joined(separator: " ")
    }

    // MARK: Statistics and decisions

    func of(_ statistic: Statistic) -> String {
        var parts = [of(statistic.function), graph.nodes[statistic.argument].name]
        if statistic.beforeMissingRule { parts.append("before_missing_rule") }
        parts.append("over \(statistic.members.rawValue)")
        if let cohort = statistic.onlyCohort { parts.append(graph.cohorts[cohort].name) }
        if let by = statistic.by { parts.append("by \(start(of: by, statistic.prefix))") }
        parts.append("decimals \(statistic.decimals) \(statistic.rounding.rawValue)")
        return parts.joined(separator: " ")
    }

    private func of(_ function: Statistic.Function) -> String {
        switch function {
        case .sum: "sum"
        case .mean: "mean"
        case .minimum: "min"
        case .maximum: "max"
        case .count: "count"
        case .median: "median"
        case .quantile(let share): "quantile \(share)/10000"
        case .nearestRankQuantile(let share): "quantile \(share)/10000 nearest_rank"
        case .trimmedMean(let share): "trimmed_mean \(share)/10000"
        case .topMean(let count): "top_mean \(count)"
        case .topShareMean(let share): "top_mean \(share)/10000"
        }
    }

    func of(_ effect: DecisionRule.Effect) -> String {
        switch effect {
        case .set(let tier): "set \(quoted(graph.ranking.tiers[tier]))"
        case .notAbove(let tier): "not_above \(quoted(graph.ranking.tiers[tier]))"
        case .notBelow(let tier): "not_below \(quoted(graph.ranking.tiers[tier]))"
        case .raise(let tiers): "raise \(tiers)"
        case .lower(let tiers): "lower \(tiers)"
        }
    }

    // MARK: Expressions

    func of(_ expression: Expression) -> String {
        switch expression {
        case .constant(let constant): of(constant)
        case .node(let node): mention(of: node)
        case .statistic(let index): "statistic(\(graph.statistics[index].name))"
        case .negate(let a): call("negate", [a])
        case .add: unordered("sum", expression) { if case .add(let a, let b) = $0 { [a, b] } else { nil } }
        case .subtract(let a, let b): call("difference", [a, b])
        case .multiply:
            unordered("product", expression) { if case .multiply(let a, let b) = $0 { [a, b] } else { nil } }
        case .divide(let a, let b): call("quotient", [a, b])
        case .minimum:
            unordered("min", expression) { if case .minimum(let parts) = $0 { parts } else { nil } }
        case .maximum:
            unordered("max", expression) { if case .maximum(let parts) = $0 { parts } else { nil } }
        case .choose(let condition, let then, let otherwise): call("if", [condition, then, otherwise])
        case .fallback(let a, let b): call("default", [a, b])
        case .real(let function, let parts):
            "\(function.rawValue)(\((function.dependsOnOrder ? parts.map(of) : parts.map(of).sorted()).joined(separator: ", ")))"
        case .yearsSince(let node): "years_since(\(mention(of: node)))"
        case .compare(let comparison, let a, let b): "(\(of(a)) \(comparison.rawValue) \(of(b)))"
        case .isOneOf(let node, let prefix, let texts): "(\(start(of: node, prefix)) in \(set(of: texts)))"
        case .and: unordered("and", expression) { if case .and(let parts) = $0 { parts } else { nil } }
        case .or: unordered("or", expression) { if case .or(let parts) = $0 { parts } else { nil } }
        case .not(let a): call("not", [a])
        case .unless(let a): call("unless", [a])
        case .isMissing(let a): call("missing", [a])
        }
    }

    private func call(_ name: String, _ parts: [Expression]) -> String {
        "\(name)(\(parts.map(of).joined(separator: ", ")))"
    }

    /// Of what gives the same in any order, such as `a + (b + c)`, the parts in the order of their texts.
    private func unordered(
        _ name: String, _ expression: Expression, _ parts: (Expression) -> [Expression]?
    ) -> String {
        func flat(_ expression: Expression) -> [Expression] {
            parts(expression).map { $0.flatMap(flat) } ?? [expression]
        }
        return "\(name)(\(flat(expression).map(of).sorted().joined(separator: ", ")))"
    }

    /// The value, however it is spelled: 50% is 1/2.
    private func of(_ constant: Expression.Constant) -> String {
        let divisor = Fraction.greatestCommonDivisor(constant.numerator, constant.denominator)
        return "\(constant.numerator / divisor)/\(constant.denominator / divisor)"
    }

    private func start(of node: Int, _ prefix: Int?) -> String {
        prefix.map { "prefix(\(mention(of: node)), \($0))" } ?? mention(of: node)
    }

    private func mention(of node: Int) -> String {
        if writesOutColumns, case .column(let index) = graph.nodes[node].rule {
            return "[\(of(graph.feedColumns[index]))]"
        }
        return graph.nodes[node].name
    }

    private func set(of texts: [String]) -> String {
        "(\(Set(texts).map(quoted).sorted().joined(separator: ", ")))"
    }

    // MARK: Columns of feeds

    func of(_ column: FeedColumn) -> String {
        let contract = graph.contracts[column.feed]
        let aggregate =
            switch column.aggregate {
            case .sum(let field): "sum \(contract.fields[field].name)"
            case .latest(let field): "latest \(contract.fields[field].name)"
            case .count: "count"
            case .has: "has"
            }
        let rows = column.filter.map { " where \(of($0, contract))" } ?? ""
        return "feed \(contract.name) \(contract.relations[column.relation].name) \(aggregate)\(rows)"
    }

    func of(_ filter: RowFilter, _ contract: FeedContract) -> String {
        switch filter {
        case .isOneOf(let field, let texts): "(\(contract.fields[field].name) in \(set(of: texts)))"
        case .compare(let field, let comparison, let value):
            "(\(contract.fields[field].name) \(comparison.rawValue) \(of(value, contract.fields[field])))"
        case .all(let parts):
            "and(\(parts.map { of($0, contract) }.sorted().joined(separator: ", ")))"
        case .any(let parts):
            "or(\(parts.map { of($0, contract) }.sorted().joined(separator: ", ")))"
        case .not(let inner): "not(\(of(inner, contract)))"
        }
    }

    /// A constant of a row filter, whatever the decimals of the field.
    private func of(_ value: Int64, _ field: FeedField) -> String {
        switch field.kind {
        case .date: Day(number: value).description
        case .decimal(let places): DecimalText.trimmed(value, decimals: places) + " " + of(field.unit ?? .one)
        case .creditCode, .month, .year, .category, .text: "\(value)"
        }
    }
}
