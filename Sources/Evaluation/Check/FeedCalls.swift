/// Calls that ask a feed: `sum(tax.vat_net)`, `count(leased_out where kind = 企业)`, `has(event, 安全事故)`.
extension ExpressionChecker {
    /// The relation and field that `tax.vat_net` names; `nil` when the word has no such form or no such relation.
    func fieldReference(
        _ word: String, _ syntax: Syntax
    ) throws(ExpressionProblem) -> (feed: Int, relation: Int, field: Int)? {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let (feed, relation) = relation(parts[0], draft.contracts) else { return nil }
        guard let field = field(parts[1], of: draft.contracts[feed]) else {
            let names = draft.contracts[feed].fields.map(\.name)
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "‘\(draft.contracts[feed].title)’ has no field ‘\(parts[1])’"
                    + Spelling.remedy(
                        for: parts[1], among: names, otherwise: "it has \(names.joined(separator: ", "))"))
        }
        return (feed, relation, field)
    }

    private func relation(_ name: String, _ contracts: [FeedContract]) -> (feed: Int, relation: Int)? {
        for (feed, contract) in contracts.enumerated() {
            if let relation = contract.relations.firstIndex(where: { $0.name == name }) {
                return (feed, relation)
            }
        }
        return nil
    }

    private func field(_ name: String, of contract: FeedContract) -> Int? {
        contract.fields.firstIndex { $0.name == name || $0.header == name }
    }

    /// `nil` when the call does not ask a feed.
    func feedColumn(
        _ call: Syntax.Call, _ syntax: Syntax, _ contracts: [FeedContract], dataYear: Int
    ) throws(ExpressionProblem) -> FeedColumn? {
        guard ["sum", "latest", "count", "has"].contains(call.name), let first = call.arguments.first,
            case .word(let word) = first.kind
        else { return nil }
        switch call.name {
        case "sum", "latest":
            guard let (feed, relation, field) = try fieldReference(word, first) else {
                if call.name == "latest" {
                    throw ExpressionProblem(
                        first.start, first.length,
                        "latest needs a field of a feed, such as latest(previous.tier)")
                }
                return nil
            }
            try refuseStatisticParts(call, syntax)
            if call.arguments.count > 1 {
                let second = call.arguments[1]
                throw ExpressionProblem(
                    second.start, second.length,
                    "\(call.name) takes one field of a feed; write \(call.name)(…) once for each")
            }
            let contract = contracts[feed]
            if call.name == "sum" {
                guard case .decimal = contract.fields[field].kind else {
                    throw ExpressionProblem(
                        first.start, first.length,
                        "‘\(contract.fields[field].header)’ is no number, so it has no sum")
                }
            } else {
                guard contract.period != nil || contract.key == [contract.relations[relation].field] else {
                    throw ExpressionProblem(
                        first.start, first.length,
                        "rows of ‘\(contract.title)’ have no period, so none is the latest")
                }
                try refuseFreeText(contract.fields[field], first)
            }
            let filter = try rowFilter(call.condition, contract, dataYear)
            return FeedColumn(
                feed: feed, relation: relation,
                aggregate: call.name == "sum" ? .sum(field: field) : .latest(field: field), filter: filter)
        default:
            guard let (feed, relation) = relation(word, contracts) else {
                if call.name == "has" {
                    let names = contracts.flatMap { $0.relations.map(\.name) }
                    throw ExpressionProblem(
                        first.start, first.length,
                        "there is no feed ‘\(word)’"
                            + Spelling.remedy(
                                for: word, among: names,
                                otherwise: "there are \(names.joined(separator: ", "))"))
                }
                return nil
            }
            try refuseStatisticParts(call, syntax)
            var filters: [RowFilter] = []
            if call.arguments.count > 1 { filters.append(try categoryFilter(call, contracts[feed], syntax)) }
            if let filter = try rowFilter(call.condition, contracts[feed], dataYear) {
                filters.append(filter)
            }
            return FeedColumn(
                feed: feed, relation: relation, aggregate: call.name == "has" ? .has : .count,
                filter: filters.count > 1 ? .all(filters) : filters.first)
        }
    }

    func refuseFreeText(_ field: FeedField, _ syntax: Syntax) throws(ExpressionProblem) {
        guard case .text = field.kind else { return }
        throw ExpressionProblem(
            syntax.start, syntax.length, "‘\(field.header)’ is free text, which expressions do not read")
    }

    private func refuseStatisticParts(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) {
        guard call.by == nil, call.over == nil else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "a quantity of a feed belongs to one firm; give it a name, then take a statistic of it")
        }
    }

    private func categoryFilter(
        _ call: Syntax.Call, _ contract: FeedContract, _ syntax: Syntax
    ) throws(ExpressionProblem) -> RowFilter {
        guard let field = contract.category else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "rows of ‘\(contract.title)’ have no kind of their own; say ‘where field = …’")
        }
        var texts: [String] = []
        for argument in call.arguments.dropFirst() {
            texts.append(try text(argument, contract.fields[field]))
        }
        return .isOneOf(field: field, texts)
    }

    private func text(_ syntax: Syntax, _ field: FeedField) throws(ExpressionProblem) -> String {
        let text: String
        switch syntax.kind {
        case .word(let word), .quoted(let word), .number(let word, nil): text = word
        default: throw ExpressionProblem(syntax.start, syntax.length, "a text is expected here")
        }
        if !field.allowed.isEmpty, !field.allowed.contains(text) {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "‘\(field.header)’ is never ‘\(text)’"
                    + Spelling.remedy(
                        for: text, among: field.allowed,
                        otherwise: "it is one of \(field.allowed.joined(separator: ", "))"))
        }
        return text
    }

    // MARK: Conditions on rows

    private func rowFilter(
        _ syntax: Syntax?, _ contract: FeedContract, _ dataYear: Int
    ) throws(ExpressionProblem) -> RowFilter? {
        guard let syntax else { return nil }
        return try filter(syntax, contract, dataYear)
    }

    private func filter(_ syntax: Syntax, _ contract: FeedContract, _ dataYear: Int) throws(ExpressionProblem)
        -> RowFilter
    {
        switch syntax.kind {
        case .and(let parts):
            var filters: [RowFilter] = []
            for part in parts { filters.append(try filter(part, contract, dataYear)) }
            return .all(filters)
        case .or(let parts):
            var filters: [RowFilter] = []
            for part in parts { filters.append(try filter(part, contract, dataYear)) }
            return .any(filters)
        case .not(let inner): return .not(try filter(inner, contract, dataYear))
        case .isIn(let left, let texts, let negated):
            let field = try textField(left, contract)
            var literals: [String] = []
            for item in texts { literals.append(try text(item, contract.fields[field])) }
            let test = RowFilter.isOneOf(field: field, literals)
            return negated ? .not(test) : test
        case .compare(let comparison, let left, let right):
            let index = try fieldIndex(left, contract)
            let field = contract.fields[index]
            switch field.kind {
            case .category, .creditCode, .text:
                guard comparison == .equal || comparison == .notEqual else {
                    throw ExpressionProblem(
                        syntax.start, syntax.length, "texts can only be compared with = and !=")
                }
                let test = RowFilter.isOneOf(field: try textField(left, contract), [try text(right, field)])
                return comparison == .equal ? test : .not(test)
            default:
                return .compare(
                    field: index, rowComparison(comparison), try rowConstant(right, field, dataYear))
            }
        default:
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "a condition on a row compares one of its fields: kind = 企业, area >= 100 m²")
        }
    }

    private func rowComparison(_ comparison: Expression.Comparison) -> RowFilter.Comparison {
        switch comparison {
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .equal: .equal
        case .notEqual: .notEqual
        case .greaterOrEqual: .greaterOrEqual
        case .greater: .greater
        }
    }

    private func fieldIndex(_ syntax: Syntax, _ contract: FeedContract) throws(ExpressionProblem) -> Int {
        guard case .word(let word) = syntax.kind else {
            throw ExpressionProblem(syntax.start, syntax.length, "the name of a field is expected here")
        }
        let name = word.split(separator: ".").last.map(String.init) ?? word
        guard let field = field(name, of: contract) else {
            let names = contract.fields.map(\.name)
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "‘\(contract.title)’ has no field ‘\(name)’"
                    + Spelling.remedy(
                        for: name, among: names, otherwise: "it has \(names.joined(separator: ", "))"))
        }
        return field
    }

    private func textField(_ syntax: Syntax, _ contract: FeedContract) throws(ExpressionProblem) -> Int {
        let index = try fieldIndex(syntax, contract)
        guard case .category = contract.fields[index].kind else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "‘\(contract.fields[index].header)’ is not a field of fixed texts")
        }
        return index
    }

    /// A constant in the field's own scale.
    private func rowConstant(_ syntax: Syntax, _ field: FeedField, _ dataYear: Int) throws(ExpressionProblem)
        -> Int64
    {
        let refusal = ExpressionProblem(
            syntax.start, syntax.length, "‘\(field.header)’ cannot be compared with this")
        switch field.kind {
        case .year:
            switch syntax.kind {
            case .word("data_year"): return Int64(dataYear)
            case .number(let text, nil): if let year = Int64(text) { return year }
            case .arithmetic(let sign, let left, let right):
                if case .word("data_year") = left.kind, case .number(let text, nil) = right.kind,
                    sign == "-" || sign == "+",
                    let years = Int64(text), years < 1000
                {
                    return Int64(dataYear) + (sign == "-" ? -years : years)
                }
            default: break
            }
            throw refusal
        case .date:
            guard case .quoted(let text) = syntax.kind, let day = Day(text) else { throw refusal }
            return day.number
        case .decimal(let places):
            guard case .number(let text, let unitText) = syntax.kind,
                let (digits, own) = DecimalText.parse(text), own <= 9,
                digits.magnitude < 1_000_000_000_000_000_000
            else { throw refusal }
            var numerator = digits * Int128(DecimalText.powersOfTen[places])
            var denominator = Int128(DecimalText.powersOfTen[own])
            if let unitText, let unit = Unit(unitText), let fieldUnit = field.unit {
                guard unit.hasDimension(of: fieldUnit) else {
                    throw ExpressionProblem(
                        syntax.start, syntax.length,
                        "‘\(field.header)’ is in \(fieldUnit.symbol), which cannot be compared with \(unit.symbol)"
                    )
                }
                let (n, overflow1) = numerator.multipliedReportingOverflow(
                    by: Int128(unit.numerator) * Int128(fieldUnit.denominator))
                let (d, overflow2) = denominator.multipliedReportingOverflow(
                    by: Int128(unit.denominator) * Int128(fieldUnit.numerator))
                guard !overflow1, !overflow2 else { throw refusal }
                (numerator, denominator) = (n, d)
            }
            guard numerator % denominator == 0, let value = Int64(exactly: numerator / denominator) else {
                throw ExpressionProblem(
                    syntax.start, syntax.length,
                    "‘\(field.header)’ has \(places) decimals; this number does not fit them")
            }
            return value
        default: throw refusal
        }
    }
}
