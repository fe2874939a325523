/// Runs `body(0) … body(count - 1)`, possibly at the same time, and returns when all have ended.
///
/// The caller gives it, because this module imports nothing; results never depend on the order.
package typealias Concurrently = (_ count: Int, _ body: @escaping @Sendable (Int) -> Void) -> Void

/// A pointer that several threads write through, each to rows of its own.
struct SharedPointer<Element>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
}
