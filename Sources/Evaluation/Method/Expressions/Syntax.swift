/// An expression as written, before names and units are looked up.
struct Syntax {
    indirect enum Kind {
        case number(String, unit: String?)
        /// A name, a label or a bare text; the checker decides by what stands around it.
        case word(String)
        case quoted(String)
        case negate(Syntax)
        case arithmetic(Character, Syntax, Syntax)
        case compare(Expression.Comparison, Syntax, Syntax)
        case isIn(Syntax, [Syntax], negated: Bool)
        case isMissing(Syntax, negated: Bool)
        case not(Syntax)
        case and([Syntax])
        case or([Syntax])
        case choose(then: Syntax, condition: Syntax, otherwise: Syntax)
        case call(Call)
    }

    struct Call {
        let name: String
        let arguments: [Syntax]
        let by: Syntax?
        let over: Syntax?
        let condition: Syntax?
    }

    let kind: Kind
    let start: Int
    let length: Int
}

extension Syntax {
    /// Whether it is one number, with or without sign and unit.
    var isNumber: Bool {
        switch kind {
        case .number: true
        case .negate(let inner): inner.isNumber
        default: false
        }
    }

    /// What is written where a text is expected: a bare word, a text in quotes, or a number such as 3312.
    var text: String? {
        switch kind {
        case .word(let text), .quoted(let text), .number(let text, nil): text
        default: nil
        }
    }
}
