extension Graph {
    /// The method's meaning as text: equal for two files exactly when they compute the same names and values.
    /// Comments, layout, titles, labels and citations do not count.
    package var meaning: String {
        let formula = Formula.meaning(self)
        var lines = ["mujun method/1", "data_year \(dataYear)", "as_of \(asOf)"]
        for column in feedColumns { lines.append("column \(meaning(of: column))") }
        for node in nodes { lines.append("node \(node.name) \(meaning(of: node, formula))") }
        for statistic in statistics {
            lines.append(
                "statistic \(statistic.name) \(statistic.function) \(nodes[statistic.argument].name) \(statistic.beforeMissingRule) \(statistic.members.rawValue) \(statistic.onlyCohort ?? -1) \(statistic.by.map { nodes[$0].name } ?? "-") \(statistic.prefix ?? 0) \(statistic.decimals) \(statistic.rounding.rawValue)"
            )
        }
        for state in states { lines.append("state \(state.name) \(state.accountingClass.rawValue)") }
        for cohort in cohorts { lines.append("cohort \(cohort.name)") }
        lines.append(
            "tiers \(ranking.tiers.joined(separator: ",")) ties \(ranking.ties.rawValue) round \(ranking.rounding.rawValue) bound \(ranking.bound.rawValue) of \(ranking.base.rawValue)"
        )
        for key in ranking.keys { lines.append("rank_by \(nodes[key.node].name) \(key.descending)") }
        for shares in ranking.cumulative { lines.append("quota \(shares)") }
        for rule in decisions {
            lines.append(
                "decision \(rule.name) \(rule.priority) \(rule.effect) when \(formula.text(rule.condition))")
        }
        if let manualPriority { lines.append("decision manual \(manualPriority)") }
        for list in lists {
            lines.append("list \(list.name) \(list.audience.rawValue) \(list.overRegistry)")
            for ground in list.grounds {
                lines.append("ground \(ground.name) \(formula.text(ground.condition))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func meaning(of column: FeedColumn) -> String {
        let contract = contracts[column.feed]
        return
            "\(contract.name).\(contract.relations[column.relation].name) \(column.aggregate) \(column.filter.map { "\($0)" } ?? "-")"
    }

    private func meaning(of node: Node, _ formula: Formula) -> String {
        let type =
            switch node.type {
            case .number(let unit): "number \(unit.exponents) \(unit.numerator)/\(unit.denominator)"
            case .category: "category"
            case .day: "day"
            case .flag: "flag"
            }
        let rule: String
        switch node.rule {
        case .column(let index): rule = "column \(index)"
        case .row(let expression): rule = formula.text(expression)
        case .perCohort(let rules):
            rule = rules.map {
                $0.map { "[\(formula.text($0.expression)) missing \($0.missing.map(formula.text) ?? "-")]" }
                    ?? "[-]"
            }.joined()
        case .classification(let conditions, let texts, let otherwise):
            rule =
                zip(conditions.map(formula.text), texts).map { "[\($0.0) \($0.1)]" }.joined()
                + " \(texts.last ?? "") \(otherwise)"
        case .scope(let conditions): rule = "scope " + conditions.map { "[\(formula.text($0))]" }.joined()
        case .state: rule = "state"
        case .rank: rule = "rank"
        case .initialTier: rule = "initial_tier"
        case .tier: rule = "tier"
        }
        return "\(type) \(node.decimals) \(node.rounding.rawValue) \(rule)"
    }

    /// How a node is computed, with labels, for the catalogue; one line per cohort where the cohorts differ.
    package func formula(of node: Node) -> String {
        let formula = Formula.labels(self)
        switch node.rule {
        case .column(let index):
            return
                "\(contracts[feedColumns[index].feed].title)（\(contracts[feedColumns[index].feed].department)）"
        case .row(let expression): return formula.text(expression)
        case .perCohort(let rules):
            return zip(cohorts, rules).compactMap { cohort, rule in
                rule.map { "\(cohort.label)：\(formula.text($0.expression))" }
            }
            .joined(separator: "；")
        case .classification(let conditions, let texts, _):
            return zip(texts, conditions).map { "\($0)：\(formula.text($1))" }.joined(separator: "；")
        case .scope(let conditions):
            return zip(states.dropFirst(), conditions).map { "\($0.label)：\(formula.text($1))" }.joined(
                separator: "；")
        case .state: return "评价范围；无评价组或无总分的为数据待核"
        case .rank:
            return "评价组内按 "
                + ranking.keys.map { "\(nodes[$0.node].label)\($0.descending ? "" : "（升序）")" }.joined(
                    separator: "、") + " 排名"
        case .initialTier: return "按排名占比划档"
        case .tier: return "初定档次经各项认定调整"
        }
    }
}
