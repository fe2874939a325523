/// What a word of an expression stands for.
extension ExpressionChecker {
    /// A word of the formula, something that the method declares, by its name or its label, or a field of the registry.
    mutating func word(_ word: String, _ syntax: Syntax) throws(ExpressionProblem) -> TypedExpression {
        switch context.locals[word] {
        case .node(let node): return typed(node: node, at: syntax)
        case .constant(let constant, let unit): return .constant(constant, unit, at: syntax)
        case .expression(let typed): return typed.mentioned(at: syntax)
        case nil: break
        }
        if let declared = draft.declared(named: word) { return try typed(declared, at: syntax) }
        if let column = try FeedCalls(draft.contracts, dataYear: dataYear).registryField(word, syntax) {
            return typed(column: column, at: syntax)
        }
        let labelled = draft.declared(labelled: word)
        guard labelled.count < 2 else {
            let names = labelled.map { "‘\(draft.name(of: $0))’" }.joined(separator: " and ")
            throw syntax.problem(
                "‘\(word)’ is the label of \(names); write the name of the one that is meant")
        }
        guard let declared = labelled.first else { throw unknown(word, syntax) }
        return try typed(declared, at: syntax)
    }

    private mutating func typed(_ declared: Draft.Declared, at syntax: Syntax) throws(ExpressionProblem)
        -> TypedExpression
    {
        switch declared {
        case .node(let node): return typed(node: node, at: syntax)
        case .statistic(let index): return typed(statistic: index, at: syntax)
        case .parameter(let name):
            guard let parameter = mention(parameter: name, at: syntax) else {
                throw unknown(name, syntax)
            }
            return .constant(parameter.constant, parameter.unit, at: syntax)
        }
    }

    /// The parameter with this name or label, which is noted as mentioned here.
    mutating func mention(parameter word: String, at syntax: Syntax) -> PickedParameter? {
        draft.parameters.mention(
            word, at: .init(place: source.place, start: syntax.start, length: syntax.length))
    }

    /// How an expression asks for the field with this header: `registry.scale`, `sum(tax.vat_net)`.
    private func fieldHeaded(_ header: String) -> String? {
        for contract in draft.contracts {
            guard let field = contract.fields.first(where: { $0.header == header }),
                let relation = contract.relations.first
            else { continue }
            let name = "\(relation.name).\(field.name)"
            if contract.name == FeedContract.registryName { return name }
            if case .decimal = field.kind { return "sum(\(name))" }
            return "latest(\(name))"
        }
        return nil
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
        case "none", "null", "mean", "average", "平均":
            if context.ownPoints != nil {
                return syntax.problem(
                    "nothing is called ‘\(word)’; a missing value becomes points such as 0 or mean(points), or ‘leave_out’"
                )
            }
        default: break
        }
        if let field = fieldHeaded(word) {
            return syntax.problem("‘\(word)’ is a field of a feed; write \(field)")
        }
        let relations = draft.contracts.flatMap { $0.relations.map(\.name) }
        if relations.contains(word) {
            return syntax.problem(
                "‘\(word)’ is a feed and no value; say sum(\(word).…), count(\(word)) or has(\(word))")
        }
        if let dot = word.firstIndex(of: "."),
            let own = draft.contracts.lazy.flatMap({ contract in contract.relations.map { (contract, $0) } })
                .first(where: { ($1.label.isEmpty ? $0.title : $1.label) == word[..<dot] })
        {
            let (contract, relation) = own
            let header = String(word[word.index(after: dot)...])
            let field = contract.fields.first { $0.header == header || $0.name == header }?.name ?? header
            return syntax.problem("feeds go by their code names here: write \(relation.name).\(field)")
        }
        if let dot = word.firstIndex(of: "."), !relations.contains(String(word[..<dot])) {
            let feed = String(word[..<dot])
            return syntax.problem(
                "there is no feed ‘\(feed)’"
                    + Spelling.remedy(
                        for: feed, among: relations,
                        otherwise: "there are \(relations.joined(separator: ", "))"))
        }
        var known = draft.knownNames + context.locals.keys.sorted()
        if context.ownPoints != nil { known.append("leave_out") }
        return syntax.problem("nothing is called ‘\(word)’" + Spelling.suggestion(for: word, among: known))
    }
}
