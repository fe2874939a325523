import Mustache

/// Text in HTML and SVG.
enum Markup {
    /// Text that cannot end an element or an attribute. It goes by scalars: a quote with a combining mark is one
    /// character to a person and still a quote to a browser.
    static func escape(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            // Not allowed in HTML, and nothing to see.
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                escaped += "\u{FFFD}"
            // What turns the direction of the text around it.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// 12,345.
    static func grouped(_ number: Int) -> String {
        var digits = Array(String(number.magnitude))
        var at = digits.count - 3
        while at > 0 {
            digits.insert(",", at: at)
            at -= 3
        }
        return (number < 0 ? "-" : "") + String(digits)
    }

    /// Width in hundredths of the font's size, near enough to place labels.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 58 : 100) }
    }

    /// The beginning of a text that fits.
    /// - Parameter hundredths: of the font's size.
    static func cut(_ text: String, to hundredths: Int) -> String {
        guard width(text) > hundredths else { return text }
        var used = 100
        var cut = ""
        for character in text {
            used += width(String(character))
            if used > hundredths { break }
            cut.append(character)
        }
        return cut + "…"
    }
}

/// How templates escape.
struct EscapedByScalar: MustacheContentType {
    func escapeText(_ text: String) -> String { Markup.escape(text) }
}
