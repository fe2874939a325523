/// Tiers: their order, by which values firms are ranked, and where the ranks are cut.
extension MethodDocument.Tiers {
    /// `nil` when firms could not be cut into tiers; what is wrong is complained about.
    func ranking(_ compilation: inout Compilation) -> Ranking? {
        let names = order.map(\.text)
        for (index, tier) in order.enumerated() where names.firstIndex(of: tier.text) != index {
            compilation.complain(about: tier, "the tier ‘\(tier.text)’ is named twice; delete one")
            return nil
        }
        let keys = rankBy.compactMap { key, descending in
            self.key(key, &compilation).map { Ranking.Key(node: $0, descending: descending) }
        }
        guard let common = quota.cumulativeShares(names, &compilation) else { return nil }
        var cumulative: [[Int]] = []
        for cohort in compilation.document.cohorts {
            guard let shares = cohort.quota.map({ $0.cumulativeShares(names, &compilation) }) ?? common
            else { return nil }
            cumulative.append(shares)
        }
        return Ranking(
            keys: keys, ties: ties, tiers: names, cumulative: cumulative, rounding: rounding, bound: bound,
            base: base)
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
