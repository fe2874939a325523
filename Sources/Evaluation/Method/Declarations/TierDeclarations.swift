extension MethodDocument {
    struct Tiers {
        /// Best first.
        let order: [Text]
        let rankBy: [(key: Text, descending: Bool)]
        let ties: Ranking.Ties
        let quota: Quota
        let base: Ranking.Base
        let bound: Ranking.Bound
        let rounding: Ranking.QuotaRounding
    }

    struct Quota {
        /// In ten-thousandths; `nil` for the tier that takes the rest.
        let shares: [(tier: Text, share: Int?)]
        /// Its key.
        let place: SourcePlace
        let length: Int
    }
}

extension MethodDocument.Tiers {
    init?(inFile file: inout Section, _ problems: inout [MethodProblem]) {
        guard let node = file.node("tiers") else {
            file.lacks(
                "the method lacks ‘tiers’: order, rank_by, ties, quota, of, bound and round", &problems)
            return nil
        }
        var section = Section(node, path: "tiers", key: file.key("tiers"), &problems)
        let order = section.texts("order", &problems)
        let hasOrder = (2...20).contains(order.count)
        if !hasOrder {
            section.lacks(
                "‘tiers.order’ must name from 2 to 20 tiers, best first, such as [A, B, C, D]",
                at: section.key("order"), &problems)
        }
        let rankBy = section.texts("rank_by", &problems).map(Self.rankKey)
        if rankBy.isEmpty {
            section.lacks(
                "‘tiers’ lacks ‘rank_by’: the values that firms are ordered by, such as [total, tax]",
                at: section.key("rank_by"), &problems)
        }
        let ties: Ranking.Ties? = section.choice("ties", &problems)
        let base: Ranking.Base? = section.choice("of", &problems)
        let bound: Ranking.Bound? = section.choice("bound", &problems)
        let rounding: Ranking.QuotaRounding? = section.choice("round", &problems)
        let quota = MethodDocument.Quota(in: &section, &problems)
        if section.key("quota") == nil {
            section.lacks(
                "‘tiers’ lacks ‘quota’: a share for each tier, such as {A: 20%, B: 60%, C: 15%, D: rest}",
                &problems)
        }
        section.finish(&problems)
        guard hasOrder, !rankBy.isEmpty, let ties, let base, let bound, let rounding, let quota else {
            return nil
        }
        self.init(
            order: order, rankBy: rankBy, ties: ties, quota: quota, base: base, bound: bound,
            rounding: rounding)
    }

    /// `total`, or `tax ascending`.
    private static func rankKey(_ text: MethodDocument.Text) -> (key: MethodDocument.Text, descending: Bool) {
        let suffix = " ascending"
        guard text.text.hasSuffix(suffix) else { return (text, true) }
        return (MethodDocument.Text(String(text.text.dropLast(suffix.count)), at: text.place), false)
    }
}

extension MethodDocument.Quota {
    /// `nil` when there is none, or when a share could not be read: what the others sum to says nothing then.
    init?(in section: inout Section, _ problems: inout [MethodProblem]) {
        let before = problems.count
        guard let quota = section.section("quota", &problems) else { return nil }
        var shares: [(tier: MethodDocument.Text, share: Int?)] = []
        for (tier, value) in quota.named() {
            guard let text = value.text("\(quota.path).\(tier.text)", &problems) else { continue }
            if text.text == "rest" {
                shares.append((tier, nil))
            } else if text.text.hasSuffix("%"),
                let (digits, places) = DecimalText.parse(text.text.dropLast()),
                places <= 2, digits >= 0, digits <= 10_000
            {
                shares.append((tier, Int(digits * Int128(DecimalText.powersOfTen[2 - places]))))
            } else {
                problems.append(
                    text.problem(
                        "the share ‘\(text.text)’ must be a percentage with at most two decimals, such as 20%, or ‘rest’"
                    ))
            }
        }
        guard problems.count == before else { return nil }
        self.init(shares: shares, place: quota.place, length: quota.length)
    }
}
