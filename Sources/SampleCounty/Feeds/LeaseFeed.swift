import Evaluation

/// 租赁 of the towns: a snapshot in one file per town.
enum LeaseFeed {
    static let header = "出租方代码,承租方代码,不动产权证号,租赁面积,起租日期,到期日期,类型"

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        var delivery = Delivery(
            "lease-\(county.year + 1)-03-31", feed: "lease", department: "镇街",
            created: "\(county.year + 1)-04-08T16:45:00+08:00", cover: .stateOf("\(county.year + 1)-03-31"),
            header: header, controlTotal: .init(header: "租赁面积", decimals: 2))
        for (number, town) in Town.all.enumerated() {
            try delivery.writeFile(part: town.code, town: town.name, in: &inbox) {
                (file: inout FeedFile) throws(CountyError) in
                for (index, firm) in county.firms.enumerated() where Int(firm.town) == number {
                    if firm.premises != .owner { try writeLease(of: firm, index, county, to: &file) }
                    if index % 41 == 9 { try writeEndedLease(of: firm, index, county, to: &file) }
                }
            }
        }
        try delivery.writeManifest(in: inbox)
    }

    private static func writeLease(
        of firm: Firm, _ index: Int, _ county: County, to file: inout FeedFile
    ) throws(CountyError) {
        var draw = Draw(county.seed, .lease, index &+ county.firms.count)
        if firm.lessor >= 0 { file.row.text(county.codes[Int(firm.lessor)]) }
        file.row.comma()
        file.row.text(county.codes[index])
        file.row.comma()
        switch firm.premises {
        case .owner, .tenantOfFirm:
            if firm.lessor >= 0 {
                LandFeed.appendCertificate(
                    Int(county.firstCertificate[Int(firm.lessor)]), county, to: &file.row)
            }
        case .tenantOfVillage: appendPlace("村二厂", firm, &draw, to: &file.row)
        case .tenantOfPark: appendPlace("小微园", firm, &draw, to: &file.row)
        case .tenantOfDwelling: appendPlace("民房", firm, &draw, to: &file.row)
        }
        let begin = Int64(firm.founded) + Int64(draw.below(60))
        file.row.nextDecimal(firm.usedLand, places: 2)
        file.row.comma()
        file.row.day(Day(number: begin))
        file.row.comma()
        // Open-ended, or still in force for some years.
        if draw.chance(600) {
            let end = Day(year: county.year + 1, month: 12, day: 31)?.number ?? begin
            file.row.day(Day(number: end + Int64(draw.below(1400))))
        }
        switch firm.premises {
        case .owner, .tenantOfFirm: file.row.text(",企业")
        case .tenantOfVillage: file.row.text(",村二厂")
        case .tenantOfPark: file.row.text(",小微园")
        case .tenantOfDwelling: file.row.text(",民用房")
        }
        try file.endRow(adding: firm.usedLand)
    }

    /// Where the firm sat before: a lease that ended before the data year and counts no more.
    private static func writeEndedLease(
        of firm: Firm, _ index: Int, _ county: County, to file: inout FeedFile
    ) throws(CountyError) {
        let newYear = Day(year: county.year, month: 1, day: 1)?.number ?? 0
        guard Int64(firm.founded) + 800 < newYear else { return }
        var draw = Draw(county.seed, .lease, index &+ 2 * county.firms.count)
        let area = Int64(draw.within(12_000...90_000))
        file.row.comma()
        file.row.text(county.codes[index])
        file.row.comma()
        appendPlace("旧厂房", firm, &draw, to: &file.row)
        file.row.nextDecimal(area, places: 2)
        file.row.comma()
        file.row.day(Day(number: Int64(firm.founded)))
        file.row.comma()
        file.row.day(Day(number: newYear - Int64(draw.within(1...400))))
        file.row.text(",村二厂")
        try file.endRow(adding: area)
    }

    private static func appendPlace(
        _ kind: StaticString, _ firm: Firm, _ draw: inout Draw, to row: inout RowBuffer
    ) {
        row.text(Town.all[Int(firm.town)].name)
        row.text(kind)
        row.integer(Int64(draw.within(1...40)))
        row.text("号")
    }
}
