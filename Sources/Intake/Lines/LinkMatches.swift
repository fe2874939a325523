import Evaluation

/// Finds the rows again that a run linked to a firm in another way than by its code.
struct LinkMatches: Sendable {
    /// What stands in a row in place of the firm's code.
    private struct Delivered: Hashable {
        let field: Int
        let code: [UInt8]
        /// `nil` for any.
        let key: [UInt8]?
    }

    private var delivered: Set<Delivered> = []
    /// Meters whose readings belong to the firm in part, in these months, whatever the code of the row.
    private var meters: [[UInt8]: [Period]] = [:]
    private var fields: [Int] = []
    private let key: Int?
    private let period: Int?

    var isEmpty: Bool { delivered.isEmpty && meters.isEmpty }
    /// The period of the feed, where it must be decoded before rows are looked for.
    var needed: Int? { meters.isEmpty ? nil : period }

    /// - Parameters:
    ///   - entries: those of one firm in the feed of the contract.
    ///   - months: of the firm's shares of a meter.
    init(_ entries: [LinkEntry], _ contract: FeedContract, months: (String) -> [Period]) {
        key = contract.links.anchor ?? contract.links.name
        period = contract.period
        for entry in entries {
            guard let field = contract.relations.first(where: { $0.name == entry.relation })?.field else {
                continue
            }
            // What says nothing of itself is like every other row that says nothing.
            if entry.code.isEmpty, entry.key.isEmpty { continue }
            if entry.way == .share {
                meters[Array(entry.key.utf8)] = months(entry.key)
                continue
            }
            delivered.insert(
                Delivered(
                    field: field, code: Array(entry.code.utf8),
                    key: entry.way == .successor ? nil : Array(entry.key.utf8)))
            if !fields.contains(field) { fields.append(field) }
        }
    }

    /// Rows of meters, whatever else stands in them.
    /// - Parameter field: of the meter.
    init(meters: Set<String>, field: Int) {
        for meter in meters { self.meters[Array(meter.utf8)] = [] }
        key = field
        period = nil
    }

    /// - Parameter month: what the row has in ``needed``.
    func fits(
        _ row: Int, _ batch: RowBatch, _ header: Header, _ bytes: UnsafePointer<UInt8>, month: Int64?
    ) -> Bool {
        let key = key.map { header.span(row, $0, of: batch).content(in: bytes) } ?? []
        if !key.isEmpty, let months = meters[key] {
            guard period != nil else { return true }
            if let month, !month.isMissing, months.contains(where: { $0.contains(Int(month)) }) {
                return true
            }
        }
        return fields.contains { field in
            let code = header.span(row, field, of: batch).content(in: bytes)
            return delivered.contains(Delivered(field: field, code: code, key: key))
                || !code.isEmpty && delivered.contains(Delivered(field: field, code: code, key: nil))
        }
    }
}
