import Evaluation
import Intake

/// What deliveries came to, feed by feed, before anything is recorded.
struct CheckReport {
    /// One feed of which something was read.
    struct Feed {
        let contract: FeedContract
        let files: [FileRecord]
        let counts: [FindingCount]
        let manifest: Manifest

        func sum(_ field: KeyPath<FileRecord, Int>) -> Int { files.reduce(0) { $0 + $1[keyPath: field] } }

        var warnings: Int { counts.reduce(0) { $0 + ($1.severity == .warning ? $1.count : 0) } }
    }

    /// What manifests say of rows and totals, beside what was found.
    struct Manifest {
        /// Files whose rows, and columns whose totals, are told.
        var rows = 0
        var totals = 0
        /// Findings of those that differ.
        var differing = 0
    }

    let night: Night
    let reading: Reading
    /// `nil` when the feeds are refused.
    let evaluated: Evaluated?
    let feeds: [Feed]
    let coverage: FeedCoverage
    let freshness: [FeedFreshness]

    init(_ night: Night, _ reading: Reading, _ asked: [FeedColumn], _ evaluated: Evaluated?) {
        self.night = night
        self.reading = reading
        self.evaluated = evaluated
        let graph = night.method.graph
        feeds = graph.contracts.compactMap { contract in
            let files = reading.files.filter { $0.feed == contract.name }
            let counts = reading.counts.filter { $0.feed == contract.name }
            guard !files.isEmpty || !counts.isEmpty else { return nil }
            var manifest = Manifest()
            for file in reading.figures where file.feed == contract.name {
                manifest.rows += file.declaredRows == nil ? 0 : 1
                manifest.totals += file.totals.count { $0.declared != nil }
            }
            manifest.differing = counts.reduce(0) { sum, count in
                ["rows_differ", "total_differs", "total_unknown"].contains(count.code)
                    ? sum + count.count : sum
            }
            return Feed(contract: contract, files: files, counts: counts, manifest: manifest)
        }
        coverage = FeedCoverage(graph, reading.population, asked, evaluated)
        freshness = night.survey.freshness(
            graph.contracts, feeds: night.method.feeds, dataYear: graph.dataYear, asOf: graph.asOf)
    }

    func title(_ feed: String) -> String {
        night.method.graph.contracts.first { $0.name == feed }?.title ?? feed
    }
}
