import Crypto

/// SHA-256 as 64 lower-case hexadecimal digits, everywhere in the store.
enum Digest {
    static func of(_ text: String) -> String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }

    static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.append(hexadecimal: digest, alphabet: Array("0123456789abcdef".utf8))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends two digits per byte. SQLite's `hex` prints capitals.
    mutating func append(
        hexadecimal bytes: some Sequence<UInt8>, alphabet: [UInt8] = Array("0123456789ABCDEF".utf8)
    ) {
        for byte in bytes {
            append(alphabet[Int(byte >> 4)])
            append(alphabet[Int(byte & 15)])
        }
    }
}
