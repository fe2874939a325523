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
        /// A column and a firm whose sum left 64 bits.
        fileprivate(set) var overflow: (column: Int, firm: Int)?
    }

    /// More repeated keys than this are no slip but a delivery made wrongly.
    static let maxSuspects = 200_000

    let plan: FeedPlan
    /// The keys that may be repeated; `nil` in the first reading, which finds them.
    let suspects: Set<UInt64>?
    private let totals: Mutex<Totals>

    init(_ plan: FeedPlan, firms: Int, suspects: Set<UInt64>? = nil) {
        self.plan = plan
        self.suspects = suspects
        let isFirmKey = if case .firm = plan.key { suspects == nil } else { false }
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
                firmKeys: isFirmKey ? Array(repeating: 0, count: firms) : []))
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
            for (slot, firm) in poisoned { totals.poison(plan, slot: slot, firm: Int(firm)) }
        }
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
