import Crypto
import Evaluation
import Synchronization

/// SHA-256 of delivered files.
enum FileDigest {
    /// Size and digest of a file, which is read once.
    static func measure(_ path: String) throws(IntakeError) -> (bytes: Int, sha256: String) {
        let file = try InputFile(path)
        defer { file.close() }
        var hasher = SHA256()
        var total = 0
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = try file.read(into: buffer)
            if count == 0 { return (total, Hexadecimal.text(hasher.finalize())) }
            total += count
            hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Refuses files whose size or digest is not what their manifests say.
    /// - Parameter isArchived: the files are those of the archive, and the store says what they were.
    static func verify(
        _ files: [SurveyedFile], threads: Int, isArchived: Bool = false
    ) throws(IntakeError) {
        let problems = Mutex<[Int: IntakeError]>([:])
        let order = files.indices.sorted { files[$0].bytes > files[$1].bytes }
        Parallel.forEach(order, threads: threads) { index in
            let file = files[index]
            do throws(IntakeError) {
                let found = try measure(file.fullPath)
                guard found.bytes != file.bytes || found.sha256 != file.sha256 else { return }
                let teller = isArchived ? "the store" : "the manifest"
                let difference =
                    found.bytes != file.bytes
                    ? "\(teller) says \(file.bytes) bytes, the file has \(found.bytes)"
                    : "\(teller) says sha256:\(file.sha256), the file has sha256:\(found.sha256)"
                guard !isArchived else {
                    throw .refused(
                        "\(file.fullPath): \(difference). The archive is not what the run read (\(file.delivery)/"
                            + "\(file.path)): it was changed or damaged. Restore it from a backup.")
                }
                throw .refused(
                    "\(file.fullPath): \(difference). Either the file was damaged or replaced on the way, or the "
                        + "manifest was not made anew: ask the department to deliver both again.")
            } catch {
                problems.withLock { $0[index] = error }
            }
        }
        try IntakeError.throwAll(problems.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value))
    }
}
