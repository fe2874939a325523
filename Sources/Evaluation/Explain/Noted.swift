extension Explanation {
    /// The same with more notes.
    /// - Parameter note: what else there is to say of a value, by its name and label; `nil` for nothing.
    package func noted(_ note: (_ name: String, _ label: String) -> String?) -> Explanation {
        func noted(_ step: Step) -> Step {
            Step(
                name: step.name, label: step.label, value: step.value, formula: step.formula,
                substitution: step.substitution,
                notes: step.notes + (note(step.name, step.label).map { [$0] } ?? []), source: step.source,
                parts: step.parts.map(noted))
        }
        return Explanation(steps: steps.map(noted))
    }
}
