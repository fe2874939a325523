import Dispatch
import Synchronization

/// A value that is computed on another core while this one goes on.
///
/// A task would do, but a transaction may not be left open across a suspension.
package final class Background<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let done = DispatchGroup()

    /// Begins at once.
    package init(_ compute: @escaping @Sendable () -> Value) {
        done.enter()
        DispatchQueue.global(qos: .userInitiated).async { [self] in
            let result = compute()
            value.withLock { $0 = result }
            done.leave()
        }
    }

    /// Waits for the value.
    package func callAsFunction() -> Value? {
        done.wait()
        return value.withLock { $0 }
    }
}
