/// Parameters as numbers where a row's field is compared: `count(leased_out where area >= large)`.
extension ExpressionChecker {
    mutating func withParameters(_ call: Syntax.Call) -> Syntax.Call {
        guard let condition = call.condition, let feed = feed(of: call) else { return call }
        return Syntax.Call(
            name: call.name, arguments: call.arguments, by: call.by, over: call.over,
            condition: withParameters(condition, feed))
    }

    /// The feed whose rows the call is about.
    private func feed(of call: Syntax.Call) -> FeedContract? {
        guard let first = call.arguments.first, case .word(let word) = first.kind else { return nil }
        let relation = word.prefix { $0 != "." }
        return draft.contracts.first { $0.relations.contains { $0.name == relation } }
    }

    private mutating func withParameters(_ condition: Syntax, _ feed: FeedContract) -> Syntax {
        func with(_ kind: Syntax.Kind) -> Syntax {
            Syntax(kind: kind, start: condition.start, length: condition.length)
        }
        switch condition.kind {
        case .and(let parts): return with(.and(parts.map { withParameters($0, feed) }))
        case .or(let parts): return with(.or(parts.map { withParameters($0, feed) }))
        case .not(let inner): return with(.not(withParameters(inner, feed)))
        case .compare(let comparison, let field, let value):
            // Where a field holds texts, a word is one of them.
            guard case .word(let name) = field.kind, case .word(let word) = value.kind,
                feed.isNumber(name), let number = draft.parameters.called(word)?.decimal,
                let picked = mention(parameter: word, at: value)
            else { return condition }
            let literal = Syntax(
                kind: .number(number, unit: picked.unit.symbol), start: value.start, length: value.length)
            return with(.compare(comparison, field, literal))
        default: return condition
        }
    }
}

extension FeedContract {
    /// Whether the field, by name or header, perhaps behind the name of the feed, holds numbers with decimals.
    fileprivate func isNumber(_ word: String) -> Bool {
        let name = word.split(separator: ".").last.map(String.init) ?? word
        guard let field = fields.first(where: { $0.name == name || $0.header == name }),
            case .decimal = field.kind
        else { return false }
        return true
    }
}

extension PickedParameter {
    /// As a decimal in its unit; `nil` when it is none, or negative.
    fileprivate var decimal: String? {
        let scale = Int128(DecimalText.powersOfTen[DecimalText.maximumDecimals])
        let (product, overflow) = constant.numerator.multipliedReportingOverflow(by: scale)
        guard !overflow, product >= 0, product % constant.denominator == 0 else { return nil }
        return Int64(exactly: product / constant.denominator).map {
            DecimalText.trimmed($0, decimals: DecimalText.maximumDecimals)
        }
    }
}
