/// Why `Chunk.split` stopped.
enum SplitEnd {
    /// The batch is full.
    case full
    /// What is left is not a whole row.
    case incomplete
}

/// Splits bytes into rows and fields: RFC 4180, in one pass over eight bytes at a time.
///
/// Tolerated: LF or CRLF as line break, both in one file; line breaks and doubled quotes inside quoted fields;
/// empty lines, which are skipped; a last row without a line break. A quote inside an unquoted field and text
/// after a closing quote mark the row.
extension Chunk {
    func split(into batch: RowBatch) -> SplitEnd {
        let base = UnsafeRawPointer(bytes)
        let width = batch.width
        let spans = batch.spans
        var row = 0
        var rowStart = position
        var rowLine = line
        var nextLine = line
        var fieldStart = position
        var column = 0
        var state: RowState = []
        var at = position
        defer { batch.count = row }

        scan: while true {
            guard at < end else { break }
            var hits = Chunk.specials(base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let wordStart = at
            at += 8
            while hits != 0 {
                let hit = wordStart + hits.trailingZeroBitCount >> 3
                hits &= hits &- 1
                let byte = bytes[hit]
                if byte == Ascii.comma {
                    if column < width {
                        spans[row &* width &+ column] = FieldSpan(start: fieldStart, end: hit)
                    }
                    column += 1
                    fieldStart = hit + 1
                } else if byte == Ascii.newline {
                    let hasReturn = hit > fieldStart && bytes[hit - 1] == Ascii.carriageReturn
                    let fieldEnd = hasReturn ? hit - 1 : hit
                    nextLine += 1
                    if column == 0, fieldEnd == rowStart {
                        // An empty line.
                        rowStart = hit + 1
                    } else {
                        if column < width {
                            spans[row &* width &+ column] = FieldSpan(start: fieldStart, end: fieldEnd)
                        }
                        if column + 1 != width { state.insert(.wrongWidth) }
                        batch.close(
                            row, from: rowStart, to: fieldEnd, line: rowLine, state: state, fields: column + 1
                        )
                        row += 1
                        rowStart = hit + 1
                        if row == batch.capacity { break scan }
                    }
                    rowLine = nextLine
                    fieldStart = rowStart
                    column = 0
                    state = []
                } else if hit >= end {
                    break scan
                } else if byte == Ascii.quote {
                    guard hit == fieldStart else {
                        state.insert(.strayQuote)
                        continue
                    }
                    guard let field = quoted(from: hit) else { break scan }
                    // The span is written here; the comma or line break that follows closes the field itself.
                    nextLine += field.lineBreaks
                    if field.isClean {
                        if column < width { spans[row &* width &+ column] = field.span }
                        at = field.next
                        let isComma = bytes[at] == Ascii.comma
                        column += 1
                        if isComma {
                            at += 1
                            fieldStart = at
                        } else {
                            let lineEnd = bytes[at] == Ascii.carriageReturn ? at + 1 : at
                            nextLine += 1
                            if column != width { state.insert(.wrongWidth) }
                            batch.close(
                                row, from: rowStart, to: at, line: rowLine, state: state, fields: column)
                            row += 1
                            rowStart = lineEnd + 1
                            if row == batch.capacity { break scan }
                            rowLine = nextLine
                            at = rowStart
                            fieldStart = rowStart
                            column = 0
                            state = []
                        }
                    } else {
                        state.insert(.strayQuote)
                        at = field.next
                        // What follows is taken as it stands, up to the next comma or line break.
                        fieldStart = hit
                    }
                    continue scan
                }
            }
        }
        position = rowStart
        line = row == batch.capacity ? nextLine : rowLine
        return row == batch.capacity ? .full : .incomplete
    }

    /// The highest bit of each byte that is a comma or less than `#` (line breaks, quotes, NUL, blanks).
    @inline(__always)
    private static func specials(_ word: UInt64) -> UInt64 {
        let high: UInt64 = 0x8080_8080_8080_8080
        let below = (word | high) &- 0x2323_2323_2323_2323
        let comma = ((word ^ 0x2c2c_2c2c_2c2c_2c2c) | high) &- 0x0101_0101_0101_0101
        return ~(below & comma) & ~word & high
    }

    private struct Quoted {
        let span: FieldSpan
        /// The comma, line break or other byte after the closing quote.
        let next: Int
        let lineBreaks: Int
        /// Whether a comma or a line break follows the closing quote.
        let isClean: Bool
    }

    /// The quoted field that begins at the quote; `nil` when the chunk ends before it is clear how it ends.
    @inline(never)
    private func quoted(from quote: Int) -> Quoted? {
        var at = quote + 1
        var lineBreaks = 0
        var doubled = false
        while at < end {
            let byte = bytes[at]
            if byte == Ascii.newline {
                lineBreaks += 1
            } else if byte == Ascii.quote {
                guard at + 1 < end else { return nil }
                if bytes[at + 1] == Ascii.quote {
                    doubled = true
                    at += 1
                } else {
                    let next = at + 1
                    if bytes[next] == Ascii.carriageReturn, next + 1 >= end { return nil }
                    let isClean =
                        bytes[next] == Ascii.comma || bytes[next] == Ascii.newline
                        || (bytes[next] == Ascii.carriageReturn && bytes[next + 1] == Ascii.newline)
                    let span = FieldSpan(start: quote + 1, end: at, hasDoubledQuotes: doubled)
                    return Quoted(span: span, next: next, lineBreaks: lineBreaks, isClean: isClean)
                }
            }
            at += 1
        }
        return nil
    }
}

extension RowBatch {
    @inline(__always)
    fileprivate func close(_ row: Int, from start: Int, to end: Int, line: Int, state: RowState, fields: Int)
    {
        starts[row] = UInt32(truncatingIfNeeded: start)
        ends[row] = UInt32(truncatingIfNeeded: end)
        lines[row] = line
        states[row] = state
        if state.contains(.wrongWidth) {
            blank(row, from: fields)
            if endsWithLastValue, fields < width { states[row].remove(.wrongWidth) }
        }
    }

    /// Fields that the row does not have are blank.
    @inline(never)
    private func blank(_ row: Int, from column: Int) {
        fieldCount = column
        for column in min(column, width)..<width {
            spans[row * width + column] = FieldSpan(start: Int(ends[row]), end: Int(ends[row]))
        }
    }
}
