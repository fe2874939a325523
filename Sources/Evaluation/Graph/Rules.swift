/// A tier rule applied after the quota: a veto, a protection.
package struct DecisionRule: Sendable {
    /// What it does to the tier; tiers are indices into ``Ranking/tiers``.
    package enum Effect: Sendable, Equatable {
        case set(Int)
        case notAbove(Int)
        case notBelow(Int)
        /// So many tiers better than the initial tier, or even better …
        case raise(Int)
        /// … or so many worse, or even worse.
        case lower(Int)

        /// The tier that it names; `nil` where that depends on the firm.
        var tier: Int? {
            switch self {
            case .set(let tier), .notAbove(let tier), .notBelow(let tier): tier
            case .raise, .lower: nil
            }
        }

        /// For people: 不高于 C.
        package func words(_ tiers: [String]) -> String {
            switch self {
            case .set(let tier): "定为 \(tiers[tier])"
            case .notAbove(let tier): "不高于 \(tiers[tier])"
            case .notBelow(let tier): "不低于 \(tiers[tier])"
            case .raise(let count): "上调 \(count) 档"
            case .lower(let count): "下调 \(count) 档"
            }
        }
    }

    /// ASCII: `accident`.
    package let name: String
    /// The reason as outputs show it: 安全事故一票否决.
    package let label: String
    /// Where rules contradict each other, the greatest priority wins.
    package let priority: Int
    /// The rule applies where this holds; what is unknown does not hold. An exception (`unless`) is part of it.
    package let condition: Expression
    package let effect: Effect
    /// The document that it rests on; empty when none is given.
    package let source: String
    /// Where the method file names it.
    package let place: SourcePlace
}

/// The place of the decision feed among the decisions.
package struct ManualRule: Sendable, Equatable {
    /// ASCII: `manual`.
    package let name: String
    /// 人工认定.
    package let label: String
    /// The greatest wins.
    package let priority: Int

    /// The kind that grants points instead.
    static let pointsKind = "加分"

    /// Whether rows of this kind say something of tiers (定档, 不高于, 不低于).
    package static func concernsTiers(_ kind: String) -> Bool { effect(of: kind, 0) != nil }

    /// What a row of this kind does to the tier; `nil` for the kinds that say nothing of tiers.
    static func effect(of kind: String, _ tier: Int) -> DecisionRule.Effect? {
        switch kind {
        case "定档": .set(tier)
        case "不高于": .notAbove(tier)
        case "不低于": .notBelow(tier)
        default: nil
        }
    }
}

/// A published list: who is on it, and on which grounds.
package struct ListRule: Sendable {
    /// Who may see it: everybody, who charges or refunds (供电、供水、税务等执行单位), the towns, or only the evaluation
    /// office.
    package enum Audience: String, Sendable, CaseIterable { case `public`, supplier, town, office }

    /// A reason for which firms are listed.
    package struct Ground: Sendable {
        /// ASCII: `low_tax_above`.
        package let name: String
        /// 规上亩均税收低于6万元.
        package let label: String
        /// A firm is listed where this holds; what is unknown does not hold.
        package let condition: Expression
        /// The document that it rests on; empty when none is given.
        package let source: String
    }

    /// ASCII: `rectification`.
    package let name: String
    /// 整治提升清单.
    package let label: String
    package let audience: Audience
    /// Whether every firm of the registry can be listed, instead of graded firms only.
    package let overRegistry: Bool
    /// A firm is listed when one of them holds; all that hold are recorded.
    package let grounds: [Ground]
    /// The number node that says what each listed firm is charged or granted (加价、减免); `nil` for a list of names.
    package let amount: Int?
}
