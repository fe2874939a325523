extension MethodDocument {
    struct Tiers {
        /// Best first.
        let order: [Text]
        let rankBy: [RankKey]
        let ties: Ranking.Ties
        let numbering: Ranking.Numbering
        /// `nil` where the file has none: then every cohort needs its own.
        let quota: Quota?
        /// The section's key.
        let place: SourcePlace
        let length: Int
        /// The category that splits cohorts into parts; a cohort may name another.
        let within: Text?
        let reselections: [Reselection]
        /// `graded`, `graded_and_ungraded`, or names of states.
        let base: [Text]
        let bound: Ranking.Bound
        let rounding: Ranking.QuotaRounding
    }

    struct RankKey {
        let key: Text
        let descending: Bool
    }

    /// A second selection for one tier.
    struct Reselection {
        let tier: Text
        /// In ten-thousandths.
        let among: Int
        let rankBy: [RankKey]
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
            let isJoined = order.contains { $0.text.contains { "、，,".contains($0) } }
            section.lacks(
                "‘tiers.order’ must name from 2 to 20 tiers, best first, such as [A, B, C, D]"
                    + (isJoined ? "; write it with [ ] and plain commas" : ""),
                at: section.key("order"), &problems)
        }
        let rankBy = section.texts("rank_by", &problems).map(MethodDocument.RankKey.init)
        if rankBy.isEmpty {
            section.lacks(
                "‘tiers’ lacks ‘rank_by’: the values that firms are ordered by, such as [total, tax]",
                at: section.key("rank_by"), &problems)
        }
        let ties: Ranking.Ties? = section.choice("ties", &problems)
        let numbering: Ranking.Numbering? = section.choice("ranks", default: .competition, &problems)
        let base = Self.base(&section, &problems)
        let within = section.optionalText("within", &problems)
        let reselections = Self.reselections(&section, &problems)
        let bound: Ranking.Bound? = section.choice("bound", &problems)
        let rounding: Ranking.QuotaRounding? = section.choice("round", &problems)
        let quota = MethodDocument.Quota(in: &section, &problems)
        if bound == .open, rounding == .largestRemainder {
            problems.append(
                MethodProblem(
                    at: section.node("bound")?.place ?? section.place, length: 4,
                    "with ‘round: largest_remainder’ no firm stands on a bound, so ‘bound: open’ says nothing; write ‘bound: closed’, or round down"
                ))
        }
        section.finish(&problems)
        guard hasOrder, !rankBy.isEmpty, let ties, let numbering, !base.isEmpty, let bound, let rounding,
            quota != nil || section.key("quota") == nil
        else { return nil }
        self.init(
            order: order, rankBy: rankBy, ties: ties, numbering: numbering, quota: quota,
            place: section.place,
            length: section.length, within: within,
            reselections: reselections, base: base, bound: bound, rounding: rounding)
    }

    /// One word, or a list of states.
    private static func base(_ section: inout Section, _ problems: inout [MethodProblem])
        -> [MethodDocument.Text]
    {
        let remedy =
            "the firms of which the quota is taken: graded, graded_and_ungraded, or graded with states, such as [graded, grace]"
        if case .sequence = section.node("of")?.content {
            let base = section.texts("of", &problems)
            if !base.contains(where: { $0.text.hasPrefix("graded") }) {
                section.lacks("‘tiers.of’ must name \(remedy)", at: section.key("of"), &problems)
                return []
            }
            return base
        }
        return section.text("of", remedy, &problems).map { [$0] } ?? []
    }

    private static func reselections(
        _ section: inout Section, _ problems: inout [MethodProblem]
    ) -> [MethodDocument.Reselection] {
        guard let list = section.section("reselect", &problems) else { return [] }
        return list.named().compactMap { tier, value in
            var entry = Section(value, path: "\(list.path).\(tier.text)", key: tier, &problems)
            let among = entry.text(
                "among", "how many by rank are chosen from, such as 50%", &problems)
            let rankBy = entry.texts("rank_by", &problems).map(MethodDocument.RankKey.init)
            if rankBy.isEmpty {
                entry.lacks("‘\(entry.path)’ lacks ‘rank_by’: the values that decide there", &problems)
            }
            entry.finish(&problems)
            guard let among, let share = among.share(&problems), !rankBy.isEmpty else { return nil }
            return MethodDocument.Reselection(tier: tier, among: share, rankBy: rankBy)
        }
    }
}

extension MethodDocument.RankKey {
    /// `total`, or `tax ascending`.
    init(_ text: MethodDocument.Text) {
        let suffix = " ascending"
        let isAscending = text.text.hasSuffix(suffix)
        key =
            isAscending ? MethodDocument.Text(String(text.text.dropLast(suffix.count)), at: text.place) : text
        descending = !isAscending
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
            } else if let share = text.share(&problems, orRest: true) {
                shares.append((tier, share))
            }
        }
        guard problems.count == before else { return nil }
        self.init(shares: shares, place: quota.place, length: quota.length)
    }
}

extension MethodDocument.Text {
    /// A percentage in ten-thousandths; `nil` when it is none, which is complained about.
    fileprivate func share(_ problems: inout [MethodProblem], orRest: Bool = false) -> Int? {
        guard text.hasSuffix("%") || text.hasSuffix("％"),
            let (digits, places) = DecimalText.parse(text.dropLast()), places <= 2,
            digits >= 0, digits <= 10_000
        else {
            problems.append(
                problem(
                    "the share ‘\(text)’ must be a percentage with at most two decimals, such as 20%"
                        + (orRest ? ", or ‘rest’" : "")))
            return nil
        }
        return Int(digits * Int128(DecimalText.powersOfTen[2 - places]))
    }
}
