/// Tiers that no cohort's quota gives a firm and to which no decision of the method leads.
extension Compilation {
    mutating func warnAboutUnreachableTiers(_ graph: Graph) {
        let led = graph.tiersDecided
        for (index, tier) in graph.ranking.tiers.enumerated() where !led.contains(index) {
            guard graph.ranking.quotas.allSatisfy({ $0.shares[index] == 0 }) else { continue }
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

extension Graph {
    /// The tiers to which a decision of the method can lead.
    fileprivate var tiersDecided: Set<Int> {
        var tiers = Set(decisions.compactMap(\.effect.tier))
        let reached = ranking.tiers.indices.filter { tier in
            tiers.contains(tier) || ranking.quotas.contains { $0.shares[tier] > 0 }
        }
        for tier in reached {
            for decision in decisions {
                switch decision.effect {
                case .raise(let count): tiers.insert(max(0, tier - count))
                case .lower(let count): tiers.insert(min(ranking.tiers.count - 1, tier + count))
                case .set, .notAbove, .notBelow: break
                }
            }
        }
        return tiers
    }
}
