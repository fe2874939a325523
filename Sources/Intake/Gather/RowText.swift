extension Header {
    /// The row as delivered with personal columns masked, cut at `limit` bytes; empty where a row with shifted
    /// columns could show what must be masked.
    func masked(_ row: Int, of batch: RowBatch, in bytes: UnsafePointer<UInt8>, limit: Int) -> String {
        let start = Int(batch.starts[row])
        let end = Int(batch.ends[row])
        guard end > start else { return "" }
        if personal.isEmpty {
            return RowText.cut(Array(UnsafeBufferPointer(start: bytes + start, count: end - start)), limit)
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
        return RowText.cut(text, limit)
    }
}

/// What was delivered, as findings and `explain` show it.
enum RowText {
    /// A value inside a sentence: at most 60 bytes, and no control characters, which could end a line or more.
    static func shown(_ bytes: [UInt8]) -> String {
        let text = cut(bytes, 60)
        let printable = text.unicodeScalars.filter { $0.properties.generalCategory != .control }
        return String(String.UnicodeScalarView(printable)) + (bytes.count > 60 ? "…" : "")
    }

    static func shown(_ text: String) -> String { shown(Array(text.utf8)) }

    /// At most `limit` bytes, cut between characters; bytes that are no UTF-8 are shown as U+FFFD.
    static func cut(_ bytes: [UInt8], _ limit: Int) -> String {
        guard bytes.count > limit else { return String(decoding: bytes, as: UTF8.self) }
        var end = limit
        while end > 0, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
