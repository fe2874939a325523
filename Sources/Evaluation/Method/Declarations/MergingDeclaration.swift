extension MethodDocument {
    /// Which firms are evaluated as one.
    struct Merging {
        let label: String
        /// Fields of which the first that a firm has must have the same text for all members.
        let by: [Text]
        /// A quantity of a feed of which the leading member has most.
        let lead: Text
        let source: String
    }
}

extension MethodDocument.Merging {
    /// `nil` without the section, or when something is wrong with it.
    init?(inFile file: inout Section, _ problems: inout [MethodProblem]) {
        guard let node = file.node("merge") else { return nil }
        var section = Section(node, path: "merge", key: file.key("merge"), &problems)
        let label = section.label(&problems)
        let by = section.texts("by", &problems)
        if by.isEmpty {
            section.lacks(
                "‘merge’ lacks ‘by’: the field in which firms that are evaluated as one have the same text, such as registry.group",
                &problems)
        }
        let lead = section.text(
            "lead", "the quantity of which the leading member has most, such as sum(statistics.revenue)",
            &problems)
        let source = section.source(&problems)
        section.finish(&problems)
        guard let label, !by.isEmpty, let lead else { return nil }
        self.init(label: label, by: by, lead: lead, source: source)
    }
}
