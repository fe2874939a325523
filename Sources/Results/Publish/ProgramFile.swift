import Crypto
import Evaluation
import Foundation

extension ProgramIdentity {
    /// The program that runs here, by the file from which it was started.
    /// - Throws: `cannotRead` when the file cannot be read.
    package static func running(version: String) throws(StoreError) -> ProgramIdentity {
        let path = "/proc/self/exe"
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .cannotOpen(path, String(cString: strerror(errno)))
        }
        var hash = SHA256()
        do {
            while let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty { hash.update(data: bytes) }
        } catch {
            throw .cannotOpen(path, error.localizedDescription)
        }
        return ProgramIdentity(version: version, digest: Hexadecimal.text(hash.finalize()))
    }
}
