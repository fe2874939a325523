import Evaluation

extension FeedPlan {
    /// The objections among rows that count, in order of firm, subject and date.
    func objections(_ rows: [HeldRow], _ firms: FirmTable) -> [Objection] {
        let fields = contract.fields
        func text(_ row: HeldRow, _ name: String) -> String {
            guard let field = fields.firstIndex(where: { $0.name == name }) else { return "" }
            guard fields[field].kind == .date else {
                return String(decoding: row.fields[field], as: UTF8.self)
            }
            return row.values[field].isMissing ? "" : Day(number: row.values[field]).description
        }
        let found = rows.compactMap { row -> Objection? in
            guard let firm = row.firms.first, firm >= 0 else { return nil }
            return Objection(
                code: firms.key(of: Int(firm)).text, subject: text(row, "subject"),
                grounds: text(row, "grounds"), evidence: text(row, "evidence"), date: text(row, "date"),
                outcome: text(row, "outcome"), document: text(row, "document"),
                decidedOn: text(row, "decided"), explanation: text(row, "explanation"))
        }
        return found.sorted { ($0.code, $0.subject, $0.date) < ($1.code, $1.subject, $1.date) }
    }
}
