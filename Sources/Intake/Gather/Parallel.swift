import Dispatch
import Foundation
import Synchronization

/// Work on all cores. Results are put together by position, never by order of completion.
enum Parallel {
    /// Calls `body` once with each item; items are begun in their order, at most `threads` at a time.
    ///
    /// Threads of our own: `DispatchQueue.concurrentPerform` was seen to stay on one core of two for seconds.
    static func forEach<Item: Sendable>(
        _ items: [Item], threads: Int, _ body: @escaping @Sendable (Item) -> Void
    ) {
        let next = Counter()
        let work: @Sendable () -> Void = {
            while true {
                let index = next.take()
                guard index < items.count else { return }
                body(items[index])
            }
        }
        let group = DispatchGroup()
        for _ in 0..<max(0, min(threads, items.count) - 1) {
            group.enter()
            let thread = Thread {
                work()
                group.leave()
            }
            thread.start()
        }
        work()
        group.wait()
    }

    private final class Counter: Sendable {
        private let value = Atomic<Int>(0)

        func take() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
    }
}
