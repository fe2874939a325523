/// Parameters while the method is being compiled: the value that the data year picks, by name and by label.
struct PickedParameters {
    struct Picked {
        let name: String
        /// In the parameter's unit. Its name is the parameter's label.
        let constant: Expression.Constant
        let unit: Unit
    }

    private var all: [String: Picked] = [:]
    /// Names of those that some rule mentions.
    private(set) var used: Set<String> = []

    var words: [String] { all.keys.sorted() }

    mutating func add(_ picked: Picked) {
        all[picked.name] = picked
        all[picked.constant.name] = picked
    }

    mutating func use(_ word: String) -> Picked? {
        guard let picked = all[word] else { return nil }
        used.insert(picked.name)
        return picked
    }
}

extension Compilation {
    /// Words that mean something else where a parameter would be mentioned.
    private static let wordsOfRules = ["weight", "value", "baseline", "points", "adjustments", "data_year"]

    /// Makes them known to expressions. What is wrong with one is complained about; then nothing that mentions it is.
    mutating func addParameters() {
        for parameter in document.parameters {
            guard isFree(parameter), let picked = picked(parameter) else {
                draft.misread.formUnion([parameter.name.text, parameter.label])
                continue
            }
            draft.parameters.add(picked)
        }
    }

    private mutating func isFree(_ parameter: MethodDocument.Parameter) -> Bool {
        guard mayBeDeclared(parameter.name) else { return false }
        if Compilation.wordsOfRules.contains(parameter.name.text) {
            complain(
                about: parameter.name,
                "‘\(parameter.name.text)’ has a meaning of its own in rules; choose another name")
            return false
        }
        let taken =
            draft.node(called: parameter.name.text).map { draft.nodes[$0].place }
            ?? document.statistics.first { $0.name.text == parameter.name.text }?.name.place
        if let taken {
            complainAboutSecond(parameter.name, first: taken)
            return false
        }
        let sameLabel =
            draft.node(called: parameter.label).map { draft.nodes[$0].name }
            ?? document.statistics.first { $0.label == parameter.label }?.name.text
            ?? document.parameters.first {
                $0.label == parameter.label && $0.name.place < parameter.name.place
            }?.name.text
        if let sameLabel {
            complainAboutSecondLabel(parameter.name, parameter.label, of: sameLabel)
            return false
        }
        return true
    }

    private mutating func picked(_ parameter: MethodDocument.Parameter) -> PickedParameters.Picked? {
        let values = parameter.entries.map {
            parameterValue($0.value, label: parameter.label, in: parameter.unit)
        }
        guard yearsFit(parameter), !values.contains(where: { $0 == nil }) else { return nil }
        let year = document.dataYear
        guard
            let index = parameter.entries.indices.first(where: {
                parameter.entries[$0].from <= year && year <= parameter.end(of: $0) ?? year
            }), let constant = values[index]
        else {
            complain(about: parameter.name, parameter.lack(of: year))
            return nil
        }
        return .init(name: parameter.name.text, constant: constant, unit: parameter.unit)
    }

    /// Whether every year from the first has one value.
    private mutating func yearsFit(_ parameter: MethodDocument.Parameter) -> Bool {
        let entries = parameter.entries
        var fit = true
        for (index, entry) in entries.enumerated() {
            if let until = entry.until, until < entry.from, let text = entry.untilText {
                complain(
                    about: text,
                    "the value ends in \(until), before it begins in \(entry.from); correct a year")
                fit = false
                continue
            }
            guard index > 0 else { continue }
            let before = entries[index - 1]
            let end = before.until ?? entry.from - 1
            if end >= entry.from || before.from == entry.from {
                complain(
                    about: entry.fromText,
                    "‘\(parameter.name.text)’ has two values for \(entry.from): the one of \(before.fromText.place.mention(from: entry.fromText.place)) holds as well; end it with ‘until: \(entry.from - 1)’, or delete one"
                )
                fit = false
            } else if end + 1 < entry.from {
                let years = end + 2 == entry.from ? "\(end + 1)" : "\(end + 1) to \(entry.from - 1)"
                complain(
                    about: entry.fromText,
                    "‘\(parameter.name.text)’ has no value for \(years); begin this one earlier, or end the one before later"
                )
                fit = false
            }
        }
        return fit
    }

    mutating func warnAboutUnusedParameters() {
        let used = draft.parameters.used.union(document.parametersOfWeights)
        for parameter in document.parameters where !used.contains(parameter.name.text) {
            warn(
                about: parameter.name,
                "nothing uses the parameter ‘\(parameter.name.text)’ (\(parameter.label)); name it in a rule, or delete it"
            )
        }
    }
}

extension MethodDocument.Parameter {
    /// That it has no value for the year, and which is the nearest.
    fileprivate func lack(of year: Int) -> String {
        let start = "‘\(name.text)’ has no value for the data year \(year); "
        guard let first = entries.first, let last = entries.last else { return start + "add one" }
        return start
            + (year < first.from
                ? "the first begins in \(first.from) (\(first.value.text)): begin it earlier, or add one"
                : "the last ends in \(last.until ?? year) (\(last.value.text)): add one that begins in \((last.until ?? year) + 1)")
    }
}

extension ExpressionChecker {
    /// One number, as the value of a parameter.
    mutating func parameterValue(label: String, in unit: Unit) throws(ExpressionProblem)
        -> Expression.Constant
    {
        let syntax = try Parser.parse(source.text)
        var literal = syntax
        var sign: Int128 = 1
        if case .negate(let inner) = syntax.kind { (literal, sign) = (inner, -1) }
        guard case .number = literal.kind else {
            throw syntax.problem("the value of a parameter must be one number, such as 24.097")
        }
        let number = try check(literal).converted(to: unit)
        guard let (numerator, denominator) = number.expression.product, number.bound.fits else {
            throw syntax.tooLarge
        }
        let divisor = Fraction.greatestCommonDivisor(numerator, denominator)
        return Expression.Constant(
            numerator: sign * (numerator / divisor), denominator: denominator / divisor, name: label,
            spelling: source.text)
    }

    /// Parameters as numbers where a row's field is compared: `count(leased_out where area >= large)`.
    mutating func withParameters(_ call: Syntax.Call) -> Syntax.Call {
        Syntax.Call(
            name: call.name, arguments: call.arguments, by: call.by, over: call.over,
            condition: call.condition.map { withParameters($0) })
    }

    private mutating func withParameters(_ condition: Syntax) -> Syntax {
        func with(_ kind: Syntax.Kind) -> Syntax {
            Syntax(kind: kind, start: condition.start, length: condition.length)
        }
        switch condition.kind {
        case .and(let parts): return with(.and(parts.map { withParameters($0) }))
        case .or(let parts): return with(.or(parts.map { withParameters($0) }))
        case .not(let inner): return with(.not(withParameters(inner)))
        case .compare(let comparison, let field, let value):
            guard case .word(let word) = value.kind, let picked = draft.parameters.use(word),
                let number = picked.decimal
            else { return condition }
            let literal = Syntax(
                kind: .number(number, unit: picked.unit.symbol), start: value.start, length: value.length)
            return with(.compare(comparison, field, literal))
        default: return condition
        }
    }
}

extension TypedExpression {
    /// A parameter's value as it is written; with its unit where it stands for a value of another unit.
    func spelling(of parameter: Expression.Constant, isConverted: Bool) throws(ExpressionProblem) -> String {
        guard isConverted, parameter.spelling.last?.isNumber == true, let unit = try unit() else {
            return parameter.spelling
        }
        return "\(parameter.spelling) \(unit.symbol)"
    }
}

extension PickedParameters.Picked {
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

extension Expression {
    /// A constant, or one times the factor of a conversion, as a fraction; the parts are bounded by the checker.
    fileprivate var product: (numerator: Int128, denominator: Int128)? {
        switch self {
        case .constant(let constant): return (constant.numerator, constant.denominator)
        case .multiply(.constant(let a), .constant(let b)):
            let (n, overflow1) = a.numerator.multipliedReportingOverflow(by: b.numerator)
            let (d, overflow2) = a.denominator.multipliedReportingOverflow(by: b.denominator)
            return overflow1 || overflow2 ? nil : (n, d)
        default: return nil
        }
    }
}
