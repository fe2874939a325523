/// Gives an expression its meaning: looks up names, checks kinds and units, and bounds the parts of its fraction.
struct ExpressionChecker {
    /// What words mean only here: `weight`, `value` and `baseline` in a formula, `points` in a missing rule.
    struct Context {
        /// Name of the node or rule that the expression belongs to; columns that it asks for are named after it.
        let owner: String
        var locals: [String: Typed] = [:]
        /// The cohort whose rule this is.
        var cohort: Int?
        /// The points node whose missing rule this is.
        var ownPoints: Int?
        /// What `sum(points)` and `sum(adjustments)` add up, in the total.
        var parts: [String: [Int]] = [:]

        init(owner: String) { self.owner = owner }
    }

    struct Typed {
        enum Kind {
            /// Unit `nil`: a bare number of the method file, which takes the unit that it meets.
            case number(Unit?)
            case condition
            case category(node: Int, prefix: Int?)
            case day(Int)
            case text(String)
        }

        let kind: Kind
        let expression: Expression
        let bound: Bound

        static func condition(_ expression: Expression) -> Typed {
            Typed(kind: .condition, expression: expression, bound: .cell(decimals: 0))
        }
    }

    private(set) var draft: Draft
    private let context: Context
    private let dataYear: Int
    /// The expression's text, for labels of columns, and where it stands.
    let source: MethodDocument.Text

    init(_ source: MethodDocument.Text, draft: Draft, context: Context, dataYear: Int) {
        self.source = source
        self.draft = draft
        self.context = context
        self.dataYear = dataYear
    }

    // MARK: Results

    /// The expression as a number in the given unit that rounds to the decimals.
    mutating func number(in unit: Unit, decimals: Int) throws(ExpressionProblem) -> Expression {
        let syntax = try Parser.parse(source.text)
        let typed = try converted(try check(syntax), to: unit, at: syntax)
        guard typed.bound.isRoundable(decimals: decimals) else { throw tooLarge(syntax) }
        return typed.expression
    }

    mutating func condition() throws(ExpressionProblem) -> Expression {
        let syntax = try Parser.parse(source.text)
        return try condition(syntax)
    }

    /// A weight or a baseline: one number, converted to the unit.
    mutating func constant(named name: String, in unit: Unit) throws(ExpressionProblem) -> Expression.Constant
    {
        let syntax = try Parser.parse(source.text)
        let typed = try converted(try check(syntax), to: unit, at: syntax)
        var factor: Int128 = 1
        var divisor: Int128 = 1
        var expression = typed.expression
        if case .multiply(let inner, .constant(let conversion)) = expression {
            (factor, divisor) = (conversion.numerator, conversion.denominator)
            expression = inner
        }
        var isNegative = false
        if case .negate(let inner) = expression {
            isNegative = true
            expression = inner
        }
        guard case .constant(let constant) = expression else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "a \(name == "权重" ? "weight" : "baseline") must be one number, such as 24.097")
        }
        guard typed.bound.fits else { throw tooLarge(syntax) }
        return Expression.Constant(
            numerator: constant.numerator * factor * (isNegative ? -1 : 1),
            denominator: constant.denominator * divisor,
            name: name, spelling: source.text)
    }

    /// A statistic that is given a name of its own.
    mutating func statistic(decimals: Int, rounding: Rounding) throws(ExpressionProblem) -> Statistic {
        let syntax = try Parser.parse(source.text)
        let known = ["sum", "mean", "min", "max", "count", "median", "quantile"]
        guard case .call(let call) = syntax.kind else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "a statistic is written as \(known.joined(separator: ", ")) of a named value")
        }
        guard let statistic = try statistic(call, at: syntax, decimals: decimals, rounding: rounding) else {
            throw ExpressionProblem(
                syntax.start, call.name.count,
                "there is no statistic ‘\(call.name)’"
                    + Spelling.remedy(
                        for: call.name, among: known,
                        otherwise: "there are \(known.joined(separator: ", "))"))
        }
        return statistic
    }

    // MARK: Kinds

    private func tooLarge(_ syntax: Syntax) -> ExpressionProblem {
        ExpressionProblem(
            syntax.start, syntax.length,
            "the exact value of this could need more than 126 bits; split the node: give a part a name and decimals of its own"
        )
    }

    private func bounded(_ typed: Typed, at syntax: Syntax) throws(ExpressionProblem) -> Typed {
        guard typed.bound.fits else { throw tooLarge(syntax) }
        return typed
    }

    private func unit(_ typed: Typed, at syntax: Syntax) throws(ExpressionProblem) -> Unit? {
        if case .number(let unit) = typed.kind { return unit }
        let what: String
        switch typed.kind {
        case .condition: what = "a condition"
        case .category: what = "a text"
        case .text(let text):
            if case .word = syntax.kind { throw unknown(text, syntax) }
            what = "a text"
        case .day: what = "a day; use years_since(…)"
        case .number: what = "a number"
        }
        throw ExpressionProblem(syntax.start, syntax.length, "a number is expected here, but this is \(what)")
    }

    private func converted(_ typed: Typed, to unit: Unit, at syntax: Syntax) throws(ExpressionProblem)
        -> Typed
    {
        guard let own = try self.unit(typed, at: syntax), own != unit else { return typed }
        guard own.hasDimension(of: unit) else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "the unit is \(own.symbol), but \(unit.symbol) is expected here, and the two do not convert")
        }
        let (n, overflow1) = own.numerator.multipliedReportingOverflow(by: unit.denominator)
        let (d, overflow2) = own.denominator.multipliedReportingOverflow(by: unit.numerator)
        guard !overflow1, !overflow2 else { throw tooLarge(syntax) }
        let divisor = Fraction.greatestCommonDivisor(Int128(n), Int128(d))
        let factor = Expression.Constant(
            conversion: Int128(n) / divisor, over: Int128(d) / divisor, from: own, to: unit)
        return try bounded(
            Typed(
                kind: .number(unit), expression: .multiply(typed.expression, .constant(factor)),
                bound: typed.bound.multiplied(by: .constant(factor))), at: syntax)
    }

    private mutating func condition(_ syntax: Syntax) throws(ExpressionProblem) -> Expression {
        let typed = try check(syntax)
        if case .condition = typed.kind { return typed.expression }
        throw ExpressionProblem(
            syntax.start, syntax.length, "a condition is expected here, such as ‘land < 3 亩’")
    }

    /// Two numbers in one unit.
    private mutating func numbers(
        _ a: Syntax, _ b: Syntax, at syntax: Syntax
    ) throws(ExpressionProblem) -> (Typed, Typed, Unit?) {
        try unified(try check(a), a, try check(b), b, at: syntax)
    }

    private func unified(
        _ left: Typed, _ a: Syntax, _ right: Typed, _ b: Syntax, at syntax: Syntax
    ) throws(ExpressionProblem) -> (Typed, Typed, Unit?) {
        let leftUnit = try unit(left, at: a)
        let rightUnit = try unit(right, at: b)
        guard let leftUnit else { return (left, right, rightUnit) }
        guard let rightUnit else { return (left, right, leftUnit) }
        guard leftUnit.hasDimension(of: rightUnit) else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "\(leftUnit.symbol) and \(rightUnit.symbol) are different quantities; they cannot be added or compared"
            )
        }
        return (left, try converted(right, to: leftUnit, at: b), leftUnit)
    }

    // MARK: Checking

    private mutating func check(_ syntax: Syntax) throws(ExpressionProblem) -> Typed {
        switch syntax.kind {
        case .number(let text, let unit): return try constant(text, unit, syntax)
        case .quoted(let text):
            return Typed(kind: .text(text), expression: .always, bound: .cell(decimals: 0))
        case .word(let word): return try self.word(word, syntax)
        case .negate(let inner):
            let typed = try check(inner)
            let unit = try unit(typed, at: inner)
            return Typed(kind: .number(unit), expression: .negate(typed.expression), bound: typed.bound)
        case .arithmetic(let sign, let a, let b): return try arithmetic(sign, a, b, syntax)
        case .compare(let comparison, let a, let b): return try compare(comparison, a, b, syntax)
        case .isIn(let a, let texts, let negated): return try isIn(a, texts, negated)
        case .isMissing(let inner, let negated):
            let typed = try check(inner)
            if case .text(let text) = typed.kind { throw unknown(text, inner) }
            if case .condition = typed.kind {
                throw ExpressionProblem(inner.start, inner.length, "only a value can be missing")
            }
            let expression = Expression.isMissing(typed.expression)
            return .condition(negated ? .not(expression) : expression)
        case .not(let inner): return .condition(.not(try condition(inner)))
        case .and(let parts):
            var conditions: [Expression] = []
            for part in parts { conditions.append(try condition(part)) }
            return .condition(.and(conditions))
        case .or(let parts):
            var conditions: [Expression] = []
            for part in parts { conditions.append(try condition(part)) }
            return .condition(.or(conditions))
        case .choose(let then, let condition, let otherwise):
            let test = try self.condition(condition)
            let (a, b, unit) = try numbers(then, otherwise, at: syntax)
            return try bounded(
                Typed(
                    kind: .number(unit),
                    expression: .choose(condition: test, then: a.expression, otherwise: b.expression),
                    bound: .joined([a.bound, b.bound])), at: syntax)
        case .call(let call): return try self.call(call, syntax)
        }
    }

    private func constant(_ text: String, _ unitText: String?, _ syntax: Syntax) throws(ExpressionProblem)
        -> Typed
    {
        guard let (digits, places) = DecimalText.parse(text), places <= 18 else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "‘\(text)’ is no number; a number has at most 30 digits, 18 of them behind one point")
        }
        var numerator = digits
        var denominator = Int128(DecimalText.powersOfTen[places])
        var unit: Unit?
        if unitText == "%" {
            denominator *= 100
            unit = .one
        } else if let unitText {
            unit = Unit(unitText)
        }
        let divisor = Fraction.greatestCommonDivisor(numerator, denominator)
        numerator /= divisor
        denominator /= divisor
        let spelling = text + (unitText.map { $0 == "%" ? "%" : " \($0)" } ?? "")
        let constant = Expression.Constant(
            numerator: numerator, denominator: denominator, name: "", spelling: spelling)
        return Typed(kind: .number(unit), expression: .constant(constant), bound: .constant(constant))
    }

    private func unknown(_ word: String, _ syntax: Syntax) -> ExpressionProblem {
        if draft.misread.contains(word) { return .consequence }
        func problem(_ message: String) -> ExpressionProblem {
            ExpressionProblem(syntax.start, syntax.length, message)
        }
        if ["weight", "value", "baseline"].contains(word) {
            return problem("‘\(word)’ means something only in the formula of an indicator's points")
        }
        if word == "points" || word == "adjustments" {
            return problem(
                "‘\(word)’ is no value of its own; the total says sum(\(word)), and a missing rule mean(points)"
            )
        }
        let relations = draft.contracts.flatMap { $0.relations.map(\.name) }
        if word == FeedContract.registryName {
            return problem("‘registry’ is a feed and no value; name a field of it, such as registry.scale")
        }
        if relations.contains(word) {
            return problem(
                "‘\(word)’ is a feed and no value; say sum(\(word).…), count(\(word)) or has(\(word))")
        }
        if let dot = word.firstIndex(of: "."), !relations.contains(String(word[..<dot])) {
            let feed = String(word[..<dot])
            return problem(
                "there is no feed ‘\(feed)’"
                    + Spelling.remedy(
                        for: feed, among: relations,
                        otherwise: "there are \(relations.joined(separator: ", "))"))
        }
        return problem("nothing is called ‘\(word)’" + Spelling.suggestion(for: word, among: callableNames))
    }

    private var callableNames: [String] {
        draft.knownNames + draft.statistics.map(\.name) + context.locals.keys.sorted()
    }

    private mutating func word(_ word: String, _ syntax: Syntax) throws(ExpressionProblem) -> Typed {
        if let local = context.locals[word] { return local }
        if let node = draft.node(called: word) { return typed(node: node) }
        if let index = draft.statistics.firstIndex(where: { $0.name == word || $0.label == word }) {
            return typed(statistic: index)
        }
        if let (feed, relation, field) = try fieldReference(word, syntax) {
            guard draft.contracts[feed].name == FeedContract.registryName else {
                throw ExpressionProblem(
                    syntax.start, syntax.length,
                    "a firm can have many rows in ‘\(draft.contracts[feed].title)’; say sum(\(word)), latest(\(word)) or count(…)"
                )
            }
            try refuseFreeText(draft.contracts[feed].fields[field], syntax)
            let column = FeedColumn(
                feed: feed, relation: relation, aggregate: .latest(field: field), filter: nil)
            let node = draft.node(of: column, owner: context.owner, place: place(syntax))
            return typed(node: node)
        }
        return Typed(kind: .text(word), expression: .always, bound: .cell(decimals: 0))
    }

    private func typed(node index: Int) -> Typed {
        let node = draft.nodes[index]
        switch node.type {
        case .number(let unit):
            return Typed(kind: .number(unit), expression: .node(index), bound: .cell(decimals: node.decimals))
        case .category:
            return Typed(
                kind: .category(node: index, prefix: nil), expression: .node(index), bound: .cell(decimals: 0)
            )
        case .day: return Typed(kind: .day(index), expression: .node(index), bound: .cell(decimals: 0))
        case .flag:
            let zero = Expression.Constant(numerator: 0, denominator: 1, name: "", spelling: "0")
            return .condition(.compare(.notEqual, .node(index), .constant(zero)))
        }
    }

    private func typed(statistic index: Int) -> Typed {
        let statistic = draft.statistics[index]
        return Typed(
            kind: .number(statistic.unit), expression: .statistic(index),
            bound: .cell(decimals: statistic.decimals))
    }

    func place(_ syntax: Syntax) -> SourcePlace {
        source.span(syntax.start, syntax.length).place
    }

    private mutating func arithmetic(
        _ sign: Character, _ a: Syntax, _ b: Syntax, _ syntax: Syntax
    ) throws(ExpressionProblem) -> Typed {
        if sign == "+" || sign == "-" {
            let (left, right, unit) = try numbers(a, b, at: syntax)
            let expression: Expression =
                sign == "+"
                ? .add(left.expression, right.expression) : .subtract(left.expression, right.expression)
            return try bounded(
                Typed(
                    kind: .number(unit), expression: expression, bound: .joined([left.bound, right.bound])),
                at: syntax)
        }
        let left = try check(a)
        let right = try check(b)
        let leftUnit = try unit(left, at: a)
        let rightUnit = try unit(right, at: b)
        let unit: Unit?
        if leftUnit == nil, rightUnit == nil {
            unit = nil
        } else {
            let l = leftUnit ?? .one
            let r = rightUnit ?? .one
            guard let joined = sign == "*" ? l.multiplied(by: r) : l.divided(by: r) else {
                throw tooLarge(syntax)
            }
            unit = joined
        }
        if sign == "*" {
            return try bounded(
                Typed(
                    kind: .number(unit), expression: .multiply(left.expression, right.expression),
                    bound: left.bound.multiplied(by: right.bound)), at: syntax)
        }
        var divisor: Expression.Constant?
        if case .constant(let constant) = right.expression {
            guard constant.numerator != 0 else {
                throw ExpressionProblem(b.start, b.length, "this divides by zero")
            }
            divisor = constant
        }
        return try bounded(
            Typed(
                kind: .number(unit), expression: .divide(left.expression, right.expression),
                bound: left.bound.divided(by: right.bound, constantDivisor: divisor)), at: syntax)
    }

    private mutating func compare(
        _ comparison: Expression.Comparison, _ a: Syntax, _ b: Syntax, _ syntax: Syntax
    ) throws(ExpressionProblem) -> Typed {
        let left = try check(a)
        if case .category(let node, let prefix) = left.kind {
            guard comparison == .equal || comparison == .notEqual else {
                throw ExpressionProblem(
                    syntax.start, syntax.length, "texts can only be compared with = and !=")
            }
            let text = try literal(b, for: node, prefix: prefix)
            let test = Expression.isOneOf(node: node, prefix: prefix, texts: [text])
            return .condition(comparison == .equal ? test : .not(test))
        }
        if case .day(let node) = left.kind {
            guard case .quoted(let text) = b.kind, let day = Day(text) else {
                throw ExpressionProblem(
                    b.start, b.length, "a day is compared with a day in quotes, such as '2021-12-31'")
            }
            let constant = Expression.Constant(
                numerator: Int128(day.number), denominator: 1, name: "", spelling: text)
            return .condition(.compare(comparison, .node(node), .constant(constant)))
        }
        if case .text(let text) = left.kind { throw unknown(text, a) }
        let (l, r, _) = try unified(left, a, try check(b), b, at: syntax)
        guard l.bound.isComparable(with: r.bound) else { throw tooLarge(syntax) }
        return .condition(.compare(comparison, l.expression, r.expression))
    }

    /// A text that a category is compared with: a bare word, a number as written, or a text in quotes.
    private func literal(_ syntax: Syntax, for node: Int, prefix: Int?) throws(ExpressionProblem) -> String {
        let text: String
        switch syntax.kind {
        case .word(let word): text = word
        case .quoted(let quoted): text = quoted
        case .number(let number, nil): text = number
        default:
            throw ExpressionProblem(
                syntax.start, syntax.length, "a text is expected here, such as 规上 or '规上'")
        }
        let known = draft.nodes[node].texts
        if prefix == nil, !known.isEmpty, !known.contains(text) {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "‘\(draft.nodes[node].label)’ is never ‘\(text)’"
                    + Spelling.remedy(
                        for: text, among: known, otherwise: "it is one of \(known.joined(separator: ", "))"))
        }
        if let prefix, text.count != prefix {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "‘\(text)’ does not have \(prefix) characters, so nothing equals it")
        }
        return text
    }

    private mutating func isIn(_ a: Syntax, _ texts: [Syntax], _ negated: Bool) throws(ExpressionProblem)
        -> Typed
    {
        let left = try check(a)
        guard case .category(let node, let prefix) = left.kind else {
            if case .text(let text) = left.kind { throw unknown(text, a) }
            throw ExpressionProblem(
                a.start, a.length, "‘in’ asks whether a text is one of several; compare numbers with < and >")
        }
        var literals: [String] = []
        for text in texts { literals.append(try literal(text, for: node, prefix: prefix)) }
        let test = Expression.isOneOf(node: node, prefix: prefix, texts: literals)
        return .condition(negated ? .not(test) : test)
    }

    // MARK: Calls

    private mutating func call(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) -> Typed {
        if let parts = try sumOfParts(call) { return parts }
        if let column = try feedColumn(call, syntax, draft.contracts, dataYear: dataYear) {
            let node = draft.node(of: column, owner: context.owner, place: place(syntax))
            return typed(node: node)
        }
        if call.arguments.count < 2 || call.name != "min" && call.name != "max",
            let statistic = try statistic(call, at: syntax, decimals: nil, rounding: .halfAway)
        {
            let index = draft.statistic(statistic)
            return typed(statistic: index)
        }
        guard call.by == nil, call.over == nil, call.condition == nil else {
            throw ExpressionProblem(
                syntax.start, syntax.length, "‘by’, ‘over’ and ‘where’ belong to statistics and feeds only")
        }
        switch call.name {
        case "min", "max": return try extreme(call, syntax)
        case "default": return try fallback(call, syntax)
        case "years_since": return try yearsSince(call, syntax)
        case "prefix": return try prefix(call, syntax)
        default:
            let known = [
                "sum", "count", "has", "latest", "mean", "min", "max", "median", "quantile", "default",
                "years_since", "prefix",
            ]
            throw ExpressionProblem(
                syntax.start, call.name.count,
                "there is no function ‘\(call.name)’"
                    + Spelling.remedy(
                        for: call.name, among: known,
                        otherwise: "there are \(known.joined(separator: ", "))"))
        }
    }

    private func sumOfParts(_ call: Syntax.Call) throws(ExpressionProblem) -> Typed? {
        guard call.name == "sum", call.arguments.count == 1, case .word(let word) = call.arguments[0].kind,
            let parts = context.parts[word]
        else { return nil }
        let zero = Expression.Constant(numerator: 0, denominator: 1, name: "", spelling: "0")
        guard let first = parts.first else {
            return Typed(kind: .number(.one), expression: .constant(zero), bound: .constant(zero))
        }
        var sum = typed(node: first)
        for part in parts.dropFirst() {
            let next = typed(node: part)
            sum = Typed(
                kind: .number(.one), expression: .add(sum.expression, next.expression),
                bound: .joined([sum.bound, next.bound]))
        }
        return sum
    }

    private mutating func extreme(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) -> Typed {
        guard call.arguments.count >= 2 else {
            throw ExpressionProblem(syntax.start, syntax.length, "\(call.name) needs two or more values here")
        }
        var unit: Unit?
        var typed: [Typed] = []
        for argument in call.arguments {
            let next = try check(argument)
            if unit == nil { unit = try self.unit(next, at: argument) }
            typed.append(next)
        }
        for (index, argument) in call.arguments.enumerated() {
            if let unit { typed[index] = try converted(typed[index], to: unit, at: argument) }
        }
        let parts = typed.map(\.expression)
        return try bounded(
            Typed(
                kind: .number(unit), expression: call.name == "min" ? .minimum(parts) : .maximum(parts),
                bound: .joined(typed.map(\.bound))), at: syntax)
    }

    private mutating func fallback(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) -> Typed {
        guard call.arguments.count == 2 else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "default needs a value and what it becomes when it is missing: default(sum(leased_in.area), 0)"
            )
        }
        let (a, b, unit) = try numbers(call.arguments[0], call.arguments[1], at: syntax)
        return try bounded(
            Typed(
                kind: .number(unit), expression: .fallback(a.expression, b.expression),
                bound: .joined([a.bound, b.bound])),
            at: syntax)
    }

    private mutating func yearsSince(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) -> Typed
    {
        guard call.arguments.count == 1, case .day(let node) = try check(call.arguments[0]).kind else {
            throw ExpressionProblem(
                syntax.start, syntax.length, "years_since needs a day, such as years_since(registry.founded)")
        }
        return Typed(kind: .number(nil), expression: .yearsSince(node), bound: .cell(decimals: 0))
    }

    private mutating func prefix(_ call: Syntax.Call, _ syntax: Syntax) throws(ExpressionProblem) -> Typed {
        guard call.arguments.count == 2, case .category(let node, nil) = try check(call.arguments[0]).kind,
            case .number(let text, nil) = call.arguments[1].kind, let length = Int(text),
            (1...20).contains(length)
        else {
            throw ExpressionProblem(
                syntax.start, syntax.length,
                "prefix needs a text and a length from 1 to 20, such as prefix(registry.industry, 2)")
        }
        return Typed(
            kind: .category(node: node, prefix: length), expression: .node(node), bound: .cell(decimals: 0))
    }

    /// `nil` when the call is no statistic of a named value.
    private mutating func statistic(
        _ call: Syntax.Call, at syntax: Syntax, decimals: Int?, rounding: Rounding
    ) throws(ExpressionProblem) -> Statistic? {
        var function: Statistic.Function
        switch call.name {
        case "sum": function = .sum
        case "mean": function = .mean
        case "min": function = .minimum
        case "max": function = .maximum
        case "count": function = .count
        case "median": function = .median
        case "quantile": function = .quantile(tenThousandths: 5000)
        default: return nil
        }
        if call.name == "quantile" {
            guard call.arguments.count == 2, case .number(let text, let unit) = call.arguments[1].kind,
                let (digits, places) = DecimalText.parse(text), places <= (unit == "%" ? 2 : 4),
                unit == nil || unit == "%"
            else {
                throw ExpressionProblem(
                    syntax.start, syntax.length,
                    "quantile needs a value and a share, such as quantile(tax_per_mu, 25%)")
            }
            let share = Int(
                clamping: digits * Int128(DecimalText.powersOfTen[(unit == "%" ? 2 : 4) - places]))
            guard (0...10_000).contains(share) else {
                throw ExpressionProblem(
                    call.arguments[1].start, call.arguments[1].length,
                    "the share must lie between 0% and 100%")
            }
            function = .quantile(tenThousandths: share)
        } else if call.arguments.count != 1 {
            throw ExpressionProblem(syntax.start, syntax.length, "\(call.name) needs one named value")
        }
        let argument = call.arguments[0]
        let node: Int
        var isOwnPoints = false
        if case .word("points") = argument.kind, let own = context.ownPoints {
            node = own
            isOwnPoints = true
        } else {
            let typed = try check(argument)
            if case .text(let text) = typed.kind, case .word = argument.kind { throw unknown(text, argument) }
            guard case .node(let index) = typed.expression, case .number = draft.nodes[index].type else {
                throw ExpressionProblem(
                    argument.start, argument.length,
                    "\(call.name) takes one named value, since named values are rounded; give this a name and decimals first"
                )
            }
            node = index
        }
        guard call.condition == nil else {
            throw ExpressionProblem(
                syntax.start, syntax.length, "‘where’ belongs to feeds; a statistic says ‘over’ and ‘by’")
        }
        var by: Int?
        var prefix: Int?
        if let splitter = call.by {
            guard case .category(let category, let length) = try check(splitter).kind else {
                throw ExpressionProblem(
                    splitter.start, splitter.length,
                    "‘by’ needs a text that splits the firms, such as registry.industry")
            }
            by = category
            prefix = length
        }
        var members: Statistic.Members = context.cohort == nil ? .graded : .cohort
        if let over = call.over {
            guard case .word(let word) = over.kind, let given = Statistic.Members(rawValue: word) else {
                throw ExpressionProblem(over.start, over.length, "‘over’ must be graded, cohort or registry")
            }
            members = given
        }
        let source = draft.nodes[node]
        let unit: Unit
        if case .number(let own) = source.type, function != .count { unit = own } else { unit = .one }
        let suffix = by.map { "_by_\(draft.nodes[$0].name)" } ?? ""
        let own = members == .cohort ? context.cohort : nil
        return Statistic(
            name: "\(call.name)_\(source.name)\(suffix)",
            label: source.label + ExpressionChecker.label(of: function)
                + (by.map { "（按\(draft.nodes[$0].label)）" } ?? ""),
            function: function, argument: node, beforeMissingRule: isOwnPoints, members: members,
            onlyCohort: own,
            by: by, prefix: prefix, unit: unit,
            decimals: function == .count ? 0 : decimals ?? source.decimals,
            rounding: rounding)
    }

    private static func label(of function: Statistic.Function) -> String {
        switch function {
        case .sum: "合计"
        case .mean: "均值"
        case .minimum: "最小值"
        case .maximum: "最大值"
        case .count: "户数"
        case .median: "中位数"
        case .quantile(let share): "\(DecimalText.format(Int64(share), decimals: 2))%分位数"
        }
    }
}
