/// Bytes of GB18030 as UTF-8, so that everything behind it knows one encoding alone.
///
/// Every byte that belongs to no character becomes one byte `0xff`, which is no UTF-8 either: decoders refuse the field,
/// and each place in the UTF-8 still has its place in the file (``delivered(_:)``).
final class GB18030Reader {
    private let table: GB18030Table
    private let input: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    /// What of the input is not yet converted.
    private var position = 0
    private var end = 0
    private var inputEnded = false
    /// Bytes that belong to no character so far.
    private var invalidCount = 0
    /// How many bytes of the file have been converted.
    private(set) var converted = 0

    /// A character takes at most this many bytes of UTF-8.
    static let room = 4
    static let invalid: UInt8 = 0xff

    init(_ table: GB18030Table, inputSize: Int = 64 << 10) {
        self.table = table
        capacity = max(inputSize, 8)
        input = .allocate(capacity: capacity + 8)
        input.initialize(repeating: 0, count: capacity + 8)
    }

    deinit { input.deallocate() }

    /// How many bytes of UTF-8 were put into the buffer, which has room for a character at least; 0 at the end.
    func read(_ source: ByteSource, into buffer: UnsafeMutableRawBufferPointer) throws(Damage) -> Int {
        guard let output = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
        while true {
            let written = convert(into: output, count: buffer.count)
            if written > 0 || (inputEnded && position == end) { return written }
            // What is left is the beginning of a character, or nothing.
            input.update(from: input + position, count: end - position)
            end -= position
            position = 0
            let count = try source.read(
                into: UnsafeMutableRawBufferPointer(start: input + end, count: capacity - end))
            inputEnded = count == 0
            end += count
        }
    }

    /// Converts whole characters as long as there is room; at the end of the file also what is none.
    private func convert(into output: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
        var at = position
        var to = 0
        let last = count - GB18030Reader.room
        table.pairs.withUnsafeBufferPointer { pairs in
            while at < end, to <= last {
                // Eight bytes of ASCII at once.
                if to &+ 8 <= count, at &+ 8 <= end {
                    let word = UnsafeRawPointer(input + at).loadUnaligned(as: UInt64.self)
                    if word & 0x8080_8080_8080_8080 == 0 {
                        UnsafeMutableRawPointer(output + to).storeBytes(of: word, as: UInt64.self)
                        at &+= 8
                        to &+= 8
                        continue
                    }
                }
                let first = input[at]
                if first < 0x80 {
                    output[to] = first
                    at &+= 1
                    to &+= 1
                    continue
                }
                if at &+ 1 >= end, !inputEnded { break }
                let second = at &+ 1 < end ? input[at &+ 1] : 0
                if first != 0x80, first != 0xff, second >= 0x40, second != 0xff {
                    let packed = pairs[GB18030Table.pair(first, second)]
                    if packed != 0 {
                        UnsafeMutableRawPointer(output + to).storeBytes(
                            of: packed.littleEndian, as: UInt32.self)
                        to &+= GB18030Reader.length(packed)
                        at &+= 2
                        continue
                    }
                } else if first != 0x80, first != 0xff, second &- 0x30 < 10 {
                    if at &+ 4 > end, !inputEnded { break }
                    if let packed = quad(at) {
                        UnsafeMutableRawPointer(output + to).storeBytes(
                            of: packed.littleEndian, as: UInt32.self)
                        to &+= GB18030Reader.length(packed)
                        at &+= 4
                        continue
                    }
                }
                output[to] = GB18030Reader.invalid
                invalidCount &+= 1
                at &+= 1
                to &+= 1
            }
        }
        converted += at - position
        position = at
        return to
    }

    /// How many of the bytes belong to no character; a character that is cut off at the end does not count.
    static func invalidBytes(in bytes: [UInt8], _ table: GB18030Table) -> Int {
        let reader = GB18030Reader(table, inputSize: bytes.count)
        for (index, byte) in bytes.enumerated() { reader.input[index] = byte }
        reader.end = bytes.count
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64 << 10) { output in
            guard let start = output.baseAddress else { return }
            while reader.convert(into: start, count: output.count) > 0 {}
        }
        return reader.invalidCount
    }

    /// The character of the four bytes; `nil` when they are none.
    private func quad(_ at: Int) -> UInt32? {
        guard at + 4 <= end, input[at + 2] >= 0x81, input[at + 2] <= 0xfe, input[at + 3] &- 0x30 < 10 else {
            return nil
        }
        let number =
            ((Int(input[at]) - 0x81) * 10 + Int(input[at + 1]) - 0x30) * 1260 + (Int(input[at + 2]) - 0x81)
            * 10
            + Int(input[at + 3]) - 0x30
        if number < GB18030Table.quadCount {
            let packed = table.quads[number]
            return packed == 0 ? nil : packed
        }
        guard number >= GB18030Table.firstHigh,
            let scalar = Unicode.Scalar(UInt32(number - GB18030Table.firstHigh + 0x10000))
        else { return nil }
        return GB18030Table.utf8(scalar)
    }

    /// Bytes of a packed character beyond ASCII.
    @inline(__always)
    private static func length(_ packed: UInt32) -> Int {
        let lead = packed & 0xff
        return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    }

    /// How many bytes of the file became these bytes of UTF-8, which begin and end between characters.
    func delivered(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var delivered = 0
        var at = 0
        while at < text.count {
            let lead = text[at]
            if lead < 0x80 || lead == GB18030Reader.invalid {
                at += 1
                delivered += 1
                continue
            }
            let count = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
            guard at + count <= text.count else { return delivered }
            var scalar = UInt32(lead) & (count == 2 ? 0x1f : count == 3 ? 0x0f : 0x07)
            for index in 1..<count { scalar = scalar << 6 | UInt32(text[at + index] & 0x3f) }
            delivered += table.length(of: scalar)
            at += count
        }
        return delivered
    }
}
