import Synchronization

/// The texts of one field and the numbers that stand for them while feeds are read.
///
/// Numbers depend on the order of arrival and never leave Intake; see `Population.dictionaries` for the final ones.
final class TextDictionary: Sendable {
    private struct State {
        var ids: [[UInt8]: Int64] = [:]
        var texts: [[UInt8]] = []
    }

    private let state = Mutex(State())

    func id(of text: [UInt8]) -> Int64 {
        state.withLock { state in
            if let id = state.ids[text] { return id }
            let id = Int64(state.texts.count)
            state.ids[text] = id
            state.texts.append(text)
            return id
        }
    }

    func text(_ id: Int64) -> [UInt8] {
        state.withLock { $0.texts.indices.contains(Int(id)) ? $0.texts[Int(id)] : [] }
    }

    var texts: [[UInt8]] { state.withLock { $0.texts } }
}

/// One worker's view of a dictionary: finds known texts without a lock and without building a value.
struct TextIndex {
    private let dictionary: TextDictionary
    /// The only texts that may be entered; empty means any.
    private let allowed: [[UInt8]]
    private let scan: TextScan?
    private var bytes: [UInt8] = []
    private var entries: [(hash: UInt64, start: Int, count: Int, id: Int64)] = []
    /// Index into `entries` plus one.
    private var slots = [UInt32](repeating: 0, count: 64)

    init(_ dictionary: TextDictionary, allowed: [String], scan: TextScan? = nil) {
        self.dictionary = dictionary
        self.scan = scan
        self.allowed = allowed.map { Array($0.utf8) }
    }

    /// The number of the field's text, a blank or a flaw; `isExact` says that the text is in its exact form.
    mutating func id(_ base: UnsafePointer<UInt8>, _ span: FieldSpan, isExact: Bool = false) -> Int64 {
        let count = span.count
        let text = base + Int(span.start)
        if count == 0 || span.hasDoubledQuotes { return enter(base, span, hash: nil, isExact) }
        let hash = Hash.bytes(text, count, seed: 0)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, entry.count == count, isEqual(text, entry.start, count) { return entry.id }
            slot = (slot + 1) & (slots.count - 1)
        }
        return enter(base, span, hash: hash, isExact)
    }

    @inline(__always)
    private func isEqual(_ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            for index in 0..<count where bytes[start &+ index] != text[index] { return false }
            return true
        }
    }

    @inline(never)
    private mutating func enter(
        _ base: UnsafePointer<UInt8>, _ span: FieldSpan, hash: UInt64?, _ isExact: Bool
    ) -> Int64 {
        let verdict = Decode.text(base, span)
        guard verdict == 0 else { return verdict }
        let content = span.content(in: base)
        if let scan, !isExact, scan.isInexact(content) { return Flaw.inexact.cell }
        guard allowed.isEmpty || allowed.contains(content) else { return Flaw.notAllowed.cell }
        let id = dictionary.id(of: content)
        guard let hash else { return id }
        entries.append((hash, bytes.count, content.count, id))
        bytes += content
        if entries.count * 2 > slots.count {
            slots = [UInt32](repeating: 0, count: slots.count * 2)
        } else {
            place(entries.count - 1)
            return id
        }
        for index in entries.indices { place(index) }
        return id
    }

    private mutating func place(_ index: Int) {
        var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
}
