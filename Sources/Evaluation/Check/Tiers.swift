/// Tiers: their order, by which values firms are ranked, and where the ranks are cut.
extension MethodDocument.Tiers {
    /// `nil` when firms could not be cut into tiers; what is wrong is complained about.
    func ranking(_ compilation: inout Compilation) -> Ranking? {
        let names = order.map(\.text)
        for (index, tier) in order.enumerated() where names.firstIndex(of: tier.text) != index {
            compilation.complain(about: tier, "the tier ‘\(tier.text)’ is named twice; delete one")
            return nil
        }
        let keys = keys(rankBy, &compilation)
        let common = quota?.checked(names, &compilation)
        if quota == nil, compilation.document.cohorts.contains(where: { $0.quota == nil }) {
            compilation.complain(
                at: place, length: length,
                "‘tiers’ lacks ‘quota’: a share for each tier, such as {A: 20%, B: 60%, C: 15%, D: rest}")
        }
        guard quota == nil || common != nil else { return nil }
        var quotas: [Quota] = []
        for cohort in compilation.document.cohorts {
            guard let quota = cohort.quota.map({ $0.checked(names, &compilation) }) ?? common
            else { return nil }
            quotas.append(quota)
        }
        let within = compilation.document.cohorts.map { cohort in
            (cohort.within ?? self.within).flatMap { compilation.category($0, owner: "tiers") }
        }
        let reselections = reselections.compactMap { second -> Ranking.Reselection? in
            guard let tier = MethodDocument.tier(second.tier, in: names, &compilation) else { return nil }
            guard quotas.allSatisfy({ $0.rest != tier }) else {
                compilation.complain(
                    about: second.tier,
                    "‘\(second.tier.text)’ takes the rest, so nobody is chosen for it; choose for a tier with a share"
                )
                return nil
            }
            second.warnAboutSmallPool(tier, quotas, &compilation)
            return .init(tier: tier, among: second.among, keys: self.keys(second.rankBy, &compilation))
        }
        return Ranking(
            keys: keys, ties: ties, numbering: numbering, tiers: names, quotas: quotas, within: within,
            reselections: reselections.sorted { $0.tier < $1.tier }, rounding: rounding, bound: bound,
            baseStates: baseStates(&compilation))
    }

    /// The states beside the graded firms.
    private func baseStates(_ compilation: inout Compilation) -> [Int] {
        let states = compilation.document.states
        var found: Set<Int> = []
        for word in base where word.text != "graded" {
            if word.text == "graded_and_ungraded" {
                found.formUnion(states.indices.filter { states[$0].accountingClass == .ungraded })
            } else if let index = states.firstIndex(where: { $0.name == word.text }) {
                found.insert(index)
            } else {
                let known = ["graded", "graded_and_ungraded"] + states.dropFirst().map(\.name)
                compilation.complain(
                    about: word,
                    "‘of’ names ‘\(word.text)’, but must be graded, graded_and_ungraded or a state"
                        + Spelling.suggestion(for: word.text, among: known))
            }
        }
        return found.sorted()
    }

    private func keys(
        _ rankBy: [MethodDocument.RankKey], _ compilation: inout Compilation
    ) -> [Ranking.Key] {
        rankBy.compactMap { rankKey in
            key(rankKey.key, &compilation).map { Ranking.Key(node: $0, descending: rankKey.descending) }
        }
    }

    private func key(_ key: MethodDocument.Text, _ compilation: inout Compilation) -> Int? {
        let draft = compilation.draft
        func isNumber(_ node: Draft.DraftNode) -> Bool {
            if case .number = node.type { node.name != "rank" } else { false }
        }
        if let node = draft.node(called: key.text), isNumber(draft.nodes[node]) { return node }
        guard !draft.misread.contains(key.text) else { return nil }
        let known = draft.nodes.filter { isNumber($0) && $0.section != .column }
        compilation.complain(
            about: key,
            "firms cannot be ranked by ‘\(key.text)’: it is neither the total nor a number that the method names"
                + Spelling.suggestion(for: key.text, among: known.map(\.name)))
        return nil
    }
}

extension MethodDocument.Reselection {
    /// Who are chosen from must be more than those who are chosen.
    fileprivate func warnAboutSmallPool(_ tier: Int, _ quotas: [Quota], _ compilation: inout Compilation) {
        let needed = quotas.map { quota in
            (tier < quota.rest ? quota.shares[...tier] : quota.shares[tier...]).reduce(0, +)
        }
        guard let most = needed.max(), among < most else { return }
        func percent(_ share: Int) -> String { DecimalText.trimmed(Int64(share), decimals: 2) + "%" }
        compilation.complain(
            about: self.tier,
            "‘\(self.tier.text)’ is chosen among \(percent(among)) of the firms, but the quota counts \(percent(most)) up to it, so that places stay empty; choose among more",
            severity: .warning)
    }
}

extension MethodDocument {
    /// The index of a tier that a quota or a decision names.
    static func tier(_ tier: Text, in order: [String], _ compilation: inout Compilation) -> Int? {
        if let index = order.firstIndex(of: tier.text) { return index }
        guard !order.isEmpty else { return nil }
        compilation.complain(
            about: tier,
            "there is no tier ‘\(tier.text)’"
                + Spelling.remedy(
                    for: tier.text, among: order, otherwise: "there are \(order.joined(separator: ", "))"))
        return nil
    }
}
