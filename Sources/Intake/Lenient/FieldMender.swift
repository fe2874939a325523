import Evaluation

/// Takes fields of one file that the exact decoders refuse, where the contract's leniencies let it.
///
/// The slow path: nothing here is reached by a field that is written exactly.
final class FieldMender {
    let allowed: Leniencies
    let header: Header
    let chunk: Chunk
    private(set) var counts = LeniencyCounts()
    /// How many texts and codes have been replaced by their exact form.
    private(set) var replaced = 0
    private let out: UnsafeMutablePointer<UInt8>
    /// Longer fields are no numbers and no days, whatever their width.
    private static let maxNumber = 200

    init(_ allowed: Leniencies, _ header: Header, _ chunk: Chunk) {
        self.allowed = allowed
        self.header = header
        self.chunk = chunk
        out = .allocate(capacity: FieldMender.maxNumber * 3 + Chunk.padding)
        out.initialize(repeating: 0, count: FieldMender.maxNumber * 3 + Chunk.padding)
        counts = header.leniencies
    }

    deinit { out.deallocate() }

    /// The cell of a decimal, month, year or day that was refused; a better founded refusal when it still is none.
    func number(
        _ field: Int, _ row: Int, of batch: RowBatch, _ cell: Int64,
        decode: (UnsafePointer<UInt8>, FieldSpan) -> Int64
    ) -> Int64 {
        let span = batch.delivered(row, header.columns[field])
        guard span.count > 0, span.count <= FieldMender.maxNumber else { return cell }
        let kind = header.fields[field].kind
        if case .decimal = kind, !hasSigns(span) { return cell }
        let result = withContent(of: span) { content in
            if case .decimal(let places) = kind {
                return ExactForm.decimal(content, allowed, places: places, into: out)
            }
            return ExactForm.time(content, allowed, kind, into: out)
        }
        guard !result.used.isEmpty else { return cell }
        let mended = decode(out, FieldSpan(start: 0, end: result.count))
        if !Flaw.isFlaw(mended) { note(result.used, field, row, batch) }
        return mended
    }

    /// The cell of a code or text whose exact form takes the place of what was delivered, when they differ.
    func text(
        _ field: Int, _ row: Int, of batch: RowBatch, decode: (UnsafePointer<UInt8>, FieldSpan) -> Int64
    ) -> Int64 {
        let column = header.columns[field]
        let span = batch.delivered(row, column)
        guard span.count > 0, let room = chunk.roomForExact(span.count * 3 + 32) else {
            return decode(chunk.bytes, span)
        }
        let result = withContent(of: span) { content in
            header.fields[field].kind == .creditCode
                ? ExactForm.code(content, allowed, into: room)
                : ExactForm.text(content, allowed, header.fields[field].brackets, into: room)
        }
        guard !result.used.isEmpty else { return decode(chunk.bytes, span) }
        let exact = chunk.keepExact(result.count)
        let cell = decode(chunk.bytes, exact)
        if !Flaw.isFlaw(cell) {
            batch.replace(row, column, by: exact)
            replaced += 1
            note(result.used, field, row, batch)
        }
        return cell
    }

    /// Whether a number has anything but letters and digits: without it, no leniency concerns it.
    private func hasSigns(_ span: FieldSpan) -> Bool {
        UnsafeBufferPointer(start: chunk.bytes + Int(span.start), count: span.count)
            .contains { $0 >= 0x80 || $0 < Ascii.zero }
    }

    private func withContent<T>(of span: FieldSpan, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        guard span.hasDoubledQuotes else {
            return body(UnsafeBufferPointer(start: chunk.bytes + Int(span.start), count: span.count))
        }
        return span.content(in: chunk.bytes).withUnsafeBufferPointer(body)
    }

    private func note(_ used: Leniencies, _ field: Int, _ row: Int, _ batch: RowBatch) {
        let column = header.columns[field]
        counts.add(used, line: batch.lines[row]) {
            (
                chunk.fileOffset(at: chunk.start(of: batch.delivered(row, column))), header.texts[column],
                header.masked(row, of: batch, in: chunk.bytes, limit: RowText.maxRow)
            )
        }
    }

    /// Notes a row that holds totals.
    func noteTotalRow(_ row: Int, of batch: RowBatch) {
        counts.add(.totalRows, line: batch.lines[row]) {
            (
                chunk.fileOffset(at: Int(batch.starts[row])), "",
                header.masked(row, of: batch, in: chunk.bytes, limit: RowText.maxRow)
            )
        }
    }
}
