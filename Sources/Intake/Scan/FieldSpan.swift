/// Where one field lies in the chunk: its content without the quotes around it.
struct FieldSpan {
    let start: UInt32
    /// End of the content; the highest bit says that the content holds doubled quotes.
    private let packedEnd: UInt32

    private static let doubledBit: UInt32 = 1 << 31

    init(start: Int, end: Int, hasDoubledQuotes: Bool = false) {
        // A chunk is far smaller than 2 GiB.
        self.start = UInt32(truncatingIfNeeded: start)
        packedEnd = UInt32(truncatingIfNeeded: end) | (hasDoubledQuotes ? Self.doubledBit : 0)
    }

    var end: UInt32 { packedEnd & ~Self.doubledBit }
    var count: Int { Int(end) - Int(start) }
    var hasDoubledQuotes: Bool { packedEnd & Self.doubledBit != 0 }

    /// The content with doubled quotes made single.
    func content(in bytes: UnsafePointer<UInt8>) -> [UInt8] {
        let raw = UnsafeBufferPointer(start: bytes + Int(start), count: count)
        guard hasDoubledQuotes else { return Array(raw) }
        var content: [UInt8] = []
        var afterQuote = false
        for byte in raw {
            if byte == Ascii.quote, afterQuote {
                afterQuote = false
                continue
            }
            afterQuote = byte == Ascii.quote
            content.append(byte)
        }
        return content
    }
}

/// The bytes that the scanner and the decoders look for.
enum Ascii {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let quote = UInt8(ascii: "\"")
    static let comma = UInt8(ascii: ",")
    static let minus = UInt8(ascii: "-")
    static let point = UInt8(ascii: ".")
    static let zero = UInt8(ascii: "0")
}
