/// Reads what a case expects of a firm.
struct ExpectationReader {
    private let graph: Graph

    init(_ graph: Graph) { self.graph = graph }

    func read(_ firm: inout Section, _ problems: inout [MethodProblem]) -> [Expectation] {
        guard let section = firm.section("expect", &problems) else { return [] }
        var expectations: [Expectation] = []
        for (name, value) in section.named() {
            let path = "\(section.path).\(name.text)"
            switch name.text {
            case "decisions": expectations += decisions(value, path, name, &problems)
            case "lists": expectations += lists(value, path, name, &problems)
            default:
                guard !value.isCutOff(name, &problems), let node = node(name, &problems),
                    let text = value.text(path, &problems),
                    let wanted = wanted(text, of: graph.nodes[node], at: node, &problems)
                else { continue }
                expectations.append(Expectation(wanted: .value(node: node, wanted), place: name.place))
            }
        }
        return expectations
    }

    // MARK: Values

    private func node(_ name: MethodDocument.Text, _ problems: inout [MethodProblem]) -> Int? {
        if let node = graph.node(called: name.text) { return node }
        let known = graph.nodes.filter { $0.section != .column }
        problems.append(
            name.problem(
                "the method has no value ‘\(name.text)’"
                    + Spelling.remedy(
                        for: name.text,
                        among: known.flatMap { [$0.name, $0.label] } + ["decisions", "lists"],
                        otherwise: "it has \(known.map(\.name).joined(separator: ", ")), decisions, lists")))
        return nil
    }

    private func wanted(
        _ text: MethodDocument.Text, of node: Node, at index: Int, _ problems: inout [MethodProblem]
    ) -> Expectation.NodeValue? {
        switch text.text {
        case "missing": return .missing
        case "refused": return .refused
        default: break
        }
        switch node.type {
        case .number(let unit):
            return text.cell(of: node.name, in: unit, decimals: node.decimals, &problems)
                .map(Expectation.NodeValue.cell)
        case .flag:
            if let flag = Self.flag(text.text) { return .cell(flag ? 1 : 0) }
            problems.append(text.problem("‘\(text.text)’ must be yes (是) or no (否)"))
        case .day:
            if let day = Day(text.text) { return .cell(day.number) }
            problems.append(text.problem("‘\(text.text)’ is no day; write it like 2021-03-31"))
        case .category:
            let terms = graph.terms(of: index)
            guard !terms.isEmpty else { return .text(text.text) }
            if let term = terms.first(where: { $0.name == text.text || $0.label == text.text }) {
                return .text(term.name)
            }
            problems.append(
                text.problem(
                    "‘\(node.label)’ is never ‘\(text.text)’"
                        + Spelling.remedy(
                            for: text.text, among: terms.flatMap { [$0.name, $0.label] },
                            otherwise: "it is one of \(terms.map(\.name).joined(separator: ", "))")))
        }
        return nil
    }

    private static func flag(_ text: String) -> Bool? {
        switch text {
        case "yes", "是": true
        case "no", "否": false
        default: nil
        }
    }

    // MARK: Decisions

    /// `[accident]` (in force), `none`, or `{accident: {overruled: yes, reason: …}}`.
    private func decisions(
        _ node: SourceNode, _ path: String, _ key: MethodDocument.Text, _ problems: inout [MethodProblem]
    ) -> [Expectation] {
        var decisions: [Expectation.Decision] = []
        if case .mapping = node.content {
            for (name, value) in Section(node, path: path, key: key, &problems).named() {
                guard let known = decision(name, &problems) else { continue }
                var section = Section(value, path: "\(path).\(name.text)", key: name, &problems)
                var decision = Expectation.Decision(name: known)
                if let text = section.optionalText("overruled", &problems) {
                    decision.isOverruled = Self.flag(text.text)
                    if decision.isOverruled == nil {
                        problems.append(text.problem("‘overruled’ must be yes or no"))
                    }
                }
                decision.reason = section.optionalText("reason", &problems)?.text
                decision.document = section.optionalText("document", &problems)?.text
                section.finish(&problems)
                decisions.append(decision)
            }
        } else {
            let names = node.texts(path, &problems)
            if names.count != 1 || names[0].text != "none" {
                decisions = names.compactMap { name in
                    decision(name, &problems).map { Expectation.Decision(name: $0, isOverruled: false) }
                }
            }
        }
        return [Expectation(wanted: .decisions(decisions), place: key.place)]
    }

    private func decision(_ name: MethodDocument.Text, _ problems: inout [MethodProblem]) -> String? {
        var terms = graph.decisions.map { ($0.name, $0.label) }
        if let manual = graph.manualRule { terms.append((manual.name, manual.label)) }
        return known(name, "decision", terms, &problems)
    }

    // MARK: Lists

    /// `{rectification: yes, elimination_candidate: [tier_d]}`.
    private func lists(
        _ node: SourceNode, _ path: String, _ key: MethodDocument.Text, _ problems: inout [MethodProblem]
    ) -> [Expectation] {
        Section(node, path: path, key: key, &problems).named().compactMap { name, value in
            guard let known = known(name, "list", graph.lists.map { ($0.name, $0.label) }, &problems),
                let list = graph.lists.firstIndex(where: { $0.name == known })
            else { return nil }
            let texts = value.texts("\(path).\(name.text)", &problems)
            if texts.count == 1, let isListed = Self.flag(texts[0].text) {
                return Expectation(
                    wanted: isListed ? .listed(list: list) : .grounds(list: list, []), place: name.place)
            }
            let terms = graph.lists[list].grounds.map { ($0.name, $0.label) }
            let grounds = texts.compactMap { text in
                self.known(text, "ground", terms, &problems).flatMap { name in
                    terms.firstIndex { $0.0 == name }
                }
            }
            return Expectation(wanted: .grounds(list: list, grounds.sorted()), place: name.place)
        }
    }

    /// The name behind a name or a label.
    private func known(
        _ word: MethodDocument.Text, _ kind: String, _ terms: [(name: String, label: String)],
        _ problems: inout [MethodProblem]
    ) -> String? {
        if let term = terms.first(where: { $0.name == word.text || $0.label == word.text }) {
            return term.name
        }
        problems.append(
            word.problem(
                "there is no \(kind) ‘\(word.text)’"
                    + Spelling.remedy(
                        for: word.text, among: terms.flatMap { [$0.name, $0.label] },
                        otherwise: terms.isEmpty
                            ? "the method has none" : "there are \(terms.map(\.name).joined(separator: ", "))"
                    )
            ))
        return nil
    }
}

extension Graph {
    /// The only texts that a category node can have, each with what people call it; empty where that is not known.
    func terms(of node: Int) -> [(name: String, label: String)] {
        switch nodes[node].rule {
        case .scope, .state: return states.map { ($0.name, $0.label) }
        case .initialTier, .tier: return ranking.tiers.map { ($0, $0) }
        case .classification where node == landmarks.cohort: return cohorts.map { ($0.name, $0.label) }
        case .classification(_, let texts, _): return texts.map { ($0, $0) }
        case .column(let column):
            guard case .latest(let field) = feedColumns[column].aggregate else { return [] }
            return contracts[feedColumns[column].feed].fields[field].allowed.map { ($0, $0) }
        case .row, .perCohort, .rank: return []
        }
    }
}
