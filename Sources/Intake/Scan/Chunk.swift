/// A window onto the unpacked bytes of a file: whole rows and the beginning of the next one.
///
/// The unsafe memory of the scanner lives here. After `end` there are always `padding` zero bytes, so that the
/// scanner may load a word anywhere before `end`.
final class Chunk {
    /// A row with its line breaks may have this many bytes.
    static let maxRow = 1 << 20
    static let padding = 64

    private let source: ByteSource
    /// Makes UTF-8 of what is none; `nil` for UTF-8.
    private let converter: GB18030Reader?
    let encoding: TextEncoding
    private let readSize: Int
    private let capacity: Int
    let bytes: UnsafeMutablePointer<UInt8>
    /// First byte that is not yet taken.
    var position = 0
    /// Byte after the last valid one.
    private(set) var end = 0
    /// Position of `bytes[0]` in the unpacked file.
    private(set) var offset = 0
    /// A byte whose position in the unpacked file was asked for last, and that position.
    private var asked = (at: 0, position: 0)
    /// Line, from 1, on which `position` stands.
    var line = 1
    private(set) var isLast = false

    /// `readSize` is how much is unpacked at a time; tests make it small so that chunks end everywhere.
    init(_ source: ByteSource, encoding: TextEncoding = .utf8, readSize: Int = 256 << 10) throws(Damage) {
        self.source = source
        self.encoding = encoding
        var readSize = readSize
        switch encoding {
        case .utf8: converter = nil
        case .gb18030:
            guard let table = GB18030Table.shared else { throw .unreadable(.withoutConverter) }
            converter = GB18030Reader(table, inputSize: readSize)
            readSize = max(readSize, GB18030Reader.room)
        }
        self.readSize = readSize
        capacity = Chunk.maxRow + readSize
        // Nothing behind `end` and its padding is ever read, so the rest need not be cleared.
        bytes = .allocate(capacity: capacity + Chunk.padding + 1 + Chunk.maxExact)
    }

    deinit { bytes.deallocate() }

    /// Moves what is left to the front and reads on. `false` when the rest is one row longer than allowed.
    func refill() throws(Damage) -> Bool {
        let rest = end - position
        guard rest <= Chunk.maxRow else { return false }
        if position > 0 {
            // From the end backwards, because what is left is short.
            let left = UnsafeBufferPointer(start: bytes + position, count: rest)
            offset = converter.map { $0.converted - $0.delivered(left) } ?? offset + position
            bytes.update(from: bytes + position, count: rest)
            position = 0
            asked = (0, offset)
        }
        end = rest
        var wanted = readSize
        while wanted > 0, !isLast {
            let buffer = UnsafeMutableRawBufferPointer(start: bytes + end, count: wanted)
            let count: Int
            if let converter {
                count = try converter.read(source, into: buffer)
            } else {
                count = try source.read(into: buffer)
            }
            isLast = count == 0
            end += count
            wanted -= count
            if converter != nil, wanted < GB18030Reader.room { break }
        }
        // The last row of a file need not end in a line break.
        if isLast, end > 0, bytes[end - 1] != Ascii.newline {
            bytes[end] = Ascii.newline
            end += 1
        }
        (bytes + end).update(repeating: 0, count: Chunk.padding)
        return true
    }

    /// Reads the beginning of the file and skips a byte order mark; called once, first.
    func begin() throws(Damage) {
        // Three bytes are no row that could be too long.
        repeat { _ = try refill() } while end < 3 && !isLast
        if end >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { position = 3 }
    }

    /// Position of `bytes[at]` in the unpacked file. Places that are asked for in ascending order cost little.
    func fileOffset(at: Int) -> Int {
        guard let converter else { return offset + at }
        if at < asked.at { asked = (0, offset) }
        let between = UnsafeBufferPointer(start: bytes + asked.at, count: at - asked.at)
        asked = (at, asked.position + converter.delivered(between))
        return asked.position
    }

    /// Where a field begins in the chunk, with the quote around it.
    func start(of span: FieldSpan) -> Int {
        let start = Int(span.start)
        return start > 0 && bytes[start - 1] == Ascii.quote ? start - 1 : start
    }

    // MARK: Exact forms

    /// Room for what fields of one batch are rewritten to: brackets of full width have three bytes instead of one.
    private static let maxExact = 4 << 20
    /// How much of it is taken since the last ``split(into:)``.
    var exactCount = 0

    /// Where a field of so many bytes may be rewritten; `nil` when there is no room, which no batch can reach.
    func roomForExact(_ count: Int) -> UnsafeMutablePointer<UInt8>? {
        guard exactCount + count + Chunk.padding <= Chunk.maxExact else { return nil }
        return bytes + capacity + Chunk.padding + 1 + exactCount
    }

    /// Keeps the bytes written there as the content of a field.
    func keepExact(_ count: Int) -> FieldSpan {
        let start = capacity + Chunk.padding + 1 + exactCount
        exactCount += count
        return FieldSpan(start: start, end: start + count)
    }
}
