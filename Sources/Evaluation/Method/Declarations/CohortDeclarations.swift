extension MethodDocument {
    /// A state of firms that are not graded.
    struct ScopeState {
        let name: Text
        let label: String
        let accountingClass: State.AccountingClass
        let condition: Text
        let source: String
    }

    struct Cohort {
        struct Indicator {
            let name: Text
            var weight: Text
            let baseline: Text?
            /// The name of one of the formulas, or a formula.
            let formula: Text
            /// What a missing value becomes, or `leave_out`.
            let missing: Text
            /// The least and the most points.
            let atLeast: Text?
            let atMost: Text?
            let source: String

            /// Whether the other indicators count for it where it is missing.
            var isLeftOut: Bool { missing.text == "leave_out" }
        }

        let name: Text
        let label: String
        let condition: Text
        let pointsDecimals: Int
        var indicators: [Indicator]
        /// Otherwise their weights say nothing yet.
        let hasAllIndicators: Bool
        let weightsSumTo: Text
        /// Its own quota, instead of the one of all cohorts.
        let quota: Quota?
        /// The category that splits it into parts, instead of the one of all cohorts.
        let within: Text?
        let source: String
    }
}

extension MethodDocument.ScopeState {
    init?(_ name: MethodDocument.Text, _ section: inout Section, _ problems: inout [MethodProblem]) {
        let label = section.label(&problems)
        let accountingClass: State.AccountingClass? = section.choice("class", &problems)
        let condition = section.text("when", "the condition under which a firm is in this state", &problems)
        let source = section.source(&problems)
        guard let label, let accountingClass, let condition else { return nil }
        self.init(
            name: name, label: label, accountingClass: accountingClass, condition: condition, source: source)
    }
}

extension MethodDocument.Cohort {
    init?(_ name: MethodDocument.Text, _ section: inout Section, _ problems: inout [MethodProblem]) {
        let label = section.label(&problems)
        let condition = section.text("where", "which firms belong to it", &problems)
        let source = section.source(&problems)
        let quota = MethodDocument.Quota(in: &section, &problems)
        let within = section.optionalText("within", &problems)
        let weightsSumTo = section.text(
            "weights_sum_to", "what the weights must add up to, such as 100", &problems)
        let points = Points(&section, &problems)
        let before = problems.count
        let indicators = Self.indicators(&section, points, source: source, &problems)
        guard let label, let condition, let weightsSumTo, let decimals = points?.decimals else { return nil }
        self.init(
            name: name, label: label, condition: condition, pointsDecimals: decimals, indicators: indicators,
            hasAllIndicators: problems.count == before, weightsSumTo: weightsSumTo, quota: quota,
            within: within, source: source)
    }

    /// What the indicators of the cohort share.
    private struct Points {
        let formula: MethodDocument.Text?
        let decimals: Int?
        let missing: MethodDocument.Text?
        let atLeast: MethodDocument.Text?
        let atMost: MethodDocument.Text?

        init?(_ section: inout Section, _ problems: inout [MethodProblem]) {
            guard var points = section.section("points", &problems) else {
                section.lacks(
                    "‘\(section.path)’ lacks ‘points’: formula, decimals and what a missing value becomes",
                    &problems)
                return nil
            }
            formula = points.optionalText("formula", &problems)
            decimals = points.decimals(&problems)
            missing = points.optionalText("missing", &problems)
            atLeast = points.optionalText("at_least", &problems)
            atMost = points.optionalText("at_most", &problems)
            points.finish(&problems)
        }
    }

    private static func indicators(
        _ section: inout Section, _ points: Points?, source: String, _ problems: inout [MethodProblem]
    ) -> [Indicator] {
        guard let list = section.section("indicators", &problems) else {
            section.lacks(
                "‘\(section.path)’ lacks ‘indicators’: each with its weight and baseline", &problems)
            return []
        }
        return list.named().compactMap { name, value in
            let path = "\(list.path).\(name.text)"
            var entry = Section(value, path: path, key: name, &problems)
            let weight = entry.text("weight", "points of a firm at the baseline", &problems)
            let baseline = entry.optionalText("baseline", &problems)
            let formula = entry.optionalText("formula", &problems) ?? points?.formula
            let missing = entry.optionalText("missing", &problems) ?? points?.missing
            let atLeast = entry.optionalText("at_least", &problems) ?? points?.atLeast
            let atMost = entry.optionalText("at_most", &problems) ?? points?.atMost
            let ownSource = entry.source(&problems)
            entry.finish(&problems)
            if formula == nil, points != nil {
                entry.lacks("‘\(path)’ has no formula; give one here or under ‘points’", &problems)
            }
            if missing == nil, points != nil {
                entry.lacks(
                    "‘\(path)’ does not say what a missing value becomes; add ‘missing: 0’, ‘missing: mean(points)’ or ‘missing: leave_out’ here or under ‘points’",
                    &problems)
            }
            guard let weight, let formula, let missing else { return nil }
            return Indicator(
                name: name, weight: weight, baseline: baseline, formula: formula, missing: missing,
                atLeast: atLeast, atMost: atMost, source: ownSource.isEmpty ? source : ownSource)
        }
    }
}
