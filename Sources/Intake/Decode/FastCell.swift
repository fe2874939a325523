import Evaluation

// The coding of `Cell` once more: across a module boundary it would cost a call per field. A test keeps both equal.
extension Int64 {
    @inline(__always) var isMissing: Bool { self < Int64.min + 16 }
    @inline(__always) static var noRow: Int64 { Int64.min }
    @inline(__always) static var blank: Int64 { Int64.min + 1 }
    @inline(__always) static var refusedRow: Int64 { Int64.min + 5 }
    /// Values of 15 digits lie strictly between this and its negative.
    @inline(__always) static var limit: Int64 { 1_000_000_000_000_000 }
}
