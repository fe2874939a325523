import Evaluation

/// Tells in which encoding a file has the contract's header: the header's own characters are the proof.
enum EncodingTrial {
    /// What a file turned out to be.
    enum Found: Equatable {
        case encoding(TextEncoding)
        /// UTF-16 with its byte order mark, which nothing here reads.
        case utf16(isBigEndian: Bool)

        /// As findings name it.
        var name: String {
            switch self {
            case .encoding(let encoding): encoding.name
            case .utf16(let isBigEndian): isBigEndian ? "utf-16be" : "utf-16le"
            }
        }
    }

    /// So much of a file must be of an encoding before it is said to be the file's.
    static let maxTried = 1 << 20

    /// The encoding that fits the file whose header `declared` does not; `nil` when no other one does either.
    ///
    /// Opens the file anew for each encoding that is tried.
    static func other(
        than declared: TextEncoding, contract: FeedContract, open: () throws(Damage) -> ByteSource
    ) throws(Damage) -> Found? {
        let beginning = try beginning(of: open())
        switch (beginning.first, beginning.dropFirst().first) {
        case (0xff, 0xfe): return .utf16(isBigEndian: false)
        case (0xfe, 0xff): return .utf16(isBigEndian: true)
        default: break
        }
        for encoding in TextEncoding.allCases where encoding != declared {
            if try fits(encoding, contract, open), isValid(beginning, in: encoding) {
                return .encoding(encoding)
            }
        }
        return nil
    }

    /// The encoding of a file that was read before, so that one of them must fit; UTF-8 when none does.
    static func encoding(
        of contract: FeedContract, open: () throws(Damage) -> ByteSource
    ) throws(Damage) -> TextEncoding {
        for encoding in TextEncoding.allCases {
            if try fits(encoding, contract, open) { return encoding }
        }
        return .utf8
    }

    /// Whether a header of the contract stands at the beginning.
    private static func fits(
        _ encoding: TextEncoding, _ contract: FeedContract, _ open: () throws(Damage) -> ByteSource
    ) throws(Damage) -> Bool {
        let chunk = try Chunk(open(), encoding: encoding)
        try chunk.begin()
        var log = FindingLog(feed: "", delivery: "", file: "")
        return try HeaderRow.find(in: chunk, HeaderNames(contract), log: &log) != nil
    }

    private static func beginning(of source: ByteSource) throws(Damage) -> [UInt8] {
        var bytes: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while bytes.count < maxTried {
            let count = try source.read(into: buffer)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// Whether nearly all of the bytes belong to characters: a row or two may be damaged without making it another
    /// encoding. What is cut off at the end does not count.
    private static func isValid(_ bytes: [UInt8], in encoding: TextEncoding) -> Bool {
        let wrong: Int
        switch encoding {
        case .utf8: wrong = String(decoding: bytes, as: UTF8.self).unicodeScalars.count { $0 == "\u{fffd}" }
        case .gb18030:
            wrong = GB18030Table.shared.map { GB18030Reader.invalidBytes(in: bytes, $0) } ?? bytes.count
        }
        return wrong <= 4 + bytes.count / 1000
    }
}
