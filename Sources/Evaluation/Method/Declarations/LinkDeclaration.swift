extension LinkRules {
    /// The section `linking`; without it, what every method means that says nothing.
    init(inFile file: inout Section, _ problems: inout [MethodProblem]) {
        guard let node = file.node("linking") else {
            self.init()
            return
        }
        var section = Section(node, path: "linking", key: file.key("linking"), &problems)
        let successors = section.choice("successors", default: Successors.stay, &problems)
        let meters = section.choice("shared_meters", default: SharedMeters.refuse, &problems)
        let source = section.source(&problems)
        section.finish(&problems)
        self.init(successors: successors ?? .stay, sharedMeters: meters ?? .refuse, source: source)
    }
}
