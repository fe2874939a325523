/// Lists: who is on them, and on which grounds.
extension MethodDocument.List {
    /// Without the grounds that are wrong, which are complained about.
    func rule(_ compilation: inout Compilation) -> ListRule {
        ListRule(
            name: name.text, label: label, audience: audience, overRegistry: overRegistry,
            grounds: grounds.compactMap { ground in
                compilation.condition(ground.condition, owner: ground.name.text).map {
                    ListRule.Ground(
                        name: ground.name.text, label: ground.label, condition: $0,
                        source: compilation.document.sourceText(ground.source))
                }
            }, amount: amount.flatMap { amountNode($0, &compilation) })
    }

    private func amountNode(_ amount: MethodDocument.Text, _ compilation: inout Compilation) -> Int? {
        let draft = compilation.draft
        if let node = draft.node(called: amount.text), case .number = draft.nodes[node].type {
            guard audience == .public else { return node }
            compilation.complain(
                about: amount,
                "what a firm pays or gets is not for the public; give the list another audience, such as supplier"
            )
            return nil
        }
        guard !draft.misread.contains(amount.text) else { return nil }
        if let node = draft.node(called: amount.text) {
            compilation.complain(
                about: amount,
                "‘\(amount.text)’ (\(draft.nodes[node].label)) is no number, but ‘amount’ must be one that the method names, such as a measure"
            )
            return nil
        }
        let known = draft.nodes.filter { $0.section == .measure || $0.section == .indicator }.map(\.name)
        compilation.complain(
            about: amount,
            "‘amount’ must be a number that the method names"
                + Spelling.remedy(
                    for: amount.text, among: known, otherwise: "declare ‘\(amount.text)’ under ‘measures’"))
        return nil
    }
}
