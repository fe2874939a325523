extension Graph {
    /// The method's meaning as text: equal for two files exactly when they compute the same names and values.
    ///
    /// Comments, layout, titles, labels and citations do not count, nor does the order of what does not depend on
    /// order. It is the text of a digest, so every word of it is spelled here and in ``MeaningText``, and nothing
    /// depends on the place of a field in its contract.
    package var meaning: String { meaning(MeaningText(graph: self)) }

    func meaning(_ text: MeaningText) -> String {
        var lines = ["mujun method/1", "data_year \(dataYear)", "as_of \(asOf)"]
        lines += nodes.map { "node \($0.name) \(text.of($0))" }.sorted()
        lines += statistics.map { "statistic \($0.name) \(text.of($0))" }.sorted()
        lines += states.map { "state \($0.name) \($0.accountingClass.rawValue)" }
        lines += cohorts.indices.map { "cohort \(cohorts[$0].name) quota \(text.ofQuota($0))" }
        if cohortChoice != .firstThatHolds { lines.append("cohort_choice \(cohortChoice.rawValue)") }
        if let merging {
            let by = merging.by.map { nodes[$0].name }.joined(separator: ", ")
            lines.append("merge by \(by) lead \(nodes[merging.lead].name)")
        }
        if let linking = linking.meaning { lines.append(linking) }
        lines += [
            "tiers \(ranking.tiers.map(text.quoted).joined(separator: " "))",
            "rank_by \(text.of(ranking.keys))", "ties \(ranking.ties.rawValue)",
            "round \(ranking.rounding.rawValue)", "bound \(ranking.bound.rawValue)", "of \(text.quotaBase)",
        ]
        if ranking.numbering != .competition { lines.append("ranks \(ranking.numbering.rawValue)") }
        lines += ranking.reselections.map { second in
            "reselect \(text.quoted(ranking.tiers[second.tier])) among \(second.among) by \(text.of(second.keys))"
        }
        lines += decisions.sorted { $0.priority > $1.priority }.map { rule in
            "decision \(rule.name) \(rule.priority) \(text.of(rule.effect)) when \(text.of(rule.condition))"
        }
        if let manualRule { lines.append("decision \(manualRule.name) \(manualRule.priority) from decision") }
        for list in lists.sorted(by: { $0.name < $1.name }) {
            lines.append(
                "list \(list.name) \(list.audience.rawValue) over \(list.overRegistry ? "registry" : "graded")"
                    + (list.amount.map { " amount \(nodes[$0].name)" } ?? "")
            )
            lines += list.grounds.map { "ground \($0.name) \(text.of($0.condition))" }.sorted()
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What results print of the method beside its names and values: titles, labels and citations, one a line.
    package var wording: String {
        let text = MeaningText(graph: self)
        return wordingRows.map { $0.map(text.quoted).joined(separator: " ") + "\n" }.joined()
    }

    /// The same as words: what something is, its name, then its label and source.
    var wordingRows: [[String]] {
        var lines = [["method", id, title, note]]
        lines += sources.map { ["source", $0.key, $0.text] }
        lines += nodes.map { ["node", $0.name, $0.label, $0.source] }
        lines += statistics.map { ["statistic", $0.name, $0.label] }
        lines += states.map { ["state", $0.name, $0.label, $0.source] }
        lines += cohorts.map { ["cohort", $0.name, $0.label, $0.source] }
        if let merging { lines.append(["merge", merging.label, merging.source]) }
        if !linking.source.isEmpty { lines.append(["linking", linking.source]) }
        lines += decisions.map { ["decision", $0.name, $0.label, $0.source] }
        if let manualRule { lines.append(["decision", manualRule.name, manualRule.label]) }
        for list in lists {
            lines.append(["list", list.name, list.label])
            lines += list.grounds.map { ["ground", $0.name, $0.label, $0.source] }
        }
        return lines
    }
}
