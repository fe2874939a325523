/// What a word of an expression stands for.
extension ExpressionChecker {
    /// A word of the formula, a node, a statistic or a parameter by name or label, or a field of the registry.
    mutating func word(_ word: String, _ syntax: Syntax) throws(ExpressionProblem) -> TypedExpression {
        switch context.locals[word] {
        case .node(let node): return typed(node: node, at: syntax)
        case .constant(let constant, let unit): return .constant(constant, unit, at: syntax)
        case .expression(let typed): return typed.mentioned(at: syntax)
        case nil: break
        }
        if let node = draft.node(called: word) { return typed(node: node, at: syntax) }
        if let index = draft.statistics.firstIndex(where: { $0.name == word || $0.label == word }) {
            return typed(statistic: index, at: syntax)
        }
        if let parameter = draft.parameters.use(word) {
            return .constant(parameter.constant, parameter.unit, at: syntax)
        }
        if let column = try FeedCalls(draft.contracts, dataYear: dataYear).registryField(word, syntax) {
            return typed(column: column, at: syntax)
        }
        throw unknown(word, syntax)
    }

    /// A word that stands for nothing, and what was perhaps meant.
    private func unknown(_ word: String, _ syntax: Syntax) -> ExpressionProblem {
        if draft.misread.contains(word) { return .consequence }
        switch word {
        case "weight", "value", "baseline":
            return syntax.problem("‘\(word)’ means something only in the formula of an indicator's points")
        case "points", "adjustments":
            return syntax.problem(
                "‘\(word)’ is no value of its own; the total says sum(\(word)), and a missing rule mean(points)"
            )
        case "leave_out":
            return syntax.problem(
                "‘leave_out’ stands alone, as in ‘missing: leave_out’: the other indicators count for this one"
            )
        case FeedContract.registryName:
            return syntax.problem(
                "‘registry’ is a feed and no value; name a field of it, such as registry.scale")
        default: break
        }
        let relations = draft.contracts.flatMap { $0.relations.map(\.name) }
        if relations.contains(word) {
            return syntax.problem(
                "‘\(word)’ is a feed and no value; say sum(\(word).…), count(\(word)) or has(\(word))")
        }
        if let dot = word.firstIndex(of: "."), !relations.contains(String(word[..<dot])) {
            let feed = String(word[..<dot])
            return syntax.problem(
                "there is no feed ‘\(feed)’"
                    + Spelling.remedy(
                        for: feed, among: relations,
                        otherwise: "there are \(relations.joined(separator: ", "))"))
        }
        var known =
            draft.knownNames + draft.statistics.map(\.name) + draft.parameters.words
            + context.locals.keys.sorted()
        if context.ownPoints != nil { known.append("leave_out") }
        return syntax.problem("nothing is called ‘\(word)’" + Spelling.suggestion(for: word, among: known))
    }
}
