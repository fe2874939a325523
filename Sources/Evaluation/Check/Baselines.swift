/// Baselines: their unit, their decimals and where they come from.
extension MethodDocument.Cohort.Indicator {
    /// In the unit of the node that is judged: a number, or what it is computed from, such as 2 * mean(last_year).
    /// `nil` when something is wrong, which is complained about.
    func baselineLocal(
        _ text: MethodDocument.Text, of node: Int, _ unit: Unit, _ context: ExpressionChecker.Context,
        _ compilation: inout Compilation
    ) -> ExpressionChecker.Local? {
        guard let syntax = try? Parser.parse(text.text), !syntax.isNumber else {
            return baselineConstant(text, of: node, unit, &compilation).map { .constant($0, unit) }
        }
        guard let baseline = compilation.part(text, context, in: unit) else { return nil }
        guard baseline.expression.mentionedNodes.isEmpty else {
            compilation.complain(
                about: text,
                "a baseline is the same for many firms; take a statistic of the value, such as mean(…), or write a number"
            )
            return nil
        }
        guard baseline.expression.mentionsStatistic else {
            return baselineConstant(text, of: node, unit, &compilation).map { .constant($0, unit) }
        }
        return .expression(baseline)
    }

    /// A number in the unit.
    private func baselineConstant(
        _ text: MethodDocument.Text, of node: Int, _ unit: Unit, _ compilation: inout Compilation
    ) -> Expression.Constant? {
        guard let baseline = compilation.parameter(text, .baseline, in: unit) else { return nil }
        guard baseline.numerator > 0 else {
            compilation.complain(about: text, "a baseline must be greater than zero")
            return nil
        }
        if compilation.citation(of: self).isEmpty {
            compilation.warn(
                about: text,
                "the baseline of ‘\(name.text)’ names no source; add ‘source: …’ here or to the cohort, so that firms can look it up"
            )
        }
        warnAboutUnit(text, baseline, of: compilation.draft.nodes[node], unit, &compilation)
        warnAboutDecimals(text, baseline, of: compilation.draft.nodes[node], &compilation)
        return baseline
    }

    /// A value is rounded before it is compared: no firm lies exactly on a baseline with more decimals.
    private func warnAboutDecimals(
        _ text: MethodDocument.Text, _ baseline: Expression.Constant, of node: Draft.DraftNode,
        _ compilation: inout Compilation
    ) {
        guard baseline.numerator.magnitude < UInt128(Cell.limit),
            Int128(DecimalText.powersOfTen[node.decimals]) * baseline.numerator % baseline.denominator != 0
        else { return }
        compilation.warn(
            about: text,
            "the baseline has more decimals than ‘\(node.name)’ (\(node.decimals)), so that no firm can lie exactly on it; declare more decimals there"
        )
    }

    /// As a percentage without its sign: 302 for 3.02.
    private func hundredfold(_ baseline: Expression.Constant) -> String {
        let scale = Int128(DecimalText.powersOfTen[DecimalText.maximumDecimals])
        let (scaled, overflow) = baseline.numerator.multipliedReportingOverflow(by: 100 * scale)
        guard !overflow, let value = Int64(exactly: scaled / baseline.denominator) else {
            return "100 × \(baseline.spelling)"
        }
        return DecimalText.trimmed(value, decimals: DecimalText.maximumDecimals)
    }

    /// Units convert by themselves, and a bare number takes the unit of the value: right for the program, and easily
    /// not what was meant.
    private func warnAboutUnit(
        _ text: MethodDocument.Text, _ baseline: Expression.Constant, of node: Draft.DraftNode, _ unit: Unit,
        _ compilation: inout Compilation
    ) {
        guard let syntax = try? Parser.parse(text.text), case .number(let digits, let written) = syntax.kind
        else { return }
        let isBelowOne = baseline.numerator < baseline.denominator
        let percent = Unit("%")
        if let own = written.flatMap({ Unit($0) }) {
            guard own != unit, !(own == percent && unit.isOne) else { return }
            compilation.warn(
                about: text,
                "the unit of ‘\(node.name)’ is \(unit.symbol), the baseline is in \(own.symbol) and counts as converted; write it in \(unit.symbol)"
            )
        } else if unit == percent, isBelowOne {
            compilation.warn(
                about: text,
                "the unit of ‘\(node.name)’ is %, so that this baseline is \(digits)%; write ‘\(digits)%’ if that is meant, or multiply it by 100"
            )
        } else if unit.isOne, !isBelowOne, baseline.numerator != baseline.denominator,
            compilation.isRatioOfQuantities(node)
        {
            compilation.warn(
                about: text,
                "‘\(node.name)’ is a ratio, and \(digits) of it is \(hundredfold(baseline))%; write ‘\(digits)%’ or ‘\(hundredfold(baseline))%’, whichever is meant"
            )
        } else if let computed = compilation.draft.unitBeforeConversion(of: node), unit != percent,
            !unit.isOne
        {
            compilation.warn(
                about: text,
                "‘\(node.name)’ is computed in \(computed) and declared in \(unit.symbol), so that this baseline is \(digits) \(unit.symbol); write its unit behind it, or declare ‘unit: \(computed)’"
            )
        }
    }
}

extension Compilation {
    /// Whether the plain number comes from dividing one quantity by another: 研发费用 / 主营业务收入.
    fileprivate func isRatioOfQuantities(_ node: Draft.DraftNode) -> Bool {
        guard case .row(.divide(.node(let dividend), _)) = node.rule,
            case .number(let unit) = draft.nodes[dividend].type
        else { return false }
        return !unit.hasDimension(of: .one)
    }
}

extension Draft {
    /// The unit that comes of dividing one declared value by another, where the quotient is declared in another unit: what
    /// feeds deliver comes in their units and is always converted.
    fileprivate func unitBeforeConversion(of node: DraftNode) -> String? {
        guard case .row(.multiply(.divide(let a, let b), .constant(let factor))) = node.rule,
            factor.name.isEmpty,
            (a.mentionedNodes + b.mentionedNodes).allSatisfy({ nodes[$0].section != .column }),
            let open = factor.spelling.firstIndex(of: "（"), let arrow = factor.spelling.firstIndex(of: "→"),
            open < arrow
        else { return nil }
        return String(factor.spelling[factor.spelling.index(after: open)..<arrow])
    }
}
