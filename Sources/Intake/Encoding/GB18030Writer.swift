/// UTF-8 as GB18030, for spreadsheets and programs that take nothing else. By the table that deliveries are read with, so
/// that what goes out comes back as it was. It covers all of Unicode but for 24 characters for private use, which editions of the
/// standard place differently and the system's table may lack: they become U+FFFD.
package struct GB18030Writer: Sendable {
    /// By scalar below U+10000: the bytes, the first in the lowest place; 0 for none.
    private let low: [UInt32]
    /// The few above it that take two bytes.
    private let high: [UInt32: UInt32]

    /// - Throws: `unreadable` when the system has no converter for GB18030.
    package init() throws(IntakeError) {
        guard let table = GB18030Table.shared else {
            throw IntakeError(
                .unreadable,
                "this system has no converter for GB18030. Install the package with glibc's gconv modules, or use utf-8."
            )
        }
        var low = [UInt32](repeating: 0, count: 0x10000)
        var high: [UInt32: UInt32] = [:]
        for number in table.quads.indices {
            guard let scalar = GB18030Writer.scalar(table.quads[number]) else { continue }
            low[Int(scalar)] = GB18030Writer.quad(number)
        }
        // After them: of two forms the shorter one counts.
        for first in UInt8(0x81)...0xfe {
            for second in UInt8(0x40)...0xfe where second != 0x7f {
                let packed = UInt32(first) | UInt32(second) << 8
                guard let scalar = GB18030Writer.scalar(table.pairs[GB18030Table.pair(first, second)]) else {
                    continue
                }
                if scalar < 0x10000 { low[Int(scalar)] = packed } else { high[scalar] = packed }
            }
        }
        self.low = low
        self.high = high
    }

    /// - Parameter text: whole characters of UTF-8. A byte order mark is left out: GB18030 has none.
    package func encoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars where scalar != "\u{FEFF}" {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
                continue
            }
            var packed =
                scalar.value < 0x10000
                ? low[Int(scalar.value)]
                : high[scalar.value]
                    ?? GB18030Writer.quad(GB18030Table.firstHigh + Int(scalar.value) - 0x10000)
            // U+FFFD, where a system's table has a gap.
            if packed == 0 { packed = 0x37_A4_31_84 }
            while packed > 0 {
                bytes.append(UInt8(truncatingIfNeeded: packed))
                packed >>= 8
            }
        }
        return bytes
    }

    /// Of one to four bytes of UTF-8, the first in the lowest place.
    private static func scalar(_ utf8: UInt32) -> UInt32? {
        guard utf8 > 0 else { return nil }
        var bytes: [UInt8] = []
        var rest = utf8
        while rest > 0 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.value
    }

    /// The four bytes with this number, the first in the lowest place.
    private static func quad(_ number: Int) -> UInt32 {
        UInt32(0x81 + number / 12_600) | UInt32(0x30 + number / 1260 % 10) << 8
            | UInt32(0x81 + number / 10 % 126) << 16 | UInt32(0x30 + number % 10) << 24
    }
}
