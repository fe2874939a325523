/// Cuts an expression into tokens. Full-width brackets, commas and signs count as their plain forms.
struct Lexer {
    private static let replacements: [Character: String] = [
        "（": "(", "）": ")", "，": ",", "、": ",", "＜": "<", "＞": ">", "＝": "=", "≤": "<=", "≥": ">=", "≠": "!=",
        "×": "*", "÷": "/", "＋": "+", "－": "-", "％": "%", "−": "-",
    ]
    private static let plainSymbols: Set<Character> = ["+", "-", "*", "/", "(", ")", ",", "<", ">", "=", "%"]

    /// The tokens, closed by one of kind `end`; throws the first character that belongs to no token.
    static func tokens(of text: String) throws(ExpressionProblem) -> [Token] {
        let characters = Array(text)
        var tokens: [Token] = []
        var i = 0
        var lastEnd = -1
        func append(_ kind: Token.Kind, _ text: String, from start: Int, to end: Int) {
            tokens.append(
                Token(
                    kind: kind, text: text, start: start, length: end - start,
                    touchesPrevious: lastEnd == start))
            lastEnd = end
        }
        while i < characters.count {
            let c = characters[i]
            let start = i
            if c.isWhitespace {
                i += 1
            } else if c.isASCII, c.isNumber {
                while i < characters.count, characters[i].isASCII,
                    characters[i].isNumber || characters[i] == "."
                { i += 1 }
                append(.number, String(characters[start..<i]), from: start, to: i)
            } else if c == "\"" || c == "'" {
                i += 1
                while i < characters.count, characters[i] != c { i += 1 }
                guard i < characters.count else {
                    throw ExpressionProblem(
                        start, characters.count - start,
                        "the quote is never closed; add \(c) at the end of the text")
                }
                i += 1
                append(.quoted, String(characters[start + 1..<i - 1]), from: start, to: i)
            } else if c == "!", i + 1 < characters.count, characters[i + 1] == "=" {
                i += 2
                append(.symbol, "!=", from: start, to: i)
            } else if let replacement = replacements[c] {
                i += 1
                append(.symbol, replacement, from: start, to: i)
            } else if c == "=", i + 1 < characters.count, characters[i + 1] == "=" {
                throw ExpressionProblem(start, 2, "equality is written with one ‘=’")
            } else if plainSymbols.contains(c) {
                i += 1
                if c == "<" || c == ">", i < characters.count, characters[i] == "=" { i += 1 }
                append(.symbol, String(characters[start..<i]), from: start, to: i)
            } else if isWordCharacter(c) {
                while i < characters.count,
                    isWordCharacter(characters[i]) || characters[i].isNumber || characters[i] == "."
                { i += 1 }
                append(.word, String(characters[start..<i]), from: start, to: i)
            } else {
                var message = "‘\(c)’ has no meaning in an expression"
                if ("０"..."９").contains(c) || c == "．" { message += "; write numbers as 0-9 and ." }
                if c == "“" || c == "”" || c == "‘" || c == "’" || c == "「" {
                    message += "; quote texts with ' or leave the quotes away"
                }
                if c == "：" || c == ":" { message += "; equality is written with =" }
                if c == "；" || c == ";" { message += "; delete it" }
                if "—–―‐".contains(c) { message += "; minus is written with -" }
                if c == "|" { message += "; write ‘or’" }
                if c == "·" || c == "∙" || c == "•" { message += "; write ‘*’" }
                throw ExpressionProblem(start, 1, message)
            }
        }
        tokens.append(Token(kind: .end, text: "", start: characters.count, length: 1, touchesPrevious: false))
        return tokens
    }

    private static func isWordCharacter(_ c: Character) -> Bool {
        c == "_" || c.isLetter || c == "·" || c == "²" || c == "³" || c == "&"
    }
}
