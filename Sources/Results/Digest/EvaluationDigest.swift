package import Evaluation

extension Store {
    /// The digest that a run of this evaluation has; equal to `RunSummary.resultDigest` exactly when that run holds the
    /// same results.
    package static func resultDigest(of evaluated: Evaluated) -> String {
        ResultDigest.compute(evaluated, entries: FirmOrder.listEntries(evaluated))
    }
}
