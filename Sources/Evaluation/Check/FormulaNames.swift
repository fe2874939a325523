/// Names of formulas with a slip.
extension Compilation {
    /// Whether the text can be a formula: one word that is none of its own must be the name of a formula.
    mutating func isFormula(_ formula: MethodDocument.Text) -> Bool {
        let names = document.formulas.map(\.name.text)
        guard case .word(let word) = (try? Parser.parse(formula.text))?.kind,
            !["value", "weight", "baseline"].contains(word), draft.node(called: word) == nil,
            let meant = Spelling.nearest(to: word, among: names)
        else { return true }
        complain(about: formula, "there is no formula ‘\(word)’; did you mean ‘\(meant)’?")
        return false
    }
}
