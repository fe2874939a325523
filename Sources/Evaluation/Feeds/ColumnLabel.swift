extension FeedColumn {
    /// What people call the column: `税收：增值税净入库`, `租赁（出租）：记录数（类型 = 企业）`, `有荣誉资质（高新技术企业）`.
    func label(_ contract: FeedContract) -> String {
        let relation = contract.relations[relation]
        let feed = contract.title + (relation.label.isEmpty ? "" : "（\(relation.label)）")
        let rows = filter.map { "（\(RowFilterLabel(contract: contract).text($0))）" } ?? ""
        return switch aggregate {
        case .sum(let field), .latest(let field): "\(feed)：\(contract.fields[field].header)\(rows)"
        case .count: "\(feed)：记录数\(rows)"
        case .has: "有\(feed)\(rows)"
        }
    }
}

/// A condition on rows in the words of the feed.
private struct RowFilterLabel {
    let contract: FeedContract

    func text(_ filter: RowFilter) -> String {
        switch filter {
        // The kind of a row goes without saying.
        case .isOneOf(let field, let texts) where field == contract.category:
            return texts.joined(separator: "、")
        case .isOneOf(let field, let texts):
            return "\(contract.fields[field].header) = \(texts.joined(separator: "、"))"
        case .compare(let field, let comparison, let value):
            return
                "\(contract.fields[field].header) \(comparison.sign) \(constant(value, contract.fields[field]))"
        case .all(let parts): return parts.map(nested).joined(separator: " 且 ")
        case .any(let parts): return parts.map(nested).joined(separator: " 或 ")
        case .not(let inner): return "非 \(nested(inner))"
        }
    }

    private func nested(_ filter: RowFilter) -> String {
        switch filter {
        case .all, .any: "（\(text(filter))）"
        case .isOneOf, .compare, .not: text(filter)
        }
    }

    private func constant(_ value: Int64, _ field: FeedField) -> String {
        switch field.kind {
        case .date: return Day(number: value).description
        case .decimal(let places):
            let unit = field.unit.map { $0.isOne ? "" : " \($0.symbol)" } ?? ""
            return DecimalText.trimmed(value, decimals: places) + unit
        case .creditCode, .month, .year, .category, .text: return "\(value)"
        }
    }
}
