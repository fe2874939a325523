extension MethodDocument {
    /// A tier rule after the quota, with a condition of its own.
    struct Decision {
        enum Effect { case set, notAbove, notBelow }

        let name: Text
        let label: String
        /// The greatest wins.
        let priority: Int
        let priorityPlace: SourcePlace
        let condition: Text
        let effect: Effect
        let tier: Text
        let source: String
    }

    /// An entry under ‘decisions’.
    enum TierRule {
        case decision(Decision)
        /// What the feed of decisions (人工认定) says.
        case manual(ManualRule, name: Text)
    }

    mutating func take(_ rules: [TierRule], _ problems: inout [MethodProblem]) {
        for rule in rules {
            switch rule {
            case .decision(let decision): decisions.append(decision)
            case .manual(let rule, let name) where manual == nil: manual = (rule, name)
            case .manual(_, let name):
                problems.append(name.problem("the feed ‘decision’ is used twice; delete one"))
            }
        }
    }
}

extension MethodDocument.TierRule {
    init?(_ name: MethodDocument.Text, _ section: inout Section, _ problems: inout [MethodProblem]) {
        let label = section.label(&problems)
        let priorityPlace = section.node("priority")?.place ?? section.place
        let priority = section.integer("priority", in: 0...1_000_000, &problems)
        let source = section.source(&problems)
        if let feed = section.optionalText("from", &problems) {
            guard feed.text == FeedContract.decisionName else {
                problems.append(feed.problem("‘from’ must name the feed ‘decision’ (人工认定)"))
                return nil
            }
            guard let label, let priority else { return nil }
            self = .manual(ManualRule(name: name.text, label: label, priority: priority), name: name)
            return
        }
        let condition = section.text(
            "when", "the condition under which it applies, or ‘from: decision’", &problems)
        let effects: [(MethodDocument.Decision.Effect, MethodDocument.Text)] = [
            ("set", MethodDocument.Decision.Effect.set), ("not_above", .notAbove), ("not_below", .notBelow),
        ].compactMap { key, effect in section.optionalText(key, &problems).map { (effect, $0) } }
        guard effects.count == 1 else {
            section.lacks(
                "‘\(section.path)’ must say exactly one of ‘set’, ‘not_above’ and ‘not_below’, with a tier",
                &problems)
            return nil
        }
        guard let label, let priority, let condition else { return nil }
        self = .decision(
            MethodDocument.Decision(
                name: name, label: label, priority: priority, priorityPlace: priorityPlace,
                condition: condition, effect: effects[0].0, tier: effects[0].1, source: source))
    }
}
