import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Files that are read as a whole: manifests and method files.
enum SmallFile {
    /// The bytes of the file; refused when there are more than `limit`.
    static func read(_ path: String, limit: Int) throws(IntakeError) -> [UInt8] {
        let file = try InputFile(path)
        defer { file.close() }
        var bytes: [UInt8] = []
        let part = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { part.deallocate() }
        while true {
            let count = try file.read(into: part)
            if count == 0 { return bytes }
            bytes.append(contentsOf: part[..<count])
            guard bytes.count <= limit else {
                throw .refused(
                    "\(path): larger than \(limit) bytes, which is more than such a file may have.")
            }
        }
    }
}

/// A file opened for reading. Not shared between threads; `close` must be called once.
struct InputFile {
    let path: String
    private let descriptor: Int32

    init(_ path: String) throws(IntakeError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path, InputFile.reason) }
    }

    /// How many bytes were read; 0 at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw .unreadable(path, InputFile.reason) }
        }
    }

    /// At most `count` bytes from this position, fewer where the file ends.
    func bytes(at offset: Int, count: Int) throws(Damage) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        defer { buffer.deallocate() }
        var filled = 0
        while filled < count {
            let step = pread(
                descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, offset + filled)
            // No file has a position that is not valid.
            if step == 0 || (step < 0 && errno == EINVAL) { break }
            if step < 0, errno != EINTR { throw .unreadable(.unreadable(path, InputFile.reason)) }
            filled += max(step, 0)
        }
        return Array(buffer[..<filled])
    }

    /// Bytes of the whole file.
    func size() throws(Damage) -> Int {
        var about = stat()
        guard fstat(descriptor, &about) == 0 else { throw .unreadable(.unreadable(path, InputFile.reason)) }
        return about.st_size
    }

    func close() { _ = Glibc.close(descriptor) }

    static var reason: String { String(cString: strerror(errno)) }
}
