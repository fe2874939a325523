import Dispatch
import Synchronization

/// Work on all cores. Results are put together by position, never by order of completion.
enum Parallel {
    /// Calls `body` once with each item; items are begun in their order, at most `threads` at a time.
    static func forEach<Item: Sendable>(
        _ items: [Item], threads: Int, _ body: @Sendable (Item) -> Void
    ) {
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, items.count))) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < items.count else { return }
                body(items[index])
            }
        }
    }
}
