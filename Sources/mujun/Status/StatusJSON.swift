import Evaluation
import Foundation
import Results

/// The status for programs.
struct StatusJSON: Encodable {
    struct Told: Encodable {
        let startedAt: String
        let finishedAt: String?
        let exitCode: Int?
        let run: Int64?
        let message: String?

        init(_ attempt: Attempt) {
            startedAt = attempt.startedAt
            finishedAt = attempt.finishedAt
            exitCode = attempt.exitCode
            run = attempt.run
            message = attempt.message
        }
    }

    struct Run: Encodable {
        let id: Int64
        let stage: String
        let dataYear: Int
        let asOf: String
        let firms: Int
        let recordedAt: String
        let resultDigest: String
    }

    struct Count: Encodable {
        let feed: String
        let code: String
        let severity: String
        let count: Int
    }

    struct Input: Encodable {
        let feed: String
        let files: Int
        /// `null` when no manifest says it.
        let until: String?
        let days: Int?
    }

    let county: String
    let healthy: Bool
    let problems: [String]
    let running: Bool
    let lastSuccess: Told?
    let lastAttempt: Told?
    let findings: [Count]
    let latestRun: Run?
    let inputs: [Input]
    let store: String
    let storeBytes: Int
    let logBytes: Int

    init(_ health: Health, county: String, store: String) {
        let status = health.status
        self.county = county
        self.store = store
        healthy = health.problems.isEmpty
        problems = health.problems
        running = health.isRunning
        lastSuccess = status.lastSuccess.map(Told.init)
        lastAttempt = status.lastAttempt.map(Told.init)
        findings = status.findings.map {
            Count(feed: $0.feed, code: $0.code, severity: $0.severity.rawValue, count: $0.count)
        }
        latestRun = status.run.map { run in
            Run(
                id: run.id, stage: run.stage, dataYear: run.dataYear, asOf: run.asOf, firms: run.firms,
                recordedAt: run.recordedAt, resultDigest: run.resultDigest)
        }
        inputs = status.inputs.map { input in
            Input(
                feed: input.feed, files: input.files, until: input.until.isEmpty ? nil : input.until,
                days: health.age(input))
        }
        storeBytes = status.bytes
        logBytes = status.logBytes
    }
}
