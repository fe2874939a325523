extension MethodDocument {
    /// Points that are added to those of the indicators (加分), or subtracted.
    struct Adjustment {
        let name: Text
        let label: String
        /// Names of the cohorts to which it applies; empty means every cohort.
        let cohorts: [Text]
        let expression: Text
        let decimals: Int
        let source: String
    }

    struct Total {
        let label: String
        let decimals: Int
        let rounding: Rounding
        let expression: Text
        let source: String
    }
}

extension MethodDocument.Adjustment {
    init?(_ name: MethodDocument.Text, _ section: inout Section, _ problems: inout [MethodProblem]) {
        let label = section.label(&problems)
        let cohorts = section.texts("cohort", &problems)
        let expression = section.text("points", "the points that are added", &problems)
        let decimals = section.decimals(default: 4, &problems)
        let source = section.source(&problems)
        guard let label, let expression, let decimals else { return nil }
        self.init(
            name: name, label: label, cohorts: cohorts, expression: expression, decimals: decimals,
            source: source)
    }
}

extension MethodDocument.Total {
    init?(inFile file: inout Section, _ problems: inout [MethodProblem]) {
        guard let node = file.node("total") else {
            file.lacks("the method lacks ‘total’: label, decimals and value", &problems)
            return nil
        }
        var section = Section(node, path: "total", key: file.key("total"), &problems)
        let label = section.label(&problems)
        let decimals = section.decimals(&problems)
        let rounding = section.rounding(&problems)
        let expression = section.text("value", "such as sum(points) + sum(adjustments)", &problems)
        let source = section.source(&problems)
        section.finish(&problems)
        guard let label, let decimals, let rounding, let expression else { return nil }
        self.init(
            label: label, decimals: decimals, rounding: rounding, expression: expression, source: source)
    }
}
