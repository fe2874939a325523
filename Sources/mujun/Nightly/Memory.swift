import CMalloc
import Foundation

/// The memory of this process.
enum Memory {
    /// Gives what was freed back to the system, which otherwise gets little of it before the process ends.
    static func giveBack() {
        #if canImport(Glibc)
            malloc_trim(0)
        #endif
    }

    /// Bytes that were held at most.
    static var peak: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }
}
