import Dispatch
import Evaluation
import Intake
import Results

/// The feeds of a recorded run, read again from the archive, once for all methods that ask them.
struct ArchivedFeeds {
    let population: Population
    /// What one must know of them.
    let notes: [String]
    private let columns: [FeedColumn: Int]
    /// Methods that say other things about linking see other rows.
    private let populations: [LinkRules: Population]

    /// - Parameters:
    ///   - graphs: everything that is to be evaluated, with the data year and as-of day of the run.
    /// - Throws: ``Failure`` or `IntakeError` when the archive is not what the run read.
    init(of run: RunSummary, _ store: Store, archive: String, for graphs: [Graph]) throws {
        guard let graph = graphs.first else { throw Failure(message: "no method to evaluate", exitCode: 70) }
        var columns: [FeedColumn: Int] = [:]
        var asked: [FeedColumn] = []
        for column in graphs.flatMap(\.feedColumns) where columns[column] == nil {
            columns[column] = asked.count
            asked.append(column)
        }
        self.columns = columns
        let contracts = graph.contracts
        var feeds = Set(asked.map { contracts[$0.feed].name })
        if graphs.contains(where: { $0.manualRule != nil }) { feeds.insert(FeedContract.decisionName) }
        let records = try store.inputFiles(run)
        let survey = try Archive.survey(
            of: records, feeds: feeds, in: archive, contracts: contracts, dataYear: run.dataYear,
            threads: Night.threads)
        func read(_ rules: LinkRules) throws -> Reading {
            let progress = Progress("reading run \(run.id)", total: survey.files.count)
            let reading = try Feeds.read(
                survey, contracts: contracts, columns: asked, dataYear: graph.dataYear, asOf: graph.asOf,
                threads: Night.threads, linking: rules, waivers: store.waivers(run).map(\.waiver),
                progress: { progress.step() })
            progress.end()
            guard reading.refusals.isEmpty else {
                throw Failure.refused(
                    "the archived feeds of run \(run.id) are refused; the run was made by another version of this program\n"
                        + reading.refusals.map { "  " + $0 }.joined(separator: "\n"))
            }
            return reading
        }
        let reading = try read(graph.linking)
        population = reading.population
        var populations = [graph.linking: reading.population]
        for other in graphs where populations[other.linking] == nil {
            populations[other.linking] = try read(other.linking).population
        }
        self.populations = populations
        let found = Set(reading.files.map(\.feed))
        var notes = contracts.filter { feeds.contains($0.name) && !found.contains($0.name) }.map {
            "run \(run.id) read no file of \($0.title) (\($0.name)): everything that a method asks of it is missing"
        }
        if reading.files != records.filter({ found.contains($0.feed) }) {
            notes.append(
                "run \(run.id) accepted other rows of its files than are accepted now; it was made by version \(run.engineVersion) of this program"
            )
        }
        self.notes = notes
        let rows = reading.files.reduce(0) { $0 + $1.rows }
        Talk.phase("run \(run.id): \(reading.files.count) archived files, \(grouped(rows)) rows read again")
    }

    /// What a method asks of the feeds.
    func population(for graph: Graph) -> Population {
        (populations[graph.linking] ?? population).view(of: graph.feedColumns.compactMap { columns[$0] })
    }
}

extension Graph {
    /// Every value of every firm, on all cores.
    /// - Parameter earlier: another method's evaluation of the same firms by the same feeds.
    func evaluateOnAllCores(
        _ population: Population, after earlier: Evaluated? = nil
    ) throws(EvaluationError) -> Evaluated {
        try evaluate(population, after: earlier) { count, body in
            DispatchQueue.concurrentPerform(iterations: count, execute: body)
        }
    }
}
