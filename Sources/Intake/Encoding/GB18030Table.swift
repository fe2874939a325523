#if canImport(Glibc)
    import Glibc
#endif

/// What the byte sequences of GB18030 stand for: made once from the system's converter, then only looked up.
struct GB18030Table: Sendable {
    /// UTF-8 of every two-byte sequence, first byte lowest; 0 for none. See ``pair(_:_:)``.
    let pairs: [UInt32]
    /// UTF-8 of the four-byte sequences below U+10000, by their number.
    let quads: [UInt32]
    /// One bit for each scalar below U+10000 that has a two-byte sequence.
    private let pairScalars: [UInt64]
    /// The few scalars above U+FFFF that have a two-byte sequence.
    private let highPairScalars: Set<UInt32>

    /// Number of four-byte sequences below U+10000, and of the first that stands for U+10000.
    static let quadCount = 39_420
    static let firstHigh = 189_000

    /// The table; `nil` when the system has no converter for GB18030.
    static let shared = GB18030Table()

    /// Index of a two-byte sequence in `pairs`: first byte from 0x81, second from 0x40.
    @inline(__always)
    static func pair(_ first: UInt8, _ second: UInt8) -> Int {
        (Int(first) &- 0x81) &* 191 &+ Int(second) &- 0x40
    }

    private init?() {
        guard let converter = Converter() else { return nil }
        var pairs = [UInt32](repeating: 0, count: 126 * 191)
        var quads = [UInt32](repeating: 0, count: GB18030Table.quadCount)
        var scalars = [UInt64](repeating: 0, count: 1024)
        var high: Set<UInt32> = []
        for first in UInt8(0x81)...0xfe {
            for second in UInt8(0x40)...0xfe where second != 0x7f {
                guard let scalar = converter.scalar([first, second]) else { continue }
                pairs[GB18030Table.pair(first, second)] = GB18030Table.utf8(scalar)
                if scalar.value < 0x10000 {
                    scalars[Int(scalar.value) / 64] |= 1 << UInt64(scalar.value % 64)
                } else {
                    high.insert(scalar.value)
                }
            }
        }
        for number in 0..<GB18030Table.quadCount {
            if let scalar = converter.scalar(GB18030Table.quad(number)) {
                quads[number] = GB18030Table.utf8(scalar)
            }
        }
        self.pairs = pairs
        self.quads = quads
        pairScalars = scalars
        highPairScalars = high
    }

    /// How many bytes of GB18030 a scalar beyond ASCII takes.
    func length(of scalar: UInt32) -> Int {
        if scalar < 0x10000 {
            return pairScalars[Int(scalar) / 64] & (1 << UInt64(scalar % 64)) == 0 ? 4 : 2
        }
        return highPairScalars.contains(scalar) ? 2 : 4
    }

    private static func quad(_ number: Int) -> [UInt8] {
        [
            0x81 + UInt8(number / 12_600), 0x30 + UInt8(number / 1260 % 10), 0x81 + UInt8(number / 10 % 126),
            0x30 + UInt8(number % 10),
        ]
    }

    /// One to four bytes, the first in the lowest place.
    static func utf8(_ scalar: Unicode.Scalar) -> UInt32 {
        var packed: UInt32 = 0
        for byte in UTF8.encode(scalar)?.reversed() ?? [] { packed = packed << 8 | UInt32(byte) }
        return packed
    }
}

/// The system's converter from GB18030.
private final class Converter {
    private let handle: iconv_t
    private let input = UnsafeMutablePointer<CChar>.allocate(capacity: 4)
    private let output = UnsafeMutablePointer<CChar>.allocate(capacity: 16)

    init?() {
        guard let handle = iconv_open("UTF-32LE", "GB18030"), handle != iconv_t(bitPattern: -1) else {
            return nil
        }
        self.handle = handle
    }

    deinit {
        iconv_close(handle)
        input.deallocate()
        output.deallocate()
    }

    /// The one scalar that the bytes stand for.
    func scalar(_ bytes: [UInt8]) -> Unicode.Scalar? {
        for (index, byte) in bytes.prefix(4).enumerated() { input[index] = CChar(bitPattern: byte) }
        var from: UnsafeMutablePointer<CChar>? = input
        var to: UnsafeMutablePointer<CChar>? = output
        var left = min(bytes.count, 4)
        var room = 16
        iconv(handle, nil, nil, nil, nil)
        // Some converters hold a character back until they know what follows: the second call asks for it.
        guard iconv(handle, &from, &left, &to, &room) != -1, left == 0,
            iconv(handle, nil, nil, &to, &room) != -1,
            room == 12
        else { return nil }
        return Unicode.Scalar(UInt32(littleEndian: UnsafeRawPointer(output).loadUnaligned(as: UInt32.self)))
    }
}
