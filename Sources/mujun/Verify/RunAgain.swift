import Evaluation
import Intake
import Results

/// A recorded run, computed once more from what was kept: the archived files and the stored method, never the files of
/// today.
struct RunAgain {
    let run: RunSummary
    let verification: RunVerification
    /// How many archived files were read.
    let files: Int

    /// - Throws: ``Failure`` or `IntakeError` when it cannot be computed: exit code 65 when this version refuses what the
    ///   run was made of, or the archive holds other bytes; 74 when something is not there.
    init(_ run: RunSummary, _ store: Store, archive: String) throws {
        guard let text = try store.methodText(run) else {
            throw Failure(message: "the store does not hold the method of run \(run.id).", exitCode: 74)
        }
        let method: Method
        do { method = try Method(stored: text) } catch {
            throw RunAgain.refused(run, "the method that the store keeps is refused", error)
        }
        let graph = method.graph
        let records = try store.inputFiles(run)
        let survey = try Archive.survey(
            of: records, feeds: Set(records.map(\.feed)), in: archive, contracts: graph.contracts,
            dataYear: run.dataYear, threads: Night.threads)
        let progress = Progress("reading run \(run.id)", total: survey.files.count)
        let reading = try Feeds.read(
            survey, contracts: graph.contracts, columns: graph.feedColumns, dataYear: graph.dataYear,
            asOf: graph.asOf, threads: Night.threads, linking: graph.linking,
            waivers: store.waivers(run).map(\.waiver),
            progress: { progress.step() })
        progress.end()
        guard reading.refusals.isEmpty else {
            throw RunAgain.refused(
                run, "the archived feeds are refused",
                Failure.refused(reading.refusals.map { "  " + $0 }.joined(separator: "\n")))
        }
        let evaluated: Evaluated
        do throws(EvaluationError) { evaluated = try graph.evaluateOnAllCores(reading.population) } catch {
            throw RunAgain.refused(run, "it cannot be evaluated", error)
        }
        Memory.giveBack()
        let record = RunRecord(
            attempt: 0, methodText: method.text, inputsDigest: survey.inputsDigest,
            engineVersion: run.engineVersion, files: reading.files, waivers: reading.waivers, findings: [],
            findingCounts: [], links: reading.links, objections: reading.objections,
            recordedAt: run.recordedAt, draftsKept: 1)
        self.run = run
        files = survey.files.count
        verification = try store.verify(run, against: evaluated, record)
    }

    private static func refused(_ run: RunSummary, _ what: String, _ error: any Error) -> Failure {
        .refused("\(what) by version \(engineVersion)\(otherVersion(run)):\n\(Failure(error).message)")
    }

    /// What must be known of a run that another version made.
    static func otherVersion(_ run: RunSummary) -> String {
        run.engineVersion == engineVersion
            ? "" : ", and the run was made by version \(run.engineVersion): verify it with that"
    }
}
