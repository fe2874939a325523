/// Percentages where numbers are meant, and the other way round. Both compute, a hundred times too much or too little,
/// so they are warned about.
extension TypedExpression {
    /// What a number is besides its unit.
    enum Sense {
        case plain
        /// A percentage of nothing: `150%`, which is 1.5. Times something else it is a share of that.
        case share(Syntax)
        /// Points, or a total.
        case points
    }
}

extension TypedExpression {
    /// Of a product: a share of something is a value like any other, and points times a plain number are points.
    func sense(times other: TypedExpression) -> Sense {
        isPoints && other.isPlainNumber || other.isPoints && isPlainNumber ? .points : .plain
    }

    /// Of a quotient.
    func sense(over other: TypedExpression) -> Sense { isPoints && other.isPlainNumber ? .points : .plain }

    private var isPoints: Bool { if case .points = sense { true } else { false } }

    private var isPlainNumber: Bool {
        guard case .number(let unit) = kind else { return false }
        return unit?.hasDimension(of: .one) ?? true
    }
}

extension ExpressionChecker {
    /// Of a value where it is mentioned.
    func sense(ofNode index: Int, at syntax: Syntax) -> TypedExpression.Sense {
        let node = draft.nodes[index]
        switch node.section {
        case .points, .adjustment, .score: return .points
        case .measure, .indicator:
            guard case .number(let unit) = node.type, unit.hasDimension(of: .one), !unit.isOne else {
                return .plain
            }
            return .share(syntax)
        case .column, .group, .standing: return .plain
        }
    }

    /// Looks at numbers that are added, subtracted, compared or chosen between.
    mutating func sense(of parts: [TypedExpression]) -> TypedExpression.Sense {
        let isInPercent = parts.contains { $0.isInPercent }
        var share: Syntax?
        var isPoints = false
        for part in parts {
            if isInPercent, part.isBareNumber { remarkOnBareNumber(part.syntax) }
            switch part.sense {
            case .plain: break
            case .share(let syntax): share = share ?? syntax
            case .points: isPoints = true
            }
        }
        if isPoints, let share { remarkOnShare(share) }
        return isPoints ? .points : share.map { .share($0) } ?? .plain
    }

    /// Looks at a number that becomes points.
    mutating func expectPoints(_ number: TypedExpression) {
        if case .share(let syntax) = number.sense { remarkOnShare(syntax) }
    }

    private mutating func remarkOnBareNumber(_ syntax: Syntax) {
        let written = text(of: syntax)
        remarks.append(
            syntax.problem(
                syntax.isNumber
                    ? "this stands beside a percentage, so that ‘\(written)’ is \(written)%; write ‘\(written)%’ if that is meant, or ‘\(hundredfold(written))%’"
                    : "this stands beside a percentage, so that its numbers are per cent; write them with their sign, as in 5%"
            ))
    }

    private mutating func remarkOnShare(_ syntax: Syntax) {
        let written = text(of: syntax)
        guard case .number(let digits, "%") = syntax.kind, let points = ExpressionChecker.hundredth(digits)
        else {
            remarks.append(
                syntax.problem(
                    "‘\(written)’ is a percentage, and 100% of it is one point; say of what it is a share, as in ‘\(written) * weight’"
                ))
            return
        }
        let whole = context.locals["weight"] != nil ? "weight" : context.parts.isEmpty ? nil : "sum(points)"
        let remedy =
            whole.map { "say of what it is a share, as in ‘\(written) * \($0)’, or write" } ?? "write"
        remarks.append(
            syntax.problem(
                "‘\(written)’ is \(points) points; \(remedy) the points as a plain number, such as \(digits)"
            ))
    }

    private func text(of syntax: Syntax) -> String {
        String(source.text.dropFirst(syntax.start).prefix(syntax.length))
    }

    private func hundredfold(_ number: String) -> String {
        guard let (digits, places) = DecimalText.parse(number), digits.magnitude < 1_000_000_000_000 else {
            return "100 × \(number)"
        }
        return DecimalText.trimmed(Int64(digits * 100), decimals: min(places, DecimalText.maximumDecimals))
    }

    private static func hundredth(_ number: String) -> String? {
        guard let (digits, places) = DecimalText.parse(number), digits.magnitude < 1_000_000_000_000,
            places + 2 <= DecimalText.maximumDecimals
        else { return nil }
        return DecimalText.trimmed(Int64(digits), decimals: places + 2)
    }
}

extension TypedExpression {
    /// Whether it has the unit % of a value; `50%` as a number of the file is one half.
    fileprivate var isInPercent: Bool {
        guard case .number(let unit?) = kind else { return false }
        return unit.hasDimension(of: .one) && !unit.isOne
    }

    /// Zero is zero per cent.
    fileprivate var isBareNumber: Bool {
        guard case .number(nil) = kind else { return false }
        return expression.constantValue?.numerator != 0
    }
}

// MARK: Full years

extension ExpressionChecker {
    /// `years_since` beside a number with a unit is a number of years.
    func inYears(_ value: TypedExpression, beside other: TypedExpression) throws(ExpressionProblem)
        -> TypedExpression
    {
        guard case .yearsSince = value.expression, case .number(nil) = value.kind,
            let unit = try other.unit(),
            let years = Unit("年"), unit.hasDimension(of: years)
        else { return value }
        return .cell(.number(years), value.expression, at: value.syntax)
    }

    /// Full years are whole numbers: 20 months are one, which is less than one and a half.
    mutating func remarkOnParts(ofYears value: TypedExpression, against other: TypedExpression) {
        guard case .yearsSince = value.expression,
            let (numerator, denominator) = other.expression.constantValue, numerator % denominator != 0
        else { return }
        remarks.append(
            other.syntax.problem(
                "years_since counts full years, which are whole numbers: a firm of 20 months has 1; compare with a whole number of years"
            ))
    }
}
