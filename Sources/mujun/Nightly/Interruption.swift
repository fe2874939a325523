import Dispatch
import Foundation
import Results
import Synchronization

/// SIGINT and SIGTERM during a run: the store keeps the old results or gets the new ones whole, the journal says
/// what happened, and the process ends with 128 and the number of the signal.
///
/// A class, because the handlers and the run share one state for as long as the process lives.
final class Interruption: Sendable {
    private enum Phase {
        /// Nothing of the run is in the store yet: the process may end at once.
        case preparing
        /// The transaction is open: it must be rolled back first.
        case recording
        /// The run is in the store.
        case done
    }

    private struct State {
        var phase = Phase.preparing
        var signal: Int32?
    }

    private let state = Mutex(State())
    // Only held, never used again.
    nonisolated(unsafe) private let sources: [any DispatchSourceSignal]
    private let store: Store
    private let attempt: Int64

    init(_ store: Store, attempt: Int64) {
        self.store = store
        self.attempt = attempt
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [self] in arrived(number) }
            source.resume()
        }
    }

    /// Runs `body`, which opens a transaction; an interruption makes it fail.
    func recording<Value>(_ body: () throws -> Value) throws -> Value {
        state.withLock { $0.phase = .recording }
        do {
            let value = try body()
            state.withLock { $0.phase = .done }
            return value
        } catch {
            guard let signal = state.withLock({ $0.signal }) else { throw error }
            throw Interruption.failure(signal)
        }
    }

    /// Ends a recording that was interrupted while SQLite had nothing to do.
    func throwIfInterrupted() throws {
        if let signal = state.withLock({ $0.signal }) { throw Interruption.failure(signal) }
    }

    private func arrived(_ number: Int32) {
        let phase = state.withLock { state in
            state.signal = number
            return state.phase
        }
        switch phase {
        case .preparing:
            let failure = Interruption.failure(number)
            try? store.finishAttempt(
                attempt, at: timestamp(), exitCode: failure.exitCode, run: nil, message: failure.message)
            Talk.error(failure.message, exitCode: failure.exitCode)
            _exit(failure.exitCode)
        case .recording: store.interrupt()
        case .done: break
        }
    }

    private static func failure(_ signal: Int32) -> Failure {
        let word = signal == SIGINT ? "interrupted (SIGINT)" : "terminated (SIGTERM)"
        return Failure(
            message:
                "\(word); nothing was recorded and all results are as they were. Run again when it suits.",
            exitCode: 128 + signal)
    }
}

/// Now, as `2022-05-31T02:00:07Z`: for the journal only, no result depends on it.
func timestamp() -> String { Date.now.formatted(.iso8601) }
