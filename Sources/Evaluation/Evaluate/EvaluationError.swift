/// What stops an evaluation: a value or a sum of members that cannot be held, decisions that contradict each other, a
/// firm of two exclusive cohorts, a computed baseline of nothing.
package struct EvaluationError: Error, Equatable {
    /// What happened, for which firm and node, and what to do.
    package let message: String
}
