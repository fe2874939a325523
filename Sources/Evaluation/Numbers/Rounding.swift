/// How a node turns its exact fraction into its decimals.
package enum Rounding: String, Sendable, CaseIterable {
    /// 2.5 → 3, −2.5 → −3: the rule unless the method says otherwise.
    case halfAway = "half_away"
    case halfEven = "half_even"
    /// Toward zero.
    case down
    /// Away from zero.
    case up
}
