/// Calls that ask a feed: `sum(tax.vat_net)`, `count(leased_out where kind = 企业)`, `has(event, 安全事故)`.
struct FeedCalls {
    private let contracts: [FeedContract]
    private let dataYear: Int

    init(_ contracts: [FeedContract], dataYear: Int) {
        self.contracts = contracts
        self.dataYear = dataYear
    }

    private struct Field {
        let feed: Int
        let relation: Int
        let index: Int
    }

    /// The column that `registry.scale` stands for: a field of the one row that every firm has in the registry.
    /// `nil` when the word names no field of a feed.
    func registryField(_ word: String, _ syntax: Syntax) throws(ExpressionProblem) -> FeedColumn? {
        guard let field = try field(word, syntax) else { return nil }
        let contract = contracts[field.feed]
        guard contract.name == FeedContract.registryName else {
            throw syntax.problem(
                "a firm can have many rows in ‘\(contract.title)’; say sum(\(word)), latest(\(word)) or count(…)"
            )
        }
        try refuseFreeText(contract.fields[field.index], syntax)
        return FeedColumn(
            feed: field.feed, relation: field.relation, aggregate: .latest(field: field.index), filter: nil)
    }

    /// `nil` when the call does not ask a feed.
    func column(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) -> FeedColumn? {
        guard let first = call.arguments.first, case .word(let word) = first.kind else { return nil }
        switch call.name {
        case "sum":
            guard let field = try field(word, first) else { return nil }
            try refuseMore(call, syntax)
            let own = contracts[field.feed].fields[field.index]
            guard case .decimal = own.kind else {
                throw first.problem("‘\(own.header)’ is no number, so it has no sum")
            }
            return try column(.sum(field: field.index), of: field, call)
        case "latest":
            guard let field = try field(word, first) else {
                throw first.problem("latest needs a field of a feed, such as latest(previous.tier)")
            }
            try refuseMore(call, syntax)
            let contract = contracts[field.feed]
            guard contract.latestBy != nil || contract.key == [contract.relations[field.relation].field]
            else {
                throw first.problem(
                    "rows of ‘\(contract.title)’ have no period and no day from which they are in force, so none is the latest"
                )
            }
            try refuseFreeText(contract.fields[field.index], first)
            return try column(.latest(field: field.index), of: field, call)
        case "count", "has":
            guard let (feed, relation) = relation(word) else {
                guard call.name == "has" else { return nil }
                let names = contracts.flatMap { $0.relations.map(\.name) }
                throw first.problem(
                    "there is no feed ‘\(word)’"
                        + Spelling.remedy(
                            for: word, among: names, otherwise: "there are \(names.joined(separator: ", "))"))
            }
            try refuseStatisticParts(call, syntax)
            return FeedColumn(
                feed: feed, relation: relation, aggregate: call.name == "has" ? .has : .count,
                filter: try rows(call, contracts[feed], syntax))
        default: return nil
        }
    }

    private func column(_ aggregate: FeedColumn.Aggregate, of field: Field, _ call: Syntax.Call)
        throws(ExpressionProblem) -> FeedColumn
    {
        FeedColumn(
            feed: field.feed, relation: field.relation, aggregate: aggregate,
            filter: try filter(call.condition, contracts[field.feed]))
    }

    // MARK: Names

    /// The field that `tax.vat_net` names; `nil` when the word has no such form or no such relation.
    private func field(_ word: String, _ syntax: Syntax) throws(ExpressionProblem) -> Field? {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let (feed, relation) = relation(parts[0]) else { return nil }
        return Field(
            feed: feed, relation: relation, index: try contracts[feed].field(called: parts[1], syntax))
    }

    private func relation(_ name: String) -> (feed: Int, relation: Int)? {
        for (feed, contract) in contracts.enumerated() {
            if let relation = contract.relations.firstIndex(where: { $0.name == name }) {
                return (feed, relation)
            }
        }
        return nil
    }

    // MARK: Rows that count

    /// The kinds that `has(event, 安全事故)` names, and the condition after `where`.
    private func rows(_ call: Syntax.Call, _ contract: FeedContract, _ syntax: Syntax)
        throws(ExpressionProblem) -> RowFilter?
    {
        let condition = try kinds(call, contract, syntax)
        guard let filter = try filter(call.condition, contract) else { return condition }
        return condition.map { .all([$0, filter]) } ?? filter
    }

    private func kinds(_ call: Syntax.Call, _ contract: FeedContract, _ syntax: Syntax)
        throws(ExpressionProblem) -> RowFilter?
    {
        guard call.arguments.count > 1 else { return nil }
        guard let field = contract.category else {
            throw syntax.problem(
                "rows of ‘\(contract.title)’ have no kind of their own; say ‘where field = …’")
        }
        var texts: [String] = []
        for argument in call.arguments.dropFirst() {
            texts.append(try contract.fields[field].text(argument))
        }
        return .isOneOf(field: field, texts)
    }

    private func filter(_ condition: Syntax?, _ contract: FeedContract) throws(ExpressionProblem)
        -> RowFilter?
    {
        guard let condition else { return nil }
        return try RowConditions(contract: contract, dataYear: dataYear).filter(condition)
    }

    // MARK: Refusals

    private func refuseFreeText(_ field: FeedField, _ syntax: Syntax) throws(ExpressionProblem) {
        guard case .text = field.kind else { return }
        throw syntax.problem("‘\(field.header)’ is free text, which expressions do not read")
    }

    private func refuseMore(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) {
        try refuseStatisticParts(call, syntax)
        guard call.arguments.count > 1 else { return }
        throw call.arguments[1].problem(
            "\(call.name) takes one field of a feed; write \(call.name)(…) once for each")
    }

    private func refuseStatisticParts(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) {
        guard call.by == nil, call.over == nil else {
            throw syntax.problem(
                "a quantity of a feed belongs to one firm; give it a name, then take a statistic of it")
        }
    }
}

extension FeedContract {
    /// The index of the field with this code name or header.
    func field(called name: String, _ syntax: Syntax) throws(ExpressionProblem) -> Int {
        if let field = fields.firstIndex(where: { $0.name == name || $0.header == name }) { return field }
        let names = fields.map(\.name)
        throw syntax.problem(
            "‘\(title)’ has no field ‘\(name)’"
                + Spelling.remedy(
                    for: name, among: names, otherwise: "it has \(names.joined(separator: ", "))"))
    }
}

extension FeedField {
    /// A text that the field can hold.
    func text(_ syntax: Syntax) throws(ExpressionProblem) -> String {
        guard let text = syntax.text else { throw syntax.problem("a text is expected here") }
        guard allowed.isEmpty || allowed.contains(text) else {
            throw syntax.problem(
                "‘\(header)’ is never ‘\(text)’"
                    + Spelling.remedy(
                        for: text, among: allowed,
                        otherwise: "it is one of \(allowed.joined(separator: ", "))"))
        }
        return text
    }
}
