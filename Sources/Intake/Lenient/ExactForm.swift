import Evaluation

/// Rewrites fields to the exact form that the decoders read, as far as leniencies allow: one function per kind.
///
/// Each writes to `out`, which has room for three times the field and 32 bytes more, and says how many bytes it wrote
/// and which leniencies it needed. What it cannot read it leaves as it is, so that the exact decoder refuses it.
enum ExactForm {
    struct Result: Equatable {
        var count = 0
        var used: Leniencies = []
    }

    // MARK: Texts

    /// A name, category or certificate: blanks outside are left out, those inside too unless they stand between two
    /// letters or digits of ASCII, where one stays.
    static func text(
        _ field: UnsafeBufferPointer<UInt8>, _ allowed: Leniencies, _ brackets: FeedField.Brackets?,
        into out: UnsafeMutablePointer<UInt8>
    ) -> Result {
        var result = Result()
        var at = 0
        var blanks = 0
        var isOnePlain = false
        while at < field.count {
            var (character, length) = character(field, at)
            let isWide = character >= 0xff01 && character <= 0xff5e || character == 0x3000
            if allowed.contains(.fullWidth), isWide, let ascii = narrow(character) {
                result.used.insert(.fullWidth)
                character = ascii
            }
            if allowed.contains(.blanks), isBlank(character) {
                blanks += 1
                isOnePlain = blanks == 1 && field[at] == 0x20
                at += length
                continue
            }
            if let brackets, let other = bracket(character, brackets) {
                result.used.insert(.brackets)
                character = other
            }
            if blanks > 0 {
                let isBetween = result.count > 0 && isWordByte(out[result.count - 1]) && isWord(character)
                if isBetween { append(0x20, to: out, &result.count) }
                if !isBetween || !isOnePlain { result.used.insert(.blanks) }
                blanks = 0
            }
            if character == invalid {
                for index in 0..<length { out[result.count + index] = field[at + index] }
                result.count += length
            } else {
                append(character, to: out, &result.count)
            }
            at += length
        }
        if blanks > 0 { result.used.insert(.blanks) }
        return result
    }

    /// Whether ``text(_:_:_:into:)`` might change something; it says yes too often, and is quick.
    ///
    /// Reads eight bytes at a time and up to seven behind the field, which the padding of a chunk allows.
    @inline(__always)
    static func isSuspicious(_ text: UnsafePointer<UInt8>, _ count: Int, below: UInt64) -> Bool {
        let raw = UnsafeRawPointer(text)
        let high: UInt64 = 0x8080_8080_8080_8080
        let ones: UInt64 = 0x0101_0101_0101_0101
        var at = 0
        while at < count {
            var word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let left = count &- at
            // What lies behind the field is made letters.
            if left < 8 { word |= 0x7f7f_7f7f_7f7f_7f7f &<< UInt64(truncatingIfNeeded: left &* 8) }
            let low = (word &- below) & ~word
            let c2 = word ^ 0xc2c2_c2c2_c2c2_c2c2
            let e2 = word ^ 0xe2e2_e2e2_e2e2_e2e2
            let e3 = word ^ 0xe3e3_e3e3_e3e3_e3e3
            let ef = word ^ 0xefef_efef_efef_efef
            let found =
                low | ((c2 &- ones) & ~c2) | ((e2 &- ones) & ~e2) | ((e3 &- ones) & ~e3)
                | ((ef &- ones) & ~ef)
            if found & high != 0 { return true }
            at &+= 8
        }
        return false
    }

    /// Whether all bytes are ASCII and none is less than `below`, which stands there eight times.
    @inline(__always)
    static func isPlain(_ text: UnsafePointer<UInt8>, _ count: Int, below: UInt64) -> Bool {
        let raw = UnsafeRawPointer(text)
        var at = 0
        while at < count {
            var word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let left = count &- at
            if left < 8 { word |= 0x7f7f_7f7f_7f7f_7f7f &<< UInt64(truncatingIfNeeded: left &* 8) }
            // A byte behind the field may have its highest bit set.
            let own = left < 8 ? (1 as UInt64) &<< UInt64(truncatingIfNeeded: left &* 8) &- 1 : ~0
            if (word | (word &- below)) & 0x8080_8080_8080_8080 & own != 0 { return false }
            at &+= 8
        }
        return true
    }

    /// A header or a label: no blanks at all, letters and digits narrow, brackets wide. For comparing only.
    static func header(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            var value = scalar.value
            if isBlank(value) || value == 0x3000 { continue }
            value = narrow(value) ?? value
            value = bracket(value, .full) ?? value
            kept.append(Unicode.Scalar(value) ?? scalar)
        }
        return String(kept)
    }

    // MARK: Codes, numbers, days

    /// A credit code: no blanks, letters and digits narrow.
    static func code(
        _ field: UnsafeBufferPointer<UInt8>, _ allowed: Leniencies, into out: UnsafeMutablePointer<UInt8>
    ) -> Result {
        narrowed(field, allowed, into: out, dropsInnerBlanks: true)
    }

    /// A decimal with at most `places` digits behind its point.
    static func decimal(
        _ field: UnsafeBufferPointer<UInt8>, _ allowed: Leniencies, places: Int,
        into out: UnsafeMutablePointer<UInt8>
    ) -> Result {
        var result = narrowed(field, allowed, into: out, dropsInnerBlanks: false)
        if allowed.contains(.plus), result.count > 1, out[0] == UInt8(ascii: "+"), isDigit(out[1]) {
            remove(0, from: out, &result.count)
            result.used.insert(.plus)
        }
        if allowed.contains(.thousands), removeSeparators(out, &result.count) {
            result.used.insert(.thousands)
        }
        if allowed.contains(.trailingZeros), removeZeros(out, &result.count, places: places) {
            result.used.insert(.trailingZeros)
        }
        return result
    }

    /// A day, month or year, as the kind says.
    static func time(
        _ field: UnsafeBufferPointer<UInt8>, _ allowed: Leniencies, _ kind: FeedField.Kind,
        into out: UnsafeMutablePointer<UInt8>
    ) -> Result {
        var result = narrowed(field, allowed, into: out, dropsInnerBlanks: false)
        guard allowed.contains(.dates),
            let date = WrittenDate(UnsafeBufferPointer(start: out, count: result.count), kind)
        else { return result }
        let text = date.text
        if text.count != result.count || !(0..<text.count).allSatisfy({ text[$0] == out[$0] }) {
            for (index, byte) in text.enumerated() { out[index] = byte }
            result.count = text.count
            result.used.insert(.dates)
        }
        return result
    }

    // MARK: Parts

    /// The field with full width made narrow and blanks around it, or all blanks, left out.
    private static func narrowed(
        _ field: UnsafeBufferPointer<UInt8>, _ allowed: Leniencies, into out: UnsafeMutablePointer<UInt8>,
        dropsInnerBlanks: Bool
    ) -> Result {
        var result = Result()
        var at = 0
        // Blanks behind the last character that counts are dropped by forgetting them.
        var kept = 0
        while at < field.count {
            var (character, length) = character(field, at)
            if allowed.contains(.fullWidth), let ascii = narrow(character) ?? narrowSign(character) {
                result.used.insert(.fullWidth)
                character = ascii
            }
            if allowed.contains(.blanks), isBlank(character), dropsInnerBlanks || result.count == 0 {
                result.used.insert(.blanks)
                at += length
                continue
            }
            if character == invalid {
                for index in 0..<length { out[result.count + index] = field[at + index] }
                result.count += length
            } else {
                append(character, to: out, &result.count)
            }
            at += length
            if !isBlank(character) { kept = result.count }
        }
        if allowed.contains(.blanks), kept < result.count {
            result.count = kept
            result.used.insert(.blanks)
        }
        return result
    }

    /// Takes commas out that stand in front of groups of three digits, the first group having one to three.
    private static func removeSeparators(_ out: UnsafeMutablePointer<UInt8>, _ count: inout Int) -> Bool {
        let first = count > 0 && out[0] == Ascii.minus ? 1 : 0
        var at = first
        while at < count, isDigit(out[at]) { at += 1 }
        guard at > first, at - first <= 3, at < count, out[at] == Ascii.comma else { return false }
        let start = at
        while at < count, out[at] == Ascii.comma {
            guard at + 3 < count, isDigit(out[at + 1]), isDigit(out[at + 2]), isDigit(out[at + 3]) else {
                return false
            }
            at += 4
        }
        guard at == count || out[at] == Ascii.point else { return false }
        var to = start
        for from in start..<count where out[from] != Ascii.comma {
            out[to] = out[from]
            to += 1
        }
        count = to
        return true
    }

    /// Takes zeros off that stand behind `places` decimals, and the point where no decimal is left.
    private static func removeZeros(
        _ out: UnsafeMutablePointer<UInt8>, _ count: inout Int, places: Int
    ) -> Bool {
        guard let point = (0..<count).first(where: { out[$0] == Ascii.point }), count - point - 1 > places,
            (point + 1..<count).allSatisfy({ isDigit(out[$0]) })
        else { return false }
        let before = count
        while count - point - 1 > places, out[count - 1] == Ascii.zero { count -= 1 }
        if count == point + 1 { count = point }
        return count < before
    }

    private static func remove(_ at: Int, from out: UnsafeMutablePointer<UInt8>, _ count: inout Int) {
        for index in at..<count - 1 { out[index] = out[index + 1] }
        count -= 1
    }

    // MARK: Characters

    /// Stands for a byte that begins no character; the byte is kept.
    static let invalid: UInt32 = 0x11_0000

    /// The character at a place and its length.
    @inline(__always)
    static func character(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt32, Int) {
        let lead = text[at]
        if lead < 0x80 { return (UInt32(lead), 1) }
        let length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1
        guard length > 1, at + length <= text.count else { return (invalid, 1) }
        var scalar = UInt32(lead) & (length == 2 ? 0x1f : length == 3 ? 0x0f : 0x07)
        for index in 1..<length {
            let byte = text[at + index]
            guard byte & 0xc0 == 0x80 else { return (invalid, 1) }
            scalar = scalar << 6 | UInt32(byte & 0x3f)
        }
        guard let valid = Unicode.Scalar(scalar), UTF8.width(valid) == length else { return (invalid, 1) }
        return (scalar, length)
    }

    /// Writes a scalar as UTF-8.
    @inline(__always)
    private static func append(_ scalar: UInt32, to out: UnsafeMutablePointer<UInt8>, _ count: inout Int) {
        if scalar < 0x80 {
            out[count] = UInt8(truncatingIfNeeded: scalar)
            count += 1
        } else {
            var packed = GB18030Table.utf8(Unicode.Scalar(scalar) ?? "\u{fffd}")
            while packed != 0 {
                out[count] = UInt8(truncatingIfNeeded: packed)
                packed >>= 8
                count += 1
            }
        }
    }

    /// Letters, digits, `.`, `-`, `/` and the blank of full width as ASCII.
    static func narrow(_ scalar: UInt32) -> UInt32? {
        switch scalar {
        case 0xff10...0xff19, 0xff21...0xff3a, 0xff41...0xff5a, 0xff0d...0xff0f: scalar - 0xfee0
        case 0x3000: 0x20
        default: nil
        }
    }

    /// Signs that only numbers and days have: in texts a wide comma is Chinese.
    private static func narrowSign(_ scalar: UInt32) -> UInt32? {
        scalar == 0xff0b || scalar == 0xff0c ? scalar - 0xfee0 : nil
    }

    /// Blanks, tabs, line breaks inside quotes, and what spreadsheets and web pages put in their place.
    static func isBlank(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x20, 0x09, 0x0a, 0x0d, 0xa0, 0x2000...0x200b, 0x202f, 0x3000, 0xfeff: true
        default: false
        }
    }

    private static func bracket(_ scalar: UInt32, _ width: FeedField.Brackets) -> UInt32? {
        switch (width, scalar) {
        case (.full, 0x28), (.full, 0x29): scalar + 0xfee0
        case (.half, 0xff08), (.half, 0xff09): scalar - 0xfee0
        default: nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- Ascii.zero < 10 }

    private static func isWordByte(_ byte: UInt8) -> Bool { byte < 0x80 && isWord(UInt32(byte)) }

    private static func isWord(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: false
        }
    }
}
