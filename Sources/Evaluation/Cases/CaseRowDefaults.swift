/// What the rows of a case leave out. It is believable: a firm in business above scale, the data year, nothing else
/// paid.
struct CaseRowDefaults {
    let dataYear: Int
    let caseName: String
    /// Names of the firms of the case.
    let firms: [String]

    /// What a field holds that the row does not mention; for months see ``CaseMonths``.
    /// - Parameter position: of the row among those that the case states under one key.
    func value(
        of field: Int, _ contract: FeedContract, firm: Int, position: Int
    ) -> MethodCase.Value {
        let own = contract.fields[field]
        if contract.addsUp == .flow, field == contract.period, own.kind == .year {
            return .number(Int64(dataYear))
        }
        guard own.required else { return .blank }
        switch own.kind {
        case .decimal: return .number(min(max(0, own.range.lowerBound), own.range.upperBound))
        case .date:
            let year = contract.name == FeedContract.registryName ? 2001 : dataYear
            return Day(year: year, month: 1, day: 1).map { .number($0.number) } ?? .blank
        case .text where contract.name == FeedContract.registryName: return .text(firms[firm])
        case .text: return .text("\(caseName)-\(firm + 1)-\(position + 1)")
        case .category:
            guard contract.name == FeedContract.registryName else {
                // Rows that are stated apart are not the same row: two certificates.
                let tellsRowsApart = own.allowed.isEmpty && contract.key.contains(field)
                return tellsRowsApart ? .text("\(caseName)-\(firm + 1)-\(position + 1)") : .blank
            }
            return .text(own.allowed.first ?? CaseRowDefaults.registryTexts[own.name] ?? "")
        case .month, .year, .creditCode: return .blank
        }
    }

    /// Metal doors, in the first street of the county.
    private static let registryTexts = ["industry": "3312", "town": "东城街道"]
}
