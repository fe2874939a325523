import GRDB

/// Why a store could not be written or read, in a sentence for the operator: what, where, what to do.
package struct StoreError: Error, Equatable, CustomStringConvertible {
    /// What kind of failure it is: a command's exit code follows from it.
    package enum Kind: Sendable, Equatable {
        /// The store cannot be created or written: the disk is full, the file or folder is read-only.
        case cannotWrite
        /// The store cannot be read: there is none, it is something else, newer than this program, or damaged.
        case cannotRead
        /// Another run is writing.
        case locked
        /// What should not happen.
        case `internal`
    }

    package let kind: Kind
    /// What is wrong with which file, and what to do.
    package let description: String

    /// The exit code of a command that ends with this error (sysexits.h).
    package var exitCode: Int32 {
        switch kind {
        case .cannotWrite: 73
        case .cannotRead: 74
        case .locked: 75
        case .internal: 70
        }
    }

    static func missing(_ path: String) -> Self {
        .init(kind: .cannotRead, description: "There is no store at \(path). Make one with `mujun run`.")
    }

    static func notAStore(_ path: String) -> Self {
        .init(
            kind: .cannotRead,
            description: "\(path) is not a store of mujun. Name another file, or move this one away.")
    }

    static func folder(_ path: String) -> Self {
        .init(
            kind: .cannotRead,
            description: """
                \(path) is a folder, and a store is a file. Name a file (`store` in mujun.yaml), or move the \
                folder away.
                """)
    }

    static func newer(_ path: String, version: Int, known: Int) -> Self {
        .init(
            kind: .cannotRead,
            description: """
                The store \(path) has version \(version), and this program knows versions up to \(known). \
                Use the newer program that wrote it.
                """)
    }

    static func older(_ path: String, version: Int, known: Int) -> Self {
        .init(
            kind: .cannotRead,
            description: """
                The store \(path) has version \(version), and this program reads version \(known). \
                The next `mujun run` brings it up to date.
                """)
    }

    static func lockedByRun(_ path: String) -> Self {
        .init(
            kind: .locked,
            description: "Another run is writing to \(path). Wait until it ends, then run again.")
    }

    static func cannotCreate(_ path: String, _ reason: String) -> Self {
        .init(
            kind: .cannotWrite,
            description: "Cannot create \(path): \(reason). Check the folder, its permissions and free space."
        )
    }

    static func cannotOpen(_ path: String, _ reason: String) -> Self {
        .init(
            kind: .cannotRead,
            description: """
                Cannot open \(path): \(reason). Check that this account may read the file, its folder and the \
                files -wal and -shm beside it.
                """)
    }

    static func moved(_ path: String) -> Self {
        .init(
            kind: .cannotWrite,
            description: """
                The store \(path) was moved, replaced or deleted while a run was writing to it; nothing was \
                recorded. Put the right file there, then run again.
                """)
    }

    static func damaged(_ path: String, _ problem: String) -> Self {
        .init(
            kind: .cannotRead,
            description: "The store \(path) is damaged (\(problem)). Restore it from a backup.")
    }

    static func exists(_ path: String) -> Self {
        .init(
            kind: .cannotWrite,
            description: "\(path) exists, and a backup overwrites nothing. Give a name that is not taken.")
    }

    static func notUpdated(_ path: String, copy: String, table: String) -> Self {
        .init(
            kind: .cannotRead,
            description: """
                The store \(path) was brought up to date, and \(table) does not hold what it held. Put the copy \
                \(copy) back in its place, without the files -wal and -shm, and use the program as before.
                """)
    }

    /// What went wrong while a copy was written; a store that cannot be read is told as such.
    init(copying error: any Error, to target: String) {
        let found = StoreError(error, path: target, writing: true)
        guard found.kind == .cannotWrite else {
            self = found
            return
        }
        self.init(
            kind: .cannotWrite,
            description: """
                The copy \(target) cannot be written (\((error as? DatabaseError)?.message ?? found.description)). \
                The store is as it was. Check the folder, its permissions and free space.
                """)
    }

    /// What an error of SQLite means for the operator.
    /// - Parameter committing: whether all was written and only the commit failed. Then nobody knows what of it is on the disk,
    ///   and whoever opens the store next finds the one or the other.
    init(_ error: any Error, path: String, writing: Bool, committing: Bool = false) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(kind: .internal, description: "The store \(path) failed: \(error).")
            return
        }
        let reason = error.message ?? "\(error.resultCode)"
        let still =
            committing
            ? "It holds what it held before, or all of what was being recorded: `mujun status` tells the latest run."
            : "It still holds what it held before."
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(
                kind: .cannotWrite,
                description: "The disk of the store \(path) is full. \(still) Free space, then run again.")
        case .SQLITE_READONLY, .SQLITE_PERM:
            guard writing else {
                // A reader without the right to write, and no -shm or -wal of a writer to read with.
                self = .cannotOpen(path, reason)
                return
            }
            self.init(
                kind: .cannotWrite,
                description: """
                    The store \(path) cannot be written (\(reason)). \(still) Give this account the right to \
                    write the file and its folder.
                    """)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                kind: .locked,
                description: """
                    The store \(path) is locked by another program. \(still) End what writes to it, then run again.
                    """)
        case .SQLITE_NOTADB:
            self = .notAStore(path)
        case .SQLITE_CORRUPT:
            self = .damaged(path, reason)
        case .SQLITE_CANTOPEN:
            self = writing ? .cannotCreate(path, reason) : .cannotOpen(path, reason)
        case .SQLITE_IOERR:
            self.init(
                kind: writing ? .cannotWrite : .cannotRead,
                description: """
                    The disk of the store \(path) failed (\(reason)). \(still) Check the disk, then run again.
                    """)
        default:
            self.init(kind: .internal, description: "The store \(path) failed: \(error.description)")
        }
    }

    init(kind: Kind, description: String) {
        self.kind = kind
        self.description = description
    }
}
