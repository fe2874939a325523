/// Decisions: tier rules after the quota.
extension MethodDocument {
    /// - Parameter finalTier: the node that the decisions make, which they therefore cannot ask for.
    func decisionRules(finalTier: Int, _ compilation: inout Compilation) -> [DecisionRule] {
        checkPriorities(&compilation)
        return decisions.compactMap { decision in
            let condition = decision.wholeCondition(&compilation)
            let effect = decision.effect.checked(in: tiers?.order.map(\.text) ?? [], &compilation)
            guard let effect, let condition else { return nil }
            // A day that was misread is complained about by itself.
            if let asOf, !decision.validity.contains(asOf) {
                compilation.complain(
                    about: decision.name,
                    "‘\(decision.name.text)’ is not in force on the as-of day \(asOf), so it applies to nobody",
                    severity: .warning)
                return nil
            }
            guard !condition.mentionedNodes.contains(finalTier) else {
                compilation.complain(
                    about: decision.part(of: condition, thatAsksFor: finalTier),
                    "a decision makes the tier, so it cannot ask for it; ask for initial_tier, the tier by rank"
                )
                return nil
            }
            return DecisionRule(
                name: decision.name.text, label: decision.label, priority: decision.priority,
                condition: condition, effect: effect, source: sourceText(decision.source),
                place: decision.name.place)
        }
    }

    private func checkPriorities(_ compilation: inout Compilation) {
        var names: [Int: String] = [:]
        if let manual { names[manual.rule.priority] = manual.rule.name }
        for decision in decisions {
            if let other = names[decision.priority] {
                compilation.complain(
                    at: decision.priorityPlace, length: String(decision.priority).count,
                    "‘\(decision.name.text)’ and ‘\(other)’ both have priority \(decision.priority); say which wins by giving them different ones"
                )
            }
            names[decision.priority] = decision.name.text
        }
    }
}

extension MethodDocument.Decision {
    /// The condition with its exception.
    fileprivate func wholeCondition(_ compilation: inout Compilation) -> Expression? {
        let condition = compilation.condition(condition, owner: name.text)
        guard let exception else { return condition }
        guard let excepted = compilation.condition(exception, owner: name.text), let condition else {
            return nil
        }
        if case .and(let parts) = condition { return .and(parts + [.unless(excepted)]) }
        return .and([condition, .unless(excepted)])
    }

    /// The condition as it stands in the file, or its exception where only that asks for the node.
    fileprivate func part(of whole: Expression, thatAsksFor node: Int) -> MethodDocument.Text {
        guard let exception, case .and(let parts) = whole,
            parts.dropLast().allSatisfy({ !$0.mentionedNodes.contains(node) })
        else { return condition }
        return exception
    }
}

extension MethodDocument.Decision.Effect {
    fileprivate func checked(in order: [String], _ compilation: inout Compilation) -> DecisionRule.Effect? {
        switch self {
        case .set(let tier): MethodDocument.tier(tier, in: order, &compilation).map { .set($0) }
        case .notAbove(let tier): MethodDocument.tier(tier, in: order, &compilation).map { .notAbove($0) }
        case .notBelow(let tier): MethodDocument.tier(tier, in: order, &compilation).map { .notBelow($0) }
        case .raise(let tiers): .raise(tiers)
        case .lower(let tiers): .lower(tiers)
        }
    }
}
