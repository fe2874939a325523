/// What stops an evaluation: a value that cannot be held, or decisions that contradict each other.
package struct EvaluationError: Error, Equatable {
    /// What happened, for which firm and node, and what to do.
    package let message: String
}
