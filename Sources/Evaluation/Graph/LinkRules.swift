/// What a method says about rows that do not simply belong to one firm.
package struct LinkRules: Sendable, Hashable {
    /// What becomes of rows of a firm that the registry says another one carries on.
    package enum Successors: String, Sendable, CaseIterable {
        /// They stay with the firm on whose code they stand.
        case stay
        /// They count for the firm that carries it on.
        case follow
    }

    /// What becomes of a reading of a meter that several firms share when nothing says in which parts.
    package enum SharedMeters: String, Sendable, CaseIterable {
        /// It counts for none, and what it would have counted in is unknown for all of them.
        case refuse
        /// It counts for the firm of the first code.
        case first
        /// Every firm has an equal part.
        case equal
    }

    package let successors: Successors
    package let sharedMeters: SharedMeters
    package let source: String

    package init(successors: Successors = .stay, sharedMeters: SharedMeters = .refuse, source: String = "") {
        self.successors = successors
        self.sharedMeters = sharedMeters
        self.source = source
    }

    /// One line of the method's meaning; `nil` when it is what every method means that says nothing.
    var meaning: String? {
        guard successors != .stay || sharedMeters != .refuse else { return nil }
        return "link successors \(successors.rawValue) shared_meters \(sharedMeters.rawValue)"
    }

    /// In Chinese, as comparisons of methods print it.
    var words: String {
        let firms = successors == .follow ? "已被承继企业的数据计入承继企业" : "数据留在原企业"
        let meters =
            switch sharedMeters {
            case .refuse: "共用电表无分摊比例的不予采用"
            case .first: "共用电表无分摊比例的计入第一户"
            case .equal: "共用电表无分摊比例的平均分摊"
            }
        return "\(firms)，\(meters)"
    }
}
