import Evaluation

/// A row of a batch whose code alone leads to no firm, and what became of that.
struct LinkedRow {
    let row: Int32
    let slot: Int32
    let firm: Int32
    let way: LinkWay
}

// Rows whose code is blank or not in the registry: never on the fast path.
extension FileReader {
    /// Looks for the firm in the other ways of the contract; without one, judges the code as it stands.
    @inline(never)
    mutating func findElsewhere(_ row: Int, slot: Int, field: Int, isDecoded: Bool, _ book: LinkBook) {
        let firms = decoded.firms(slot)
        let cells = decoded.column(field)
        let span = batch.span(row, header.columns[field])
        let isBlank = firms[row] == -1
        let isWhole = batch.states[row].isDisjoint(with: [.wrongWidth, .strayQuote])
        let found = isWhole ? find(row, field, isBlank: isBlank, book) : (firm: -1, way: .unknown)
        if isWhole {
            linked.append(
                LinkedRow(
                    row: Int32(truncatingIfNeeded: row), slot: Int32(truncatingIfNeeded: slot),
                    firm: found.firm,
                    way: found.way))
        }
        if found.firm >= 0 {
            firms[row] = found.firm
            // A person or another way has said which firm is meant, whatever is wrong with the code.
            if !isDecoded || Flaw.isFlaw(cells[row]) { forgive(row, &cells[row], 0) }
            return
        }
        if isBlank, isWhole, plan.contract.links.anchor != nil {
            if isAwaited(row) {
                forgive(row, &cells[row], Int64.blank)
                return
            }
            if sink.suspects == nil { awaiting.insert(anchorHash(row)) }
        }
        if !isDecoded {
            let blank = plan.contract.fields[field].required ? Flaw.blank.cell : Int64.blank
            cells[row] = isBlank ? blank : Decode.creditCode(chunk.bytes, span)
        }
        if Flaw.isFlaw(cells[row]) { batch.states[row].insert(.badField) }
    }

    /// Puts a value in place of what was wrong with the field of a code.
    private func forgive(_ row: Int, _ cell: inout Int64, _ value: Int64) {
        cell = value
        if plan.contract.fields.indices.allSatisfy({ !Flaw.isFlaw(decoded.column($0)[row]) }) {
            batch.states[row].remove(.badField)
        }
    }

    private func find(
        _ row: Int, _ field: Int, isBlank: Bool, _ book: LinkBook
    ) -> (firm: Int32, way: LinkWay) {
        let links = plan.contract.links
        // Most rows without a code say nothing else either.
        if isBlank, book.confirmed.isEmpty, links.name == nil || links.anchor != nil { return (-1, .blank) }
        func text(_ field: Int?) -> [UInt8] {
            field.map { header.span(row, $0, of: batch).content(in: chunk.bytes) } ?? []
        }
        let asksAll = !book.confirmed.isEmpty
        return book.find(
            LinkBook.Delivered(
                code: text(field), meter: asksAll ? text(links.meter) : [],
                certificate: asksAll ? text(links.certificate) : [],
                name: asksAll || links.ways.contains(.name) ? text(links.name) : []), plan.contract)
    }

    /// A refused row of a meter or certificate makes unknown what the firms have of which the other rows speak.
    func refusedRow(_ row: Int) -> HeldRow? {
        guard !anchors.isEmpty, batch.states[row].isDisjoint(with: [.wrongWidth, .strayQuote]), isAwaited(row)
        else {
            return nil
        }
        var held = heldRow(row)
        held.isRefused = true
        return held
    }

    /// Whether a row without a firm is kept until all rows are read: without a code, the other rows of its meter or
    /// certificate may say whose it is; a shared meter has firms whatever code is delivered.
    func waits(_ row: Int) -> Bool {
        if decoded.firms(0)[row] == -1 { return isAwaited(row) }
        guard case .feed(_, let book) = sink, !plan.contract.links.divided.isEmpty, !book.shares.isEmpty
        else {
            return false
        }
        return book.shares.hashes.contains(anchorHash(row))
    }

    /// Whether other rows may say of this one which firms it belongs to.
    func isAwaited(_ row: Int) -> Bool { !anchors.isEmpty && anchors.contains(anchorHash(row)) }

    /// Of the meter or certificate; equal to the hash of a key that is nothing else.
    private func anchorHash(_ row: Int) -> UInt64 {
        guard let anchor = plan.contract.links.anchor else { return 0 }
        let span = header.span(row, anchor, of: batch)
        return span.hasDoubledQuotes
            ? MeterShares.hash(span.content(in: chunk.bytes))
            : Hash.bytes(chunk.bytes + Int(span.start), span.count, seed: Hash.ofKeys)
    }

    /// How the firms of a row were found, one per slot.
    func ways(of row: Int) -> [LinkWay] { plan.firmFields.indices.map { way(of: row, slot: $0) } }

    /// How the firm of a row was found.
    func way(of row: Int, slot: Int) -> LinkWay {
        // In order of slots, and of rows inside each.
        var low = 0
        var high = linked.count
        while low < high {
            let middle = (low + high) / 2
            let (a, b) = (Int(linked[middle].slot), Int(linked[middle].row))
            if (a, b) < (slot, row) { low = middle + 1 } else { high = middle }
        }
        guard low < linked.count, Int(linked[low].slot) == slot, Int(linked[low].row) == row else {
            return .code
        }
        return linked[low].way
    }

    /// Notes what was found for rows that count, and for those that count for no firm.
    /// - Parameter accepted: rows of the batch in ascending order, without those that are held.
    @inline(never)
    mutating func logLinks(_ accepted: [Int32]) {
        let links = plan.contract.links
        for link in linked {
            let isAccepted = accepted.holds(link.row)
            // What says nothing at all is the rest of the accepted rows.
            if isAccepted, link.way == .blank, links.anchor == nil, links.name == nil { continue }
            guard isAccepted || withoutFirm.holds(link.row) else { continue }
            let row = Int(link.row)
            let field = plan.firmFields[Int(link.slot)]
            func text(_ field: Int?) -> [UInt8] {
                field.map { header.span(row, $0, of: batch).content(in: chunk.bytes) } ?? []
            }
            let code = text(field)
            let name = text(links.name)
            let key = links.anchor == nil ? name : text(links.anchor)
            outcome.links.add(
                LinkLog.Thing(slot: Int(link.slot), way: link.way, firm: link.firm, code: code, key: key),
                name: name, accepted: isAccepted ? 1 : 0, unused: isAccepted ? 0 : 1)
            guard link.firm >= 0, link.way != .confirmed, case .feed(_, let book) = sink,
                !outcome.log.countsOnly(Subject.linkedFirm)
            else { continue }
            add(
                .firmLinked(
                    RowText.shown(code), way: link.way, firm: book.table.key(of: Int(link.firm)).text),
                row, field: field, subject: Subject.linkedFirm)
        }
    }
}

extension [Int32] {
    /// Whether the ascending numbers have this one among them.
    fileprivate func holds(_ number: Int32) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == number
    }
}
