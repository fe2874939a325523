import Testing

@testable import Evaluation

/// Decimals as text.
@Suite struct DecimalTextTests {
    @Test(
        arguments: [
            ("0", 0, 0), ("7", 7, 0), ("-7", -7, 0), ("0.0302", 302, 4), ("-0.0302", -302, 4),
            ("24.097", 24097, 3),
            ("007", 7, 0), ("1.50", 150, 2), ("-0", 0, 0), ("999999999999999", 999_999_999_999_999, 0),
        ] as [(String, Int128, Int)])
    func reads(_ text: String, _ digits: Int128, _ places: Int) throws {
        let read = try #require(DecimalText.parse(text))
        #expect(read.digits == digits)
        #expect(read.places == places)
    }

    @Test(arguments: [
        "", "-", ".", "-.", ".5", "5.", "1..2", "1.2.3", "+1", "--1", "1-", "1e5", "1,000", " 1", "1 ", "１",
        "0x10",
        "NaN", "一", "1234567890123456789012345678901",
    ])
    func refuses(_ text: String) { #expect(DecimalText.parse(text) == nil) }

    @Test(
        arguments: [
            (987_094, 4, "98.7094"), (-302, 4, "-0.0302"), (0, 2, "0.00"), (5, 0, "5"), (-5, 0, "-5"),
            (1200, 3, "1.200"),
            (1, 9, "0.000000001"), (Int64.min, 0, "-9223372036854775808"),
            (Int64.max, 2, "92233720368547758.07"),
        ] as [(Int64, Int, String)])
    func writes(_ scaled: Int64, _ decimals: Int, _ text: String) {
        #expect(DecimalText.format(scaled, decimals: decimals) == text)
    }

    @Test(
        arguments: [
            (1200, 3, "1.2"), (1000, 3, "1"), (0, 3, "0"), (100, 0, "100"), (-50, 1, "-5"), (-5, 2, "-0.05"),
        ] as [(Int64, Int, String)])
    func trims(_ scaled: Int64, _ decimals: Int, _ text: String) {
        #expect(DecimalText.trimmed(scaled, decimals: decimals) == text)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        for value: Int64 in [-1_000_001, -100, -1, 0, 1, 9, 10, 99, 12_345, 999_999_999_999_999] {
            for decimals in 0...9 {
                let read = try #require(DecimalText.parse(DecimalText.format(value, decimals: decimals)))
                #expect(read.digits == Int128(value))
                #expect(read.places == decimals)
            }
        }
    }
}

@Suite struct RoundingTests {
    /// numerator, denominator, then half away, half even, down (toward zero), up (away from zero).
    @Test(
        arguments: [
            (5, 2, [3, 2, 2, 3]), (-5, 2, [-3, -2, -2, -3]), (7, 2, [4, 4, 3, 4]), (-7, 2, [-4, -4, -3, -4]),
            (1, 2, [1, 0, 0, 1]), (-1, 2, [-1, 0, 0, -1]), (1, 3, [0, 0, 0, 1]), (-1, 3, [0, 0, 0, -1]),
            (2, 3, [1, 1, 0, 1]), (-2, 3, [-1, -1, 0, -1]), (6, 3, [2, 2, 2, 2]), (-6, 3, [-2, -2, -2, -2]),
            (0, 7, [0, 0, 0, 0]), (249, 100, [2, 2, 2, 3]), (251, 100, [3, 3, 2, 3]), (15, 10, [2, 2, 1, 2]),
            (25, 10, [3, 2, 2, 3]), (-25, 10, [-3, -2, -2, -3]),
        ] as [(Int128, Int128, [Int128])])
    func tables(_ numerator: Int128, _ denominator: Int128, _ expected: [Int128]) {
        let rules: [Rounding] = [.halfAway, .halfEven, .down, .up]
        #expect(rules.map { Fraction.round(numerator, over: denominator, $0) } == expected)
        // The same beyond 64 bits, where another path is taken.
        let large: Int128 = 1 << 70
        #expect(rules.map { Fraction.round(numerator * large, over: denominator * large, $0) } == expected)
    }

    @Test func agreesWithItselfAtTheEdgeOf64Bits() {
        let most = Int128(Int64.max)
        #expect(Fraction.round(most, over: 2, .halfAway) == 4_611_686_018_427_387_904)
        #expect(Fraction.round(most + 1, over: 2, .halfAway) == 4_611_686_018_427_387_904)
        #expect(Fraction.round(Int128(Int64.min), over: 1, .up) == Int128(Int64.min))
        #expect(Fraction.round((1 << 126) - 1, over: 1 << 126, .halfEven) == 1)
    }

    @Test func greatestCommonDivisors() {
        #expect(Fraction.greatestCommonDivisor(12, 18) == 6)
        #expect(Fraction.greatestCommonDivisor(-12, 18) == 6)
        #expect(Fraction.greatestCommonDivisor(0, 5) == 5)
        #expect(Fraction.greatestCommonDivisor(0, 0) == 1)
        #expect(Fraction.greatestCommonDivisor(7, 13) == 1)
    }
}

@Suite struct DayTests {
    @Test(
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("2000-03-01", 11017),
            ("2021-12-31", 18992),
            ("2022-05-31", 19143), ("1800-01-01", -62091), ("2199-12-31", 84005),
        ] as [(String, Int64)])
    func days(_ text: String, _ number: Int64) throws {
        let day = try #require(Day(text))
        #expect(day.number == number)
        #expect(day.description == text)
    }

    @Test(arguments: [
        "2021-02-29", "1900-02-29", "2021-04-31", "2021-13-01", "2021-00-10", "2021-01-00", "1799-12-31",
        "2200-01-01",
        "2021-1-01", "2021/01/01", "21-01-01", "2021-01-01 ", "", "2021-01", "２０２１-01-01", "2021-01-1a",
    ])
    func noSuchDay(_ text: String) { #expect(Day(text) == nil) }

    @Test func everyDayFollowsTheOneBefore() throws {
        var expected = try #require(Day("1890-01-01")).number
        for year in 1890...2110 {
            for month in 1...12 {
                for day in 1...Day.length(ofMonth: month, year: year) {
                    let found = try #require(Day(year: year, month: month, day: day))
                    try #require(found.number == expected)
                    let civil = found.civil
                    try #require(civil.year == year && civil.month == month && civil.day == day)
                    expected += 1
                }
            }
        }
    }
}

@Suite struct UnitTests {
    /// unit, other unit, how many of the other are one of the first.
    @Test(
        arguments: [
            ("万元", "元", 10_000, 1), ("元", "万元", 1, 10_000), ("千元", "万元", 1, 10), ("亿元", "万元", 10_000, 1),
            ("m²", "亩", 3, 2000), ("亩", "m²", 2000, 3), ("公顷", "亩", 15, 1), ("公顷", "平方米", 10_000, 1),
            ("万kWh", "kWh", 10_000, 1), ("kg", "t", 1, 1000), ("kgce", "tce", 1, 1000), ("吨标准煤", "tce", 1, 1),
            ("年", "月", 12, 1), ("%", "1", 1, 100), ("万元/亩", "元/m²", 15, 1), ("千元/人", "万元/人", 1, 10),
            ("万元/万kWh", "元/kWh", 1, 1), ("亿元/公顷", "万元/亩", 10_000, 15),
        ] as [(String, String, Int64, Int64)])
    func converts(_ from: String, _ to: String, _ numerator: Int64, _ denominator: Int64) throws {
        let a = try #require(Unit(from))
        let b = try #require(Unit(to))
        #expect(a.hasDimension(of: b))
        let factor: Int128 = Int128(a.numerator) * Int128(b.denominator) * Int128(denominator)
        let wanted: Int128 = Int128(a.denominator) * Int128(b.numerator) * Int128(numerator)
        #expect(factor == wanted)
    }

    @Test(arguments: [
        ("万元", "亩"), ("万元/亩", "万元"), ("kWh", "tce"), ("t", "tce"), ("m³", "m²"), ("人", "1"), ("万元/亩", "亩/万元"),
    ])
    func keepsApart(_ a: String, _ b: String) throws {
        #expect(try #require(Unit(a)).hasDimension(of: try #require(Unit(b))) == false)
    }

    @Test(arguments: ["", "/", "万元/", "/亩", "万元//亩", "亩2", "两", "万元 /亩", "元/元/元/元/元", "wan"])
    func refuses(_ text: String) { #expect(Unit(text) == nil) }

    @Test func arithmetic() throws {
        let tax = try #require(Unit("万元"))
        let land = try #require(Unit("亩"))
        let perMu = try #require(Unit("万元/亩"))
        #expect(tax.divided(by: land) == perMu)
        #expect(perMu.multiplied(by: land) == tax)
        #expect(tax.divided(by: tax)?.isOne == true)
        #expect(Unit.one.multiplied(by: tax)?.symbol == "万元")
        // Too large a factor is no unit rather than a trap.
        var huge: Unit? = Unit("亿元")
        for _ in 0..<5 { huge = huge.flatMap { $0.multiplied(by: $0) } }
        #expect(huge == nil)
    }
}

@Suite struct CreditCodeTests {
    @Test(arguments: ["91330784000000019T", "91330784MA0000015H", "913307841234567885"])
    func valid(_ code: String) {
        #expect(CreditCode.isValid(Array(code.utf8)))
        #expect(CreditCode.hasValidOrganisationCode(Array(code.utf8)))
    }

    @Test(arguments: [
        "", "91330784000000019", "91330784000000019TT", "91330784000000019I", "91330784000000019t",
        "9133078400000001９T",
        "91330784000000018T", "19330784000000019T", "9133O784000000019T", "913307841234567880", "企业",
    ])
    func invalid(_ code: String) { #expect(!CreditCode.isValid(Array(code.utf8))) }

    /// Both check digits together find every single wrong character and every swap of two neighbours.
    @Test func findsEverySlip() {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
        for code in ["91330784000000019T", "91330784MA0000015H", "913307841234567885"].map({ Array($0.utf8) })
        {
            for position in code.indices {
                for character in alphabet where character != code[position] {
                    var slip = code
                    slip[position] = character
                    #expect(!CreditCode.isValid(slip), "\(String(decoding: slip, as: UTF8.self))")
                }
                guard position > 0, code[position] != code[position - 1] else { continue }
                var swapped = code
                swapped.swapAt(position, position - 1)
                #expect(!CreditCode.isValid(swapped), "\(String(decoding: swapped, as: UTF8.self))")
            }
        }
    }

    @Test func checksOrganisationCodesApart() {
        #expect(CreditCode.organisationCheckCharacter(Array("00000001".utf8)) == UInt8(ascii: "9"))
        #expect(CreditCode.organisationCheckCharacter(Array("MA000001".utf8)) == UInt8(ascii: "5"))
        #expect(CreditCode.organisationCheckCharacter(Array("0000000a".utf8)) == nil)
        #expect(CreditCode.organisationCheckCharacter(Array("0000001".utf8)) == nil)
        #expect(!CreditCode.hasValidOrganisationCode(Array("91330784000000018T".utf8)))
    }
}
