/// How the firms of a cohort are ordered and cut into tiers.
package struct Ranking: Sendable {
    /// What becomes of firms with equal keys at a cut.
    package enum Ties: String, Sendable, CaseIterable {
        /// Firms with equal keys at a cut all take the better tier …
        case shareBetter = "share_better"
        /// … or all the worse one …
        case shareWorse = "share_worse"
        /// … or are cut between them, in order of their credit codes.
        case split
    }

    /// The rank after firms that share one: 1, 2, 2, 4 or 1, 2, 2, 3.
    package enum Numbering: String, Sendable, CaseIterable { case competition, dense }

    /// How a share of firms becomes a whole number of them.
    package enum QuotaRounding: String, Sendable, CaseIterable {
        case down, up, nearest
        /// Every tier gets the whole part of its share; the firms that are left over go to the greatest fractions,
        /// of equal ones to the better tier.
        case largestRemainder = "largest_remainder"
    }

    /// Whether the firm that lies exactly on a bound belongs to the better tier (closed) or to the worse.
    package enum Bound: String, Sendable, CaseIterable { case closed, open }

    /// A value that firms are ordered by.
    package struct Key: Sendable {
        /// A number node.
        package let node: Int
        /// Whether the greatest value is the best.
        package let descending: Bool
    }

    /// A second selection (二次排序): who gets a tier is chosen by other keys, among the first or the last by rank.
    package struct Reselection: Sendable {
        /// Index of the tier: one better than the rest's is chosen among the first, a worse one among the last.
        package let tier: Int
        /// How many by rank are chosen from, in ten-thousandths of the ranked firms.
        package let among: Int
        /// As ``Ranking/keys``.
        package let keys: [Key]
    }

    /// The first decides; each further one decides between firms that are equal so far.
    package let keys: [Key]
    package let ties: Ties
    package let numbering: Numbering
    /// Best first: A, B, C, D.
    package let tiers: [String]
    /// One per cohort.
    package let quotas: [Quota]
    /// One per cohort: the category node whose texts split it into parts that are ranked and cut apart (分组);
    /// `nil` where it stays whole.
    package let within: [Int?]
    /// In the order of the tiers.
    package let reselections: [Reselection]
    package let rounding: QuotaRounding
    package let bound: Bound
    /// States whose firms count beside the graded ones where a quota is taken: indices into ``Graph/states``.
    package let baseStates: [Int]
}

/// The shares of the tiers in one cohort.
package struct Quota: Sendable, Equatable {
    /// What a tier gets of all firms, in ten-thousandths; they sum to 10,000.
    package let shares: [Int]
    /// The tier that takes what the others leave. Better ones are counted from the first firm, worse ones from the
    /// last.
    package let rest: Int
}
