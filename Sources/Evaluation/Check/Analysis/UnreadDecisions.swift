/// Kinds of decisions (人工认定) that the office can send and the method never asks for.
extension Compilation {
    mutating func warnAboutUnreadDecisions(_ graph: Graph) {
        guard let feed = graph.contracts.firstIndex(where: { $0.name == FeedContract.decisionName }),
            let category = graph.contracts[feed].category
        else { return }
        let kinds = graph.contracts[feed].fields[category].allowed
        var read: Set<String> = []
        for column in graph.feedColumns where column.feed == feed {
            read.formUnion(kinds.filter { column.filter?.mayHold(of: category, $0) ?? true })
        }
        // To ask whether a tier was decided does not set it.
        let onTiers = kinds.filter(ManualRule.concernsTiers)
        if graph.manualRule == nil { read.subtract(onTiers) } else { read.formUnion(onTiers) }
        // Without adjustments nobody is given points by name; a method without decisions does not use the feed.
        if graph.nodes.allSatisfy({ $0.section != .adjustment }) { read.insert(ManualRule.pointsKind) }
        let unread = kinds.filter { !read.contains($0) }
        guard !unread.isEmpty, let (place, length) = firstDecision(graph, feed) else { return }
        complain(
            at: place, length: length,
            "the method reads decisions (人工认定), but never ‘\(unread.joined(separator: "’, ‘"))’: rows of \(unread.count == 1 ? "this kind" : "these kinds") would change nothing; \(remedy(for: unread[0]))",
            severity: .warning)
    }

    private func remedy(for kind: String) -> String {
        if ManualRule.concernsTiers(kind) { return "add a decision with ‘from: decision’" }
        if kind == ManualRule.pointsKind {
            return "add them up in an adjustment, as in sum(decision.points where kind = \(kind))"
        }
        return "ask for them where they should count, as in has(decision, \(kind))"
    }

    /// Where the method first uses the feed; `nil` where it never does.
    private func firstDecision(_ graph: Graph, _ feed: Int) -> (place: SourcePlace, length: Int)? {
        if let name = document.manual?.name { return (name.place, name.text.count) }
        for node in graph.nodes {
            if case .column(let index) = node.rule, graph.feedColumns[index].feed == feed {
                return (node.place, 1)
            }
        }
        return nil
    }
}

extension RowFilter {
    /// Whether a row of this kind can satisfy it.
    fileprivate func mayHold(of category: Int, _ kind: String) -> Bool {
        switch self {
        case .isOneOf(let field, let texts): field != category || texts.contains(kind)
        case .all(let parts): parts.allSatisfy { $0.mayHold(of: category, kind) }
        case .any(let parts): parts.contains { $0.mayHold(of: category, kind) }
        case .not(.isOneOf(let field, let texts)): field != category || !texts.contains(kind)
        case .not, .compare: true
        }
    }
}
