/// Which firms are evaluated as one.
extension MethodDocument.Merging {
    /// `nil` when something is wrong, which is complained about.
    func checked(_ compilation: inout Compilation) -> Merging? {
        guard let by = compilation.category(by, owner: "merge"),
            let lead = compilation.quantity(lead, owner: "merge")
        else { return nil }
        func isColumn(_ node: Int) -> Bool {
            if case .column = compilation.draft.nodes[node].rule { true } else { false }
        }
        guard isColumn(by) else {
            compilation.complain(
                about: self.by,
                "firms are merged before anything is computed of them, so ‘by’ must be a field of a feed, such as registry.group"
            )
            return nil
        }
        guard isColumn(lead) else {
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
