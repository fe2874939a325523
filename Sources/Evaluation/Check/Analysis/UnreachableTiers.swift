/// Tiers that no cohort's quota gives a firm and to which no decision of the method leads.
extension Compilation {
    mutating func warnAboutUnreachableTiers(_ graph: Graph) {
        let led = Set(graph.decisions.map(\.effect.tier))
        for (index, tier) in graph.ranking.tiers.enumerated() where !led.contains(index) {
            // A firm exactly at the last share falls into the last tier.
            if graph.ranking.bound == .open, index == graph.ranking.tiers.count - 1 { continue }
            guard graph.ranking.cumulative.allSatisfy({ $0.share(of: index) == 0 }) else { continue }
            // Where every cohort has its own quota, the common one says nothing.
            let quotas = document.cohorts.map(\.quota)
            let quota = (quotas.contains { $0 == nil } ? nil : quotas.first ?? nil) ?? document.tiers?.quota
            guard let quota else { continue }
            let remedy =
                "and no decision leads there"
                + (graph.manualRule == nil ? "" : " but those of the decision feed (人工认定)")
                + "; give it a share, or delete the tier"
            if let zero = quota.shares.first(where: { $0.tier.text == tier && $0.share == 0 }) {
                warn(
                    about: zero.tier,
                    "the share of tier ‘\(tier)’ is zero, so no firm can reach it by its rank, \(remedy)")
            } else {
                complain(
                    at: quota.place, length: quota.length,
                    "the quotas sum to 100%, so no firm can reach tier ‘\(tier)’ by its rank, \(remedy)",
                    severity: .warning)
            }
        }
    }
}

extension [Int] {
    /// What cumulative shares leave to one tier.
    fileprivate func share(of tier: Int) -> Int {
        (tier < count ? self[tier] : 10_000) - (tier > 0 ? self[tier - 1] : 0)
    }
}
