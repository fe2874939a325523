extension Header {
    /// The row as delivered with personal columns masked, cut at `limit` bytes; empty where a row with shifted
    /// columns could show what must be masked.
    func masked(_ row: Int, of batch: RowBatch, in bytes: UnsafePointer<UInt8>, limit: Int) -> String {
        let start = Int(batch.starts[row])
        let end = Int(batch.ends[row])
        guard end > start else { return "" }
        if personal.isEmpty {
            return RowText.row(Array(UnsafeBufferPointer(start: bytes + start, count: end - start)), limit)
        }
        guard batch.states[row].isDisjoint(with: [.wrongWidth, .strayQuote]) else { return "" }
        var text: [UInt8] = []
        var at = start
        for column in personal.sorted() {
            let span = batch.span(row, column)
            guard Int(span.start) >= at, Int(span.end) <= end else { continue }
            text += UnsafeBufferPointer(start: bytes + at, count: Int(span.start) - at)
            text += Array("***".utf8)
            at = Int(span.end)
        }
        text += UnsafeBufferPointer(start: bytes + at, count: end - at)
        return RowText.row(text, limit)
    }
}

/// What was delivered, as findings and `explain` show it.
///
/// Control characters are shown as symbols (`␛`), so that nothing that was delivered can steer a terminal.
enum RowText {
    /// So many bytes of a row are kept with a finding.
    static let maxRow = 500

    /// A value inside a sentence: one line of at most 60 bytes.
    static func shown(_ bytes: [UInt8]) -> String {
        let text = visible(cut(bytes, 60), keeping: [])
        let isCut = bytes.count > 60 || text.utf8.count > 60
        return cut(Array(text.utf8), 60) + (isCut ? "…" : "")
    }

    static func shown(_ text: String) -> String { shown(Array(text.utf8)) }

    /// A row of at most `limit` bytes; tabs, and line breaks inside quotes, stay.
    static func row(_ bytes: [UInt8], _ limit: Int) -> String {
        cut(Array(visible(cut(bytes, limit), keeping: ["\t", "\n"]).utf8), limit)
    }

    /// At most `limit` bytes, cut between characters; bytes that are no UTF-8 are shown as U+FFFD.
    private static func cut(_ bytes: [UInt8], _ limit: Int) -> String {
        guard bytes.count > limit else { return String(decoding: bytes, as: UTF8.self) }
        var end = limit
        while end > 0, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// Control characters as their symbols (U+2400 and after); those beyond ASCII, which have none, as U+FFFD.
    private static func visible(_ text: String, keeping kept: Set<Unicode.Scalar>) -> String {
        // Nearly all texts: without a byte that could be of a control character (C2 leads those beyond ASCII).
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f && $0 != 0xc2 }) { return text }
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if kept.contains(scalar) || scalar.properties.generalCategory != .control {
                shown.append(scalar)
            } else {
                let symbol =
                    scalar.value < 0x20 ? 0x2400 + scalar.value : scalar.value == 0x7f ? 0x2421 : 0xfffd
                shown.append(Unicode.Scalar(symbol) ?? "\u{fffd}")
            }
        }
        return String(shown)
    }
}
