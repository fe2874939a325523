/// The way from one method to another, one kind of change after the other.
///
/// After each step stands a method that can be evaluated; the last is exactly the new one. What a firm moves from
/// the old method to the new is therefore the sum of what it moves in the steps.
package struct MethodSteps: Sendable {
    package struct Step: Sendable {
        /// What it takes over; several where the method between them is none.
        package let kinds: [ChangeKind]
        /// The method after it.
        package let graph: Graph
        /// Why the first of several kinds does not stand alone; `nil` for one kind.
        package let reason: String?
    }

    /// The old method.
    package let start: Graph
    /// Without kinds that change nothing; empty when both methods mean the same.
    package let steps: [Step]

    /// - Parameters:
    ///   - old, new: the trees of two files, both without errors.
    ///   - dataYear, asOf: those of the data that both are tried on, in place of their own.
    /// - Returns: `nil` when one of the two has errors with that year and day.
    package init?(
        from old: SourceNode, to new: SourceNode, contracts: [FeedContract], dataYear: Int, asOf: Day
    ) {
        let old = old.dated(dataYear, asOf)
        let new = new.dated(dataYear, asOf)
        guard let start = Checker(old, contracts: contracts).graph,
            let end = Checker(new, contracts: contracts).graph
        else { return nil }
        let hybrid = Hybrid(SharedParameters(old, start.parameters, new, end.parameters))
        self.start = start
        guard start.meaning != end.meaning else {
            steps = []
            return
        }
        var steps: [Step] = []
        var waiting: [ChangeKind] = []
        var reason: String?
        var tree = hybrid.start
        var meaning = start.meaning
        for kind in ChangeKind.allCases where kind != .other {
            let next = hybrid.tree(upTo: kind)
            guard !next.reads(as: tree) else { continue }
            tree = next
            let checker = Checker(next, contracts: contracts)
            guard let graph = checker.graph else {
                waiting.append(kind)
                reason = reason ?? checker.problems.first { $0.severity == .error }?.message
                continue
            }
            guard graph.meaning != meaning else {
                // What waited is undone or needs nothing more.
                if !waiting.isEmpty { waiting.append(kind) }
                continue
            }
            steps.append(
                Step(kinds: waiting + [kind], graph: graph, reason: waiting.isEmpty ? nil : reason))
            (waiting, reason, meaning) = ([], nil, graph.meaning)
        }
        let rest = hybrid.tree(upTo: .lists, keepsOldDefinitions: false)
        let isWhole = Checker(rest, contracts: contracts).graph?.meaning == end.meaning
        if !waiting.isEmpty || !isWhole {
            let kinds = waiting + (isWhole ? [] : [.other])
            steps.append(Step(kinds: kinds, graph: end, reason: kinds.count > 1 ? reason : nil))
        } else if let last = steps.popLast() {
            steps.append(Step(kinds: last.kinds, graph: end, reason: last.reason))
        } else {
            // The new one lacks definitions that nothing used.
            steps.append(Step(kinds: [.definitions], graph: end, reason: nil))
        }
        self.steps = steps
    }
}
