import Evaluation

// What is said about rows: never on the fast path.
extension FileReader {
    @inline(never)
    mutating func refuse(_ row: Int) {
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
            let span = header.span(row, field, of: batch)
            if let flaw = Flaw(cell: cell) {
                let content = span.content(in: chunk.bytes)
                let mark = file.container == .xlsx ? CellMark.message(content, description) : nil
                add(mark ?? flaw.message(RowText.shown(content), description), row, field: field)
            } else if field == plan.contract.period, let own = file.period, !cell.isMissing,
                !isInsideDelivery(Int(cell))
            {
                let text = RowText.shown(span.content(in: chunk.bytes))
                add(
                    .periodOutside(
                        text, first: Period.text(own.lowerBound), last: Period.text(own.upperBound)), row,
                    field: field)
            }
        }
    }

    /// Says which firms of a row are not in the registry or not named.
    @inline(never)
    mutating func noteFirms(_ row: Int, hasFirm: Bool) {
        for (slot, field) in plan.firmFields.enumerated() where decoded.firms(slot)[row] == -2 {
            checkOrganisation(row, field: field)
            let content = RowText.shown(batch.span(row, header.columns[field]).content(in: chunk.bytes))
            let isAmbiguous = ways(of: row)[slot] == .ambiguous
            add(isAmbiguous ? .linkAmbiguous(content) : .firmUnknown(content), row, field: field)
        }
        let isBlank = plan.firmFields.indices.allSatisfy { decoded.firms($0)[row] == -1 }
        if isBlank {
            let isAmbiguous = ways(of: row)[0] == .ambiguous
            add(isAmbiguous ? .linkAmbiguous("") : .firmMissing, row, field: plan.firmFields[0])
        }
    }

    mutating func checkOrganisation(_ row: Int, field: Int?) {
        guard let field else { return }
        let span = batch.span(row, header.columns[field])
        guard span.count == CreditCode.length, !Decode.hasValidOrganisation(chunk.bytes, span) else { return }
        add(.codeOrganisation(RowText.shown(span.content(in: chunk.bytes))), row, field: field)
    }

    mutating func add(_ message: Message, _ row: Int, field: Int? = nil) {
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

    func text(of row: Int) -> String { header.masked(row, of: batch, in: chunk.bytes, limit: 500) }
}

extension Flaw {
    fileprivate func message(_ text: String, _ field: FeedField) -> Message {
        switch (self, field.kind) {
        case (.blank, _): return .fieldBlank
        case (.tooManyPlaces, .decimal(let places)): return .decimalTooManyPlaces(text, places: places)
        case (.tooLong, _): return .decimalTooLong(text)
        case (.outOfRange, .decimal(let places)):
            return .decimalOutOfRange(
                text, lowest: DecimalText.format(field.range.lowerBound, decimals: places),
                highest: DecimalText.format(field.range.upperBound, decimals: places))
        case (.notAllowed, _): return .fieldNotAllowed(text, allowed: field.allowed)
        case (.invalidUTF8, _): return .textNotUtf8
        case (.nulByte, _): return .nulByte
        case (.checkCharacter, _): return .codeCheckCharacter(text)
        case (_, .creditCode):
            return CellMark.isNumber(code: text) ? .codeIsNumber(text) : .codeMalformed(text)
        case (_, .month): return .monthMalformed(text)
        case (_, .year): return .yearMalformed(text)
        case (_, .date): return .dateMalformed(text)
        default: return .decimalMalformed(text)
        }
    }
}
