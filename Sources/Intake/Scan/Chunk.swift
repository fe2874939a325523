/// A window onto the unpacked bytes of a file: whole rows and the beginning of the next one.
///
/// The unsafe memory of the scanner lives here. After `end` there are always `padding` zero bytes, so that the
/// scanner may load a word anywhere before `end`.
final class Chunk {
    /// A row with its line breaks may have this many bytes.
    static let maxRow = 1 << 20
    static let padding = 64

    private let source: ByteSource
    private let readSize: Int
    private let capacity: Int
    let bytes: UnsafeMutablePointer<UInt8>
    /// First byte that is not yet taken.
    var position = 0
    /// Byte after the last valid one.
    private(set) var end = 0
    /// Position of `bytes[0]` in the unpacked file.
    private(set) var offset = 0
    /// Line, from 1, on which `position` stands.
    var line = 1
    private(set) var isLast = false

    /// `readSize` is how much is unpacked at a time; tests make it small so that chunks end everywhere.
    init(_ source: ByteSource, readSize: Int = 256 << 10) {
        self.source = source
        self.readSize = readSize
        capacity = Chunk.maxRow + readSize
        // Nothing behind `end` and its padding is ever read, so the rest need not be cleared.
        bytes = .allocate(capacity: capacity + Chunk.padding + 1)
    }

    deinit { bytes.deallocate() }

    /// Moves what is left to the front and reads on. `false` when the rest is one row longer than allowed.
    func refill() throws(Damage) -> Bool {
        let rest = end - position
        guard rest <= Chunk.maxRow else { return false }
        if position > 0 {
            bytes.update(from: bytes + position, count: rest)
            offset += position
            position = 0
        }
        end = rest
        var wanted = readSize
        while wanted > 0, !isLast {
            let count = try source.read(
                into: UnsafeMutableRawBufferPointer(start: bytes + end, count: wanted))
            isLast = count == 0
            end += count
            wanted -= count
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
}
