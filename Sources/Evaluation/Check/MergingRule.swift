/// Which firms are evaluated as one.
extension MethodDocument.Merging {
    /// `nil` when something is wrong, which is complained about.
    func checked(_ compilation: inout Compilation) -> Merging? {
        var nodes: [Int] = []
        for text in by {
            guard let node = compilation.category(text, owner: "merge") else { continue }
            nodes.append(node)
            if !compilation.isOfFeeds(node) {
                compilation.complain(
                    about: text,
                    "firms are merged before anything is computed of them, so ‘by’ must be a field of a feed, such as registry.group, or a group whose conditions ask the registry alone"
                )
            }
        }
        guard let lead = compilation.quantity(lead, owner: "merge"), nodes.count == by.count else {
            return nil
        }
        guard case .column = compilation.draft.nodes[lead].rule else {
            compilation.complain(
                about: self.lead,
                "firms are merged before anything is computed of them, so ‘lead’ must be a quantity of a feed, such as sum(statistics.revenue)"
            )
            return nil
        }
        return Merging(
            label: label, by: nodes, lead: lead, source: compilation.document.sourceText(source))
    }
}

extension Compilation {
    /// Whether the node's values are known before anything is computed.
    fileprivate func isOfFeeds(_ node: Int) -> Bool {
        guard case .classification(let conditions, _, _) = draft.nodes[node].rule else {
            return feed(of: node) != nil
        }
        // What is added up would say something else of the unit than of its members.
        return conditions.allSatisfy { condition in
            !condition.mentionsStatistic
                && condition.mentionedNodes.allSatisfy { feed(of: $0)?.name == FeedContract.registryName }
        }
    }

    private func feed(of node: Int) -> FeedContract? {
        guard case .column(let column) = draft.nodes[node].rule else { return nil }
        return draft.contracts[draft.columns[column].feed]
    }
}
