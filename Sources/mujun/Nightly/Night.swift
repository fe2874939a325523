import Dispatch
import Evaluation
import Foundation
import Intake
import Results

/// The way from a workspace to an evaluation, step by step; `run` and `check` go it together.
struct Night {
    let workspace: Workspace
    let method: Method
    let survey: Survey
    static let threads = max(1, ProcessInfo.processInfo.activeProcessorCount)

    /// Looks at what was delivered.
    init(_ workspace: Workspace, _ method: Method) throws {
        for warning in method.warnings { Talk.warning(warning) }
        let graph = method.graph
        Talk.phase("method \(graph.id): \(graph.nodes.count) values, as of \(graph.asOf)")
        let survey = try Inbox.survey(
            folder: workspace.inbox, contracts: graph.contracts, feeds: method.feeds,
            dataYear: graph.dataYear,
            asOf: graph.asOf, threads: Night.threads)
        let bytes = survey.files.reduce(0) { $0 + $1.bytes }
        Talk.phase("inbox: \(survey.files.count) files count, \(megabytes(bytes)), all digests verified")
        self.workspace = workspace
        self.method = method
        self.survey = survey
    }

    var identity: RunIdentity {
        RunIdentity(
            inputsDigest: survey.inputsDigest, graph: method.graph, engineVersion: engineVersion,
            waivers: workspace.waivers)
    }

    /// Reads the feeds.
    /// - Parameters:
    ///   - earlier: what recorded runs have read, to be compared with.
    ///   - more: columns beside those that the method asks for, behind them.
    /// - Throws: ``Failure`` with the reading when the feeds are refused.
    func read(comparingWith earlier: [FileFigures], and more: [FeedColumn] = []) throws -> Reading {
        let progress = Progress("reading", total: survey.files.count)
        let reading = try Feeds.read(
            survey, contracts: method.graph.contracts, columns: method.graph.feedColumns + more,
            dataYear: method.graph.dataYear, asOf: method.graph.asOf, threads: Night.threads,
            linking: method.graph.linking, waivers: workspace.waivers, earlier: earlier,
            progress: { progress.step() })
        progress.end()
        let rows = reading.files.reduce(0) { $0 + $1.rows }
        let refused = reading.files.reduce(0) { $0 + $1.refused }
        Talk.phase("feeds: \(grouped(rows)) rows read, \(grouped(refused)) refused")
        for applied in reading.waivers {
            if applied.rows > 0 {
                Talk.warning("waived: \(applied.text)")
            } else {
                let waiver = applied.waiver
                Talk.warning(
                    "the waiver of \(waiver.code) in \(waiver.feed) for \(waiver.period) (\(waiver.document)) waives nothing; "
                        + "take it out of \(Workspace.fileName).")
            }
        }
        guard reading.refusals.isEmpty else {
            throw Failure.refused(
                "the feeds are refused; all results are as they were\n"
                    + reading.refusals.map { "  " + $0 }.joined(separator: "\n"), reading: reading)
        }
        return reading
    }

    /// Begins to keep the delivered files, so that the run can be made again and its feed lines shown.
    func archiving() -> Background<Result<Void, IntakeError>> {
        Background { [survey, workspace] in
            Result { () throws(IntakeError) in try Archive.keep(survey, in: workspace.archive) }
        }
    }

    func evaluate(_ reading: Reading) throws -> Evaluated {
        let evaluated = try method.graph.evaluate(reading.population) { count, body in
            DispatchQueue.concurrentPerform(iterations: count, execute: body)
        }
        Talk.phase("evaluated \(grouped(evaluated.population.count)) firms")
        for cohort in evaluated.cohortsWithoutRanks {
            Talk.warning(
                "all firms of the cohort \(cohort) are 数据待核: none has a total. A feed or a statistic that its indicators "
                    + "need is missing as a whole; `mujun explain` with one of its firms shows which.")
        }
        let idle = evaluated.decisionsWithoutEffect
        if !idle.isEmpty {
            let named = idle.prefix(5).map { "\(evaluated.population.codes[$0.firm]) (\($0.document))" }
            Talk.warning(
                "\(idle.count) decisions of the feed on tiers (定档, 不高于, 不低于) concern firms without a rank and change "
                    + "nothing: \(named.joined(separator: ", "))\(idle.count > 5 ? " …" : "")")
        }
        return evaluated
    }
}

/// `12.2 MB`; for people.
func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
}

extension Evaluated {
    /// Decisions of the evaluation office on the tier of firms that have none to decide on.
    fileprivate var decisionsWithoutEffect: [ManualDecision] {
        guard graph.manualRule != nil else { return [] }
        let rank = cells[graph.landmarks.rank]
        return population.manualDecisions.filter { Cell.isMissing(rank[$0.firm]) }
    }

    /// Labels of the cohorts that have firms to be graded and no firm with a rank.
    fileprivate var cohortsWithoutRanks: [String] {
        let marks = graph.landmarks
        var isRanked = [Bool](repeating: false, count: graph.cohorts.count)
        var isUnresolved = isRanked
        let last = Int64(graph.states.count - 1)
        for (firm, cohort) in cells[marks.cohort].enumerated() where !Cell.isMissing(cohort) {
            if !Cell.isMissing(cells[marks.rank][firm]) { isRanked[Int(cohort)] = true }
            if cells[marks.state][firm] == last { isUnresolved[Int(cohort)] = true }
        }
        return graph.cohorts.indices.filter { isUnresolved[$0] && !isRanked[$0] }.map {
            graph.cohorts[$0].label
        }
    }
}
