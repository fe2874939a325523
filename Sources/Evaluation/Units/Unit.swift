/// A unit of measure: exponents of the base quantities and an exact factor to their base units.
///
/// `万元/亩` is money¹ area⁻¹ with the factor 10000/1 to `元/亩`. Units of one dimension convert into each other
/// exactly; units of different dimensions never meet in a sum or a comparison.
package struct Unit: Sendable, Hashable {
    /// The base quantities, each with its base unit. Area is held in 亩: 1 m² is exactly 0.0015 亩, while 1 亩 is
    /// no finite decimal of m².
    package enum Base: String, Sendable, CaseIterable {
        case money, area, coal, electricity, mass, volume, heat, people, time
    }

    /// The spelling of the method file or contract.
    package let symbol: String
    /// Exponent of each base quantity, in the order of `Base`.
    package let exponents: [Int]
    /// One of this unit is `numerator / denominator` of the product of base units; both are positive.
    package let numerator: Int64
    package let denominator: Int64

    private init(symbol: String, exponents: [Int], numerator: Int64, denominator: Int64) {
        let divisor = Unit.greatestCommonDivisor(numerator, denominator)
        self.symbol = symbol
        self.exponents = exponents
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// A plain number: a share, a score, a count.
    package static let one = Unit(
        symbol: "1", exponents: Array(repeating: 0, count: Base.allCases.count), numerator: 1, denominator: 1)

    /// Whether it is the plain number, however it is spelled.
    package var isOne: Bool { isDimensionless && numerator == denominator }
    private var isDimensionless: Bool { exponents.allSatisfy { $0 == 0 } }

    /// Whether the two convert into each other.
    package func hasDimension(of other: Unit) -> Bool { exponents == other.exponents }

    package static func == (a: Unit, b: Unit) -> Bool {
        a.exponents == b.exponents && a.numerator == b.numerator && a.denominator == b.denominator
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(exponents)
        hasher.combine(numerator)
        hasher.combine(denominator)
    }

    // MARK: Reading

    /// The units that may be written, each with its base quantity and factor.
    private static let simple: [(symbol: String, base: Base?, numerator: Int64, denominator: Int64)] = [
        ("1", nil, 1, 1), ("%", nil, 1, 100), ("分", nil, 1, 1),
        ("元", .money, 1, 1), ("千元", .money, 1000, 1), ("万元", .money, 10_000, 1),
        ("亿元", .money, 100_000_000, 1),
        ("亩", .area, 1, 1), ("m²", .area, 15, 10_000), ("m2", .area, 15, 10_000), ("平方米", .area, 15, 10_000),
        ("公顷", .area, 15, 1),
        ("tce", .coal, 1, 1), ("kgce", .coal, 1, 1000), ("吨标准煤", .coal, 1, 1), ("万tce", .coal, 10_000, 1),
        ("kWh", .electricity, 1, 1), ("万kWh", .electricity, 10_000, 1), ("千瓦时", .electricity, 1, 1),
        ("万千瓦时", .electricity, 10_000, 1),
        ("t", .mass, 1, 1), ("kg", .mass, 1, 1000), ("吨", .mass, 1, 1), ("千克", .mass, 1, 1000),
        ("m³", .volume, 1, 1), ("m3", .volume, 1, 1), ("立方米", .volume, 1, 1),
        ("GJ", .heat, 1, 1),
        ("人", .people, 1, 1), ("万人", .people, 10_000, 1),
        ("年", .time, 12, 1), ("月", .time, 1, 1),
    ]

    /// Reads `元`, `万元/亩`, `kg/m²`, `1`; `nil` when a part is no known unit.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, parts.count <= 4, var unit = Unit.named(first) else { return nil }
        for part in parts.dropFirst() {
            guard let divisor = Unit.named(part), let quotient = unit.divided(by: divisor) else { return nil }
            unit = quotient
        }
        self.init(
            symbol: text, exponents: unit.exponents, numerator: unit.numerator, denominator: unit.denominator)
    }

    private static func named(_ symbol: String) -> Unit? {
        guard let entry = simple.first(where: { $0.symbol == symbol }) else { return nil }
        return Unit(
            symbol: symbol, exponents: Base.allCases.map { $0 == entry.base ? 1 : 0 },
            numerator: entry.numerator, denominator: entry.denominator)
    }

    /// Symbols of all simple units, for "did you mean".
    package static var symbols: [String] { simple.map(\.symbol) }

    // MARK: Arithmetic

    /// `nil` when the factor leaves `Int64`.
    package func multiplied(by other: Unit) -> Unit? {
        let (n, overflow1) = numerator.multipliedReportingOverflow(by: other.numerator)
        let (d, overflow2) = denominator.multipliedReportingOverflow(by: other.denominator)
        guard !overflow1, !overflow2 else { return nil }
        let symbol = other.isOne ? self.symbol : isOne ? other.symbol : "\(self.symbol)·\(other.symbol)"
        return Unit(
            symbol: symbol, exponents: zip(exponents, other.exponents).map(+), numerator: n, denominator: d)
    }

    /// `nil` when the factor leaves `Int64`.
    package func divided(by other: Unit) -> Unit? {
        let (n, overflow1) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (d, overflow2) = denominator.multipliedReportingOverflow(by: other.numerator)
        guard !overflow1, !overflow2 else { return nil }
        let symbol = other.isOne ? self.symbol : "\(self.symbol)/\(other.symbol)"
        return Unit(
            symbol: symbol, exponents: zip(exponents, other.exponents).map(-), numerator: n, denominator: d)
    }

    private static func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return max(a, 1)
    }
}
