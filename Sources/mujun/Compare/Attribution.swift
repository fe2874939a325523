import Evaluation

/// Evaluations one after the other, and what lies between them; of each only what comparisons need is kept.
struct Attribution {
    private(set) var standings: [Standings]
    private(set) var steps: [Comparison.Step] = []

    init(start: Standings) { standings = [start] }

    mutating func add(_ step: Comparison.Step, _ standing: Standings) {
        steps.append(step)
        standings.append(standing)
    }

    /// Goes from one method to another. A method between the two that cannot be evaluated on this data is passed over:
    /// its step is told together with the next.
    /// - Parameter name: what the new method is called in messages.
    /// - Returns: the last evaluation; `nil` when both methods mean the same.
    /// - Throws: ``Failure`` when the new method cannot be evaluated.
    mutating func add(
        _ way: MethodSteps, named name: String, place: (Standings) -> Standings = { $0 },
        evaluate: (Graph) throws(EvaluationError) -> Evaluated
    ) throws -> Evaluated? {
        var waiting: [ChangeKind] = []
        var reason: String?
        for (index, step) in way.steps.enumerated() {
            let isLast = index + 1 == way.steps.count
            let kinds = waiting + step.kinds
            Talk.phase("evaluating: \(kinds.map(\.label).joined(separator: " + "))")
            do {
                let evaluated = try evaluate(step.graph)
                let note = reason ?? step.reason
                add(
                    Comparison.Step(
                        name: kinds.map(\.name).joined(separator: "+"),
                        label: kinds.map(\.label).joined(separator: " + "),
                        note: note.map { "the method with the first of these changes alone cannot be used: \($0)" }),
                    place(Standings(evaluated)))
                (waiting, reason) = ([], nil)
                if isLast { return evaluated }
            } catch {
                guard !isLast else {
                    throw Failure.refused("\(name) cannot be evaluated on this data: \(error.message)")
                }
                waiting = kinds
                reason = reason ?? error.message
            }
        }
        return nil
    }
}
