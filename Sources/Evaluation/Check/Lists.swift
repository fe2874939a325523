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
            })
    }
}
