/// One text per firm, in one block of UTF-8: names and codes, which expressions never compute with.
package struct TextColumn: Sendable, Equatable {
    /// The texts one after the other, without separators.
    package private(set) var bytes: [UInt8] = []
    /// `count + 1` offsets into `bytes`; text `i` lies in `offsets[i] ..< offsets[i + 1]`.
    package private(set) var offsets: [Int] = [0]

    package init() {}

    package init(_ texts: some Sequence<String>) {
        for text in texts { append(Array(text.utf8)) }
    }

    package var count: Int { offsets.count - 1 }

    package mutating func reserve(texts: Int, bytes: Int) {
        offsets.reserveCapacity(texts + 1)
        self.bytes.reserveCapacity(bytes)
    }

    package mutating func append(_ text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text)
        offsets.append(bytes.count)
    }

    /// Bytes as they lie in memory: a million names are appended, and a generic call for each costs more than its bytes.
    package mutating func append(_ text: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: text)
        offsets.append(bytes.count)
    }

    package subscript(row: Int) -> String {
        String(decoding: bytes[offsets[row]..<offsets[row + 1]], as: UTF8.self)
    }
}
