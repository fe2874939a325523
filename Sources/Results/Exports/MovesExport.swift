package import Evaluation

/// The firms that a comparison moves, as CSV for spreadsheets: one row each, old and new, and for every step the tier
/// after it and what it adds to total and rank.
package struct MovesExport {
    private let comparison: Comparison

    package init(_ comparison: Comparison) { self.comparison = comparison }

    /// - Parameters:
    ///   - limit: how many firms at most; `nil` for all.
    ///   - about: what was compared, repeated in every row.
    package func write(limit: Int?, about: String, to sink: ByteSink) throws {
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        let columns = columns
        let tail: [(ExportTable.Column, ExportTable.Value)] = [
            (.init(name: "about", header: "比较", kind: .text), .text(about)),
            (
                .init(name: "audience", header: "公开范围", kind: .text),
                .text(ListRule.Audience.office.label)
            ),
        ]
        CSV.line(&bytes, (columns + tail.map(\.0)).map { ($0, .text($0.header)) }, isHeader: true)
        for firm in comparison.movers.prefix(limit ?? .max) {
            CSV.line(&bytes, Array(zip(columns, values(firm))) + tail, isHeader: false)
            if bytes.count >= 1 << 16 {
                try sink(bytes[...])
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes[...])
    }

    private var columns: [ExportTable.Column] {
        func column(_ header: String, _ kind: ExportTable.Column.Kind = .text) -> ExportTable.Column {
            .init(name: header, header: header, kind: kind)
        }
        let total = ExportTable.Column.Kind.decimal(comparison.decimals)
        let fixed = [
            column("统一社会信用代码", .code), column("企业名称"), column("属地"), column("行业代码", .code),
            column("原评价组"), column("新评价组"), column("原档次"), column("新档次"), column("原总分", total),
            column("新总分", total), column("原名次", .integer), column("新名次", .integer),
        ]
        return fixed
            + comparison.steps.enumerated().flatMap { index, step in
                let head = "\(index + 1) \(step.label)"
                return [
                    column("\(head)：档次"), column("\(head)：总分增减", total),
                    column("\(head)：名次增减", .integer),
                ]
            }
    }

    private func values(_ firm: Int) -> [ExportTable.Value] {
        let last = comparison.steps.count
        func number(_ number: Int64?) -> ExportTable.Value { number.map { .number($0) } ?? .empty }
        func change(_ old: Int64?, _ new: Int64?) -> ExportTable.Value {
            guard let old, let new else { return .empty }
            return .number(new - old)
        }
        func cohort(_ steps: Int) -> ExportTable.Value {
            comparison.cohort(firm, after: steps).map { .text($0.label) } ?? .empty
        }
        let fixed: [ExportTable.Value] = [
            .text(comparison.firms.codes[firm]), .text(comparison.firms.names[firm]),
            .text(comparison.firms.townText(firm)), .text(comparison.firms.industryText(firm)), cohort(0),
            cohort(last), .text(comparison.label(comparison.oldPlace(firm))),
            .text(comparison.label(comparison.newPlace(firm))), number(comparison.total(firm, after: 0)),
            number(comparison.total(firm, after: last)), number(comparison.rank(firm, after: 0)),
            number(comparison.rank(firm, after: last)),
        ]
        return fixed
            + comparison.steps.indices.flatMap { step in
                [
                    .text(comparison.label(comparison.place(firm, after: step + 1))),
                    change(
                        comparison.total(firm, after: step), comparison.total(firm, after: step + 1)),
                    change(comparison.rank(firm, after: step), comparison.rank(firm, after: step + 1)),
                ]
            }
    }
}
