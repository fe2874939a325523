/// What is known of the values that a number can take: on which sides they are limited, and their sign.
struct ValueRange {
    var isBoundedAbove = false
    var isBoundedBelow = false
    var isNeverNegative = false
    var isNeverPositive = false

    /// Nothing is known.
    static let unknown = ValueRange()
    /// From zero upward without an end: a count.
    static let count = ValueRange(isBoundedBelow: true, isNeverNegative: true)

    /// Limited on both sides, with the sign of the limits.
    static func limited(isNeverNegative: Bool, isNeverPositive: Bool) -> ValueRange {
        ValueRange(
            isBoundedAbove: true, isBoundedBelow: true, isNeverNegative: isNeverNegative,
            isNeverPositive: isNeverPositive)
    }

    private var isBounded: Bool { isBoundedAbove && isBoundedBelow }
    /// Of zero itself both signs are known.
    private var isBelowZero: Bool { isNeverPositive && !isNeverNegative }

    static prefix func - (a: ValueRange) -> ValueRange {
        ValueRange(
            isBoundedAbove: a.isBoundedBelow, isBoundedBelow: a.isBoundedAbove,
            isNeverNegative: a.isNeverPositive, isNeverPositive: a.isNeverNegative)
    }

    static func + (a: ValueRange, b: ValueRange) -> ValueRange { .common([a, b]) }

    static func * (a: ValueRange, b: ValueRange) -> ValueRange {
        if a.isBelowZero { return -(-a * b) }
        if b.isBelowZero { return -(a * -b) }
        let isBounded = a.isBounded && b.isBounded
        guard a.isNeverNegative, b.isNeverNegative else {
            return ValueRange(isBoundedAbove: isBounded, isBoundedBelow: isBounded)
        }
        return ValueRange(
            isBoundedAbove: a.isBoundedAbove && b.isBoundedAbove, isBoundedBelow: true, isNeverNegative: true)
    }

    /// What holds of all: of a choice between them, and of their sum.
    static func common(_ ranges: [ValueRange]) -> ValueRange {
        ValueRange(
            isBoundedAbove: ranges.allSatisfy(\.isBoundedAbove),
            isBoundedBelow: ranges.allSatisfy(\.isBoundedBelow),
            isNeverNegative: ranges.allSatisfy(\.isNeverNegative),
            isNeverPositive: ranges.allSatisfy(\.isNeverPositive))
    }

    /// The least of several is limited above by any of them.
    static func least(_ ranges: [ValueRange]) -> ValueRange {
        var range = common(ranges)
        range.isBoundedAbove = ranges.contains(where: \.isBoundedAbove)
        range.isNeverPositive = ranges.contains(where: \.isNeverPositive)
        return range
    }

    /// The greatest of several is limited below by any of them.
    static func greatest(_ ranges: [ValueRange]) -> ValueRange { -least(ranges.map { -$0 }) }
}
