/// That a parameter's name and label stand for nothing else.
extension Compilation {
    /// Words that mean something else where a parameter would be mentioned.
    private static let wordsOfRules = [
        "weight", "value", "baseline", "points", "adjustments", "data_year", "leave_out",
    ]

    /// What a word stands for already.
    private struct Owner {
        let name: String
        let place: SourcePlace
        /// Whether every method has it.
        var isBuiltIn = false

        func whereabouts(from other: SourcePlace) -> String {
            isBuiltIn ? "which every method has" : place.mention(from: other)
        }

        /// ‘tax’ (line 12).
        func mention(from other: SourcePlace) -> String { "‘\(name)’ (\(whereabouts(from: other)))" }
    }

    /// The names of the parameters whose words are their own; the others are complained about.
    mutating func freeParameters() -> Set<String> {
        var names: [String: Owner] = [:]
        var labels: [String: Owner] = [:]
        func declare(_ label: String, _ owner: Owner) {
            if names[owner.name] == nil { names[owner.name] = owner }
            if labels[label] == nil { labels[label] = owner }
        }
        for node in draft.nodes {
            declare(
                node.label,
                Owner(name: node.name, place: node.place, isBuiltIn: node.section == .standing))
        }
        for statistic in document.statistics {
            declare(statistic.label, Owner(name: statistic.name.text, place: statistic.name.place))
        }
        // Their names first, so that a label that is the name of a later one is seen.
        var free: Set<String> = []
        for parameter in document.parameters where isFree(parameter.name, names: names, labels: labels) {
            free.insert(parameter.name.text)
        }
        for parameter in document.parameters {
            let name = parameter.name.text
            if names[name] == nil { names[name] = Owner(name: name, place: parameter.name.place) }
        }
        for parameter in document.parameters {
            let owner = Owner(name: parameter.name.text, place: parameter.name.place)
            if !isFree(label: parameter.label, of: owner, names: names, labels: labels) {
                free.remove(owner.name)
            }
            if labels[parameter.label.text] == nil { labels[parameter.label.text] = owner }
        }
        return free
    }

    private mutating func isFree(
        _ name: MethodDocument.Text, names: [String: Owner], labels: [String: Owner]
    ) -> Bool {
        guard mayBeDeclared(name) else { return false }
        if Compilation.wordsOfRules.contains(name.text) {
            complain(
                about: name, "‘\(name.text)’ has a meaning of its own in rules; choose another name")
            return false
        }
        if let taken = names[name.text] {
            complainAboutSecond(name, first: taken.place)
            return false
        }
        if let taken = labels[name.text] {
            complain(
                about: name,
                "‘\(name.text)’ is the label of \(taken.mention(from: name.place)); choose another name, so that rules can name either"
            )
            return false
        }
        return true
    }

    private mutating func isFree(
        label: MethodDocument.Text, of owner: Owner, names: [String: Owner], labels: [String: Owner]
    ) -> Bool {
        if Compilation.wordsOfRules.contains(label.text) {
            complain(
                about: label, "‘\(label.text)’ has a meaning of its own in rules; choose another label")
            return false
        }
        if label.text != owner.name, let taken = names[label.text] {
            complain(
                about: label,
                "the label ‘\(label.text)’ is already the name of something else (\(taken.whereabouts(from: label.place))); choose another label"
            )
            return false
        }
        if let taken = labels[label.text] {
            complain(
                about: label,
                "the label ‘\(label.text)’ is that of \(taken.mention(from: label.place)) as well; choose another, so that rules can name either by its label"
            )
            return false
        }
        return true
    }
}
