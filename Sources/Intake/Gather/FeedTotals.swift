import Evaluation
import Synchronization

/// What all files of one feed add up to, shared by the workers that read them.
///
/// Every aggregate gives the same result in whatever order batches arrive.
final class FeedTotals: Sendable {
    struct Totals {
        /// One per column of the plan, one cell per firm.
        fileprivate(set) var cells: [[Int64]]
        /// Latest period seen, one per column; empty unless the column wants the latest.
        fileprivate var periods: [[Int32]]
        fileprivate var firmKeys: [UInt16]
        fileprivate var keys = KeyTable()
        /// Full hashes of keys that may be repeated.
        fileprivate(set) var suspects: Set<UInt64> = []
        fileprivate(set) var held: [HeldRow] = []
        /// Hashes of meters or certificates of rows without a code.
        fileprivate(set) var awaited: Set<UInt64> = []
        /// Accepted rows of each firm, one list per slot of the plan; empty as long as keys alone tell.
        fileprivate(set) var firmRows: [[Int32]]
        /// A column and a firm whose sum left 64 bits.
        fileprivate(set) var overflow: (column: Int, firm: Int)?
    }

    /// More repeated keys than this are no slip but a delivery made wrongly.
    static let maxSuspects = 200_000

    let plan: FeedPlan
    /// The keys that may be repeated; `nil` in the first reading, which finds them.
    let suspects: Set<UInt64>?
    /// Hashes of meters or certificates that several rows speak of, one of them without a code.
    let anchors: Set<UInt64>
    private let firms: Int
    /// Whether a bit per firm and month tells how many rows a firm has: each row that counts has its own.
    private let hasRowsInKeys: Bool
    private let totals: Mutex<Totals>

    init(_ plan: FeedPlan, firms: Int, suspects: Set<UInt64>? = nil, anchors: Set<UInt64> = []) {
        self.anchors = anchors
        self.plan = plan
        self.suspects = suspects
        let isFirmKey = if case .firm = plan.key { suspects == nil } else { false }
        self.firms = firms
        hasRowsInKeys = isFirmKey && plan.firmFields.count == 1 && !plan.holdsAll
        totals = Mutex(
            Totals(
                cells: plan.columns.map { column in
                    switch column.aggregate {
                    case .sum, .latest: Array(repeating: Int64.noRow, count: firms)
                    case .count, .has: Array(repeating: 0, count: firms)
                    }
                },
                periods: plan.columns.map { column in
                    guard case .latest = column.aggregate, plan.contract.latestBy != nil else { return [] }
                    return Array(repeating: Int32.min, count: firms)
                },
                firmKeys: isFirmKey ? Array(repeating: 0, count: firms) : [],
                firmRows: plan.firmFields.map { _ in [] }))
    }

    /// The rows of each selection: with a firm, in force, and not excluded by the filter.
    func select(_ rows: [Int32], of decoded: DecodedRows, count: Int, into selected: inout [[Int32]]) {
        let contract = plan.contract
        for (index, selection) in plan.selections.enumerated() {
            let firms = decoded.firms(selection.slot)
            selected[index].removeAll(keepingCapacity: true)
            let mask = selection.filter?.mask(decoded, count: count)
            let from = contract.validFrom.map { decoded.column($0) }
            let to = contract.validTo.map { decoded.column($0) }
            for row in rows {
                let row = Int(row)
                if firms[row] < 0 { continue }
                if let from, !from[row].isMissing, from[row] > plan.asOf { continue }
                if let to, !to[row].isMissing, to[row] < plan.asOf { continue }
                if let mask, !mask[row] { continue }
                selected[index].append(Int32(truncatingIfNeeded: row))
            }
        }
    }

    /// Adds a batch: its selected rows, the firms whose rows were refused, and the keys of its accepted rows.
    func add(
        _ decoded: DecodedRows, selected: [[Int32]], poisoned: [(slot: Int, firm: Int32)], rows: [Int32],
        hashes: [UInt64], bits: [UInt16], guess: inout Int, held: [HeldRow]
    ) {
        totals.withLock { totals in
            if suspects == nil {
                totals.note(plan, decoded, rows: rows, hashes: hashes, bits: bits, guess: &guess)
            }
            totals.held += held
            for (index, column) in plan.columns.enumerated() {
                totals.add(plan, index, column, selected[column.selection], decoded)
            }
            if !hasRowsInKeys, !rows.isEmpty {
                for slot in plan.firmFields.indices {
                    totals.count(rows, decoded.firms(slot), slot, of: firms)
                }
            }
            for (slot, firm) in poisoned { totals.poison(plan, slot: slot, firm: Int(firm)) }
        }
    }

    /// Notes meters or certificates of which a row has no code; other rows may know their firms.
    func note(awaited anchors: Set<UInt64>) {
        totals.withLock { $0.awaited.formUnion(anchors) }
    }

    func finish() -> Totals { totals.withLock { $0 } }

    /// Takes a column out, so that nobody keeps it twice, with the first firm whose sum has more than 15 digits.
    func take(_ index: Int) -> (column: CellColumn, firmBeyondLimit: Int?) {
        let (cells, overflow) = totals.withLock { (exchange(&$0.cells[index], with: []), $0.overflow) }
        let column = CellColumn(cells)
        guard case .sum = plan.columns[index].aggregate else { return (column, nil) }
        if let overflow, overflow.column == plan.columns[index].output { return (column, overflow.firm) }
        return (column, cells.firstIndex { !$0.isMissing && abs($0) >= Int64.limit })
    }
}

extension FeedTotals.Totals {
    fileprivate mutating func note(
        _ plan: FeedPlan, _ decoded: DecodedRows, rows: [Int32], hashes: [UInt64], bits: [UInt16],
        guess: inout Int
    ) {
        switch plan.key {
        case .firm(let slot):
            let firms = decoded.firms(slot)
            for index in rows.indices {
                let firm = Int(firms[Int(rows[index])])
                guard firmKeys.indices.contains(firm) else { continue }
                if firmKeys[firm] & bits[index] != 0 { suspect(hashes[index], bits[index]) }
                firmKeys[firm] |= bits[index]
            }
        case .fields:
            for index in rows.indices where keys.insert(hashes[index], bit: bits[index], guess: &guess) {
                suspect(hashes[index], bits[index])
            }
        }
    }

    @inline(never)
    private mutating func suspect(_ hash: UInt64, _ bit: UInt16) {
        guard suspects.count <= FeedTotals.maxSuspects else { return }
        suspects.insert(Hash.mix(hash, UInt64(bit)))
    }

    fileprivate mutating func add(
        _ plan: FeedPlan, _ index: Int, _ column: FeedPlan.Column, _ rows: [Int32], _ decoded: DecodedRows
    ) {
        let firms = decoded.firms(plan.selections[column.selection].slot)
        switch column.aggregate {
        case .sum(let field):
            let values = decoded.column(field)
            let overflowed = cells[index].withUnsafeMutableBufferPointer { cells in
                var overflowed: Int?
                for row in rows {
                    let firm = Int(firms[Int(row)])
                    let value = values[Int(row)]
                    let cell = cells[firm]
                    if !cell.isMissing, !value.isMissing {
                        let (sum, overflow) = cell.addingReportingOverflow(value)
                        if overflow || sum.isMissing { overflowed = firm } else { cells[firm] = sum }
                    } else if cell == Int64.noRow || cell == Int64.blank {
                        // A value outweighs a blank, and a blank outweighs no row.
                        if !value.isMissing || cell == Int64.noRow { cells[firm] = value }
                    }
                }
                return overflowed
            }
            if let overflowed { overflow = (column.output, overflowed) }
        case .count:
            for row in rows {
                let firm = Int(firms[Int(row)])
                if !cells[index][firm].isMissing { cells[index][firm] += 1 }
            }
        case .has: for row in rows { cells[index][Int(firms[Int(row)])] = 1 }
        case .latest(let field): addLatest(plan, index, field, rows, firms, decoded)
        }
    }

    private mutating func addLatest(
        _ plan: FeedPlan, _ index: Int, _ field: Int, _ rows: [Int32], _ firms: UnsafeMutablePointer<Int32>,
        _ decoded: DecodedRows
    ) {
        let values = decoded.column(field)
        let period = plan.contract.latestBy.map { decoded.column($0) }
        for row in rows {
            let firm = Int(firms[Int(row)])
            let value = values[Int(row)]
            let cell = cells[index][firm]
            if cell == Int64.refusedRow { continue }
            if let period {
                let when = period[Int(row)]
                let own = when.isMissing ? Int32.min : Int32(truncatingIfNeeded: when)
                if own < periods[index][firm] { continue }
                if own > periods[index][firm] {
                    periods[index][firm] = own
                    cells[index][firm] = value
                    continue
                }
            }
            // Several rows that are equally late: the greatest value or text, so that order does not matter.
            if cell.isMissing {
                if cell == Int64.noRow || !value.isMissing { cells[index][firm] = value }
            } else if !value.isMissing, plan.isGreater(value, cell, field: field) {
                cells[index][firm] = value
            }
        }
    }

    /// A refused row of the firm makes what it would have counted in unknown.
    fileprivate mutating func poison(_ plan: FeedPlan, slot: Int, firm: Int) {
        for (index, column) in plan.columns.enumerated() where plan.selections[column.selection].slot == slot
        {
            guard cells[index].indices.contains(firm) else { continue }
            if case .has = column.aggregate, cells[index][firm] == 1 { continue }
            cells[index][firm] = Int64.refusedRow
        }
    }
}

extension FeedPlan {
    /// Whether one value of a field comes after another: by number, or by the bytes of the text.
    fileprivate func isGreater(_ a: Int64, _ b: Int64, field: Int) -> Bool {
        guard let dictionary = dictionaries[field] else { return a > b }
        return a != b && dictionary.text(b).lexicographicallyPrecedes(dictionary.text(a))
    }
}

// What the link table and settlements need.
extension FeedTotals {
    /// Meters or certificates worth a second reading: some row has no code, and, as far as keys can tell, another has one.
    var answerable: Set<UInt64> {
        totals.withLock { totals in
            let links = plan.contract.links
            guard case .fields(let key) = plan.key, key == [links.anchor], !links.ways.contains(.name) else {
                return totals.awaited
            }
            return totals.awaited.filter(totals.keys.contains)
        }
    }

    /// Adds rows that were held back and are settled now.
    func add(_ settlement: Settlement) {
        let rows = settlement.counted
        let decoded = DecodedRows(rows, fields: plan.contract.fields.count, slots: plan.firmFields.count)
        let all = rows.indices.map { Int32(truncatingIfNeeded: $0) }
        var selected = [[Int32]](repeating: [], count: plan.selections.count)
        select(all, of: decoded, count: rows.count, into: &selected)
        var guess = 0
        add(
            decoded, selected: selected, poisoned: settlement.poisoned, rows: [], hashes: [], bits: [],
            guess: &guess, held: [])
        totals.withLock { totals in
            for (row, fate) in settlement.fates where fate == .accepted {
                for (slot, firm) in row.firms.enumerated() where firm >= 0 {
                    if totals.firmRows[slot].isEmpty {
                        totals.firmRows[slot] = [Int32](repeating: 0, count: firms)
                    }
                    totals.firmRows[slot][Int(firm)] += 1
                }
            }
        }
    }

    /// How many accepted rows each firm has through a slot of the plan; empty without rows.
    func rows(slot: Int) -> [Int32] {
        totals.withLock { totals in
            hasRowsInKeys
                ? totals.firmKeys.map { Int32(truncatingIfNeeded: $0.nonzeroBitCount) }
                : totals.firmRows[slot]
        }
    }

    /// Moves what was added up for some firms to those that carry them on.
    func follow(_ successors: [Int32: Int32]) {
        totals.withLock { totals in
            for (firm, successor) in successors.sorted(by: { $0.key < $1.key }) {
                for index in plan.columns.indices {
                    totals.move(plan, index, from: Int(firm), to: Int(successor))
                }
            }
        }
    }
}

extension FeedTotals.Totals {
    @inline(__always)
    fileprivate mutating func count(
        _ rows: [Int32], _ firms: UnsafeMutablePointer<Int32>, _ slot: Int, of count: Int
    ) {
        if firmRows[slot].isEmpty { firmRows[slot] = [Int32](repeating: 0, count: count) }
        firmRows[slot].withUnsafeMutableBufferPointer { counts in
            for row in rows {
                let firm = Int(firms[Int(row)])
                if firm >= 0 { counts[firm] &+= 1 }
            }
        }
    }

    fileprivate mutating func move(_ plan: FeedPlan, _ index: Int, from firm: Int, to other: Int) {
        let column = plan.columns[index]
        let (old, own) = (cells[index][firm], cells[index][other])
        let absent: Int64
        switch column.aggregate {
        case .sum:
            absent = Int64.noRow
            if !old.isMissing, !own.isMissing {
                let (sum, overflow) = old.addingReportingOverflow(own)
                if overflow || sum.isMissing { self.overflow = (column.output, other) }
                cells[index][other] = overflow ? own : sum
            } else if old == Int64.refusedRow || own == Int64.refusedRow {
                cells[index][other] = Int64.refusedRow
            } else {
                // A value outweighs a blank, and a blank outweighs no row.
                cells[index][other] = max(old, own)
            }
        case .count:
            absent = 0
            cells[index][other] = old.isMissing || own.isMissing ? Int64.refusedRow : old + own
        case .has:
            absent = 0
            cells[index][other] = old == 1 || own == 1 ? 1 : min(old, own)
        case .latest(let field):
            absent = Int64.noRow
            let isDated = !periods[index].isEmpty
            let (before, after) = isDated ? (periods[index][firm], periods[index][other]) : (0, 0)
            if old == Int64.refusedRow || own == Int64.refusedRow {
                cells[index][other] = Int64.refusedRow
            } else if before > after || before == after && plan.isLater(old, own, field: field) {
                cells[index][other] = old
            }
            if isDated {
                periods[index][other] = max(before, after)
                periods[index][firm] = Int32.min
            }
        }
        cells[index][firm] = absent
    }
}

extension FeedPlan {
    /// Of two cells that are equally late, whether the first counts.
    fileprivate func isLater(_ a: Int64, _ b: Int64, field: Int) -> Bool {
        if a.isMissing || b.isMissing { return a > b }
        return isGreater(a, b, field: field)
    }
}
