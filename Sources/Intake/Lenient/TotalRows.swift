import Evaluation

/// A row that states totals (合计, 小计, 总计) instead of data.
struct TotalRow: Sendable {
    let line: Int
    /// One per field of the contract: what a decimal states, or a blank.
    let values: [Int64]

    /// More of them than this are not compared.
    static let maxCompared = 10_000

    private static let words: Set<String> = ["合计", "小计", "总计", "本页合计", "本页小计"]

    /// Whether a text, without blanks and a colon behind it, says that its row holds totals.
    static func isTotal(_ content: UnsafeBufferPointer<UInt8>) -> Bool {
        guard content.count >= 6, content.count <= 40 else { return false }
        var text = ExactForm.header(String(decoding: content, as: UTF8.self))
        if text.last == "：" || text.last == ":" { text.removeLast() }
        return words.contains(text)
    }
}

extension FileReader {
    /// Marks the rows whose first filled field says that they hold totals and that name no firm; they are rows of the
    /// file and not of the feed. Only rows with a flaw or without a firm are looked at: a row of totals has no code.
    mutating func takeTotalRows() {
        let firms = plan.firmFields.isEmpty ? nil : decoded.firms(0)
        for row in 0..<batch.count {
            let isSuspicious = batch.states[row].contains(.badField) || firms?[row] == -1
            guard isSuspicious, isTotalRow(row) else { continue }
            batch.states[row] = .total
            outcome.rows -= 1
            var values: [Int64] = []
            for field in header.fields.indices {
                let cells = decoded.column(field)
                guard case .decimal = header.fields[field].kind else {
                    values.append(Int64.blank)
                    continue
                }
                values.append(Flaw.isFlaw(cells[row]) ? Int64.blank : cells[row])
                // Not to be added to the sums of the rows.
                cells[row] = Int64.blank
            }
            if totalRows.count < TotalRow.maxCompared {
                totalRows.append(TotalRow(line: batch.lines[row], values: values))
            }
            mender?.noteTotalRow(row, of: batch)
        }
    }

    private func isTotalRow(_ row: Int) -> Bool {
        guard batch.states[row].isDisjoint(with: [.wrongWidth, .strayQuote]) else { return false }
        for column in 0..<header.width {
            let span = batch.delivered(row, column)
            let content = UnsafeBufferPointer(start: chunk.bytes + Int(span.start), count: span.count)
            // Most rows with a flaw begin with an ASCII code.
            guard let first = content.first(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
            return first >= 0x80 && TotalRow.isTotal(content) && !namesFirm(row)
        }
        return false
    }

    private func namesFirm(_ row: Int) -> Bool {
        header.fields.indices.contains { field in
            header.fields[field].kind == .creditCode && !decoded.column(field)[row].isMissing
        }
    }

    /// Compares what rows of totals state with the rows above them, in a second reading: sums of all columns would
    /// cost every file, and few have such rows.
    mutating func compareTotalRows() throws(Damage) {
        let stated = totalRows.filter { row in row.values.contains { !$0.isMissing } }
        guard !stated.isEmpty else { return }
        let chunk = try Chunk(file.open(), encoding: file.encoding)
        try chunk.begin()
        var unused = FindingLog(feed: "", delivery: "", file: "")
        guard let header = try Header(chunk, contract: plan.contract, log: &unused) else { return }
        let rows = Dictionary(stated.map { ($0.line, $0.values) }, uniquingKeysWith: { first, _ in first })
        let all = Set(totalRows.map(\.line))
        let batch = RowBatch(
            width: header.width, capacity: batch.capacity, endsWithLastValue: batch.endsWithLastValue)
        let decoded = DecodedRows(fields: header.fields.count, slots: 0, capacity: batch.capacity)
        let mender = FieldMender(plan.contract.leniencies, header, chunk)
        var sums = header.fields.indices.compactMap { field -> RunningSum? in
            guard case .decimal(let places) = header.fields[field].kind else { return nil }
            return RunningSum(
                field: field, places: places,
                decoder: ColumnDecoder(header, field: field, dictionary: nil, scan: nil))
        }
        while true {
            let end = chunk.split(into: batch)
            for index in sums.indices {
                sums[index].decoder.decode(
                    batch, in: chunk.bytes, into: decoded.column(sums[index].field), mender: mender)
            }
            for row in 0..<batch.count {
                if let values = rows[batch.lines[row]] {
                    for sum in sums where !sum.isEqual(values[sum.field]) {
                        let column = header.columns[sum.field]
                        let text = RowText.shown(header.texts[column])
                        outcome.log.add(
                            .totalRowDiffers(
                                text,
                                stated: ControlTotals.text(Int128(values[sum.field]), places: sum.places),
                                found: ControlTotals.text(sum.all, places: sum.places)),
                            line: batch.lines[row],
                            byte: chunk.fileOffset(at: chunk.start(of: batch.delivered(row, column))),
                            column: text
                        ) { header.masked(row, of: batch, in: chunk.bytes, limit: RowText.maxRow) }
                    }
                }
                let isTotal = all.contains(batch.lines[row])
                let isShifted = !batch.states[row].isDisjoint(with: [.wrongWidth, .strayQuote])
                for index in sums.indices {
                    sums[index].add(
                        decoded.column(sums[index].field)[row], isTotal: isTotal, isShifted: isShifted)
                }
            }
            if end == .full { continue }
            guard !chunk.isLast, try chunk.refill() else { return }
        }
    }
}

/// The sum of one column as far as a file has been read.
private struct RunningSum {
    let field: Int
    let places: Int
    var decoder: ColumnDecoder
    var all: Int128 = 0
    private var sinceTotal: Int128 = 0
    /// Whether some value could not be read, so that nothing can be compared.
    private var hasFlaw = false

    init(field: Int, places: Int, decoder: ColumnDecoder) {
        self.field = field
        self.places = places
        self.decoder = decoder
    }

    /// A total may be of everything above it or, as 小计 are, of the rows since the total before it.
    func isEqual(_ stated: Int64) -> Bool {
        stated.isMissing || hasFlaw || all == Int128(stated) || sinceTotal == Int128(stated)
    }

    mutating func add(_ value: Int64, isTotal: Bool, isShifted: Bool) {
        if isTotal {
            sinceTotal = 0
        } else if isShifted || Flaw.isFlaw(value) {
            hasFlaw = true
        } else if !value.isMissing {
            all += Int128(value)
            sinceTotal += Int128(value)
        }
    }
}
