import Evaluation

extension Decode {
    /// 0 for a text that is valid UTF-8 without NUL bytes, otherwise a blank or a flaw.
    @inline(__always)
    static func text(_ bytes: UnsafePointer<UInt8>, _ span: FieldSpan) -> Int64 {
        let count = span.count
        guard count > 0 else { return Int64.blank }
        return isPlain(bytes + Int(span.start), count) ? 0 : careful(bytes + Int(span.start), count)
    }

    /// Whether all bytes are ASCII and none is NUL, looking at eight at a time.
    @inline(__always)
    private static func isPlain(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let raw = UnsafeRawPointer(text)
        let high: UInt64 = 0x8080_8080_8080_8080
        let ones: UInt64 = 0x0101_0101_0101_0101
        var at = 0
        while at &+ 8 <= count {
            let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            // A NUL byte borrows into the highest bit.
            if (word | (word &- ones)) & high != 0 { return false }
            at &+= 8
        }
        while at < count {
            if text[at] &- 1 >= 0x7f { return false }
            at &+= 1
        }
        return true
    }

    /// The Unicode standard's table 3-7: well-formed UTF-8 byte sequences.
    private static func careful(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
        var at = 0
        while at < count {
            let lead = text[at]
            if lead < 0x80 {
                if lead == 0 { return Flaw.nulByte.cell }
                at &+= 1
                continue
            }
            // Most Chinese characters: E4…E9 and two continuation bytes.
            if lead &- 0xe1 < 0x0c, at &+ 2 < count, text[at &+ 1] & 0xc0 == 0x80,
                text[at &+ 2] & 0xc0 == 0x80
            {
                at &+= 3
                continue
            }
            let length: Int
            var lowest: UInt8 = 0x80
            var highest: UInt8 = 0xbf
            switch lead {
            case 0xc2...0xdf: length = 2
            case 0xe0:
                length = 3
                lowest = 0xa0
            case 0xed:
                length = 3
                highest = 0x9f
            case 0xe1...0xef: length = 3
            case 0xf0:
                length = 4
                lowest = 0x90
            case 0xf1...0xf3: length = 4
            case 0xf4:
                length = 4
                highest = 0x8f
            default: return Flaw.invalidUTF8.cell
            }
            guard at + length <= count, text[at + 1] >= lowest, text[at + 1] <= highest else {
                return Flaw.invalidUTF8.cell
            }
            for index in 2..<max(length, 2) where text[at + index] & 0xc0 != 0x80 {
                return Flaw.invalidUTF8.cell
            }
            at += length
        }
        return 0
    }
}
