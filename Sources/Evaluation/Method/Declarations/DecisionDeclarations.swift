extension MethodDocument {
    /// A tier rule after the quota, with a condition of its own.
    struct Decision {
        enum Effect {
            case set(Text)
            case notAbove(Text)
            case notBelow(Text)
            case raise(Int)
            case lower(Int)
        }

        let name: Text
        let label: String
        /// The greatest wins.
        let priority: Int
        let priorityPlace: SourcePlace
        let condition: Text
        /// Where this holds, the decision does not apply.
        let exception: Text?
        let effect: Effect
        /// The days on which it is in force.
        let validity: Validity
        let source: String
    }

    /// From one day to another, both included; open where there is none.
    struct Validity {
        var from: Day?
        var until: Day?
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
        let exception = section.optionalText("unless", &problems)
        let validity = MethodDocument.Validity(in: &section, &problems)
        let effect = MethodDocument.Decision.Effect(in: &section, &problems)
        guard let label, let priority, let condition, let effect, let validity else { return nil }
        self = .decision(
            MethodDocument.Decision(
                name: name, label: label, priority: priority, priorityPlace: priorityPlace,
                condition: condition, exception: exception, effect: effect, validity: validity,
                source: source))
    }
}

extension MethodDocument.Decision.Effect {
    fileprivate init?(in section: inout Section, _ problems: inout [MethodProblem]) {
        var effects: [Self] = []
        let keys: [(String, (MethodDocument.Text) -> Self)] = [
            ("set", { .set($0) }), ("not_above", { .notAbove($0) }), ("not_below", { .notBelow($0) }),
        ]
        for (key, make) in keys {
            if let tier = section.optionalText(key, &problems) { effects.append(make(tier)) }
        }
        let before = problems.count
        for (key, make) in [("raise", Self.raise), ("lower", Self.lower)] where section.node(key) != nil {
            if let tiers = section.integer(key, in: 1...19, &problems) { effects.append(make(tiers)) }
        }
        guard effects.count == 1 else {
            guard problems.count == before else { return nil }
            section.lacks(
                "‘\(section.path)’ must say exactly one of ‘set’, ‘not_above’ and ‘not_below’, with a tier, or ‘raise’ and ‘lower’, with a number of tiers",
                &problems)
            return nil
        }
        self = effects[0]
    }
}

extension MethodDocument.Validity {
    /// `nil` when a day is none, which is complained about; without the key it is always in force.
    fileprivate init?(in section: inout Section, _ problems: inout [MethodProblem]) {
        guard var entry = section.section("valid", &problems) else { return }
        let before = problems.count
        from = Self.day("from", &entry, &problems)
        until = Self.day("until", &entry, &problems)
        if let from, let until, until < from {
            entry.lacks("‘\(entry.path)’ ends before it begins; exchange the days", &problems)
        }
        entry.finish(&problems)
        guard problems.count == before else { return nil }
    }

    private static func day(_ key: String, _ entry: inout Section, _ problems: inout [MethodProblem]) -> Day?
    {
        guard let text = entry.optionalText(key, &problems) else { return nil }
        if let day = Day(text.text) { return day }
        problems.append(text.problem("‘\(key)’ is ‘\(text.text)’, but must be a day such as 2022-05-31"))
        return nil
    }

    func contains(_ day: Day) -> Bool {
        (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
    }
}
