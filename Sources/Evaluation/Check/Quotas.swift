/// Quotas: the share of each tier.
extension MethodDocument.Quota {
    /// `nil` when the shares do not give every firm a tier, which is complained about.
    func checked(_ order: [String], _ compilation: inout Compilation) -> Quota? {
        guard let byTier = sharesByTier(order, &compilation), let rest = byTier.firstIndex(of: nil) else {
            return nil
        }
        let sum = byTier.reduce(0) { $0 + ($1 ?? 0) }
        guard sum <= 10_000 else {
            complain(
                "the quotas sum to \(DecimalText.trimmed(Int64(sum), decimals: 2))%; they must leave a rest for tier ‘\(order[rest])’",
                &compilation)
            return nil
        }
        return Quota(shares: byTier.map { $0 ?? 10_000 - sum }, rest: rest)
    }

    /// In the order of the tiers; `nil` is the rest, which one tier takes.
    private func sharesByTier(_ order: [String], _ compilation: inout Compilation) -> [Int?]? {
        var byTier: [Int: Int?] = [:]
        for (tier, share) in shares {
            guard let index = MethodDocument.tier(tier, in: order, &compilation) else { return nil }
            byTier[index] = .some(share)
        }
        for (index, tier) in order.enumerated() where byTier[index] == nil {
            complain("the quota says nothing about tier ‘\(tier)’; give it a share, or ‘rest’", &compilation)
            return nil
        }
        let inOrder = order.indices.map { byTier[$0] ?? nil }
        guard inOrder.count(where: { $0 == nil }) == 1 else {
            complain(
                "the quota needs ‘rest’ for one tier and only one, mostly the last, ‘\(order[order.count - 1])’, so that every firm gets a tier",
                &compilation)
            return nil
        }
        return inOrder
    }

    private func complain(_ message: String, _ compilation: inout Compilation) {
        compilation.complain(at: place, length: length, message)
    }
}
