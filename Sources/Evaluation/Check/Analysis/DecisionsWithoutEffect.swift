/// Decisions that can never change a tier.
extension Compilation {
    mutating func warnAboutDecisionsWithoutEffect(
        _ graph: Graph, _ reader: ConditionReader, _ implications: inout Implications
    ) {
        let resolver = DecisionResolver(tierCount: graph.ranking.tiers.count)
        // What raises or lowers depends on the firm's initial tier.
        let rules = graph.decisions.filter { $0.effect.tier != nil }.sorted { $0.priority > $1.priority }
            .map { rule in
                (
                    rule: rule, span: resolver.span(rule.effect, initial: 0),
                    condition: reader.condition(rule.condition)
                )
            }
        let shifts = graph.decisions.filter { $0.effect.tier == nil }
        for (index, (rule, span, condition)) in rules.enumerated() where !implications.neverHolds(condition) {
            if span == 0...resolver.tierCount - 1 {
                warn(
                    about: rule,
                    "‘\(rule.name)’ changes nothing: it leaves every tier open; name the tier beyond which no firm may go"
                )
                continue
            }
            for (position, other) in rules[..<index].enumerated()
            where implications.follows(other.condition, from: condition) {
                // One above both that contradicts the other would leave this one something to say, and a row of the
                // decision feed can contradict anything.
                guard rules[..<position].allSatisfy({ $0.span.overlaps(other.span) }),
                    shifts.allSatisfy({ $0.priority < other.rule.priority }),
                    graph.manualRule.map({ $0.priority < other.rule.priority }) ?? true
                else { continue }
                let isOverruled = !span.overlaps(other.span)
                let isIncluded =
                    span.lowerBound <= other.span.lowerBound && other.span.upperBound <= span.upperBound
                guard isOverruled || isIncluded else { continue }
                let what = isOverruled ? "wins over it" : "does as much or more"
                warn(
                    about: rule,
                    "‘\(rule.name)’ changes nothing: wherever it holds, ‘\(other.rule.name)’ with the higher priority \(other.rule.priority) holds as well and \(what); \(isOverruled ? "give ‘\(rule.name)’ a higher one, or delete it" : "delete it")"
                )
                break
            }
        }
    }

    private mutating func warn(about rule: DecisionRule, _ message: String) {
        complain(at: rule.place, length: rule.name.count, message, severity: .warning)
    }
}
