/// Where a firm stands: its state, cohort and total, and the decisions that hold for it.
extension Explainer {
    func standing(_ shown: inout Set<Int>) -> [Explanation.Step] {
        let marks = graph.landmarks
        var steps: [Explanation.Step] = []
        if let state = stateStep(&shown) { steps.append(state) }
        guard recalculation.isInScope else { return steps }
        if let cohort = cohortStep(&shown) { steps.append(cohort) }
        steps.append(step(marks.total, &shown))
        if firm.texts[marks.initialTier] != nil {
            for decision in graph.decisions where recalculation.outcome(of: decision.condition) == .holds {
                steps.append(step(decision, &shown))
            }
        }
        return steps
    }

    /// The scope rule that held, or what left the firm unresolved; `nil` for graded firms.
    func stateStep(_ shown: inout Set<Int>) -> Explanation.Step? {
        let marks = graph.landmarks
        guard let index = graph.states.firstIndex(where: { $0.name == firm.texts[marks.state] }),
            case .scope(let conditions) = graph.nodes[marks.scope].rule
        else { return nil }
        let state = graph.states[index]
        guard state.accountingClass != .graded else { return nil }
        var notes: [String] = []
        var parts: [Explanation.Step] = []
        if conditions.indices.contains(index - 1) {
            notes = conditionNotes(conditions[index - 1])
            parts = self.parts(of: conditions[index - 1], &shown)
        } else {
            (notes, parts) = unresolved(scope: conditions, &shown)
        }
        return Explanation.Step(
            name: graph.nodes[marks.state].name, label: graph.nodes[marks.state].label,
            value: "\(state.label)（\(state.accountingClass.label)）", formula: "", substitution: "",
            notes: notes,
            source: state.source, parts: parts)
    }

    /// What left the firm unresolved: conditions that a refused row leaves open, no cohort, no total.
    private func unresolved(
        scope: [Expression], _ shown: inout Set<Int>
    ) -> (notes: [String], parts: [Explanation.Step]) {
        let marks = graph.landmarks
        var notes: [String] = []
        var parts: [Explanation.Step] = []
        var conditions = Array(zip(graph.states.dropFirst().map(\.label), scope))
        conditions += graph.decisions.map { ($0.label, $0.condition) }
        if recalculation.cohort == nil { conditions += zip(graph.cohorts.map(\.label), cohortConditions) }
        for (label, condition) in conditions where recalculation.outcome(of: condition) == .refused {
            notes.append("无法判断（记录被拒）：\(label)")
            notes += conditionNotes(condition)
            for node in condition.mentionedNodes
            where Cell.cause(recalculation.cells[node]) == .refusedRow && !shown.contains(node) {
                parts.append(step(node, &shown))
            }
        }
        for (label, node) in openSplits {
            notes.append("无法判断（记录被拒）：\(label)")
            if !shown.contains(node) { parts.append(step(node, &shown)) }
        }
        if recalculation.cohort != nil {
            guard Cell.isMissing(recalculation.cells[marks.total]) else { return (notes, parts) }
            notes.append("\(graph.nodes[marks.total].label) = \(value(of: marks.total))")
        } else if Cell.cause(recalculation.cells[marks.cohort]) != .refusedRow {
            notes.append("各评价组的条件均不成立")
            for condition in cohortConditions {
                notes += conditionNotes(condition)
                for node in condition.mentionedNodes where !shown.contains(node) {
                    parts.append(step(node, &shown))
                }
            }
        }
        return (notes, parts)
    }

    /// What a refused row leaves open of with whom the firm is evaluated or ranked, and the node that says it.
    private var openSplits: [(label: String, node: Int)] {
        func isOpen(_ node: Int) -> Bool { Cell.cause(recalculation.cells[node]) == .refusedRow }
        var found: [(label: String, node: Int)] = []
        if let merging = graph.merging {
            for node in merging.by where isOpen(node) { found.append((merging.label, node)) }
            if isOpen(merging.lead), merging.by.contains(where: { firm.texts[$0] != nil }) {
                found.append(("\(merging.label)（主体企业）", merging.lead))
            }
        }
        if let cohort = recalculation.cohort, let node = graph.ranking.within[cohort], isOpen(node) {
            found.append(("\(graph.cohorts[cohort].label)分组", node))
        }
        return found
    }

    private var cohortConditions: [Expression] {
        guard case .classification(let conditions, _, _) = graph.nodes[graph.landmarks.cohort].rule else {
            return []
        }
        return conditions
    }

    func cohortStep(_ shown: inout Set<Int>) -> Explanation.Step? {
        let node = graph.nodes[graph.landmarks.cohort]
        let conditions = cohortConditions
        guard let index = recalculation.cohort, conditions.indices.contains(index) else { return nil }
        let cohort = graph.cohorts[index]
        return Explanation.Step(
            name: node.name, label: node.label, value: cohort.label, formula: "", substitution: "",
            notes: conditionNotes(conditions[index]), source: cohort.source,
            parts: parts(of: conditions[index], &shown))
    }

    private func step(_ decision: DecisionRule, _ shown: inout Set<Int>) -> Explanation.Step {
        Explanation.Step(
            name: decision.name, label: decision.label,
            value: decision.effect.words(graph.ranking.tiers), formula: "", substitution: "",
            notes: conditionNotes(decision.condition), source: decision.source,
            parts: parts(of: decision.condition, &shown))
    }
}
