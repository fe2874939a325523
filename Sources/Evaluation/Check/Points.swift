/// Points: what each cohort makes of an indicator.
extension Compilation {
    /// The points nodes by the names of their indicators.
    mutating func giveRules(toPoints points: [String: Int]) {
        for (name, node) in points.sorted(by: { $0.value < $1.value }) {
            draft.nodes[node].rule = .perCohort(
                document.cohorts.enumerated().map { index, cohort in
                    cohort.indicators.first { $0.name.text == name }?.rule(
                        cohort: index, points: node, decimals: cohort.pointsDecimals, &self)
                })
        }
    }
}

extension MethodDocument.Cohort.Indicator {
    /// `nil` when something is wrong with it, which is complained about.
    fileprivate func rule(
        cohort: Int, points: Int, decimals: Int, _ compilation: inout Compilation
    ) -> Node.CohortRule? {
        guard let value = compilation.draft.scored(self),
            case .number(let unit) = compilation.draft.nodes[value].type
        else { return nil }
        let formula =
            compilation.document.formulas.first { $0.name.text == self.formula.text }?.expression
            ?? self.formula
        guard compilation.isFormula(formula) else { return nil }
        var context = ExpressionChecker.Context(owner: compilation.draft.nodes[points].name)
        context.cohort = cohort
        context.locals["value"] = .node(value)
        guard let weight = weightConstant(&compilation) else { return nil }
        context.locals["weight"] = .constant(weight, .one)
        if let text = baseline {
            guard let baseline = baselineLocal(text, of: value, unit, context, &compilation) else {
                return nil
            }
            let rules = [formula, atLeast, atMost, missing].compactMap { $0 }
            if case .expression = baseline,
                !rules.contains(where: { Parser.words(of: $0.text).contains("baseline") })
            {
                compilation.complain(
                    about: text,
                    "the formula of ‘\(name.text)’ does not ask for this baseline; name ‘baseline’ there, or delete it"
                )
                return nil
            }
            context.locals["baseline"] = baseline
        } else if Parser.words(of: formula.text).contains("baseline") {
            compilation.complain(
                about: name, "the formula of ‘\(name.text)’ needs a baseline; add ‘baseline: …’")
            return nil
        }
        context.isOfPoints = true
        let limits = (atLeast, atMost)
        guard let expression = compilation.points(formula, context, between: limits, decimals: decimals)
        else {
            return nil
        }
        let source = compilation.citation(of: self)
        let computed = computedBaseline(context)
        if isLeftOut {
            return Node.CohortRule(
                expression: expression, missing: nil, computedBaseline: computed, isLeftOut: true,
                source: source)
        }
        guard !isBarePercentage(missing) else {
            compilation.complain(
                about: missing,
                "‘\(missing.text)’ does not say of what; write ‘\(missing.text) * weight’, or the points as a plain number"
            )
            return nil
        }
        context.ownPoints = points
        return compilation.number(missing, context, decimals: decimals).map {
            Node.CohortRule(
                expression: expression, missing: $0, computedBaseline: computed, source: source)
        }
    }

    private func computedBaseline(_ context: ExpressionChecker.Context) -> Expression? {
        guard case .expression(let typed) = context.locals["baseline"] else { return nil }
        return typed.expression
    }

    func weightConstant(_ compilation: inout Compilation) -> Expression.Constant? {
        guard let constant = compilation.parameter(weight, .weight, in: .one) else { return nil }
        guard constant.numerator >= 0 else {
            compilation.complain(about: weight, "a weight must not be negative")
            return nil
        }
        guard plainWeight != nil else {
            compilation.complain(
                about: weight,
                "‘\(weight.text)’ is no weight: weights are added up as they are written, so write a plain number with at most 9 decimals, such as 30 (without %, unit or brackets)"
            )
            return nil
        }
        return constant
    }

    /// The weight in 10⁻⁹; `nil` where it is anything but a plain number.
    var plainWeight: Int128? {
        guard let (digits, places) = DecimalText.parse(weight.text), places <= 9, digits >= 0,
            digits.magnitude < 1_000_000_000_000
        else { return nil }
        return digits * Int128(DecimalText.powersOfTen[9 - places])
    }

    /// `missing: 50%` would be half a point, and looks like half of the weight.
    private func isBarePercentage(_ text: MethodDocument.Text) -> Bool {
        guard let syntax = try? Parser.parse(text.text), case .number(_, "%") = syntax.kind else {
            return false
        }
        return true
    }
}
