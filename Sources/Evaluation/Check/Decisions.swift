/// Decisions: tier rules after the quota.
extension MethodDocument {
    /// - Parameter finalTier: the node that the decisions make, which they therefore cannot ask for.
    func decisionRules(finalTier: Int, _ compilation: inout Compilation) -> [DecisionRule] {
        checkPriorities(&compilation)
        return decisions.compactMap { decision in
            let condition = compilation.condition(decision.condition, owner: decision.name.text)
            let tier = MethodDocument.tier(decision.tier, in: tiers?.order.map(\.text) ?? [], &compilation)
            guard let tier, let condition else { return nil }
            guard !condition.mentionedNodes.contains(finalTier) else {
                compilation.complain(
                    about: decision.condition,
                    "a decision makes the tier, so it cannot ask for it; ask for initial_tier, the tier by rank"
                )
                return nil
            }
            return DecisionRule(
                name: decision.name.text, label: decision.label, priority: decision.priority,
                condition: condition, effect: decision.effect.on(tier), source: sourceText(decision.source),
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

extension MethodDocument.Decision.Effect {
    fileprivate func on(_ tier: Int) -> DecisionRule.Effect {
        switch self {
        case .set: .set(tier)
        case .notAbove: .notAbove(tier)
        case .notBelow: .notBelow(tier)
        }
    }
}
