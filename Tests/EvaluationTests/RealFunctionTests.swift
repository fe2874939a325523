import Testing

@testable import Evaluation

/// `ln`, `exp`, `pow` and the means that are no sums: right in the last digit.
@Suite struct RealFunctionTests {
    // MARK: Values

    /// `RealFunctions/values.txt`, whose script computes them with 150 digits in another language.
    @Test func valuesOfPython() throws {
        let lines = try Shipped.testFile("RealFunctions/values.txt").split(separator: "\n").dropFirst()
        #expect(lines.count == 3300)
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            let function = try #require(RealFunction(rawValue: words[0]))
            let decimals = try #require(Int(words[1]))
            let rounding = try #require(Rounding(rawValue: words[2]))
            let arguments = try words[3..<words.count - 2].map { word in
                let parts = word.split(separator: "/")
                return RealFunction.Argument(
                    numerator: try #require(Int128(parts[0])),
                    denominator: parts.count > 1 ? try #require(Int128(parts[1])) : 1)
            }
            let wanted: RealFunction.Result =
                switch words[words.count - 1] {
                case "undefined": .undefined
                case "too_large": .tooLarge
                case let digits: .value(try #require(Int64(digits)))
                }
            #expect(function.value(arguments, decimals: decimals, rounding) == wanted, "\(line)")
        }
    }

    /// A fraction p/q of whole numbers.
    private struct Exact {
        let p: BigNatural
        let q: BigNatural

        static func <= (a: Exact, b: Exact) -> Bool { a.p * b.q <= b.p * a.q }

        func raised(to exponent: Int) -> Exact {
            Exact(p: p.raised(to: exponent), q: q.raised(to: exponent))
        }
    }

    /// r − 1/2 and r + 1/2 units; the first is not below zero.
    private func edges(_ value: Int64, _ decimals: Int) -> (low: Exact, high: Exact) {
        let unit = BigNatural.powerOfTen(decimals) * BigNatural(2)
        let twice = BigNatural(UInt128(value) * 2)
        return (Exact(p: twice - .one, q: unit), Exact(p: twice + .one, q: unit))
    }

    /// e^x between two fractions, by its series as it is defined and a bound on the rest.
    private func exponential(_ x: Exact) -> (low: Exact, high: Exact) {
        let last = 4 * (x.p.divided(by: x.q).word.map(Int.init) ?? 0) + 60
        var sum = Exact(p: .one, q: .one)
        var term = sum
        for n in 1...last {
            term = Exact(p: term.p * x.p, q: term.q * x.q * BigNatural(UInt128(n)))
            sum = Exact(p: sum.p * (term.q.divided(by: sum.q)) + term.p, q: term.q)
        }
        // The terms after the last shrink by more than half each.
        return (sum, Exact(p: sum.p + term.p, q: sum.q))
    }

    private func argument(_ p: Int, _ q: Int) -> RealFunction.Argument {
        .init(numerator: Int128(p), denominator: Int128(q))
    }

    /// The result is right when the exponentials of its two edges enclose the argument.
    @Test(arguments: 0..<4)
    func logarithmsBySeries(_ seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        for _ in 0..<10 {
            let (p, q) = (dice.roll(1...1_000_000), dice.roll(1...1000))
            guard p > q else { continue }
            let decimals = dice.roll(0...9)
            let result = RealFunction.ln.value([argument(p, q)], decimals: decimals, .halfAway)
            let reverse = RealFunction.ln.value([argument(q, p)], decimals: decimals, .halfAway)
            guard case .value(let value) = result else {
                Issue.record("ln(\(p)/\(q)): \(result)")
                continue
            }
            #expect(reverse == .value(-value))
            let x = Exact(p: BigNatural(UInt128(p)), q: BigNatural(UInt128(q)))
            let (low, high) = edges(value, decimals)
            #expect(value == 0 || exponential(low).low <= x, "ln(\(p)/\(q)) to \(decimals)")
            #expect(x <= exponential(high).high, "ln(\(p)/\(q)) to \(decimals)")
        }
    }

    @Test(arguments: 0..<4)
    func exponentialsBySeries(_ seed: Int) {
        var dice = Dice(seed: UInt64(100 + seed))
        for _ in 0..<10 {
            let (p, q) = (dice.roll(1...2000), dice.roll(1...200))
            let decimals = dice.roll(0...9)
            let result = RealFunction.exp.value([argument(p, q)], decimals: decimals, .halfAway)
            let bounds = exponential(Exact(p: BigNatural(UInt128(p)), q: BigNatural(UInt128(q))))
            guard case .value(let value) = result else {
                let limit = Exact(p: BigNatural(UInt128(Cell.limit)), q: BigNatural.powerOfTen(decimals))
                #expect(limit <= bounds.high, "exp(\(p)/\(q)) to \(decimals): \(result)")
                continue
            }
            let (low, high) = edges(value, decimals)
            #expect(low <= bounds.high && bounds.low <= high, "exp(\(p)/\(q)) to \(decimals)")
        }
    }

    /// x^(p/q) = r exactly when x^p = r^q.
    @Test(arguments: 0..<4)
    func powersByWholeNumbers(_ seed: Int) {
        var dice = Dice(seed: UInt64(200 + seed))
        for _ in 0..<300 {
            let x = Exact(
                p: BigNatural(UInt128(dice.roll(1...5000))), q: BigNatural(UInt128(dice.roll(1...500))))
            let (p, q) = (dice.roll(1...12), dice.roll(1...12))
            let decimals = dice.roll(0...6)
            let base = argument(Int(x.p.word ?? 0), Int(x.q.word ?? 1))
            let result = RealFunction.pow.value([base, argument(p, q)], decimals: decimals, .halfAway)
            let power = x.raised(to: p)
            guard case .value(let value) = result else {
                let limit = Exact(p: BigNatural(UInt128(Cell.limit)), q: BigNatural.powerOfTen(decimals))
                #expect(limit.raised(to: q) <= power, "\(x)^(\(p)/\(q)) to \(decimals): \(result)")
                continue
            }
            let (low, high) = edges(value, decimals)
            // Half a unit rounds away: the lower edge belongs to the value, the upper one does not.
            #expect(value == 0 || low.raised(to: q) <= power, "\(x)^(\(p)/\(q)) to \(decimals)")
            #expect(!(high.raised(to: q) <= power), "\(x)^(\(p)/\(q)) to \(decimals)")
        }
    }

    /// Any parts that the arithmetic of a run can hold.
    @Test func anyArguments() {
        var dice = Dice(seed: 300)
        func part(_ dice: inout Dice) -> Int128 {
            let bits = dice.roll(0...125)
            let value = Int128(truncatingIfNeeded: UInt128(dice.next()) << 64 | UInt128(dice.next()))
            return value >> Int128(127 - bits)
        }
        for _ in 0..<400 {
            let function = dice.one(of: RealFunction.allCases)
            let arguments = (0..<dice.roll(function.arity)).map { _ in
                RealFunction.Argument(
                    numerator: dice.happens(5) ? 0 : part(&dice),
                    denominator: max(1, Int128(truncatingIfNeeded: part(&dice).magnitude)))
            }
            let rounding = dice.one(of: Rounding.allCases)
            let result = function.value(arguments, decimals: dice.roll(0...9), rounding)
            if case .value(let value) = result { #expect(value.magnitude < UInt64(Cell.limit)) }
        }
    }

    // MARK: In a method

    private func method(_ expressions: [String], unit: String = "1") -> String {
        let lines = expressions.enumerated().map {
            "  e\($0): {label: 式\($0), unit: \(unit), decimals: 4, value: '\($1)'}"
        }
        return RankingTests.Rules().method.replacing(
            "scope:",
            with: "\(lines.joined(separator: "\n"))\nscope:", maxReplacements: 1)
    }

    private let firms: [FirmRow] = [
        ["registry_state": "在业", "statistics_output": "500", "statistics_profit": "200"],
        ["registry_state": "在业", "statistics_output": "500", "statistics_profit": "-200"],
        ["registry_state": "在业", "statistics_output": "0", "statistics_profit": "200"],
        ["registry_state": "在业", "statistics_output": "空白", "statistics_profit": "200"],
        ["registry_state": "在业", "statistics_output": "记录被拒"],
    ]

    @Test(
        arguments: [
            ("ln(output / profit)", ["0.9163", "缺失（无定义）", "缺失（无定义）", "缺失（空白）", "缺失（记录被拒）"]),
            ("exp(profit / 1 千元 / 100)", ["7.3891", "0.1353", "7.3891", "7.3891", "缺失（无记录）"]),
            ("pow(output / profit, 0.5)", ["1.5811", "缺失（无定义）", "0.0000", "缺失（空白）", "缺失（记录被拒）"]),
            ("pow(2.5, profit / 1 千元 / 100)", ["6.2500", "0.1600", "6.2500", "6.2500", "缺失（无记录）"]),
            ("ln(profit / output)", ["-0.9163", "缺失（无定义）", "缺失（除数为零）", "缺失（空白）", "缺失（记录被拒）"]),
        ] as [(String, [String])])
    func values(_ expression: String, _ wanted: [String]) throws {
        #expect(try compiled(method([expression])).evaluate(firms).texts("e0") == wanted)
    }

    /// Means keep the unit, of the name or of the parts; a harmonic mean may also stand inside an expression.
    @Test(
        arguments: [
            (
                "geometric_mean(output, profit)", "千元",
                ["316.2278", "缺失（无定义）", "0.0000", "缺失（空白）", "缺失（记录被拒）"]
            ),
            (
                "geometric_mean(output, profit)", "元",
                ["316227.7660", "缺失（无定义）", "0.0000", "缺失（空白）", "缺失（记录被拒）"]
            ),
            (
                "harmonic_mean(output, profit)", "千元",
                ["285.7143", "缺失（无定义）", "缺失（无定义）", "缺失（空白）", "缺失（记录被拒）"]
            ),
            (
                "harmonic_mean(output, profit, 1 万元, 300)", "千元",
                ["36.2538", "缺失（无定义）", "缺失（无定义）", "缺失（空白）", "缺失（记录被拒）"]
            ),
            (
                "2 * harmonic_mean(output, profit)", "千元",
                ["571.4286", "缺失（除数为零）", "缺失（除数为零）", "缺失（空白）", "缺失（记录被拒）"]
            ),
        ] as [(String, String, [String])])
    func means(_ expression: String, _ unit: String, _ wanted: [String]) throws {
        #expect(try compiled(method([expression], unit: unit)).evaluate(firms).texts("e0") == wanted)
    }

    @Test func tooManyDigits() throws {
        let graph = try compiled(method(["exp(profit / 1 千元)"]))
        #expect(throws: EvaluationError.self) { try graph.evaluate(firms) }
    }

    /// What is rounded at once must have a name; plain numbers go in and come out.
    @Test(
        arguments: [
            ("2 * ln(output / profit)", "1", "give it a name and decimals first"),
            ("-exp(1)", "1", "give it a name and decimals first"),
            ("1 if ln(output / profit) > 0 else 0", "1", "give it a name and decimals first"),
            ("ln(exp(1))", "1", "give it a name and decimals first"),
            ("ln(output)", "1", "the unit is 千元, but 1 is expected here"),
            ("ln(output / profit)", "千元", "ln gives a plain number, but 千元 is expected here"),
            ("ln(output / profit, 2)", "1", "ln needs one number"),
            ("pow(output / profit)", "1", "pow needs a base and an exponent"),
            ("geometric_mean(output)", "千元", "geometric_mean needs 2 to 16 numbers"),
            ("geometric_mean(output, 1 亩)", "千元", "the unit is 亩, but 千元 is expected here"),
            ("ln(output / profit by registry.scale)", "1", "‘by’, ‘over’ and ‘where’ belong to statistics"),
            ("log(output / profit)", "1", "there is no function ‘log’"),
        ])
    func refusals(_ expression: String, _ unit: String, _ message: String) throws {
        let problems = try checked(method([expression], unit: unit)).problems
        #expect(problems.contains { $0.severity == .error && $0.message.contains(message) }, "\(problems)")
    }

    @Test func pointsAreNoRealFunction() throws {
        let method = RankingTests.Rules().method.replacing(
            "formula: weight * value / baseline", with: "formula: ln(value / baseline)")
        let problems = try checked(method).problems
        #expect(problems.contains { $0.message.contains("give it a name and decimals first") })
    }

    /// The name may then be used as any other, and means the rounded value.
    @Test func usedByName() throws {
        let graph = try compiled(method(["ln(output / profit)", "10000 * e0"]))
        #expect(try graph.evaluate([firms[0]]).texts("e1") == ["9163.0000"])
    }

    @Test func formulaAndMeaning() throws {
        let graph = try compiled(
            method(["ln(output / profit)", "pow(output / profit, 0.5)", "geometric_mean(1, 2)"]))
        func node(_ name: String) throws -> Node { graph.nodes[try #require(graph.node(named: name))] }
        #expect(try graph.formula(of: node("e0")) == "ln（产值 ÷ 利润）")
        #expect(try graph.formula(of: node("e1")) == "乘方（产值 ÷ 利润，0.5）")
        #expect(try graph.formula(of: node("e2")) == "几何平均（1，2）")
        func same(_ a: String, _ b: String) throws -> Bool {
            try compiled(method([a])).meaning == compiled(method([b])).meaning
        }
        #expect(try same("geometric_mean(1, 2)", "geometric_mean(2, 1)"))
        #expect(try !same("pow(1, 2)", "pow(2, 1)"))
        #expect(try !same("ln(2)", "exp(2)"))
    }

    /// Many firms, on all cores: nothing depends on the block that a firm stands in.
    @Test func manyFirms() throws {
        let graph = try compiled(method(["ln(output / profit)"]))
        let many = (0..<20_000).map { index -> FirmRow in
            [
                "registry_state": "在业", "statistics_output": "\(index % 97 + 1)",
                "statistics_profit": "\(index % 89 + 1)",
            ]
        }
        let evaluated = try graph.evaluate(many)
        let cells = evaluated.cells[try #require(graph.node(named: "e0"))]
        for index in stride(from: 0, to: 20_000, by: 199) {
            let wanted = RealFunction.ln.value(
                [argument(index % 97 + 1, index % 89 + 1)], decimals: 4, .halfAway)
            #expect(wanted == .value(cells[index]))
        }
    }
}
