import Crypto
import Evaluation
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Delivered files, kept unchanged under their digests, so that any run can be run again.
package enum Archive {
    /// Copies every file of the survey to `folder/ab/<sha256>.csv`, `.csv.gz`, `.zip` or `.xlsx`, readable by owner and group only.
    ///
    /// What is there already is left alone. A copy appears under its name only when it is complete and on disk.
    package static func keep(_ survey: Survey, in folder: String) throws(IntakeError) {
        var created: Set<String> = []
        for file in survey.files {
            let target = path(of: file.sha256, file.container, in: folder)
            if exists(target) { continue }
            let parent = (target as NSString).deletingLastPathComponent
            if !created.contains(parent) { removeLeftOvers(in: parent) }
            do {
                try FileManager.default.createDirectory(
                    atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
            } catch {
                throw .unwritable(parent, "the folder cannot be made")
            }
            try copy(file, to: target)
            created.formUnion([parent, folder])
        }
        // A rename is on disk only when its folder is.
        for parent in created.sorted() { try synchronize(parent, flags: O_RDONLY | O_DIRECTORY) }
    }

    /// Where the archive keeps the file with this digest.
    package static func path(of sha256: String, _ container: Container, in folder: String) -> String {
        "\(folder)/\(sha256.prefix(2))/\(sha256)\(container.suffix)"
    }

    /// Where a file of a recorded run lies, and how it holds its rows.
    /// - Throws: `unreadable` when the archive does not hold it.
    static func find(_ file: FileRecord, in folder: String) throws(IntakeError) -> (path: String, Container) {
        for container in Container.allCases {
            let path = path(of: file.sha256, container, in: folder)
            if exists(path) { return (path, container) }
        }
        let told = path(of: file.sha256, Container(path: TablePath.file(of: file.path)), in: folder)
        throw IntakeError(
            .unreadable,
            "\(folder): \(file.delivery)/\(file.path) of the run is not in the archive; it would be \(told). "
                + "Restore the archive from a backup.")
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func copy(_ file: SurveyedFile, to target: String) throws(IntakeError) {
        let input = try InputFile(file.fullPath)
        defer { input.close() }
        let temporary = "\(target).\(getpid()).tmp"
        // A process of the same number that was killed may have left one of this name, which nobody may write.
        unlink(temporary)
        let output = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o440)
        guard output >= 0 else { throw .unwritable(temporary, InputFile.reason) }
        var isDone = false
        defer {
            if !isDone { unlink(temporary) }
        }
        do throws(IntakeError) {
            // Verified again: what is kept must be what was read, or the run must not be recorded.
            guard try write(input, to: output, path: temporary) == file.sha256 else {
                throw .refused(
                    "\(file.fullPath): the file changed while it was read. Deliver under a name that begins with a "
                        + "point, rename the folder when it is complete, and run again.")
            }
            guard fsync(output) == 0 else { throw .unwritable(temporary, InputFile.reason) }
        } catch {
            _ = Glibc.close(output)
            throw error
        }
        guard Glibc.close(output) == 0 else { throw .unwritable(temporary, InputFile.reason) }
        guard rename(temporary, target) == 0 else { throw .unwritable(target, InputFile.reason) }
        isDone = true
    }

    /// Removes unfinished copies of processes that are gone. Several workspaces may share an archive, so that others may
    /// be copying.
    private static func removeLeftOvers(in folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasSuffix(".tmp") {
            let parts = name.split(separator: ".")
            guard let process = parts.dropLast().last.flatMap({ pid_t($0) }), process > 0,
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            unlink("\(folder)/\(name)")
        }
    }

    /// SHA-256 of what was copied, as hexadecimal digits.
    private static func write(
        _ input: InputFile, to output: Int32, path: String
    ) throws(IntakeError) -> String {
        var hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try input.read(into: buffer)
            if count == 0 { return Hexadecimal.text(hash.finalize()) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            var written = 0
            while written < count {
                let step = Glibc.write(output, buffer.baseAddress?.advanced(by: written), count - written)
                if step < 0 {
                    if errno == EINTR { continue }
                    throw .unwritable(path, InputFile.reason)
                }
                written += step
            }
        }
    }

    private static func synchronize(_ path: String, flags: Int32) throws(IntakeError) {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path, InputFile.reason) }
        defer { _ = Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .unwritable(path, InputFile.reason) }
    }
}
