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
    }

    let plan: FeedPlan
    let suspects: Set<UInt64>?
    private let rows: Mutex<Rows>
    private let codeField: Int
    private let nameField: Int?
    private let townField: Int?
    private let industryField: Int?

    init(_ plan: FeedPlan, expected: Int, suspects: Set<UInt64>? = nil) {
        self.plan = plan
        self.suspects = suspects
        func field(_ name: String) -> Int? { plan.contract.fields.firstIndex { $0.name == name } }
        codeField = plan.contract.key.first ?? 0
        nameField = field("name")
        townField = field("town")
        industryField = field("industry")
        var rows = Rows(columns: Array(repeating: [], count: plan.columns.count))
        rows.keys.reserveCapacity(expected)
        rows.names.reserve(texts: expected, bytes: expected * 24)
        rows.town.reserveCapacity(expected)
        rows.industry.reserveCapacity(expected)
        for index in rows.columns.indices { rows.columns[index].reserveCapacity(expected) }
        self.rows = Mutex(rows)
    }

    func add(
        _ accepted: [Int32], of batch: RowBatch, _ decoded: DecodedRows, columns: [Int],
        in bytes: UnsafePointer<UInt8>, held: [HeldRow]
    ) {
        rows.withLock { rows in
            rows.held += held
            for row in accepted {
                let row = Int(row)
                rows.keys.append(FirmKey(bytes + Int(batch.span(row, columns[codeField]).start)))
                if let nameField {
                    let span = batch.span(row, columns[nameField])
                    if span.hasDoubledQuotes {
                        rows.names.append(span.content(in: bytes))
                    } else {
                        rows.names.append(
                            UnsafeBufferPointer(start: bytes + Int(span.start), count: span.count))
                    }
                }
            }
            append(accepted, decoded, count: batch.count, to: &rows)
        }
    }

    /// Adds the firms that were held because their code was repeated.
    func add(_ held: [HeldRow]) {
        let decoded = DecodedRows(held, fields: plan.contract.fields.count, slots: 0)
        rows.withLock { rows in
            for row in held {
                row.fields[codeField].withUnsafeBufferPointer { code in
                    guard code.count == CreditCode.length, let start = code.baseAddress else { return }
                    rows.keys.append(FirmKey(start))
                }
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
    let columns: [[Int64]]

    /// Sorts the firms; `nil` with the hashes of codes that stand more than once.
    static func sorted(_ rows: RegistryTotals.Rows) -> (registry: Registry?, repeated: Set<UInt64>) {
        let keys = rows.keys
        let isSorted = keys.withUnsafeBufferPointer { keys in
            keys.indices.dropFirst().allSatisfy { keys[$0 - 1] < keys[$0] }
        }
        if isSorted {
            return (Registry(keys, rows.names, rows.town, rows.industry, rows.columns), [])
        }
        var order = keys.indices.map { (key: keys[$0], row: Int32(truncatingIfNeeded: $0)) }
        order.sort { $0.key < $1.key }
        var repeated: Set<UInt64> = []
        for index in order.indices.dropFirst() where order[index - 1].key == order[index].key {
            repeated.insert(Hash.mix(order[index].key.hash, 1))
        }
        guard repeated.isEmpty else { return (nil, repeated) }
        func arranged(_ column: [Int64]) -> [Int64] { order.map { column[Int($0.row)] } }
        var names = TextColumn()
        names.reserve(texts: order.count, bytes: rows.names.bytes.count)
        for (_, row) in order {
            let row = Int(row)
            names.append(rows.names.bytes[rows.names.offsets[row]..<rows.names.offsets[row + 1]])
        }
        let registry = Registry(
            order.map(\.key), names, arranged(rows.town), arranged(rows.industry), rows.columns.map(arranged))
        return (registry, [])
    }

    private init(
        _ keys: [FirmKey], _ names: TextColumn, _ town: [Int64], _ industry: [Int64], _ columns: [[Int64]]
    ) {
        table = FirmTable(sorted: keys)
        var codes = TextColumn()
        codes.reserve(texts: keys.count, bytes: keys.count * CreditCode.length)
        for key in keys { key.append(to: &codes) }
        self.codes = codes
        self.names = names
        self.town = town
        self.industry = industry
        self.columns = columns
    }
}

extension FirmKey {
    fileprivate func append(to column: inout TextColumn) {
        withUnsafeTemporaryAllocation(byteCount: CreditCode.length, alignment: 8) { buffer in
            buffer.storeBytes(of: a.bigEndian, as: UInt64.self)
            buffer.storeBytes(of: b.bigEndian, toByteOffset: 8, as: UInt64.self)
            buffer.storeBytes(of: c.bigEndian, toByteOffset: 16, as: UInt16.self)
            column.append(buffer)
        }
    }
}
