import Foundation

/// Unfinished files of processes that were killed before they could put them under their names.
package enum LeftOvers {
    /// Removes every `PATH.PID.tmp`, and what SQLite laid beside it, whose process is gone.
    package static func remove(of path: String) {
        let file = URL(fileURLWithPath: path)
        let folder = file.deletingLastPathComponent().path
        let start = file.lastPathComponent + "."
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(start) {
            let parts = name.dropFirst(start.count).split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[1] == "tmp" || parts[1].hasPrefix("tmp-"),
                let process = pid_t(parts[0]), process > 0, kill(process, 0) != 0, errno == ESRCH
            else { continue }
            unlink("\(folder)/\(name)")
        }
    }
}
