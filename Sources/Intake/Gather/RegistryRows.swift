import Evaluation
import Synchronization

/// The firms of the registry in order of arrival, shared by the workers that read its files.
final class RegistryTotals: Sendable {
    struct Rows {
        fileprivate(set) var keys: [FirmKey] = []
        fileprivate(set) var names = TextColumn()
        fileprivate(set) var town: [Int64] = []
        fileprivate(set) var industry: [Int64] = []
        /// One per column of the plan.
        fileprivate(set) var columns: [[Int64]]
        fileprivate(set) var held: [HeldRow] = []
        /// Firms that stand on a refused row, each with the greatest name of those rows.
        fileprivate(set) var unresolved: [FirmKey: [UInt8]] = [:]
    }

    let plan: FeedPlan
    let suspects: Set<UInt64>?
    private let rows: Mutex<Rows>
    private let codeField: Int
    private let nameField: Int?
    private let townField: Int?
    private let industryField: Int?
    let successorField: Int?

    init(_ plan: FeedPlan, expected: Int, suspects: Set<UInt64>? = nil) {
        self.plan = plan
        self.suspects = suspects
        func field(_ name: String) -> Int? { plan.contract.fields.firstIndex { $0.name == name } }
        codeField = plan.contract.key.first ?? 0
        nameField = field("name")
        townField = field("town")
        industryField = field("industry")
        successorField = field("successor").flatMap {
            plan.contract.fields[$0].kind == .creditCode ? $0 : nil
        }
        var rows = Rows(columns: Array(repeating: [], count: plan.columns.count))
        rows.keys.reserveCapacity(expected)
        rows.names.reserve(texts: expected, bytes: expected * 24)
        rows.town.reserveCapacity(expected)
        rows.industry.reserveCapacity(expected)
        for index in rows.columns.indices { rows.columns[index].reserveCapacity(expected) }
        self.rows = Mutex(rows)
    }

    func add(
        _ accepted: [Int32], refused: [Int32], of batch: RowBatch, _ decoded: DecodedRows, columns: [Int],
        in bytes: UnsafePointer<UInt8>, held: [HeldRow]
    ) {
        rows.withLock { rows in
            rows.held += held
            for row in refused {
                let row = Int(row)
                guard isPlaced(row, of: batch, decoded) else { continue }
                let key = FirmKey(bytes + Int(batch.span(row, columns[codeField]).start))
                rows.unresolve(key, nameField.map { batch.span(row, columns[$0]).content(in: bytes) } ?? [])
            }
            for row in accepted {
                let row = Int(row)
                rows.keys.append(FirmKey(bytes + Int(batch.span(row, columns[codeField]).start)))
                if let nameField {
                    let span = batch.span(row, columns[nameField])
                    if span.hasDoubledQuotes {
                        rows.names.append(span.content(in: bytes))
                    } else {
                        rows.names.append(
                            UnsafeRawBufferPointer(start: bytes + Int(span.start), count: span.count))
                    }
                }
            }
            append(accepted, decoded, count: batch.count, to: &rows)
        }
    }

    /// Whether a refused row still says which firm it is about: its columns are where they belong, its code is a
    /// credit code, and the firm has a name.
    private func isPlaced(_ row: Int, of batch: RowBatch, _ decoded: DecodedRows) -> Bool {
        guard !batch.states[row].contains(.wrongWidth) else { return false }
        return ([codeField] + [nameField].compactMap(\.self)).allSatisfy {
            !decoded.column($0)[row].isMissing
        }
    }

    /// Adds the firms that were held because their code was repeated.
    func add(_ verdict: HeldVerdict) {
        let held = verdict.accepted
        let decoded = DecodedRows(held, fields: plan.contract.fields.count, slots: 0)
        rows.withLock { rows in
            for (row, _) in verdict.refused {
                guard let key = FirmKey(row.fields[codeField]) else { continue }
                rows.unresolve(key, nameField.map { row.fields[$0] } ?? [])
            }
            for row in held {
                guard let key = FirmKey(row.fields[codeField]) else { continue }
                rows.keys.append(key)
                if let nameField { rows.names.append(row.fields[nameField]) }
            }
            append(held.indices.map { Int32(truncatingIfNeeded: $0) }, decoded, count: held.count, to: &rows)
        }
    }

    private func append(_ accepted: [Int32], _ decoded: DecodedRows, count: Int, to rows: inout Rows) {
        func copy(_ field: Int?, to column: inout [Int64]) {
            let values = field.map { decoded.column($0) }
            for row in accepted { column.append(values?[Int(row)] ?? Int64.noRow) }
        }
        copy(townField, to: &rows.town)
        copy(industryField, to: &rows.industry)
        if nameField == nil { for _ in accepted { rows.names.append([]) } }
        let masks = plan.selections.map { $0.filter?.mask(decoded, count: count) }
        let from = plan.contract.validFrom.map { decoded.column($0) }
        let to = plan.contract.validTo.map { decoded.column($0) }
        for (index, column) in plan.columns.enumerated() {
            let mask = masks[column.selection]
            for row in accepted {
                let row = Int(row)
                var isIn = mask?[row] ?? true
                if let from, !from[row].isMissing, from[row] > plan.asOf { isIn = false }
                if let to, !to[row].isMissing, to[row] < plan.asOf { isIn = false }
                let cell: Int64
                switch column.aggregate {
                case .sum(let field), .latest(let field):
                    cell = isIn ? decoded.column(field)[row] : Int64.noRow
                case .count, .has: cell = isIn ? 1 : 0
                }
                rows.columns[index].append(cell)
            }
        }
    }

    func finish() -> Rows { rows.withLock { $0 } }
}

/// The registry in order of credit codes.
struct Registry {
    let table: FirmTable
    let codes: TextColumn
    let names: TextColumn
    let town: [Int64]
    let industry: [Int64]
    let columns: [CellColumn]

    /// Firms of which no row was refused.
    let resolved: Int

    /// Sorts the firms; `nil` with the hashes of codes that stand more than once on accepted rows.
    static func sorted(_ rows: RegistryTotals.Rows) -> (registry: Registry?, repeated: Set<UInt64>) {
        let isSorted = rows.keys.withUnsafeBufferPointer { keys in
            keys.indices.dropFirst().allSatisfy { keys[$0 - 1] < keys[$0] }
        }
        var rows = rows
        if !isSorted {
            let order = rows.order
            var repeated: Set<UInt64> = []
            for index in order.indices.dropFirst() where order[index - 1].key == order[index].key {
                repeated.insert(Hash.mix(order[index].key.hash, 1))
            }
            guard repeated.isEmpty else { return (nil, repeated) }
            rows = rows.arranged(order.map { Int($0.row) })
        }
        guard !rows.unresolved.isEmpty else { return (Registry(rows, resolved: rows.keys.count), []) }
        let resolved = rows.takeUnresolved()
        return (Registry(rows.arranged(rows.order.map { Int($0.row) }), resolved: resolved), [])
    }

    private init(_ rows: RegistryTotals.Rows, resolved: Int) {
        table = FirmTable(sorted: rows.keys)
        var codes = TextColumn()
        codes.reserve(texts: rows.keys.count, bytes: rows.keys.count * CreditCode.length)
        for key in rows.keys { key.append(to: &codes) }
        self.codes = codes
        names = rows.names
        town = rows.town
        industry = rows.industry
        columns = rows.columns.map(CellColumn.init)
        self.resolved = resolved
    }
}

extension RegistryTotals.Rows {
    /// Notes that a row of the firm was refused. Of several names the greatest by its bytes stays, so that the order
    /// of rows does not matter.
    fileprivate mutating func unresolve(_ key: FirmKey, _ name: [UInt8]) {
        if let known = unresolved[key], !known.lexicographicallyPrecedes(name) { return }
        unresolved[key] = name
    }

    /// The rows in order of their codes.
    fileprivate var order: [(key: FirmKey, row: Int32)] {
        var order = keys.indices.map { (key: keys[$0], row: Int32(truncatingIfNeeded: $0)) }
        order.sort { $0.key < $1.key }
        return order
    }

    /// These rows alone, in this order.
    fileprivate func arranged(_ order: [Int]) -> Self {
        func arranged(_ column: [Int64]) -> [Int64] { order.map { column[$0] } }
        var rows = RegistryTotals.Rows(columns: columns.map(arranged))
        rows.keys = order.map { keys[$0] }
        rows.names.reserve(texts: order.count, bytes: names.bytes.count)
        for row in order { rows.names.append(names.bytes[names.offsets[row]..<names.offsets[row + 1]]) }
        rows.town = arranged(town)
        rows.industry = arranged(industry)
        rows.unresolved = unresolved
        return rows
    }

    /// Makes firms with a refused row firms of which only code and name are known, whatever an accepted row of theirs
    /// says: nobody can tell which of the rows is right.
    /// - Returns: how many other firms there are.
    fileprivate mutating func takeUnresolved() -> Int {
        let others = keys.indices.filter { row in
            guard unresolved[keys[row]] != nil else { return true }
            unresolve(keys[row], Array(names.bytes[names.offsets[row]..<names.offsets[row + 1]]))
            return false
        }
        if others.count < keys.count { self = arranged(others) }
        for (key, name) in unresolved.sorted(by: { $0.key < $1.key }) {
            keys.append(key)
            names.append(name)
            town.append(Int64.refusedRow)
            industry.append(Int64.refusedRow)
            for index in columns.indices { columns[index].append(Int64.refusedRow) }
        }
        return others.count
    }
}

extension FirmKey {
    /// `nil` unless the text has the length of a credit code.
    init?(_ code: [UInt8]) {
        guard code.count == CreditCode.length else { return nil }
        guard let key = code.withUnsafeBufferPointer({ $0.baseAddress.map { FirmKey($0) } }) else {
            return nil
        }
        self = key
    }

    fileprivate func append(to column: inout TextColumn) {
        withUnsafeTemporaryAllocation(byteCount: CreditCode.length, alignment: 8) { buffer in
            buffer.storeBytes(of: a.bigEndian, as: UInt64.self)
            buffer.storeBytes(of: b.bigEndian, toByteOffset: 8, as: UInt64.self)
            buffer.storeBytes(of: c.bigEndian, toByteOffset: 16, as: UInt16.self)
            column.append(UnsafeRawBufferPointer(buffer))
        }
    }
}
