/// Which firms are evaluated as one.
extension MethodDocument.Merging {
    /// `nil` when something is wrong, which is complained about.
    func checked(_ compilation: inout Compilation) -> Merging? {
        guard let by = compilation.category(by, owner: "merge"),
            let lead = compilation.quantity(lead, owner: "merge")
        else { return nil }
        guard compilation.isOfFeeds(by) else {
            compilation.complain(
                about: self.by,
                "firms are merged before anything is computed of them, so ‘by’ must be a field of a feed, such as registry.group, or a group whose conditions ask the registry alone"
            )
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
            label: label, by: by, lead: lead, source: compilation.document.sourceText(source))
    }
}

extension Compilation {
    /// Whether the node's values are known before anything is computed.
    fileprivate func isOfFeeds(_ node: Int) -> Bool {
        func isColumn(_ node: Int) -> Bool {
            if case .column = draft.nodes[node].rule { true } else { false }
        }
        guard case .classification(let conditions, _, _) = draft.nodes[node].rule else {
            return isColumn(node)
        }
        return conditions.allSatisfy { $0.mentionedNodes.allSatisfy(isColumn) && !$0.mentionsStatistic }
    }
}
