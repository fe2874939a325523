import Foundation
import Results

/// Whether the nights go well, judged by what the journal says.
struct Health {
    let status: StoreStatus
    let now: Date
    /// Why somebody should look; empty when all is well.
    let problems: [String]
    /// Whether a run holds the lock at this moment.
    let isRunning: Bool

    /// - Parameter hours: so old may the last success be.
    init(_ status: StoreStatus, store: String, hours: Int, now: Date = .now) {
        self.status = status
        self.now = now
        isRunning = RunLock.isHeld(store: store)
        var problems: [String] = []
        if let success = status.lastSuccess, let finished = success.finishedAt.flatMap(Health.date) {
            let age = now.timeIntervalSince(finished)
            if age > Double(hours) * 3600 {
                problems.append(
                    "The last success, of \(success.finishedAt ?? ""), is \(Health.words(age)) old; more than \(hours) hours "
                        + "are too many. Look whether the schedule runs.")
            } else if age < -300 {
                problems.append(
                    "The last success, of \(success.finishedAt ?? ""), lies ahead of the clock. Set the clock right: until "
                        + "then nobody can tell whether a night was missed.")
            }
        } else {
            problems.append("No run has succeeded yet.")
        }
        if let last = status.lastAttempt {
            if let code = last.exitCode, code != 0 {
                problems.append(
                    "The last attempt, of \(last.startedAt), ended with exit code \(code): \(last.message ?? "")"
                )
            } else if last.exitCode == nil, !isRunning {
                problems.append(
                    "The last attempt, of \(last.startedAt), was killed before it ended; all results are as they were. "
                        + "Look in the system's log for why, such as too little memory.")
            }
        }
        if let copy = status.unfinishedUpdate, !isRunning {
            problems.append(
                "The store was being brought up to date when a run was ended, and its copy \(copy) is still there. The next "
                    + "`mujun run` goes on; if that has failed already, read what it said.")
        }
        self.problems = problems
    }

    /// `2022-05-31T02:00:07Z`.
    static func date(_ text: String) -> Date? { try? Date(text, strategy: .iso8601) }

    /// `3 h`, `2 days`: for people.
    static func words(_ seconds: TimeInterval) -> String {
        let minutes = Int(max(0, min(seconds, 1e12)) / 60)
        if minutes < 120 { return "\(minutes) min" }
        return minutes < 48 * 60 ? "\(minutes / 60) h" : "\(minutes / (24 * 60)) days"
    }

    /// Days since the last day that a feed speaks of; `nil` when no manifest says it.
    func age(_ input: StoreStatus.Input) -> Int? {
        Health.date(input.until + "T00:00:00Z").map { Int(now.timeIntervalSince($0) / 86_400) }
    }
}
