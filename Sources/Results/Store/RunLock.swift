import Foundation

/// The right to write to a store, for one process at a time. The kernel takes it back when the process dies.
package struct RunLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Whether a run holds the lock of a store. Nothing is locked to find that out, so that no run is turned away.
    package static func isHeld(store path: String) -> Bool {
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path + ".lock"
        var status = stat()
        // 2: FLOCK  ADVISORY  WRITE 7401 fe:00:2449616 0 EOF (proc_locks in proc(5))
        guard stat(file, &status) == 0,
            let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
        else { return false }
        return locks.split(separator: "\n").contains { line in
            line.contains(" FLOCK ") && line.contains(":\(status.st_ino) ")
        }
    }

    /// Takes the lock of a store without waiting. Its file, the store's path with `.lock`, stays where it is.
    /// - Throws: `locked` when another run holds it, `cannotWrite` when the file cannot be made.
    package init(store path: String) throws(StoreError) {
        // Two names of one store are one lock.
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path + ".lock"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw .cannotCreate(file, String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            if reason == EWOULDBLOCK { throw .lockedByRun(path) }
            throw .cannotCreate(file, String(cString: strerror(reason)))
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
