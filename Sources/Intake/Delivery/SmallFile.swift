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

    func close() { _ = Glibc.close(descriptor) }

    static var reason: String { String(cString: strerror(errno)) }
}
