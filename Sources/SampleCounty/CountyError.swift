/// Why no county was written.
package enum CountyError: Error, Equatable, CustomStringConvertible {
    case firmsOutOfRange(Int, allowed: ClosedRange<Int>)
    case yearOutOfRange(Int, allowed: ClosedRange<Int>)
    /// A folder or file could not be made or written; the reason is the system's.
    case cannotWrite(path: String, reason: String)

    package var description: String {
        switch self {
        case .firmsOutOfRange(let firms, let allowed):
            "cannot invent \(firms) firms: give a number from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .yearOutOfRange(let year, let allowed):
            "cannot invent the data year \(year): give a year from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .cannotWrite(let path, let reason):
            "cannot write \(path): \(reason); make sure that the folder is writable and the disk is not full"
        }
    }
}
