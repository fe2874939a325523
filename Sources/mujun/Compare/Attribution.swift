import Evaluation

/// Evaluations one after the other, and what lies between them; of each only what comparisons need is kept.
///
/// What cannot be evaluated on the way (a value becomes too large, a decision names a tier that is gone) is passed over:
/// its step is told together with the next.
struct Attribution {
    private(set) var standings: [Standings]
    private(set) var steps: [Comparison.Step] = []
    private var waiting: [Comparison.Step] = []
    private var reason: String?

    init(start: Standings) { standings = [start] }

    /// - Parameter place: puts what was found among all firms of the comparison.
    /// - Returns: `nil` when the step waits for the next.
    mutating func add(
        _ step: Comparison.Step, place: (Standings) -> Standings = { $0 },
        evaluate: () throws(EvaluationError) -> Evaluated
    ) -> Evaluated? {
        let all = waiting + [step]
        Talk.phase("evaluating: \(step.label)")
        do throws(EvaluationError) {
            let evaluated = try evaluate()
            var notes = all.compactMap(\.note)
            if let reason { notes.append("not told apart, since between them there is no result: \(reason)") }
            steps.append(
                Comparison.Step(
                    name: all.map(\.name).joined(separator: "+"),
                    label: all.map(\.label).joined(separator: " + "),
                    note: notes.isEmpty ? nil : notes.joined(separator: "; ")))
            standings.append(place(Standings(evaluated)))
            (waiting, reason) = ([], nil)
            return evaluated
        } catch {
            waiting = all
            reason = reason ?? error.message
            return nil
        }
    }

    /// Takes over one kind of change of the method after the other.
    /// - Parameters:
    ///   - name: what the new method is called in messages.
    ///   - start: the old method's evaluation of the same feeds; `nil` when there is none.
    ///   - population: what a method asks of the feeds.
    /// - Returns: the last evaluation; `start` when both methods mean the same.
    /// - Throws: ``Failure`` when the last cannot be evaluated.
    mutating func add(
        _ way: MethodSteps, named name: String, after start: Evaluated?,
        place: (Standings) -> Standings = { $0 }, population: (Graph) -> Population
    ) throws -> Evaluated? {
        var last = start
        for step in way.steps {
            let kinds = step.kinds
            let comparisonStep = Comparison.Step(
                name: kinds.map(\.name).joined(separator: "+"),
                label: kinds.map(\.label).joined(separator: " + "),
                note: step.reason.map {
                    "not told apart, since the first of these changes alone makes no method: \($0)"
                })
            let earlier = last
            let evaluated = add(comparisonStep, place: place) { () throws(EvaluationError) in
                try step.graph.evaluateOnAllCores(population(step.graph), after: earlier)
            }
            last = evaluated ?? earlier
        }
        try finish(named: name)
        return last
    }

    /// - Throws: ``Failure`` when the last step could not be evaluated.
    func finish(named name: String) throws {
        if let reason { throw Failure.refused("\(name) cannot be evaluated on this data: \(reason)") }
    }
}
