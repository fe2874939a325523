/// A name of a firm in the one form in which names are compared, whoever wrote it.
///
/// Widths of letters, digits, signs and brackets, blanks and small letters make no difference; everything else does:
/// 有限公司 and 有限责任公司 are two names. Use it to compare, never to show or store.
struct NormalisedName: Hashable, Comparable, Sendable {
    /// UTF-8; never empty.
    let bytes: [UInt8]

    /// `nil` for a name of nothing but blanks, and for bytes that are no UTF-8.
    init?(_ name: some Collection<UInt8>) {
        guard let text = String(validating: name, as: UTF8.self) else { return nil }
        self.init(text)
    }

    /// `nil` for a name of nothing but blanks.
    init?(_ name: String) {
        var kept = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            if let scalar = NormalisedName.compared(scalar) { kept.append(scalar) }
        }
        guard !kept.isEmpty else { return nil }
        bytes = Array(String(kept).utf8)
    }

    static func < (a: NormalisedName, b: NormalisedName) -> Bool {
        a.bytes.lexicographicallyPrecedes(b.bytes)
    }

    /// What a scalar is compared as; `nil` for what is left out.
    static func compared(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let value = scalar.value
        // Nearly all characters of names.
        if value >= 0x4e00, value <= 0x9fff { return scalar }
        switch value {
        // Small letters of both widths as capitals, everything else of full width as ASCII.
        case 0x61...0x7a: return Unicode.Scalar(value - 0x20)
        case 0xff41...0xff5a: return Unicode.Scalar(value - 0xff41 + 0x41)
        case 0xff01...0xff5e: return bracket(Unicode.Scalar(value - 0xfee0) ?? scalar)
        // Middle dots between parts of a foreign name: · • ‧ ・ ･.
        case 0xb7, 0x2022, 0x2027, 0x30fb, 0xff65: return "·"
        // Zero-width signs, which spreadsheets leave behind.
        case 0x200b...0x200f, 0x2060, 0xfeff: return nil
        default:
            if value <= 0x20 || value == 0x7f || scalar.properties.isWhitespace { return nil }
            return bracket(scalar)
        }
    }

    /// All kinds of brackets as round ones.
    private static func bracket(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "(", "[", "{", "〔", "【", "［", "〈", "《", "「": "("
        case ")", "]", "}", "〕", "】", "］", "〉", "》", "」": ")"
        default: scalar
        }
    }
}
