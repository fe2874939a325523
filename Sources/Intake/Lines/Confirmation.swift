package import Evaluation

/// What a firm says of one of its values (feed `confirmation`).
package struct Confirmation: Sendable, Equatable {
    /// Name or label of the value: `land`, 用地面积.
    package let measure: String
    /// With four decimals, in the unit of the value; empty when not told.
    package let reported: String
    /// 已报送, 已确认 or 有异议.
    package let state: String
    /// What the firm holds right; empty unless it told.
    package let confirmed: String
    /// `2022-04-20`.
    package let date: String
    package let document: String

    /// `已确认（2022-04-20，某函〔2022〕3号）`, `有异议，核实值 12.3456，报送值 12.0000（2022-04-20）`.
    package var text: String {
        let values = [("核实值", confirmed), ("报送值", reported)].filter { !$0.1.isEmpty && state == "有异议" }
            .map { "，\($0.0) \($0.1)" }.joined()
        return "\(state)\(values)（\([date, document].filter { !$0.isEmpty }.joined(separator: "，"))）"
    }
}

extension FeedLines {
    /// What one firm confirmed or disputed, by value, as a run read it; the rows that count.
    ///
    /// The arguments are those of ``find(code:in:links:archive:contracts:dataYear:asOf:threads:)``, and so is what it throws.
    package static func confirmations(
        code: String, in files: [FileRecord], links: [LinkEntry] = [], archive: String,
        contracts: [FeedContract], dataYear: Int, asOf: Day, threads: Int
    ) throws(IntakeError) -> [Confirmation] {
        let own = files.filter { $0.feed == FeedContract.confirmationName }
        guard !own.isEmpty,
            let contract = contracts.first(where: { $0.name == FeedContract.confirmationName })
        else { return [] }
        let lines = try find(
            code: code, in: own, links: links, archive: archive, contracts: contracts, dataYear: dataYear,
            asOf: asOf, threads: threads)
        let found = lines.filter { $0.fate == .counted }.map { line -> Confirmation in
            func text(_ name: String) -> String {
                let field = contract.fields.firstIndex { $0.name == name }
                return field.flatMap { line.fields.indices.contains($0) ? line.fields[$0] : nil } ?? ""
            }
            return Confirmation(
                measure: text("measure"), reported: text("reported"), state: text("state"),
                confirmed: text("confirmed"), date: text("date"), document: text("document"))
        }
        // Rows of one key that differ are refused; alike ones are one.
        var settled: [Confirmation] = []
        for confirmation in found {
            let others = found.filter { $0.measure == confirmation.measure }
            guard others.allSatisfy({ $0 == confirmation }), !settled.contains(confirmation) else { continue }
            settled.append(confirmation)
        }
        return settled
    }
}
