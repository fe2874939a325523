/// The total, and the points that are added to it (加分、扣分).
extension MethodDocument.Adjustment {
    func appliesTo(_ cohort: MethodDocument.Cohort) -> Bool {
        cohorts.isEmpty || cohorts.contains { $0.text == cohort.name.text }
    }

    func rule(_ compilation: inout Compilation) -> Node.Rule? {
        let all = compilation.document.cohorts
        let names = all.map(\.name.text)
        for cohort in cohorts
        where !names.contains(cohort.text) && !compilation.draft.misread.contains(cohort.text) {
            compilation.complain(
                about: cohort,
                "there is no cohort ‘\(cohort.text)’"
                    + Spelling.remedy(
                        for: cohort.text, among: names,
                        otherwise: "there are \(names.joined(separator: ", "))"))
        }
        var context = ExpressionChecker.Context(owner: name.text)
        context.isOfPoints = true
        guard
            let expression = compilation.number(self.expression, context, decimals: decimals)
        else { return nil }
        let rule = Node.CohortRule(
            expression: expression, missing: nil, source: compilation.document.sourceText(source))
        return .perCohort(all.map { appliesTo($0) ? rule : nil })
    }
}

extension MethodDocument.Total {
    /// In each cohort `sum(points)` and `sum(adjustments)` add up what applies there.
    func rule(_ declared: Declarations, _ compilation: inout Compilation) -> Node.Rule {
        let source = compilation.document.sourceText(source)
        let addsPoints = Parser.words(of: expression.text).contains("points")
        return .perCohort(
            compilation.document.cohorts.enumerated().map { index, cohort in
                for indicator in cohort.indicators where indicator.isLeftOut && !addsPoints {
                    compilation.complain(
                        about: indicator.missing,
                        "the other indicators count for ‘\(indicator.name.text)’ only in sum(points), which the total does not ask for; write sum(points) there, or say here what a missing value becomes"
                    )
                }
                var context = ExpressionChecker.Context(owner: "total")
                context.cohort = index
                context.isOfPoints = true
                context.parts["points"] = cohort.indicators.compactMap { indicator in
                    declared.points[indicator.name.text].map {
                        .init(
                            node: $0, weight: indicator.weightConstant(&compilation),
                            isLeftOut: indicator.isLeftOut)
                    }
                }
                context.parts["adjustments"] =
                    declared.adjustments.filter { $0.adjustment.appliesTo(cohort) }.map {
                        .init(node: $0.node)
                    }
                return compilation.number(expression, context, decimals: decimals).map {
                    Node.CohortRule(expression: $0, missing: nil, source: source)
                }
            })
    }
}
