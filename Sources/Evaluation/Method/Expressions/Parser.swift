/// Reads an expression. The grammar:
///
///     expression  = either [ "if" either "else" expression ]
///     either      = both { "or" both }
///     both        = negation { "and" negation }
///     negation    = "not" negation | comparison
///     comparison  = sum [ ("<" | "<=" | "=" | "!=" | ">=" | ">") sum
///                       | [ "not" ] "in" "(" text { "," text } ")"
///                       | "is" [ "not" ] "missing" ]
///     sum         = product { ("+" | "-") product }
///     product     = factor { ("*" | "/") factor }
///     factor      = "-" factor | number [ unit ] | word | "'" text "'" | call | "(" expression ")"
///     call        = word "(" [ expression { "," expression } [ "by" factor ] [ "over" word ] [ "where" either ] ] ")"
struct Parser {
    private let tokens: [Token]
    private var position = 0
    private var depth = 0
    private static let maximumDepth = 100
    /// What is read here is walked by functions that call themselves: `1 + 1 + …` must not exhaust the stack.
    private static let maximumTokens = 1000
    private static let maximumLength = 10_000
    private static let keywords: Set<String> = [
        "if", "else", "or", "and", "not", "in", "is", "by", "over", "where",
    ]

    static func parse(_ text: String) throws(ExpressionProblem) -> Syntax {
        guard text.utf8.count <= maximumLength else {
            throw ExpressionProblem(
                0, 1,
                "the expression has \(text.utf8.count) bytes, more than \(maximumLength); split the node")
        }
        let tokens = try Lexer.tokens(of: text)
        guard tokens.count <= maximumTokens else {
            throw ExpressionProblem(
                0, 1,
                "the expression has \(tokens.count - 1) words and signs, more than \(maximumTokens); split the node"
            )
        }
        guard tokens.count > 1 else { throw ExpressionProblem(0, 1, "the expression is empty") }
        var parser = Parser(tokens: tokens)
        let syntax = try parser.expression()
        guard parser.current.kind == .end else {
            throw parser.unexpected("an operator or the end of the expression")
        }
        return syntax
    }

    /// The words of an expression, whether or not it can be read.
    static func words(of text: String) -> [String] {
        guard text.utf8.count <= maximumLength else { return [] }
        let tokens = (try? Lexer.tokens(of: text)) ?? []
        return tokens.filter { $0.kind == .word }.map(\.text)
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    private var current: Token { tokens[position] }

    private mutating func advance() -> Token {
        let token = current
        if position < tokens.count - 1 { position += 1 }
        return token
    }

    private func isWord(_ text: String) -> Bool { current.kind == .word && current.text == text }
    private func isSymbol(_ text: String) -> Bool { current.kind == .symbol && current.text == text }

    private mutating func take(word: String) -> Bool {
        guard isWord(word) else { return false }
        _ = advance()
        return true
    }

    private mutating func take(symbol: String) -> Bool {
        guard isSymbol(symbol) else { return false }
        _ = advance()
        return true
    }

    private mutating func expect(symbol: String) throws(ExpressionProblem) {
        guard take(symbol: symbol) else { throw unexpected("‘\(symbol)’") }
    }

    private func unexpected(_ wanted: String) -> ExpressionProblem {
        if let slip { return ExpressionProblem(current.start, current.length, slip) }
        return current.kind == .end
            ? ExpressionProblem(
                max(0, current.start - 1), 1, "the expression ends here, but \(wanted) is expected")
            : ExpressionProblem(
                current.start, current.length, "‘\(current.text)’ stands where \(wanted) is expected")
    }

    /// What people write where the language says it otherwise.
    private var slip: String? {
        let before = position > 0 ? tokens[position - 1] : nil
        if isWord("if"), before.map({ $0.text == "(" || $0.text == "," || $0.text == "else" }) ?? true {
            return "the value comes first: write ‘2 if has(title, 高新技术企业) else 0’"
        }
        if isWord("then") { return "‘then’ is no word here; write the value first: 2 if … else 0" }
        if let before, before.kind == .symbol, before.text == "+", before.touchesPrevious, position > 1,
            tokens[position - 2].kind == .word, current.kind == .end || isSymbol(")") || isSymbol(",")
        {
            return "a text with signs stands in quotes: '\(tokens[position - 2].text)+'"
        }
        let meant = [
            "&&": "and", "&": "and", "且": "and", "并且": "and", "并": "and", "和": "and", "AND": "and", "或": "or",
            "或者": "or", "OR": "or", "非": "not", "NOT": "not", "x": "*", "X": "*", "除以": "/", "乘以": "*",
        ]
        guard current.kind == .word, position > 0, let word = meant[current.text] else { return nil }
        return "‘\(current.text)’ is no operator; write ‘\(word)’"
    }

    private func make(_ kind: Syntax.Kind, from start: Int) -> Syntax {
        let last = tokens[max(0, position - 1)]
        return Syntax(kind: kind, start: start, length: last.start + last.length - start)
    }

    private mutating func expression() throws(ExpressionProblem) -> Syntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Parser.maximumDepth else {
            throw ExpressionProblem(
                current.start, 1, "brackets are nested deeper than \(Parser.maximumDepth); split the node")
        }
        let start = current.start
        let first = try either()
        guard take(word: "if") else { return first }
        let condition = try either()
        guard take(word: "else") else { throw unexpected("‘else’") }
        let otherwise = try expression()
        return make(.choose(then: first, condition: condition, otherwise: otherwise), from: start)
    }

    private mutating func either() throws(ExpressionProblem) -> Syntax {
        let start = current.start
        var parts = [try both()]
        while take(word: "or") { parts.append(try both()) }
        return parts.count == 1 ? parts[0] : make(.or(parts), from: start)
    }

    private mutating func both() throws(ExpressionProblem) -> Syntax {
        let start = current.start
        var parts = [try negation()]
        while take(word: "and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : make(.and(parts), from: start)
    }

    private mutating func negation() throws(ExpressionProblem) -> Syntax {
        let start = current.start
        var count = 0
        while take(word: "not") { count += 1 }
        let inner = try comparison()
        return count % 2 == 0 ? inner : make(.not(inner), from: start)
    }

    private mutating func comparison() throws(ExpressionProblem) -> Syntax {
        let start = current.start
        let left = try sum()
        if current.kind == .symbol, let comparison = Expression.Comparison(rawValue: current.text) {
            _ = advance()
            let right = try sum()
            if current.kind == .symbol, Expression.Comparison(rawValue: current.text) != nil {
                throw ExpressionProblem(
                    current.start, current.length,
                    "one comparison ends before ‘\(current.text)’; make two and join them with ‘and’")
            }
            return make(.compare(comparison, left, right), from: start)
        }
        if take(word: "is") {
            let negated = take(word: "not")
            guard take(word: "missing") else { throw unexpected("‘missing’") }
            return make(.isMissing(left, negated: negated), from: start)
        }
        let negated = isWord("not")
        if negated { _ = advance() }
        if take(word: "in") {
            try expect(symbol: "(")
            var texts = [try sum()]
            while take(symbol: ",") { texts.append(try sum()) }
            try expect(symbol: ")")
            return make(.isIn(left, texts, negated: negated), from: start)
        }
        if negated { throw unexpected("‘in’") }
        return left
    }

    private mutating func sum() throws(ExpressionProblem) -> Syntax {
        let start = current.start
        var left = try product()
        while isSymbol("+") || isSymbol("-") {
            let sign: Character = advance().text == "+" ? "+" : "-"
            let right = try product()
            left = make(.arithmetic(sign, left, right), from: start)
        }
        return left
    }

    private mutating func product() throws(ExpressionProblem) -> Syntax {
        let start = current.start
        var left = try factor()
        while isSymbol("*") || isSymbol("/") {
            let sign: Character = advance().text == "*" ? "*" : "/"
            let right = try factor()
            left = make(.arithmetic(sign, left, right), from: start)
        }
        return left
    }

    private mutating func factor() throws(ExpressionProblem) -> Syntax {
        let start = current.start
        var minuses = 0
        while take(symbol: "-") { minuses += 1 }
        let inner = try primary()
        return minuses % 2 == 0 ? inner : make(.negate(inner), from: start)
    }

    private mutating func primary() throws(ExpressionProblem) -> Syntax {
        let start = current.start
        if take(symbol: "(") {
            let inner = try expression()
            try expect(symbol: ")")
            return Syntax(kind: inner.kind, start: start, length: tokens[position - 1].start + 1 - start)
        }
        switch current.kind {
        case .number:
            let text = advance().text
            let unit = try unitAfterNumber()
            return make(.number(text, unit: unit), from: start)
        case .quoted:
            let text = advance().text
            return make(.quoted(text), from: start)
        case .word where !Parser.keywords.contains(current.text):
            let word = advance()
            guard take(symbol: "(") else { return make(.word(word.text), from: start) }
            let call = try arguments(of: word.text)
            return make(.call(call), from: start)
        default:
            throw unexpected("a number, a name or a bracket")
        }
    }

    /// `亩` in `3 亩`, `万元/亩` in `5 万元/亩`, `%` in `20%`.
    private mutating func unitAfterNumber() throws(ExpressionProblem) -> String? {
        if take(symbol: "%") { return "%" }
        guard current.kind == .word, !Parser.keywords.contains(current.text) else { return nil }
        guard Unit(current.text) != nil else {
            throw ExpressionProblem(
                current.start, current.length,
                "‘\(current.text)’ is no unit"
                    + Unit.remedy(
                        for: current.text,
                        otherwise: "a number is followed by a unit, an operator or nothing"))
        }
        var unit = advance().text
        while isSymbol("/"), current.touchesPrevious, position + 1 < tokens.count,
            tokens[position + 1].touchesPrevious,
            tokens[position + 1].kind == .word, Unit(tokens[position + 1].text) != nil
        {
            _ = advance()
            unit += "/" + advance().text
        }
        return unit
    }

    private mutating func arguments(of name: String) throws(ExpressionProblem) -> Syntax.Call {
        var arguments: [Syntax] = []
        var by: Syntax?
        var over: Syntax?
        var condition: Syntax?
        if !isSymbol(")") {
            arguments.append(try expression())
            while take(symbol: ",") { arguments.append(try expression()) }
            if take(word: "by") { by = try factor() }
            if take(word: "over") { over = try factor() }
            if take(word: "where") { condition = try either() }
        }
        try expect(symbol: ")")
        return Syntax.Call(name: name, arguments: arguments, by: by, over: over, condition: condition)
    }
}
