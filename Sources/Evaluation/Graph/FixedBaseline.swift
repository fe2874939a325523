extension Graph {
    /// The baseline of an indicator in a cohort when the method gives it as a number, in the indicator's unit and scaled
    /// to its decimals (half away from zero); `nil` when it has none, or one that is computed from many firms.
    package func fixedBaseline(of indicator: Cohort.WeightedIndicator, cohort: Int) -> Int64? {
        guard case .perCohort(let rules) = nodes[indicator.points].rule, rules.indices.contains(cohort),
            let rule = rules[cohort]
        else { return nil }
        var found: Expression.Constant?
        rule.expression.visit { part in
            if found == nil, case .constant(let constant) = part, constant.role == .baseline {
                found = constant
            }
        }
        let decimals = nodes[indicator.indicator].decimals
        guard let found, found.numerator > 0, DecimalText.powersOfTen.indices.contains(decimals) else {
            return nil
        }
        let scale = Int128(DecimalText.powersOfTen[decimals])
        let (product, overflows) = found.numerator.multipliedReportingOverflow(by: scale)
        guard !overflows else { return nil }
        let (whole, rest) = product.quotientAndRemainder(dividingBy: found.denominator)
        return Int64(exactly: rest >= found.denominator - rest ? whole + 1 : whole)
    }
}
