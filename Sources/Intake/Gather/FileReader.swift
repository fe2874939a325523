import Evaluation

/// Where the rows of a file go.
enum FileSink: Sendable {
    case registry(RegistryTotals)
    case feed(FeedTotals, FirmTable)

    var plan: FeedPlan {
        switch self {
        case .registry(let totals): totals.plan
        case .feed(let totals, _): totals.plan
        }
    }

    var suspects: Set<UInt64>? {
        switch self {
        case .registry(let totals): totals.suspects
        case .feed(let totals, _): totals.suspects
        }
    }
}

/// What became of one file.
struct FileOutcome: Sendable {
    var log: FindingLog
    var rows = 0
    var accepted = 0
    var refused = 0
    var collapsed = 0
    var unused = 0
    /// Why the run must be refused; `nil` when the file was read to its end and is what its manifest says.
    var refusal: String?
    /// The file could not be opened or read.
    var unreadable: IntakeError?
}

/// Reads one file from its first to its last byte, batch by batch, and adds its rows to the sink.
struct FileReader {
    private let index: Int
    private let file: SurveyedFile
    private let plan: FeedPlan
    private let sink: FileSink
    private let chunk: Chunk
    private let header: Header
    private let batch: RowBatch
    private let decoded: DecodedRows
    private var decoders: [ColumnDecoder?]
    private var outcome: FileOutcome
    private var control: ControlTotals
    private var guess = 0
    // Memory of the current batch, kept for the next.
    private var accepted: [Int32] = []
    private var bits: [UInt16] = []
    private var hashes: [UInt64] = []
    private var selected: [[Int32]]
    private var poisoned: [(slot: Int, firm: Int32)] = []
    private var held: [HeldRow] = []

    /// `readSize` and `rowsPerBatch` are small in tests, so that every boundary falls everywhere.
    static func read(
        _ file: SurveyedFile, index: Int, into sink: FileSink, readSize: Int = 256 << 10,
        rowsPerBatch: Int = 2048
    ) -> FileOutcome {
        let plan = sink.plan
        var log = FindingLog(feed: plan.contract.name, delivery: file.delivery, file: file.path)
        do throws(Damage) {
            let source = try ByteSource(path: file.fullPath, isPacked: file.isPacked)
            let chunk = Chunk(source, readSize: readSize)
            _ = try chunk.refill()
            while chunk.end < 3, !chunk.isLast { _ = try chunk.refill() }
            chunk.skipByteOrderMark()
            guard let header = try Header(chunk, contract: plan.contract, log: &log) else {
                return FileOutcome(log: log, refusal: "\(file.fullPath): the header is refused.")
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
        batch = RowBatch(width: header.width, capacity: rowsPerBatch)
        decoded = DecodedRows(
            fields: plan.contract.fields.count, slots: plan.firmFields.count, capacity: rowsPerBatch)
        decoders = plan.contract.fields.enumerated().map { [plan] field, description in
            // A firm's code is looked up instead; only a code that is not found is decoded.
            if plan.firmFields.contains(field), plan.dictionaries[field] == nil { return nil }
            return ColumnDecoder(
                description, column: header.columns[field], dictionary: plan.dictionaries[field])
        }
        outcome = FileOutcome(log: log)
        control = ControlTotals(file, plan.contract)
        selected = Array(repeating: [], count: plan.selections.count)
    }

    private mutating func readRows() throws(Damage) {
        while true {
            let end = chunk.split(into: batch)
            process()
            if end == .full { continue }
            if chunk.isLast {
                if chunk.position < chunk.end {
                    outcome.log.add(.quoteUnclosed, line: chunk.line, byte: chunk.offset + chunk.position)
                    outcome.refusal = "\(file.fullPath): a quote is not closed from line \(chunk.line) on."
                    return
                }
                break
            }
            guard try chunk.refill() else {
                outcome.log.add(.rowTooLong, line: chunk.line, byte: chunk.offset + chunk.position)
                outcome.refusal = "\(file.fullPath): line \(chunk.line) is longer than 1 MiB."
                return
            }
        }
        if outcome.rows == 0 { outcome.log.add(.fileHasNoRows) }
        control.compare(with: &outcome, file)
    }

    private mutating func process() {
        guard batch.count > 0 else { return }
        outcome.rows += batch.count
        for field in decoders.indices {
            decoders[field]?.decode(batch, in: chunk.bytes, into: decoded.column(field))
        }
        if case .feed(_, let table) = sink { lookUp(table) }
        control.add(decoded, count: batch.count)
        accepted.removeAll(keepingCapacity: true)
        bits.removeAll(keepingCapacity: true)
        poisoned.removeAll(keepingCapacity: true)
        held.removeAll(keepingCapacity: true)
        judge()
        computeHashes()
        holdBack()
        outcome.accepted += accepted.count
        switch sink {
        case .registry(let totals):
            totals.add(accepted, of: batch, decoded, columns: header.columns, in: chunk.bytes, held: held)
        case .feed(let totals, _):
            totals.select(accepted, of: decoded, count: batch.count, into: &selected)
            totals.add(
                decoded, selected: selected, poisoned: poisoned, rows: accepted, hashes: hashes, bits: bits,
                guess: &guess, held: held)
        }
    }

    private func lookUp(_ table: FirmTable) {
        for (slot, field) in plan.firmFields.enumerated() {
            let column = header.columns[field]
            let firms = decoded.firms(slot)
            table.look(up: column, of: batch, in: chunk.bytes, into: firms)
            guard decoders[field] == nil else { continue }
            let cells = decoded.column(field)
            let blank = plan.contract.fields[field].required ? Flaw.blank.cell : Int64.blank
            for row in 0..<batch.count {
                switch firms[row] {
                case -1: cells[row] = blank
                case -2: cells[row] = Decode.creditCode(chunk.bytes, batch.span(row, column))
                default: cells[row] = 0
                }
                if Flaw.isFlaw(cells[row]) { batch.states[row].insert(.badField) }
            }
        }
    }

    /// Decides row by row: unused, refused, or accepted.
    private mutating func judge() {
        let periods = plan.contract.period.map { decoded.column($0) }
        let slots = plan.firmFields.count
        for row in 0..<batch.count {
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
                if !isComplete { noteFirms(row, hasFirm: hasFirm) }
                if !hasFirm {
                    outcome.unused += 1
                    continue
                }
            }
            accepted.append(Int32(truncatingIfNeeded: row))
            bits.append(bit)
        }
    }

    private func isInsideDelivery(_ period: Int) -> Bool {
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
        var hash: UInt64 = 0x5bd1_e995
        for field in fields {
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
        guard plan.holdsAll || !suspects.isEmpty else { return }
        var kept = 0
        for index in accepted.indices {
            let row = Int(accepted[index])
            if plan.holdsAll || suspects.contains(Hash.mix(hashes[index], UInt64(bits[index]))) {
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

    private func heldRow(_ row: Int) -> HeldRow {
        var fields: [[UInt8]] = []
        var values: [Int64] = []
        for (field, description) in plan.contract.fields.enumerated() {
            let value = decoded.column(field)[row]
            values.append(value)
            switch description.kind {
            case .decimal, .month, .year, .date:
                fields.append(value.isMissing ? [] : Array(String(value).utf8))
            case .creditCode, .category, .text:
                fields.append(batch.span(row, header.columns[field]).content(in: chunk.bytes))
            }
        }
        return HeldRow(
            file: index, line: batch.lines[row], byte: chunk.offset + Int(batch.starts[row]),
            text: text(of: row),
            fields: fields, values: values, firms: plan.firmFields.indices.map { decoded.firms($0)[row] })
    }
}

// What is said about rows: never on the fast path.
extension FileReader {
    @inline(never)
    private mutating func refuse(_ row: Int) {
        outcome.refused += 1
        for slot in plan.firmFields.indices where decoded.firms(slot)[row] >= 0 {
            poisoned.append((slot, decoded.firms(slot)[row]))
        }
        let state = batch.states[row]
        if state.contains(.wrongWidth) { add(.rowWidth(expected: header.width), row) }
        if state.contains(.strayQuote) { add(.quoteStray, row) }
        // Fields of a row with shifted columns say nothing.
        guard state.isDisjoint(with: [.wrongWidth, .strayQuote]) else { return }
        for (field, description) in plan.contract.fields.enumerated() {
            let cell = decoded.column(field)[row]
            let span = batch.span(row, header.columns[field])
            if let flaw = Flaw(cell: cell) {
                let text = FileReader.shown(span.content(in: chunk.bytes))
                add(flaw.message(text, description), row, field: field)
            } else if field == plan.contract.period, let own = file.period, !cell.isMissing,
                !isInsideDelivery(Int(cell))
            {
                let text = FileReader.shown(span.content(in: chunk.bytes))
                add(
                    .periodOutside(
                        text, first: Period.text(own.lowerBound), last: Period.text(own.upperBound)), row,
                    field: field)
            }
        }
    }

    /// Says which firms of a row are not in the registry or not named.
    @inline(never)
    private mutating func noteFirms(_ row: Int, hasFirm: Bool) {
        for (slot, field) in plan.firmFields.enumerated() where decoded.firms(slot)[row] == -2 {
            checkOrganisation(row, field: field)
            let content = batch.span(row, header.columns[field]).content(in: chunk.bytes)
            add(.firmUnknown(FileReader.shown(content)), row, field: field)
        }
        let isBlank = plan.firmFields.indices.allSatisfy { decoded.firms($0)[row] == -1 }
        if isBlank { add(.firmMissing, row, field: plan.firmFields[0]) }
    }

    private mutating func checkOrganisation(_ row: Int, field: Int?) {
        guard let field else { return }
        let span = batch.span(row, header.columns[field])
        guard span.count == CreditCode.length, !Decode.hasValidOrganisation(chunk.bytes, span) else { return }
        add(.codeOrganisation(FileReader.shown(span.content(in: chunk.bytes))), row, field: field)
    }

    private mutating func add(_ message: Message, _ row: Int, field: Int? = nil) {
        var byte = Int(batch.starts[row])
        var line = batch.lines[row]
        if let field {
            let start = Int(batch.span(row, header.columns[field]).start)
            for at in byte..<max(start, byte) where chunk.bytes[at] == Ascii.newline { line += 1 }
            byte = start > byte && chunk.bytes[start - 1] == Ascii.quote ? start - 1 : start
        }
        let text = { [self] in self.text(of: row) }
        outcome.log.add(
            message, line: line, byte: chunk.offset + byte,
            column: field.map { plan.contract.fields[$0].header } ?? "", row: text)
    }

    private func text(of row: Int) -> String { header.masked(row, of: batch, in: chunk.bytes, limit: 500) }

    /// A value as a sentence shows it: cut, and without anything that could break a line.
    private static func shown(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(60), as: UTF8.self)
        return String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
            + (bytes.count > 60 ? "…" : "")
    }
}

extension Flaw {
    fileprivate func message(_ text: String, _ field: FeedField) -> Message {
        switch (self, field.kind) {
        case (.blank, _): return .fieldBlank
        case (.tooManyPlaces, .decimal(let places)): return .decimalTooManyPlaces(text, places: places)
        case (.tooLong, _): return .decimalTooLong(text)
        case (.outOfRange, .decimal(let places)):
            return .decimalOutOfRange(
                text, lowest: DecimalText.write(Int128(field.range.lowerBound), places: places),
                highest: DecimalText.write(Int128(field.range.upperBound), places: places))
        case (.notAllowed, _): return .fieldNotAllowed(text, allowed: field.allowed)
        case (.invalidUTF8, _): return .textNotUtf8
        case (.nulByte, _): return .nulByte
        case (.checkCharacter, _): return .codeCheckCharacter(text)
        case (_, .creditCode): return .codeMalformed(text)
        case (_, .month): return .monthMalformed(text)
        case (_, .year): return .yearMalformed(text)
        case (_, .date): return .dateMalformed(text)
        default: return .decimalMalformed(text)
        }
    }
}

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

/// Rows as findings and `explain` show them.
enum RowText {
    /// At most `limit` bytes, cut between characters; bytes that are no UTF-8 are shown as U+FFFD.
    static func cut(_ bytes: [UInt8], _ limit: Int) -> String {
        guard bytes.count > limit else { return String(decoding: bytes, as: UTF8.self) }
        var end = limit
        while end > 0, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}

extension FileOutcome {
    /// Notes that the file ends before it should.
    fileprivate mutating func stop(_ damage: Damage, _ file: SurveyedFile) {
        let reason: String
        switch damage {
        case .unreadable(let error):
            unreadable = error
            return
        case .gzipCorrupt:
            log.add(.gzipCorrupt)
            reason = "the gzip data are corrupt"
        case .gzipTrailing:
            log.add(.gzipTrailing)
            reason = "something that is not gzip follows the data"
        case .gzipTruncated:
            log.add(.gzipTruncated)
            reason = "the gzip data end early"
        case .tooLarge:
            log.add(.fileTooLarge)
            reason = "it unpacks to more than 64 GiB"
        }
        refusal = "\(file.fullPath): \(reason). Ask the department to deliver the file again."
    }
}
