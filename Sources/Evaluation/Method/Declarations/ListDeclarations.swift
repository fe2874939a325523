extension MethodDocument {
    struct List {
        struct Ground {
            let name: Text
            let label: String
            let condition: Text
            let source: String
        }

        let name: Text
        let label: String
        let audience: ListRule.Audience
        /// Graded firms only, or the whole registry.
        let overRegistry: Bool
        let grounds: [Ground]
        /// The value that says what each listed firm is charged or granted.
        let amount: Text?
    }
}

extension MethodDocument.List {
    init?(_ name: MethodDocument.Text, _ section: inout Section, _ problems: inout [MethodProblem]) {
        let label = section.label(&problems)
        let audience: ListRule.Audience? = section.choice("audience", &problems)
        let over = section.optionalText("over", &problems)
        if let over, over.text != "registry", over.text != "graded" {
            problems.append(over.problem("‘over’ must be ‘graded’ or ‘registry’"))
        }
        let grounds: [Ground]
        if let condition = section.optionalText("where", &problems) {
            let source = section.source(&problems)
            grounds = [Ground(name: name, label: label ?? "", condition: condition, source: source)]
            if section.node("grounds") != nil {
                section.lacks("‘\(section.path)’ says both ‘where’ and ‘grounds’; keep one", &problems)
            }
        } else if let list = section.section("grounds", &problems) {
            grounds = Self.grounds(list, &problems)
        } else {
            section.lacks(
                "‘\(section.path)’ says of nobody that they are listed; add ‘where’ with a condition, or ‘grounds’ with several",
                &problems)
            grounds = []
        }
        let amount = section.optionalText("amount", &problems)
        guard let label, let audience else { return nil }
        self.init(
            name: name, label: label, audience: audience, overRegistry: over?.text == "registry",
            grounds: grounds, amount: amount)
    }

    private static func grounds(_ list: Section, _ problems: inout [MethodProblem]) -> [Ground] {
        if list.named().isEmpty {
            list.lacks("‘\(list.path)’ is empty, so nobody could be listed; name at least one", &problems)
        }
        return list.named().compactMap { name, value in
            name.checkName(&problems)
            var ground = Section(value, path: "\(list.path).\(name.text)", key: name, &problems)
            let label = ground.label(&problems)
            let condition = ground.text("when", "the condition under which a firm is listed", &problems)
            let source = ground.source(&problems)
            ground.finish(&problems)
            guard let label, let condition else { return nil }
            return Ground(name: name, label: label, condition: condition, source: source)
        }
    }
}
