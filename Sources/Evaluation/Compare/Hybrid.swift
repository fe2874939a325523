/// Trees between two method files: the old one with some kinds of change taken over from the new.
struct Hybrid {
    private let old: SourceNode
    private let new: SourceNode
    /// The values of parameters that either of the two mentions.
    private let parameters: SourceNode?

    init(_ shared: SharedParameters) {
        (old, new, parameters) = (shared.old, shared.new, shared.section)
    }

    /// The old method, mentioning parameters as the trees between do.
    var start: SourceNode { old.setting("parameters", to: parameters) }

    private static let definitions = ["measures", "indicators", "groups", "statistics"]

    /// The old method with everything of the new one up to a kind of change.
    ///
    /// What only the old one defines stays until the end: what is taken over later may still rest on it, and a
    /// definition that nothing uses changes nobody.
    func tree(upTo last: ChangeKind, keepsOldDefinitions: Bool = true) -> SourceNode {
        var tree = old
        tree = tree.setting("sources", to: union("sources", first: new, then: old))
        tree = tree.setting("parameters", to: parameters)
        if last >= .definitions {
            for section in Hybrid.definitions {
                tree = tree.setting(
                    section,
                    to: keepsOldDefinitions ? union(section, first: new, then: old) : new.value(section))
            }
        }
        tree = tree.setting(
            "formulas",
            to: last >= .points ? new.value("formulas") : union("formulas", first: old, then: new))
        if last >= .membership {
            for section in ["scope", "merge", "linking", "cohort_choice"] {
                tree = tree.setting(section, to: new.value(section))
            }
            tree = tree.setting("cohorts", to: cohorts(upTo: last))
            tree = tree.setting("adjustments", to: adjustmentsOfCohortsThatStay)
        }
        for (kind, sections) in [
            (ChangeKind.total, ["adjustments", "total"]), (.ranking, ["tiers"]), (.decisions, ["decisions"]),
            (.lists, ["lists"]),
        ] where last >= kind {
            for section in sections { tree = tree.setting(section, to: new.value(section)) }
        }
        return tree
    }

    /// The entries of one file's section, then those that only the other has.
    private func union(_ section: String, first: SourceNode, then second: SourceNode) -> SourceNode? {
        guard let own = first.value(section) else { return second.value(section).map { free($0, of: first) } }
        guard let others = second.value(section) else { return own }
        return own.adding(free(others, of: first).pairs)
    }

    /// Without definitions of names that the other file defines in whatever section.
    private func free(_ section: SourceNode, of other: SourceNode) -> SourceNode {
        let taken = Set(
            Hybrid.definitions.flatMap { other.value($0)?.pairs.compactMap(\.key.word) ?? [] })
        return SourceNode(
            .mapping(section.pairs.filter { pair in pair.key.word.map { !taken.contains($0) } ?? true }),
            place: section.place)
    }

    // MARK: Cohorts

    private func cohorts(upTo last: ChangeKind) -> SourceNode? {
        guard let cohorts = new.value("cohorts") else { return nil }
        return SourceNode(
            .mapping(
                cohorts.pairs.map { key, value in
                    let own = key.word.flatMap { old.value("cohorts")?.value($0) }
                    return (key, own.map { cohort($0, value, upTo: last) } ?? value)
                }), place: cohorts.place)
    }

    private func cohort(_ old: SourceNode, _ new: SourceNode, upTo last: ChangeKind) -> SourceNode {
        if last >= .points {
            guard last < .ranking else { return new }
            return new.setting("quota", to: old.value("quota")).setting("within", to: old.value("within"))
        }
        var cohort = old
        for key in ["label", "where", "source"] { cohort = cohort.setting(key, to: new.value(key)) }
        guard last >= .weights, let indicators = new.value("indicators") else { return cohort }
        cohort = cohort.setting("weights_sum_to", to: new.value("weights_sum_to"))
        return cohort.setting(
            "indicators",
            to: SourceNode(
                .mapping(
                    indicators.pairs.map { key, value in
                        let own = key.word.flatMap { old.value("indicators")?.value($0) }
                        return (key, own.map { indicator($0, value, upTo: last) } ?? value)
                    }), place: indicators.place))
    }

    private func indicator(_ old: SourceNode, _ new: SourceNode, upTo last: ChangeKind) -> SourceNode {
        let indicator = old.setting("weight", to: new.value("weight"))
        guard last >= .baselines else { return indicator }
        return indicator.setting("baseline", to: new.value("baseline"))
            .setting("source", to: new.value("source"))
    }

    /// An adjustment for nobody but a cohort that is gone goes with it.
    private var adjustmentsOfCohortsThatStay: SourceNode? {
        guard let adjustments = old.value("adjustments"), let cohorts = new.value("cohorts") else {
            return old.value("adjustments")
        }
        let known = Set(cohorts.pairs.compactMap(\.key.word))
        let staying = adjustments.pairs.filter { _, value in
            guard let cohort = value.value("cohort") else { return true }
            switch cohort.content {
            case .scalar(let name): return known.contains(name)
            case .sequence(let items):
                return items.contains { item in item.word.map { known.contains($0) } ?? true }
            case .mapping: return true
            }
        }
        return staying.isEmpty ? nil : SourceNode(.mapping(staying), place: adjustments.place)
    }
}
