import Evaluation

/// Where the rows of a file go.
enum FileSink: Sendable {
    case registry(RegistryTotals)
    case feed(FeedTotals, LinkBook)

    var plan: FeedPlan {
        switch self {
        case .registry(let totals): totals.plan
        case .feed(let totals, _): totals.plan
        }
    }

    /// Hashes of meters and certificates whose rows are held until all are read.
    var anchors: Set<UInt64> {
        switch self {
        case .registry: []
        case .feed(let totals, let book):
            totals.plan.contract.links.divided.isEmpty
                ? totals.anchors : totals.anchors.union(book.shares.hashes)
        }
    }

    var suspects: Set<UInt64>? {
        switch self {
        case .registry(let totals): totals.suspects
        case .feed(let totals, _): totals.suspects
        }
    }
}

/// Reads one file from its first to its last byte, batch by batch, and adds its rows to the sink.
struct FileReader {
    let index: Int
    let file: SurveyedFile
    let plan: FeedPlan
    let sink: FileSink
    let chunk: Chunk
    let header: Header
    let batch: RowBatch
    let decoded: DecodedRows
    /// Takes what is not written exactly; `nil` where the contract has no leniencies.
    let mender: FieldMender?
    var decoders: [ColumnDecoder?]
    var outcome: FileOutcome
    var control: ControlTotals
    /// Rows of totals, which are compared with the sums at the end.
    var totalRows: [TotalRow] = []
    var guess = 0
    // Memory of the current batch, kept for the next.
    private var accepted: [Int32] = []
    private var bits: [UInt16] = []
    private var hashes: [UInt64] = []
    private var selected: [[Int32]]
    var poisoned: [(slot: Int, firm: Int32)] = []
    /// Codes that are waived for this file.
    let waived: Set<String>
    private var refused: [Int32] = []
    var held: [HeldRow] = []
    let anchors: Set<UInt64>
    /// Meters and certificates of rows without a code: other rows may know their firms.
    var awaiting: Set<UInt64> = []
    /// Of the current batch, rows whose code alone leads to no firm.
    var linked: [LinkedRow] = []
    /// Rows of the current batch that count for no firm, though nothing else is wrong with them.
    var withoutFirm: [Int32] = []

    /// `readSize` and `rowsPerBatch` are small in tests, so that every boundary falls everywhere.
    static func read(
        _ file: SurveyedFile, index: Int, into sink: FileSink, readSize: Int = 256 << 10,
        rowsPerBatch: Int = 2048
    ) -> FileOutcome {
        let plan = sink.plan
        var log = FindingLog(feed: plan.contract.name, delivery: file.delivery, file: file.path)
        do throws(Damage) {
            let chunk = try Chunk(file.open(), encoding: file.encoding, readSize: readSize)
            try chunk.begin()
            let empty = log
            guard let header = try Header(chunk, contract: plan.contract, log: &log) else {
                let other = try EncodingTrial.other(
                    than: file.encoding, contract: plan.contract, open: file.open)
                var outcome = FileOutcome(log: other == nil ? log : empty)
                if let other {
                    outcome.refuse(.encodingDiffers(found: other.name, declared: file.encoding.name), file)
                } else {
                    outcome.refuseHeader(file)
                }
                return outcome
            }
            var reader = FileReader(file, index, sink, chunk, header, log, rowsPerBatch)
            do throws(Damage) {
                try reader.readRows()
            } catch {
                reader.outcome.stop(error, file)
            }
            return reader.outcome
        } catch {
            var outcome = FileOutcome(log: log)
            outcome.stop(error, file)
            return outcome
        }
    }

    private init(
        _ file: SurveyedFile, _ index: Int, _ sink: FileSink, _ chunk: Chunk, _ header: Header,
        _ log: FindingLog,
        _ rowsPerBatch: Int
    ) {
        self.file = file
        self.index = index
        self.sink = sink
        self.chunk = chunk
        self.header = header
        plan = sink.plan
        anchors = sink.anchors
        batch = RowBatch(
            width: header.width, capacity: rowsPerBatch, endsWithLastValue: file.container == .xlsx)
        decoded = DecodedRows(
            fields: plan.contract.fields.count, slots: plan.firmFields.count, capacity: rowsPerBatch)
        let leniencies = plan.contract.leniencies
        mender = leniencies.isEmpty ? nil : FieldMender(leniencies, header, chunk)
        decoders = plan.contract.fields.indices.map { [plan] field in
            // A firm's code is looked up instead; only a code that is not found is decoded.
            if plan.firmFields.contains(field), plan.dictionaries[field] == nil { return nil }
            return ColumnDecoder(
                header, field: field, dictionary: plan.dictionaries[field], scan: plan.scan(field))
        }
        outcome = FileOutcome(log: log)
        control = ControlTotals(file, plan.contract)
        waived = plan.waivedCodes(file)
        selected = Array(repeating: [], count: plan.selections.count)
    }

    private mutating func readRows() throws(Damage) {
        while true {
            let end = chunk.split(into: batch)
            process()
            if end == .full { continue }
            if chunk.isLast {
                if chunk.position < chunk.end {
                    outcome.refuse(
                        .quoteUnclosed, file, line: chunk.line, byte: chunk.fileOffset(at: chunk.position))
                    return
                }
                break
            }
            guard try chunk.refill() else {
                outcome.refuse(
                    .rowTooLong, file, line: chunk.line, byte: chunk.fileOffset(at: chunk.position))
                return
            }
        }
        if outcome.rows == 0 { outcome.log.add(.fileHasNoRows) }
        if !awaiting.isEmpty, case .feed(let totals, _) = sink { totals.note(awaited: awaiting) }
        control.compare(with: &outcome, file)
        outcome.totals = control.figures
        mender?.counts.report(to: &outcome.log)
        try compareTotalRows()
    }

    private mutating func process() {
        guard batch.count > 0 else { return }
        for field in decoders.indices {
            decoders[field]?.decode(batch, in: chunk.bytes, into: decoded.column(field), mender: mender)
        }
        if case .feed(_, let book) = sink { lookUp(book) }
        if plan.contract.leniencies.contains(.totalRows) { takeTotalRows() }
        outcome.rows += batch.count
        control.add(decoded, batch)
        accepted.removeAll(keepingCapacity: true)
        bits.removeAll(keepingCapacity: true)
        poisoned.removeAll(keepingCapacity: true)
        refused.removeAll(keepingCapacity: true)
        held.removeAll(keepingCapacity: true)
        judge()
        computeHashes()
        holdBack()
        outcome.accepted += accepted.count
        if !linked.isEmpty { logLinks(accepted) }
        switch sink {
        case .registry(let totals):
            noteSuccessors(totals)
            totals.add(
                accepted, refused: refused, of: batch, decoded, columns: header.columns, in: chunk.bytes,
                held: held)
        case .feed(let totals, _):
            totals.select(accepted, of: decoded, count: batch.count, into: &selected)
            totals.add(
                decoded, selected: selected, poisoned: poisoned, rows: accepted, hashes: hashes, bits: bits,
                guess: &guess, held: held)
        }
    }

    private mutating func lookUp(_ book: LinkBook) {
        linked.removeAll(keepingCapacity: true)
        withoutFirm.removeAll(keepingCapacity: true)
        for (slot, field) in plan.firmFields.enumerated() {
            let firms = decoded.firms(slot)
            book.table.look(up: header.columns[field], of: batch, in: chunk.bytes, into: firms)
            let cells = decoded.column(field)
            let isDecoded = decoders[field] != nil
            if !isDecoded, let mender {
                // Codes that are put into their exact form find their firms only then.
                let replaced = mender.replaced
                for row in 0..<batch.count where firms[row] == -2 { mend(code: field, row, mender) }
                if mender.replaced > replaced {
                    book.table.look(up: header.columns[field], of: batch, in: chunk.bytes, into: firms)
                }
            }
            for row in 0..<batch.count {
                if firms[row] < 0 {
                    findElsewhere(row, slot: slot, field: field, isDecoded: isDecoded, book)
                } else if !isDecoded {
                    cells[row] = 0
                }
            }
        }
    }

    /// Puts a code that no firm has into its exact form, where that is a code.
    @inline(never)
    private func mend(code field: Int, _ row: Int, _ mender: FieldMender) {
        guard Decode.creditCode(chunk.bytes, batch.span(row, header.columns[field])) == Flaw.malformed.cell,
            batch.states[row].isDisjoint(with: [.wrongWidth, .strayQuote])
        else { return }
        _ = mender.text(field, row, of: batch) { Decode.creditCode($0, $1) }
    }

    /// Decides row by row: unused, refused, or accepted.
    private mutating func judge() {
        let periods = plan.contract.period.map { decoded.column($0) }
        let slots = plan.firmFields.count
        for row in 0..<batch.count {
            if batch.states[row].contains(.total) { continue }
            var bit: UInt16 = 1
            if let periods, !periods[row].isMissing {
                let period = Int(periods[row])
                if !isInsideDelivery(period) {
                    batch.states[row].insert(.badField)
                } else {
                    bit = bitIfCounted(period)
                    if bit == 0 {
                        outcome.unused += 1
                        continue
                    }
                }
            }
            if !batch.states[row].isDisjoint(with: .refused) {
                refuse(row)
                if let row = refusedRow(row) { held.append(row) }
                refused.append(Int32(truncatingIfNeeded: row))
                continue
            }
            if slots == 0 {
                checkOrganisation(row, field: plan.contract.key.first)
            } else {
                var hasFirm = false
                var isComplete = true
                for slot in 0..<slots {
                    if decoded.firms(slot)[row] >= 0 { hasFirm = true } else { isComplete = false }
                }
                if !hasFirm, waits(row) {
                    held.append(heldRow(row))
                    continue
                }
                if !isComplete { noteFirms(row, hasFirm: hasFirm) }
                if !hasFirm {
                    outcome.unused += 1
                    withoutFirm.append(Int32(truncatingIfNeeded: row))
                    continue
                }
            }
            accepted.append(Int32(truncatingIfNeeded: row))
            bits.append(bit)
        }
    }

    func isInsideDelivery(_ period: Int) -> Bool {
        guard let own = file.period else { return true }
        return plan.periodIsMonth
            ? own.contains(period) : own.lowerBound / 12 <= period && period <= own.upperBound / 12
    }

    /// The bit of the period among those that count; 0 when it does not count.
    @inline(__always)
    private func bitIfCounted(_ period: Int) -> UInt16 {
        switch file.counting {
        case .all: return 1
        case .months(let mask):
            let month = period - plan.dataYear * 12
            return month >= 0 && month < 12 ? mask & (1 << UInt16(truncatingIfNeeded: month)) : 0
        case .dataYear: return period == plan.dataYear ? 1 : 0
        }
    }

    private mutating func computeHashes() {
        hashes.removeAll(keepingCapacity: true)
        switch plan.key {
        case .firm(let slot):
            let firms = decoded.firms(slot)
            for row in accepted { hashes.append(UInt64(truncatingIfNeeded: Int(firms[Int(row)]))) }
        case .fields(let fields):
            if plan.isRegistry {
                guard sink.suspects != nil, let code = fields.first else { return }
                let column = header.columns[code]
                for row in accepted {
                    hashes.append(FirmKey(chunk.bytes + Int(batch.span(Int(row), column).start)).hash)
                }
                return
            }
            for row in accepted { hashes.append(hash(of: Int(row), fields)) }
        }
    }

    private func hash(of row: Int, _ fields: [Int]) -> UInt64 {
        var hash = Hash.ofKeys
        for field in fields {
            // Rows of one firm have one key, whatever code they stand on.
            if let slot = plan.firmFields.firstIndex(of: field), decoded.firms(slot)[row] >= 0 {
                hash = Hash.mix(hash, UInt64(truncatingIfNeeded: Int(decoded.firms(slot)[row])) | 1 << 63)
                continue
            }
            switch plan.contract.fields[field].kind {
            case .decimal, .month, .year, .date:
                hash = Hash.mix(hash, UInt64(bitPattern: decoded.column(field)[row]))
            case .creditCode, .category, .text:
                let span = batch.span(row, header.columns[field])
                if span.hasDoubledQuotes {
                    let content = span.content(in: chunk.bytes)
                    hash = content.withUnsafeBufferPointer { content in
                        content.baseAddress.map { Hash.bytes($0, content.count, seed: hash) } ?? hash
                    }
                } else {
                    hash = Hash.bytes(chunk.bytes + Int(span.start), span.count, seed: hash)
                }
            }
        }
        return hash
    }

    /// Takes rows whose key may be repeated out of the accepted ones.
    private mutating func holdBack() {
        let suspects = sink.suspects ?? []
        guard plan.holdsAll || !suspects.isEmpty || !anchors.isEmpty else { return }
        var kept = 0
        for index in accepted.indices {
            let row = Int(accepted[index])
            if plan.holdsAll || suspects.contains(Hash.mix(hashes[index], UInt64(bits[index])))
                || !anchors.isEmpty && isAwaited(row)
            {
                held.append(heldRow(row))
            } else {
                accepted[kept] = accepted[index]
                hashes[kept] = hashes[index]
                bits[kept] = bits[index]
                kept += 1
            }
        }
        accepted.removeSubrange(kept...)
        hashes.removeSubrange(kept...)
        bits.removeSubrange(kept...)
    }

    /// Firms that the registry says others carry on.
    private mutating func noteSuccessors(_ totals: RegistryTotals) {
        guard let field = totals.successorField, let code = plan.contract.key.first else { return }
        let cells = decoded.column(field)
        for row in accepted where !cells[Int(row)].isMissing {
            let row = Int(row)
            outcome.successors.append(
                Successors.Statement(
                    firm: FirmKey(chunk.bytes + Int(batch.span(row, header.columns[code]).start)),
                    successor: FirmKey(chunk.bytes + Int(batch.span(row, header.columns[field]).start)),
                    file: index,
                    line: batch.lines[row], byte: chunk.fileOffset(at: Int(batch.starts[row]))))
        }
    }

    func heldRow(_ row: Int) -> HeldRow {
        var fields: [[UInt8]] = []
        var values: [Int64] = []
        for (field, description) in plan.contract.fields.enumerated() {
            let value = decoded.column(field)[row]
            values.append(value)
            switch description.kind {
            case .decimal, .month, .year, .date:
                fields.append(value.isMissing ? [] : Array(String(value).utf8))
            case .creditCode, .category, .text:
                fields.append(header.span(row, field, of: batch).content(in: chunk.bytes))
            }
        }
        let firms = plan.firmFields.indices.map { decoded.firms($0)[row] }
        let codes = plan.firmFields.map { fields[$0] }
        if case .feed(_, let book) = sink {
            for (slot, field) in plan.firmFields.enumerated() where firms[slot] >= 0 {
                fields[field] = book.table.key(of: Int(firms[slot])).bytes
            }
        }
        return HeldRow(
            file: index, line: batch.lines[row], byte: chunk.fileOffset(at: Int(batch.starts[row])),
            text: text(of: row), fields: fields, codes: codes, values: values, firms: firms,
            ways: ways(of: row))
    }
}
