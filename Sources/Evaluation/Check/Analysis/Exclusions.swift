/// Whether two conditions can hold of one firm, as far as their form tells.
extension Implications {
    /// Whether the condition contradicts itself. False also means that it cannot be told.
    mutating func neverHolds(_ condition: Condition) -> Bool {
        switch condition {
        case .any(let parts):
            for part in parts where !neverHolds(part) { return false }
            return true
        case .all(let parts):
            for (index, part) in parts.enumerated() {
                if neverHolds(part) { return true }
                for other in parts[..<index] where excludes(part, other) { return true }
            }
            return false
        case .isOneOf(_, _, let texts): return texts.isEmpty
        case .isNoneOf, .compare, .hasRow, .whole: return false
        }
    }

    /// Whether the second never holds where the first does.
    private mutating func excludes(_ first: Condition, _ second: Condition) -> Bool {
        guard takesStep() else { return false }
        switch (first, second) {
        case (.any(let parts), let other), (let other, .any(let parts)):
            for part in parts where !excludes(part, other) { return false }
            return true
        case (.all(let parts), let other), (let other, .all(let parts)):
            for part in parts where excludes(part, other) { return true }
            return false
        case (.isOneOf(let value, let prefix, let texts), .isOneOf(let other, let otherPrefix, let others)):
            guard value == other else { return false }
            // First characters of the longer against the shorter.
            if let cut = texts.cut(from: prefix, to: otherPrefix) { return cut.isDisjoint(with: others) }
            return others.cut(from: otherPrefix, to: prefix)?.isDisjoint(with: texts) == true
        case (.isOneOf(let value, let prefix, let texts), .isNoneOf(let other, let otherPrefix, let others)),
            (.isNoneOf(let other, let otherPrefix, let others), .isOneOf(let value, let prefix, let texts)):
            return value == other && texts.cut(from: prefix, to: otherPrefix)?.isSubset(of: others) == true
        case (.compare(let value, let comparison, let bound), .compare(let other, let asked, let otherBound)):
            return value == other && comparison.implies(asked.opposite, order: bound.order(to: otherBound))
        default: return false
        }
    }
}
