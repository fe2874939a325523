import Dispatch
import Synchronization

/// A value that is computed on another core while this one goes on.
///
/// A task would do, but a transaction may not be left open across a suspension. Values are computed one after the
/// other, in the order in which they were asked for: whoever waits for them keeps a core to himself.
package final class Background<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let done = DispatchGroup()

    /// Begins as soon as the values asked for before are there.
    package init(_ compute: @escaping @Sendable () -> Value) {
        done.enter()
        backgroundQueue.async { [self] in
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

private let backgroundQueue = DispatchQueue(label: "mujun.background", qos: .userInitiated)
