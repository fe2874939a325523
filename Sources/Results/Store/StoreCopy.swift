import Foundation
import GRDB

/// A copy of a store in one file, made while others read and write it.
enum StoreCopy {
    /// Copies what the store holds at this moment to `target`, which appears under that name only when it is complete,
    /// checked and on disk. The copy needs no other file beside it: its journal is not a WAL.
    /// - Throws: `StoreError`, also when the copy does not stand SQLite's own check.
    static func make(of queue: DatabaseQueue, to target: String) throws {
        let temporary = "\(target).\(getpid()).tmp"
        LeftOvers.remove(of: target)
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw StoreError.cannotCreate(temporary, String(cString: strerror(errno)))
        }
        close(descriptor)
        defer { for suffix in ["", "-journal", "-wal", "-shm"] { unlink(temporary + suffix) } }
        do {
            let copy = try DatabaseQueue(path: temporary)
            try queue.backup(to: copy)
            try copy.writeWithoutTransaction { db in
                _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
                try StoreCheck.integrity(db, path: target)
            }
            try copy.close()
        } catch {
            throw StoreError(copying: error, to: target)
        }
        guard rename(temporary, target) == 0 else {
            throw StoreError.cannotCreate(target, String(cString: strerror(errno)))
        }
        try synchronizeFolder(of: target)
    }

    /// A file that was renamed or removed is so on disk only when its folder is.
    static func synchronizeFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw StoreError.cannotCreate(path, String(cString: strerror(errno)))
        }
    }
}

/// What SQLite itself can say about a file.
enum StoreCheck {
    /// - Throws: `StoreError` with the first thing that is wrong.
    static func integrity(_ db: Database, path: String) throws {
        let problem = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
        guard problem == "ok" else { throw StoreError.damaged(path, problem) }
    }
}

extension Store {
    /// Copies the store into one file, also while a run is recorded.
    /// - Parameter target: a name that is not taken.
    /// - Throws: `cannotWrite` when it is taken or cannot be written; `cannotRead` when the store is damaged.
    package func backup(to target: String) throws(StoreError) {
        guard !FileManager.default.fileExists(atPath: target) else { throw .exists(target) }
        do { try StoreCopy.make(of: queue, to: target) } catch {
            throw StoreError(error, path: path, writing: false)
        }
    }
}
