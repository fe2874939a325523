package import Evaluation

/// What the feeds hold: the population with the columns that were asked for, and all that was found on the way.
package struct Reading: Sendable {
    package let population: Population
    /// One per surveyed file, in the same order.
    package let files: [FileRecord]
    /// Samples, at most 20 per file and code, in order of feed, delivery, file, line, byte, code.
    package var findings: [Finding]
    /// Complete counts, in order of feed and code.
    package var counts: [FindingCount]
    /// Why the run must be refused, one sentence each; empty when it may go on. The population of a refused
    /// reading must not be evaluated.
    package let refusals: [String]
    /// Of every file that was read to its end.
    package var figures: [FileFigures] = []
    /// Each waiver that was given, and what it did.
    package var waivers: [AppliedWaiver] = []
    /// The deliveries beside those before them; see ``compared(with:_:)``.
    package var comparisons: [DeliveryComparison] = []
    /// How rows found their firms.
    package let links: LinkTable
    /// What firms object to (异议), in order of firm, subject and date.
    package var objections: [Objection] = []
}
