/// A whole number divided by weights so that the parts add up to the whole, none further than one from its exact share.
enum Division {
    /// By largest remainders; of equal ones the earlier part gets the rest. The sign of the whole is that of all parts.
    /// - Parameter weights: at least one; not negative, below 10^16, and not all zero.
    static func parts(of whole: Int64, by weights: [Int64]) -> [Int64] {
        let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard sum > 0 else { return weights.map { _ in 0 } }
        let size = Int128(whole.magnitude)
        let shares = weights.map { (size * Int128($0)).quotientAndRemainder(dividingBy: sum) }
        var parts = shares.map { Int64(truncatingIfNeeded: $0.quotient) }
        let rest = Int(size - shares.reduce(Int128(0)) { $0 + $1.quotient })
        let order = shares.indices.sorted { (shares[$1].remainder, $0) < (shares[$0].remainder, $1) }
        for part in order.prefix(rest) { parts[part] += 1 }
        return whole < 0 ? parts.map { -$0 } : parts
    }
}
