import Crypto
import Evaluation

/// SHA-256 as 64 lower-case hexadecimal digits, everywhere in the store.
enum Digest {
    static func of(_ text: String) -> String { Hexadecimal.text(SHA256.hash(data: Array(text.utf8))) }
}

extension [UInt8] {
    /// Appends two digits per byte. SQLite's `hex` prints capitals.
    mutating func append(hexadecimal bytes: some Sequence<UInt8>) {
        let alphabet = Array("0123456789ABCDEF".utf8)
        for byte in bytes {
            append(alphabet[Int(byte >> 4)])
            append(alphabet[Int(byte & 15)])
        }
    }
}
