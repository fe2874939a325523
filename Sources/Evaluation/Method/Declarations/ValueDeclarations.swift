extension MethodDocument {
    /// A measure or an indicator.
    struct Value {
        let name: Text
        let label: String
        let unit: Unit
        let decimals: Int
        let rounding: Rounding
        let expression: Text
        /// A key of ‘sources’ or free text; empty when none is given. So everywhere below.
        let source: String
    }

    /// A number of many firms that is given a name of its own.
    struct NamedStatistic {
        let name: Text
        let label: String
        let expression: Text
        let decimals: Int
        let rounding: Rounding
    }

    /// Firms sorted by conditions into groups with a text each.
    struct Group {
        struct Choice {
            let text: String
            let condition: Text
        }

        let name: Text
        let label: String
        /// The first whose condition holds counts.
        let choices: [Choice]
        /// What a firm is where none holds.
        let otherwise: String
        let source: String
    }
}

extension MethodDocument.Value {
    init?(_ name: MethodDocument.Text, _ section: inout Section, _ problems: inout [MethodProblem]) {
        let label = section.label(&problems)
        let unit = Self.unit(&section, &problems)
        let decimals = section.decimals(&problems)
        let rounding = section.rounding(&problems)
        let expression = section.text("value", "how it is computed", &problems)
        let source = section.source(&problems)
        guard let label, let unit, let decimals, let rounding, let expression else { return nil }
        self.init(
            name: name, label: label, unit: unit, decimals: decimals, rounding: rounding,
            expression: expression, source: source)
    }

    static func unit(_ section: inout Section, _ problems: inout [MethodProblem]) -> Unit? {
        let remedy = "such as 万元/亩; a plain number has the unit 1"
        guard let text = section.text("unit", remedy, &problems) else { return nil }
        if let unit = Unit(text.text) { return unit }
        problems.append(
            text.problem(
                "‘\(text.text)’ is no unit"
                    + Unit.remedy(
                        for: text.text,
                        otherwise: "known are \(Unit.symbols.joined(separator: " ")) and quotients of them")))
        return nil
    }
}

extension MethodDocument.NamedStatistic {
    init?(_ name: MethodDocument.Text, _ section: inout Section, _ problems: inout [MethodProblem]) {
        let label = section.label(&problems)
        let decimals = section.decimals(&problems)
        let rounding = section.rounding(&problems)
        let expression = section.text("value", "such as mean(tax_per_mu by industry_group)", &problems)
        guard let label, let decimals, let rounding, let expression else { return nil }
        self.init(name: name, label: label, expression: expression, decimals: decimals, rounding: rounding)
    }
}

extension MethodDocument.Group {
    init?(_ name: MethodDocument.Text, _ section: inout Section, _ problems: inout [MethodProblem]) {
        let label = section.label(&problems)
        let otherwise = section.text("otherwise", "what a firm is where no condition holds", &problems)
        var choices: [Choice] = []
        if let list = section.section("first_of", &problems) {
            for (text, value) in list.named() {
                if let condition = value.text("\(list.path).\(text.text)", &problems) {
                    choices.append(Choice(text: text.text, condition: condition))
                }
            }
        } else {
            section.lacks("‘\(section.path)’ lacks ‘first_of’: lines of ‘text: condition’", &problems)
        }
        if let otherwise, choices.contains(where: { $0.text == otherwise.text }) {
            problems.append(
                otherwise.problem(
                    "‘\(otherwise.text)’ stands under ‘first_of’ as well, so its firms would be two groups of one name; choose another text, such as 其他"
                ))
        }
        let source = section.source(&problems)
        guard let label, let otherwise else { return nil }
        self.init(name: name, label: label, choices: choices, otherwise: otherwise.text, source: source)
    }
}
