import Crypto
import Evaluation
import Foundation

extension ProgramIdentity {
    /// The program that runs here, by the file from which it was started.
    /// - Throws: `cannotRead` when the file cannot be read.
    package static func running(version: String) throws(StoreError) -> ProgramIdentity {
        ProgramIdentity(version: version, digest: try digest(ofFile: "/proc/self/exe"))
    }

    /// SHA-256 of a file, 64 hexadecimal digits.
    /// - Throws: `cannotRead` when the file cannot be read.
    package static func digest(ofFile path: String) throws(StoreError) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .cannotOpen(path, String(cString: strerror(errno)))
        }
        var hash = SHA256()
        do {
            while let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty { hash.update(data: bytes) }
        } catch {
            throw .cannotOpen(path, error.localizedDescription)
        }
        return Hexadecimal.text(hash.finalize())
    }
}
