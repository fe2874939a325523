/// One word of an expression, with where it stands: characters from the expression's first, counted from 0.
struct Token: Equatable {
    enum Kind: Equatable {
        /// Digits with an optional point, as written.
        case number
        /// A name, a label, a keyword or a bare text: `tax.vat_net`, `亩均税收`, `and`.
        case word
        /// A text in quotes, without them.
        case quoted
        /// `+ - * / ( ) , < <= = != >= > %`
        case symbol
        case end
    }

    let kind: Kind
    let text: String
    let start: Int
    let length: Int
    /// Whether the token before it ends where this one begins: `万元/亩` is a unit, `万元 / land` is a division.
    let touchesPrevious: Bool
}
