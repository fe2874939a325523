/// A checked expression over one firm's values. Units are resolved: conversions are constants in the tree.
///
/// Numbers are exact fractions until the node rounds them. Conditions are three-valued: a comparison with a
/// missing value is unknown, and what is unknown does not hold.
package indirect enum Expression: Sendable, Hashable {
    /// As the method file spells them.
    package enum Comparison: String, Sendable {
        case less = "<"
        case lessOrEqual = "<="
        case equal = "="
        case notEqual = "!="
        case greaterOrEqual = ">="
        case greater = ">"

        /// As it is printed for people.
        var sign: String {
            switch self {
            case .less, .equal, .greater: rawValue
            case .lessOrEqual: "≤"
            case .notEqual: "≠"
            case .greaterOrEqual: "≥"
            }
        }
    }

    // Numbers
    case constant(Constant)
    /// The rounded value of another node, of a number, a day or a flag.
    case node(Int)
    /// The value of a statistic for the firm's group.
    case statistic(Int)
    case negate(Expression)
    case add(Expression, Expression)
    case subtract(Expression, Expression)
    case multiply(Expression, Expression)
    case divide(Expression, Expression)
    case minimum([Expression])
    case maximum([Expression])
    case choose(condition: Expression, then: Expression, otherwise: Expression)
    /// The first, or the second where the first is missing for any cause but a refused row.
    case fallback(Expression, Expression)
    /// Only as the whole rule of a measure or an indicator, where its value is rounded at once.
    case real(RealFunction, [Expression])
    /// Full years from the day node to the as-of day; negative before it.
    case yearsSince(Int)

    // Conditions
    case compare(Comparison, Expression, Expression)
    /// The category node is one of the texts; only its first `prefix` characters are compared when given.
    case isOneOf(node: Int, prefix: Int?, texts: [String])
    case and([Expression])
    case or([Expression])
    case not(Expression)
    /// The condition does not hold: it fails, or is unknown. Only what a refused row leaves open stays open.
    case unless(Expression)
    case isMissing(Expression)

    /// Whether a flag node is yes.
    static func holds(flag node: Int) -> Expression { .compare(.notEqual, .node(node), .constant(.zero)) }

    /// A number of the method file: an exact fraction with its spelling.
    package struct Constant: Sendable, Hashable {
        /// With the sign of the number.
        package let numerator: Int128
        /// Positive.
        package let denominator: Int128
        /// What it is called where it was declared: 权重, 基准值, the label of a parameter; empty for a literal.
        package let name: String
        /// As it was written, unit included: `24.097`.
        package let spelling: String
        /// What it is to the points of an indicator; `nil` for every other number.
        let role: Role?

        /// What a number is to the points of an indicator, with its label.
        enum Role: String, Sendable {
            case weight = "权重"
            case baseline = "基准值"
        }

        package init(numerator: Int128, denominator: Int128, name: String, spelling: String) {
            self.init(
                numerator: numerator, denominator: denominator, name: name, spelling: spelling, role: nil)
        }

        init(numerator: Int128, denominator: Int128, name: String, spelling: String, role: Role?) {
            self.numerator = numerator
            self.denominator = denominator
            self.name = name
            self.spelling = spelling
            self.role = role
        }

        static let zero = Constant(numerator: 0, denominator: 1, name: "", spelling: "0")

        /// The factor between two units, with parts below 2^63, spelled as a decimal where there is one: `0.0015（m²→亩）`.
        init(conversion numerator: Int128, over denominator: Int128, from own: Unit, to unit: Unit) {
            let scale = Int128(DecimalText.powersOfTen[DecimalText.maximumDecimals])
            var factor = "\(numerator)/\(denominator)"
            if scale % denominator == 0,
                let scaled = Int64(exactly: numerator * (scale / denominator))
            {
                factor = DecimalText.trimmed(scaled, decimals: DecimalText.maximumDecimals)
            }
            self.init(
                numerator: numerator, denominator: denominator, name: "",
                spelling: "\(factor)（\(own.symbol)→\(unit.symbol)）")
        }
    }
}
