import Testing

@testable import Evaluation

/// Random expressions over random firms, against an interpreter that keeps one reduced fraction at a time.
@Suite struct RandomExpressionTests {
    indirect enum Number {
        case constant(Int, places: Int)
        case measure(Int)
        case negate(Number)
        case binary(String, Number, Number)
        case extreme(String, [Number])
        case fallback(Number, Number)
        case choose(Number, Condition, Number)

        var text: String {
            switch self {
            case .constant(let digits, let places): DecimalText.format(Int64(digits), decimals: places)
            case .measure(let index): ["a", "b", "c"][index]
            case .negate(let inner): "-(\(inner.text))"
            case .binary(let sign, let a, let b): "(\(a.text) \(sign) \(b.text))"
            case .extreme(let name, let parts): "\(name)(\(parts.map(\.text).joined(separator: ", ")))"
            case .fallback(let a, let b): "default(\(a.text), \(b.text))"
            case .choose(let then, let condition, let otherwise):
                "(\(then.text) if \(condition.text) else \(otherwise.text))"
            }
        }
    }

    indirect enum Condition {
        case compare(String, Number, Number)
        case missing(Number, negated: Bool)
        case not(Condition)
        case joined(String, [Condition])

        var text: String {
            switch self {
            case .compare(let sign, let a, let b): "(\(a.text) \(sign) \(b.text))"
            case .missing(let inner, let negated): "(\(inner.text)) is \(negated ? "not " : "")missing"
            case .not(let inner): "not (\(inner.text))"
            case .joined(let word, let parts): parts.map { "(\($0.text))" }.joined(separator: " \(word) ")
            }
        }
    }

    // MARK: Making

    private static func number(_ depth: Int, _ dice: inout Dice) -> Number {
        guard depth > 0 else {
            return dice.happens(60)
                ? .measure(dice.roll(0...2)) : .constant(dice.roll(0...30), places: dice.roll(0...1))
        }
        switch dice.roll(1...10) {
        case 1...5:
            return .binary(
                dice.one(of: ["+", "-", "*", "/", "/"]), number(depth - 1, &dice), number(depth - 1, &dice))
        case 6:
            let parts = (0..<dice.roll(2...3)).map { _ in number(depth - 1, &dice) }
            return .extreme(dice.one(of: ["min", "max"]), parts)
        case 7: return .fallback(number(depth - 1, &dice), number(depth - 1, &dice))
        case 8: return .negate(number(depth - 1, &dice))
        default:
            return .choose(number(depth - 1, &dice), condition(depth - 1, &dice), number(depth - 1, &dice))
        }
    }

    private static func condition(_ depth: Int, _ dice: inout Dice) -> Condition {
        guard depth > 0 else {
            let sign = dice.one(of: ["<", "<=", "=", "!=", ">=", ">"])
            return .compare(sign, number(0, &dice), number(0, &dice))
        }
        switch dice.roll(1...4) {
        case 1:
            let sign = dice.one(of: ["<", "<=", "=", "!=", ">=", ">"])
            return .compare(sign, number(depth - 1, &dice), number(depth - 1, &dice))
        case 2: return .missing(number(depth - 1, &dice), negated: dice.happens(50))
        case 3: return .not(condition(depth - 1, &dice))
        default:
            let parts = (0..<dice.roll(2...3)).map { _ in condition(depth - 1, &dice) }
            return .joined(dice.one(of: ["and", "or"]), parts)
        }
    }

    // MARK: The interpreter

    /// A fraction in lowest terms with a positive denominator.
    struct Exact: Equatable {
        let n: Int128
        let d: Int128

        init(_ n: Int128, _ d: Int128) {
            var (a, b) = (n.magnitude, d.magnitude)
            while b != 0 { (a, b) = (b, a % b) }
            let divisor = Int128(a == 0 ? 1 : a) * (d < 0 ? -1 : 1)
            self.n = n / divisor
            self.d = d / divisor
        }

        static func < (a: Exact, b: Exact) -> Bool { a.n * b.d < b.n * a.d }
    }

    private struct Gap: Error {
        let cause: Missing
    }

    private func value(_ number: Number, _ firm: [Result<Exact, Gap>]) -> Result<Exact, Gap> {
        func both(_ a: Number, _ b: Number, _ body: (Exact, Exact) -> Result<Exact, Gap>) -> Result<
            Exact, Gap
        > {
            switch (value(a, firm), value(b, firm)) {
            case (.success(let x), .success(let y)): body(x, y)
            case (.failure(let x), .success): .failure(x)
            case (.success, .failure(let y)): .failure(y)
            case (.failure(let x), .failure(let y)): .failure(x.cause.rawValue > y.cause.rawValue ? x : y)
            }
        }
        switch number {
        case .constant(let digits, let places):
            return .success(Exact(Int128(digits), Int128(DecimalText.powersOfTen[places])))
        case .measure(let index): return firm[index]
        case .negate(let inner): return value(inner, firm).map { Exact(-$0.n, $0.d) }
        case .binary(let sign, let a, let b):
            return both(a, b) { x, y in
                switch sign {
                case "+": .success(Exact(x.n * y.d + y.n * x.d, x.d * y.d))
                case "-": .success(Exact(x.n * y.d - y.n * x.d, x.d * y.d))
                case "*": .success(Exact(x.n * y.n, x.d * y.d))
                default:
                    y.n == 0 ? .failure(Gap(cause: .divisionByZero)) : .success(Exact(x.n * y.d, x.d * y.n))
                }
            }
        case .extreme(let name, let parts):
            let values = parts.map { value($0, firm) }
            let gaps = values.compactMap { if case .failure(let gap) = $0 { gap.cause } else { nil } }
            if let cause = gaps.max(by: { $0.rawValue < $1.rawValue }) { return .failure(Gap(cause: cause)) }
            let numbers = values.compactMap { try? $0.get() }
            return .success(numbers.dropFirst().reduce(numbers[0]) { (name == "min") == ($1 < $0) ? $1 : $0 })
        case .fallback(let a, let b):
            let first = value(a, firm)
            if case .failure(let gap) = first, gap.cause != .refusedRow { return value(b, firm) }
            return first
        case .choose(let then, let condition, let otherwise):
            let outcome = holds(condition, firm)
            if outcome == .refused { return .failure(Gap(cause: .refusedRow)) }
            return value(outcome == .yes ? then : otherwise, firm)
        }
    }

    private enum Outcome { case yes, no, unknown, refused }

    private func holds(_ condition: Condition, _ firm: [Result<Exact, Gap>]) -> Outcome {
        switch condition {
        case .compare(let sign, let a, let b):
            let sides = [value(a, firm), value(b, firm)]
            for case .failure(let gap) in sides where gap.cause == .refusedRow { return .refused }
            guard let x = try? sides[0].get(), let y = try? sides[1].get() else { return .unknown }
            let isTrue =
                switch sign {
                case "<": x < y
                case "<=": x < y || x == y
                case "=": x == y
                case "!=": x != y
                case ">=": y < x || x == y
                default: y < x
                }
            return isTrue ? .yes : .no
        case .missing(let inner, let negated):
            guard case .failure(let gap) = value(inner, firm) else { return negated ? .yes : .no }
            if gap.cause == .refusedRow { return .refused }
            return negated ? .no : .yes
        case .not(let inner):
            switch holds(inner, firm) {
            case .yes: return .no
            case .no: return .yes
            case .unknown: return .unknown
            case .refused: return .refused
            }
        case .joined(let word, let parts):
            let outcomes = parts.map { holds($0, firm) }
            let decisive = word == "and" ? Outcome.no : .yes
            return [decisive, .refused, .unknown].first(where: outcomes.contains)
                ?? (word == "and" ? .yes : .no)
        }
    }

    /// Half away from zero, to four decimals.
    private func rounded(_ exact: Exact) -> Int128 {
        let twice = exact.n.magnitude * 20_000 / exact.d.magnitude
        return Int128((twice + 1) / 2) * (exact.n < 0 ? -1 : 1)
    }

    // MARK: The comparison

    private func method(_ numbers: [Number]) -> String {
        let lines = numbers.enumerated().map { index, number in
            "  e\(index): {label: 式\(index), unit: 1, decimals: 4, value: '\(number.text)'}"
        }
        return RankingTests.Rules().method.replacing(
            "scope:",
            with: """
                  a: {label: 甲, unit: 1, decimals: 2, value: latest(previous.total)}
                  b: {label: 乙, unit: 1, decimals: 1, value: sum(land.plot_ratio)}
                  c: {label: 丙, unit: 1, decimals: 0, value: latest(previous.rank)}
                \(lines.joined(separator: "\n"))
                scope:
                """, maxReplacements: 1)
    }

    @Test(arguments: 0..<12)
    func interpreted(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        var numbers = (0..<60).map { _ in RandomExpressionTests.number(dice.roll(1...3), &dice) }
        let firstLine = method([]).split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.hasPrefix("  c:") }
        let first = try #require(firstLine) + 2
        var checker = try checked(method(numbers))
        let errors = checker.problems.filter { $0.severity == .error }
        for problem in errors {
            #expect(
                problem.message.contains("more than 126 bits") || problem.message == "this divides by zero",
                "\(problem.message)")
        }
        let refused = Set(errors.map { $0.place.line - first })
        numbers = numbers.indices.filter { !refused.contains($0) }.map { numbers[$0] }
        try #require(numbers.count > 30)
        checker = try checked(method(numbers))
        let graph = try #require(checker.graph)

        let causes: [Missing] = [.noRow, .blank, .refusedRow]
        var firms: [[Result<Exact, Gap>]] = []
        var rows: [FirmRow] = []
        for _ in 0..<60 {
            var firm: [Result<Exact, Gap>] = []
            var row: FirmRow = ["registry_state": "在业"]
            for (name, own, decimals) in [
                ("previous_total", 4, 2), ("land_plot_ratio", 2, 1), ("previous_rank", 0, 0),
            ] {
                if dice.happens(12) {
                    let cause = dice.one(of: causes)
                    row[name] = cause.label
                    firm.append(.failure(Gap(cause: cause)))
                } else {
                    let value = Int64(dice.happens(25) ? 0 : dice.roll(-40...40))
                    row[name] = DecimalText.format(
                        value * DecimalText.powersOfTen[own - decimals], decimals: own)
                    firm.append(.success(Exact(Int128(value), Int128(DecimalText.powersOfTen[decimals]))))
                }
            }
            firms.append(firm)
            rows.append(row)
        }
        let evaluated = try graph.evaluate(rows)
        for (index, number) in numbers.enumerated() {
            let cells = evaluated.cells[try #require(graph.node(named: "e\(index)"))]
            for (firm, values) in firms.enumerated() {
                let comment = Comment(rawValue: "seed \(seed), firm \(rows[firm]): \(number.text)")
                switch value(number, values) {
                case .success(let exact): try #require(Int128(cells[firm]) == rounded(exact), comment)
                case .failure(let gap): try #require(Cell.cause(cells[firm]) == gap.cause, comment)
                }
            }
        }
    }
}
