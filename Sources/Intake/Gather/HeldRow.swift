import Evaluation

/// A row that is kept in full until all rows are read: its key may be repeated, or it belongs to the decision feed.
struct HeldRow: Sendable {
    /// Index of the file in the survey.
    let file: Int
    let line: Int
    let byte: Int
    /// The row as delivered, personal columns masked.
    let text: String
    /// One per field of the contract: the content of a text, otherwise the decoded value as text. The code of a firm that
    /// was found in another way is the firm's own, so that rows of one key are alike, whatever code they stand on.
    var fields: [[UInt8]]
    /// Codes as delivered, one per slot of the plan; empty where nobody asks.
    var codes: [[UInt8]] = []
    var values: [Int64]
    /// One per slot of the plan.
    var firms: [Int32]
    /// How each was found, one per slot; empty where nobody asks.
    var ways: [LinkWay] = []
    /// Refused already; kept for what the rows of its meter or certificate say of its firms.
    var isRefused = false
}

/// What becomes of held rows: identical rows of a key are one row, differing ones are all refused.
struct HeldVerdict {
    private(set) var accepted: [HeldRow] = []
    private(set) var collapsed: [HeldRow] = []
    /// With the number of different rows of the key.
    private(set) var refused: [(row: HeldRow, count: Int)] = []

    init(_ rows: [HeldRow], key: [Int]) {
        var groups: [[[UInt8]]: [HeldRow]] = [:]
        for row in rows { groups[key.map { row.fields[$0] }, default: []].append(row) }
        for group in groups.values {
            let different = Set(group.map(\.fields)).count
            let ordered = group.sorted { ($0.file, $0.line, $0.byte) < ($1.file, $1.line, $1.byte) }
            if different == 1 {
                accepted.append(ordered[0])
                collapsed += ordered.dropFirst()
            } else {
                refused += ordered.map { ($0, different) }
            }
        }
        accepted.sort { ($0.file, $0.line, $0.byte) < ($1.file, $1.line, $1.byte) }
    }
}

extension DecodedRows {
    /// The held rows again as columns, to be added like any others.
    convenience init(_ rows: [HeldRow], fields: Int, slots: Int) {
        self.init(fields: fields, slots: slots, capacity: max(rows.count, 1))
        for (index, row) in rows.enumerated() {
            for (field, value) in row.values.enumerated() { column(field)[index] = value }
            for (slot, firm) in row.firms.enumerated() { firms(slot)[index] = firm }
        }
    }
}
