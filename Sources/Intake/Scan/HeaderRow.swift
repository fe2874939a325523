import Evaluation

/// One of the first rows of a file, which may be its header.
struct HeaderRow {
    let texts: [String]
    /// Where each text begins in the unpacked file.
    let bytes: [Int]
    let line: Int
    /// How many rows stand above it, and the line of the first.
    var titleRows = 0
    var firstLine = 0

    /// The header: the first row with at least half of the contract's columns, so that a title that happens to hold one
    /// of them is none. Where there is no such row, the one that comes nearest is judged, and will be refused.
    static func find(
        in chunk: Chunk, _ names: HeaderNames, log: inout FindingLog
    ) throws(Damage) -> HeaderRow? {
        let batch = RowBatch(width: Header.maxColumns + 1, capacity: 1)
        var best: (row: HeaderRow, known: Int)?
        var refused: FindingLog?
        var firstLine = 0
        for above in 0...(names.allowsTitles ? Header.maxTitleRows : 0) {
            var own = log
            guard try split(chunk, into: batch, log: &own) else {
                if refused == nil { refused = own }
                break
            }
            if above == 0 { firstLine = batch.lines[0] }
            if var row = read(batch, in: chunk, log: &own) {
                row.titleRows = above
                row.firstLine = firstLine
                let known = row.texts.count { names.meaning(of: $0).isKnown }
                if known * 2 >= names.count { return row }
                if known > best?.known ?? 0 { best = (row, known) }
                if known == 0 { own.add(.headerUnknown, line: row.line) }
            }
            if refused == nil { refused = own }
        }
        if let best { return best.row }
        if let refused { log = refused }
        return nil
    }

    /// Whether there is one more row; otherwise the reason is in the log.
    private static func split(_ chunk: Chunk, into batch: RowBatch, log: inout FindingLog) throws(Damage)
        -> Bool
    {
        while chunk.split(into: batch) == .incomplete {
            if chunk.isLast {
                let isOpen = chunk.position < chunk.end
                log.add(isOpen ? .quoteUnclosed : .fileEmpty, line: isOpen ? chunk.line : 0)
                return false
            }
            guard try chunk.refill() else {
                log.add(.rowTooLong, line: chunk.line)
                return false
            }
        }
        return true
    }

    private static func read(_ batch: RowBatch, in chunk: Chunk, log: inout FindingLog) -> HeaderRow? {
        let line = batch.lines[0]
        // A missing field is blank at the end of the row; the header ends with its last real field.
        let width = batch.fieldCount
        guard batch.states[0].contains(.wrongWidth), width <= Header.maxColumns else {
            log.add(.columnsTooMany(limit: Header.maxColumns), line: line)
            return nil
        }
        guard !batch.states[0].contains(.strayQuote) else {
            log.add(.quoteStray, line: line)
            return nil
        }
        var texts: [String] = []
        var bytes: [Int] = []
        for column in 0..<width {
            let span = batch.span(0, column)
            let byte = chunk.fileOffset(at: Int(span.start))
            guard let text = String(validating: span.content(in: chunk.bytes), as: UTF8.self) else {
                log.add(chunk.encoding == .utf8 ? .textNotUtf8 : .textNotGb18030, line: line, byte: byte)
                return nil
            }
            texts.append(text)
            bytes.append(byte)
        }
        return HeaderRow(texts: texts, bytes: bytes, line: line)
    }
}

/// The headers that a contract knows, and what each of them means.
struct HeaderNames {
    struct Meaning {
        /// Index of the field of the contract.
        var field: Int?
        /// The column's unit is ten to this power of the contract's.
        var power = 0
        var isPersonal = false
        /// What the header has that the contract's own has not.
        var used: Leniencies = []
        var isKnown: Bool { field != nil || isPersonal }
    }

    let allowsTitles: Bool
    /// Number of columns that a header has.
    let count: Int
    private let allowsForms: Bool
    private var meanings: [String: Meaning] = [:]
    /// By what is left of a header without blanks and widths.
    private var forms: [String: Meaning] = [:]

    init(_ contract: FeedContract) {
        allowsTitles = contract.leniencies.contains(.titleRows)
        allowsForms = contract.leniencies.contains(.headers)
        count = contract.fields.count
        for (index, field) in contract.fields.enumerated() {
            add(field.header, Meaning(field: index))
            for alias in field.aliases {
                let used: Leniencies = alias.power == 0 ? .headers : .units
                add(alias.header, Meaning(field: index, power: alias.power, used: used))
            }
        }
        for header in contract.personalHeaders { add(header, Meaning(isPersonal: true)) }
    }

    private mutating func add(_ header: String, _ meaning: Meaning) {
        meanings[header] = meaning
        forms[ExactForm.header(header)] = meaning
    }

    func meaning(of text: String) -> Meaning {
        if let known = meanings[text] { return known }
        guard allowsForms, var known = forms[ExactForm.header(text)] else { return Meaning() }
        known.used.insert(.headers)
        return known
    }
}

extension FeedField {
    /// The field of a column whose unit is ten to the power of the contract's: with so many decimals more, the scaled
    /// value is the same number.
    func delivered(in power: Int) -> FeedField {
        guard power != 0, case .decimal(let places) = kind else { return self }
        var field = self
        field.kind = .decimal(places + power)
        return field
    }
}
