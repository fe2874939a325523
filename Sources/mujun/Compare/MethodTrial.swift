import Evaluation
import Intake
import Results

/// What a changed method does to the firms of a recorded run: both methods on the data that the run read.
struct MethodTrial {
    let run: RunSummary
    let comparison: Comparison
    /// What one must know to read it.
    let notes: [String]

    /// - Throws: ``Failure`` or `IntakeError` when the archive cannot be read, or when one of the methods cannot be
    ///   evaluated on it.
    init(
        _ old: ComparedMethod, _ new: ComparedMethod, on run: RunSummary, _ store: Store, archive: String
    ) throws {
        self.run = run
        guard let asOf = Day(run.asOf),
            let way = MethodSteps(
                from: old.root, to: new.root, contracts: old.graph.contracts, dataYear: run.dataYear,
                asOf: asOf)
        else {
            throw Failure.refused(
                "a method has errors when its data year is \(run.dataYear) and its as-of day \(run.asOf), those of run \(run.id)"
            )
        }
        var notes: [String] = []
        for graph in [old, new].map(\.graph) where graph.dataYear != run.dataYear || graph.asOf != asOf {
            notes.append(
                "\(graph.id) says data of \(graph.dataYear) as of \(graph.asOf); here both methods are evaluated on the data of \(run.dataYear) as of \(run.asOf), which run \(run.id) read"
            )
        }
        let feeds = try ArchivedFeeds(
            of: run, store, archive: archive, for: [way.start] + way.steps.map(\.graph))
        notes += feeds.notes
        let isOfRun = try store.methodText(run).map {
            try Method(stored: $0).graph.meaning == old.graph.meaning
        }
        let start: Evaluated
        do throws(EvaluationError) {
            start = try way.start.evaluateOnAllCores(feeds.population(for: way.start))
        } catch {
            throw Failure.refused("\(old.name) cannot be evaluated on this data: \(error.message)")
        }
        if isOfRun ?? false {
            let digest = Store.resultDigest(of: start)
            notes.append(
                digest == run.resultDigest
                    ? "\(old.name) gives exactly the results of run \(run.id) (same result digest)"
                    : "\(old.name) computes what run \(run.id) computed, but gives other results than the store holds: the run was made by version \(run.engineVersion) of this program, or the store was changed"
            )
        }
        var attribution = Attribution(start: Standings(start))
        _ = try attribution.add(way, named: new.name, after: start) { feeds.population(for: $0) }
        comparison = Comparison(
            firms: ComparedFirms(feeds.population), standings: attribution.standings,
            steps: attribution.steps)
        self.notes = notes
    }
}
