import Evaluation
import Intake
import Results

/// Two recorded runs: which input, method or decision moved whom.
///
/// From the old run's method on its own data, over the old method on the new data, feed by feed, to the new method.
struct RunComparison {
    let comparison: Comparison
    /// What one must know to read it.
    let notes: [String]

    /// - Throws: ``Failure`` or `StoreError` when a run cannot be read, or not be evaluated any more.
    init(
        _ old: RunSummary, _ oldMethod: ComparedMethod, _ new: RunSummary, _ newMethod: ComparedMethod,
        _ store: Store, archive: String
    ) throws {
        do {
            let again = try RunsAgain(old, oldMethod, new, newMethod, store, archive: archive)
            (comparison, notes) = (again.comparison, again.notes)
        } catch let error as IntakeError {
            let (oldFirms, first) = try store.standings(old, graph: oldMethod.graph)
            let (newFirms, last) = try store.standings(new, graph: newMethod.graph)
            let (firms, oldPlaces, newPlaces) = ComparedFirms.union(oldFirms, newFirms)
            comparison = Comparison(
                firms: firms,
                standings: [first.among(firms.count, at: oldPlaces), last.among(firms.count, at: newPlaces)],
                steps: [.init(name: "all", label: "全部变化")])
            notes = [
                "the stored results alone are compared, and the causes cannot be told: \(error.message)"
            ]
        }
    }
}

/// Two runs, evaluated once more from their archived files, and everything between them.
private struct RunsAgain {
    let comparison: Comparison
    let notes: [String]

    init(
        _ old: RunSummary, _ oldMethod: ComparedMethod, _ new: RunSummary, _ newMethod: ComparedMethod,
        _ store: Store, archive: String
    ) throws {
        guard let asOf = Day(new.asOf),
            let way = MethodSteps(
                from: oldMethod.root, to: newMethod.root, contracts: newMethod.graph.contracts,
                dataYear: new.dataYear, asOf: asOf)
        else {
            throw Failure.refused(
                "the method of run \(old.id) has errors with the data year \(new.dataYear) and the as-of day \(new.asOf) of run \(new.id)"
            )
        }
        // Runs of the same deliveries, as after a change of the method, are read once.
        let isShared =
            old.inputsDigest == new.inputsDigest && old.dataYear == new.dataYear && old.asOf == new.asOf
        let after = try ArchivedFeeds(
            of: new, store, archive: archive,
            for: [way.start] + way.steps.map(\.graph) + (isShared ? [oldMethod.graph] : []))
        let before =
            isShared ? after : try ArchivedFeeds(of: old, store, archive: archive, for: [oldMethod.graph])
        let (firms, oldPlaces, newPlaces) = ComparedFirms.union(
            ComparedFirms(before.population), ComparedFirms(after.population))
        let (start, startDigest) = try RunsAgain.start(oldMethod.graph, before, old)
        var attribution = Attribution(start: start.among(firms.count, at: oldPlaces))
        var last: Evaluated?
        let inputs = InputSteps(
            old: oldMethod.graph, before.population(for: oldMethod.graph), oldPlaces, new: way.start,
            after.population(for: way.start), newPlaces, firms: firms.count)
        for step in inputs.steps(files: try store.inputFiles(old), try store.inputFiles(new)) {
            let places = step.isOfNewFirms ? newPlaces : oldPlaces
            last = nil
            last = attribution.add(
                step.step, place: { $0.among(firms.count, at: places) },
                evaluate: { () throws(EvaluationError) in
                    try way.start.evaluateOnAllCores(step.population)
                })
        }
        let end = try attribution.add(
            way, named: newMethod.name, after: last, place: { $0.among(firms.count, at: newPlaces) },
            population: { after.population(for: $0) })
        let endDigest = end.map(Store.resultDigest) ?? startDigest
        comparison = Comparison(firms: firms, standings: attribution.standings, steps: attribution.steps)
        notes =
            (isShared ? [] : before.notes) + after.notes + [
                RunsAgain.verdict(startDigest, old), RunsAgain.verdict(endDigest, new),
            ]
    }

    private static func start(
        _ graph: Graph, _ feeds: ArchivedFeeds, _ run: RunSummary
    ) throws -> (Standings, digest: String) {
        let evaluated: Evaluated
        do throws(EvaluationError) {
            evaluated = try graph.evaluateOnAllCores(feeds.population(for: graph))
        } catch {
            throw Failure.refused("run \(run.id) cannot be evaluated again: \(error.message)")
        }
        return (Standings(evaluated), Store.resultDigest(of: evaluated))
    }

    private static func verdict(_ digest: String, _ run: RunSummary) -> String {
        digest == run.resultDigest
            ? "run \(run.id), evaluated again from the archive, gives exactly what the store holds (same result digest)"
            : "run \(run.id), evaluated again from the archive, does NOT give what the store holds: it was made by version \(run.engineVersion) of this program, or the store was changed; compared is what was evaluated now"
    }
}
