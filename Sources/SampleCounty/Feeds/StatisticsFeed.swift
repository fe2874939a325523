import Evaluation

/// 统计 of the statistics bureau: one delivery for the year. Every firm above scale, and a few below it.
enum StatisticsFeed {
    static let header = "统一社会信用代码,年度,工业总产值,增加值,主营业务收入,利润总额,年平均职工人数,研发费用,综合能源消费量,入统日期"

    static func isListed(_ firm: Firm, _ index: Int) -> Bool {
        firm.hasBusiness && firm.lastMonth == 11 && (firm.isAboveScale || index % 61 == 17)
    }

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        var delivery = Delivery(
            "statistics-\(county.year)", feed: "statistics", department: "统计局",
            created: "\(county.year + 1)-03-10T15:20:00+08:00",
            cover: .period(from: "\(county.year)-01", to: "\(county.year)-12"), header: header,
            controlTotal: .init(header: "主营业务收入", decimals: 0))
        try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
            for (index, firm) in county.firms.enumerated() where isListed(firm, index) {
                let revenue = firm.revenue * firm.monthsOfBusiness / 12
                file.row.text(county.codes[index])
                file.row.comma()
                file.row.integer(Int64(county.year))
                append(firm, index, revenue: revenue, county, to: &file.row)
                try file.endRow(adding: revenue)
            }
        }
        try delivery.writeManifest(in: inbox)
    }

    private static func append(
        _ firm: Firm, _ index: Int, revenue: Int64, _ county: County, to row: inout RowBuffer
    ) {
        var draw = Draw(county.seed, .statistics, index)
        let output = revenue * Int64(draw.within(94...112)) / 100
        var valueAdded = draw.amount(median: revenue * 23 / 100, sigma: 260)
        // 180 thousand yuan of value added per person, 27 per tce.
        let staff = draw.chance(2) ? 0 : max(1, draw.amount(median: valueAdded / 180, sigma: 330))
        let energy = max(50, draw.amount(median: valueAdded * 100 / 27, sigma: 450))
        if firm.isFailing { valueAdded = valueAdded * Int64(draw.within(15...60)) / 100 }
        if draw.chance(6) { valueAdded = -valueAdded / 8 }
        let profit = valueAdded * Int64(draw.within(-12...48)) / 100
        row.nextDecimal(output, places: 0)
        row.nextDecimal(valueAdded, places: 0)
        row.nextDecimal(revenue, places: 0)
        row.nextDecimal(profit, places: 0)
        row.nextDecimal(staff, places: 0)
        row.comma()
        // Blank research is not zero research: 3 % do not say, 9 % have none.
        let point = draw.below(100)
        if point >= 12 {
            row.integer(draw.amount(median: revenue * 31 / 1000, sigma: 420))
        } else if point >= 3 {
            row.byte(UInt8(ascii: "0"))
        }
        row.nextDecimal(energy, places: 2)
        row.comma()
        guard firm.isAboveScale else { return }
        let youngest = Day(year: county.year, month: 12, day: 1)?.number ?? 0
        let earliest = min(youngest, max(Int64(firm.founded) + 330, 13_000))
        row.day(Day(number: earliest + Int64(draw.below(Int(max(1, youngest - earliest))))))
    }
}
