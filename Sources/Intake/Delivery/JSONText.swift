/// A JSON text as a tree. Numbers keep their text.
enum JSONValue: Equatable {
    case object([String: JSONValue])
    case array([JSONValue])
    case text(String)
    case number(String)
    /// `true`, `false` or `null`.
    case word(String)
}

/// Why a text is no JSON, and where; lines and columns count from 1, columns count bytes.
struct JSONProblem: Error, Equatable {
    let line: Int
    let column: Int
    let sentence: String
}

/// Reads JSON (RFC 8259) and says where it is wrong, which `JSONDecoder` does not.
///
/// A key that stands twice is refused: readers disagree on which of the two counts.
struct JSONReader {
    static let maxDepth = 64

    private let bytes: [UInt8]
    private var at = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func read(_ bytes: [UInt8]) throws(JSONProblem) -> JSONValue {
        var reader = JSONReader(bytes)
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { reader.at = 3 }
        let value = try reader.value(depth: 1)
        guard reader.next == nil else { throw reader.problem("nothing may follow the end") }
        return value
    }

    /// Whether the text is the beginning of a JSON text, cut off somewhere: nothing is wrong with what there is.
    static func endsEarly(_ bytes: [UInt8]) -> Bool {
        var reader = JSONReader(bytes)
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { reader.at = 3 }
        do throws(JSONProblem) {
            _ = try reader.value(depth: 1)
            return false
        } catch {
            // What is expected next would stand behind the last byte.
            let rest = bytes[min(reader.at, bytes.count)...]
            return rest.isEmpty || reader.isCut(rest)
        }
    }

    /// Whether the rest can be the beginning of something longer: of a word, of an escape.
    private func isCut(_ rest: ArraySlice<UInt8>) -> Bool {
        ["true", "false", "null"].contains { $0.utf8.starts(with: rest) }
            || (rest.count < 4 && rest.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit })
    }

    /// The next byte that is no blank; `nil` at the end.
    private var next: UInt8? {
        mutating get {
            while at < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[at]) { at += 1 }
            return at < bytes.count ? bytes[at] : nil
        }
    }

    private func problem(_ sentence: String) -> JSONProblem {
        let before = bytes[..<min(at, bytes.count)]
        let line = before.count { $0 == Ascii.newline } + 1
        let start = before.lastIndex(of: Ascii.newline).map { $0 + 1 } ?? 0
        return JSONProblem(line: line, column: before.count - start + 1, sentence: sentence)
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        guard depth <= JSONReader.maxDepth else { throw problem("nested too deep") }
        guard let first = next else { throw problem("the text ends too early") }
        switch first {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case Ascii.quote: return .text(try text())
        case Ascii.minus, Ascii.zero...UInt8(ascii: "9"): return .number(try number())
        default:
            for word in ["true", "false", "null"] where bytes[at...].starts(with: word.utf8) {
                at += word.utf8.count
                return .word(word)
            }
            throw problem("expected a value")
        }
    }

    private mutating func object(_ depth: Int) throws(JSONProblem) -> JSONValue {
        var members: [String: JSONValue] = [:]
        at += 1
        if next == UInt8(ascii: "}") {
            at += 1
            return .object([:])
        }
        while true {
            guard next == Ascii.quote else { throw problem("expected a key in quotes") }
            let start = at
            let key = try text()
            guard members[key] == nil else {
                at = start
                throw problem("the key `\(RowText.shown(key))` stands twice")
            }
            guard next == UInt8(ascii: ":") else { throw problem("expected `:`") }
            at += 1
            members[key] = try value(depth: depth + 1)
            if try isAtEnd(UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func array(_ depth: Int) throws(JSONProblem) -> JSONValue {
        var items: [JSONValue] = []
        at += 1
        if next == UInt8(ascii: "]") {
            at += 1
            return .array([])
        }
        while true {
            items.append(try value(depth: depth + 1))
            if try isAtEnd(UInt8(ascii: "]")) { return .array(items) }
        }
    }

    /// Takes the comma between two members (`false`) or the end of them (`true`).
    private mutating func isAtEnd(_ end: UInt8) throws(JSONProblem) -> Bool {
        let found = next
        guard found == end || found == Ascii.comma else {
            throw problem("expected `,` or `\(Character(Unicode.Scalar(end)))`")
        }
        at += 1
        return found == end
    }

    private mutating func number() throws(JSONProblem) -> String {
        let start = at
        while at < bytes.count, "+-.0123456789Ee".utf8.contains(bytes[at]) { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func text() throws(JSONProblem) -> String {
        at += 1
        var content: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            if byte == Ascii.quote {
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw problem("the text is not UTF-8")
                }
                at += 1
                return text
            }
            guard byte >= 0x20 else { throw problem("a text must end on its line") }
            at += 1
            if byte == UInt8(ascii: "\\") {
                content += Array(String(try escaped()).utf8)
            } else {
                content.append(byte)
            }
        }
        throw problem("a text is not closed")
    }

    private mutating func escaped() throws(JSONProblem) -> Unicode.Scalar {
        guard at < bytes.count else { throw problem("a text is not closed") }
        let sign = bytes[at]
        at += 1
        switch sign {
        case Ascii.quote, UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(sign)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            // Characters beyond 16 bits are written as two halves.
            if (0xd800...0xdbff).contains(code), bytes[at...].starts(with: "\\u".utf8) {
                at += 2
                let low = try hexadecimal()
                guard (0xdc00...0xdfff).contains(low) else { throw problem("half a character") }
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw problem("half a character") }
            return scalar
        default:
            at -= 1
            throw problem("no such escape")
        }
    }

    private mutating func hexadecimal() throws(JSONProblem) -> UInt32 {
        let digits = bytes[at...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw problem("expected four hexadecimal digits") }
        at += 4
        return code
    }
}
