/// Quotas: the share of each tier.
extension MethodDocument.Quota {
    /// The shares of the tiers but the last, each with those before it, in ten-thousandths; `nil` when they do not
    /// give every firm a tier, which is complained about.
    func cumulativeShares(_ order: [String], _ compilation: inout Compilation) -> [Int]? {
        guard let byTier = sharesByTier(order, &compilation) else { return nil }
        var cumulative: [Int] = []
        var sum = 0
        for share in byTier.dropLast() {
            sum += share ?? 0
            cumulative.append(sum)
        }
        let last = order[order.count - 1]
        if sum > 10_000 {
            complain(
                "the quotas sum to \(DecimalText.trimmed(Int64(sum), decimals: 2))%; they must leave a rest for tier ‘\(last)’",
                &compilation)
            return nil
        }
        return cumulative
    }

    /// In the order of the tiers; `nil` is the rest, which only the last tier takes.
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
        guard inOrder.lastIndex(of: nil) == order.count - 1, inOrder.firstIndex(of: nil) == order.count - 1
        else {
            complain(
                "the quota needs ‘rest’ for the last tier ‘\(order[order.count - 1])’, and only there, so that every firm gets a tier",
                &compilation)
            return nil
        }
        return inOrder
    }

    private func complain(_ message: String, _ compilation: inout Compilation) {
        compilation.complain(at: place, length: length, message)
    }
}
