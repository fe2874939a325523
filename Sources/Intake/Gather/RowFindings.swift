import Evaluation

// What is said about rows: never on the fast path.
extension FileReader {
    @inline(never)
    mutating func refuse(_ row: Int) {
        outcome.refused += 1
        let before = waived.isEmpty ? [] : outcome.log.counts
        defer { if !waived.isEmpty { outcome.noteWaived(waived, before: before) } }
        for slot in plan.firmFields.indices where decoded.firms(slot)[row] >= 0 {
            poisoned.append((slot, decoded.firms(slot)[row]))
        }
        let state = batch.states[row]
        if state.contains(.wrongWidth), !outcome.log.countsOnly(Subject.width) {
            add(.rowWidth(expected: header.width), row, subject: Subject.width)
        }
        if state.contains(.strayQuote), !outcome.log.countsOnly(Subject.quote) {
            add(.quoteStray, row, subject: Subject.quote)
        }
        // Fields of a row with shifted columns say nothing.
        guard state.isDisjoint(with: [.wrongWidth, .strayQuote]) else { return }
        for field in header.fields.indices {
            let cell = decoded.column(field)[row]
            if let flaw = Flaw(cell: cell) {
                let mark = mark(row, field)
                let subject = Subject.flaw(flaw, mark, field)
                if outcome.log.countsOnly(subject) { continue }
                let message =
                    mark.flatMap { self.message(of: $0, row, field) }
                    ?? flaw.message(shown(row, field), header.fields[field], chunk.encoding)
                add(message, row, field: field, subject: subject)
            } else if field == plan.contract.period, let own = file.period, !cell.isMissing,
                !isInsideDelivery(Int(cell))
            {
                if outcome.log.countsOnly(Subject.period) { continue }
                add(
                    .periodOutside(
                        shown(row, field), first: Period.text(own.lowerBound),
                        last: Period.text(own.upperBound)),
                    row, field: field, subject: Subject.period)
            }
        }
    }

    /// Says which firms of a row are not in the registry or not named.
    @inline(never)
    mutating func noteFirms(_ row: Int, hasFirm: Bool) {
        for (slot, field) in plan.firmFields.enumerated() where decoded.firms(slot)[row] == -2 {
            checkOrganisation(row, field: field)
            let isAmbiguous = way(of: row, slot: slot) == .ambiguous
            let subject = isAmbiguous ? Subject.ambiguousFirm : Subject.unknownFirm
            if outcome.log.countsOnly(subject) { continue }
            let content = shown(row, field)
            add(
                isAmbiguous ? .linkAmbiguous(content) : .firmUnknown(content), row, field: field,
                subject: subject)
        }
        guard plan.firmFields.indices.allSatisfy({ decoded.firms($0)[row] == -1 }) else { return }
        let isAmbiguous = way(of: row, slot: 0) == .ambiguous
        let subject = isAmbiguous ? Subject.ambiguousFirm : Subject.missingFirm
        if !outcome.log.countsOnly(subject) {
            add(
                isAmbiguous ? .linkAmbiguous("") : .firmMissing, row, field: plan.firmFields[0],
                subject: subject)
        }
    }

    mutating func checkOrganisation(_ row: Int, field: Int?) {
        guard let field else { return }
        let span = batch.span(row, header.columns[field])
        guard span.count == CreditCode.length, !Decode.hasValidOrganisation(chunk.bytes, span),
            !outcome.log.countsOnly(Subject.organisation)
        else { return }
        add(.codeOrganisation(shown(row, field)), row, field: field, subject: Subject.organisation)
    }

    /// What findings are about; see `FindingLog.countsOnly`.
    enum Subject {
        static let width = 0
        static let quote = 1
        static let period = 2
        static let unknownFirm = 3
        static let missingFirm = 4
        static let organisation = 5
        static let ambiguousFirm = 6
        static let linkedFirm = 7
        /// The flaws of all fields follow.
        static func flaw(_ flaw: Flaw, _ mark: CellMark.Kind?, _ field: Int) -> Int {
            // Marks have the numbers that flaws leave free.
            16 + field * 16 + Int(mark?.rawValue ?? flaw.rawValue)
        }
    }

    /// A field as delivered, for a sentence.
    private func shown(_ row: Int, _ field: Int) -> String {
        RowText.shown(batch.delivered(row, header.columns[field]).content(in: chunk.bytes))
    }

    /// What a spreadsheet has made of the field, where that has a sentence of its own.
    private func mark(_ row: Int, _ field: Int) -> CellMark.Kind? {
        let isCode = header.fields[field].kind == .creditCode
        guard isCode || file.container == .xlsx else { return nil }
        let span = batch.delivered(row, header.columns[field])
        let content = UnsafeBufferPointer(start: chunk.bytes + Int(span.start), count: span.count)
        if file.container == .xlsx, let kind = CellMark.Kind(content) { return kind }
        return isCode && CellMark.isNumber(code: content) ? .code : nil
    }

    private func message(of mark: CellMark.Kind, _ row: Int, _ field: Int) -> Message? {
        if mark == .code { return .codeIsNumber(shown(row, field)) }
        let content = batch.delivered(row, header.columns[field]).content(in: chunk.bytes)
        return CellMark.message(content, header.fields[field])
    }

    mutating func add(_ message: Message, _ row: Int, field: Int? = nil, subject: Int) {
        outcome.log.note(subject, message)
        var byte = Int(batch.starts[row])
        var line = batch.lines[row]
        if let field {
            let start = chunk.start(of: batch.delivered(row, header.columns[field]))
            for at in byte..<max(start, byte) where chunk.bytes[at] == Ascii.newline { line += 1 }
            byte = start
        }
        let text = { [self] in self.text(of: row) }
        outcome.log.add(
            message, line: line, byte: chunk.fileOffset(at: byte),
            column: field.map { RowText.shown(header.texts[header.columns[$0]]) } ?? "", row: text)
    }

    func text(of row: Int) -> String {
        header.masked(row, of: batch, in: chunk.bytes, limit: RowText.maxRow)
    }
}

extension Flaw {
    fileprivate func message(_ text: String, _ field: FeedField, _ encoding: TextEncoding) -> Message {
        switch (self, field.kind) {
        case (.blank, _): return .fieldBlank
        case (.tooManyPlaces, .decimal(let places)): return .decimalTooManyPlaces(text, places: places)
        case (.tooLong, _): return .decimalTooLong(text)
        case (.outOfRange, .decimal(let places)):
            return .decimalOutOfRange(
                text, lowest: DecimalText.format(field.range.lowerBound, decimals: places),
                highest: DecimalText.format(field.range.upperBound, decimals: places))
        case (.notAllowed, _): return .fieldNotAllowed(text, allowed: field.allowed)
        case (.invalidUTF8, _): return encoding == .utf8 ? .textNotUtf8 : .textNotGb18030
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
