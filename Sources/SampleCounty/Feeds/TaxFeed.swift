/// 税收 of the tax bureau: one delivery a month, ascending by credit code.
enum TaxFeed {
    static let header =
        "统一社会信用代码,所属月份,增值税净入库,免抵税额,企业所得税,房产税,城镇土地使用税,城市维护建设税,教育费附加,印花税,环境保护税,资源税,先征后退,即征即退,留抵退税"

    /// Business of a month in hundredths of an average one: February is short, December long.
    private static let season: [Int64] = [104, 58, 98, 101, 103, 105, 99, 97, 103, 104, 110, 118]

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        for month in 0..<12 {
            let (text, after) = Calendar.month(month, of: county.year)
            var delivery = Delivery(
                "tax-\(text)", feed: "tax", department: "税务局", created: "\(after)-15T09:10:00+08:00",
                cover: .period(from: text, to: text), header: header,
                controlTotal: .init(header: "增值税净入库", decimals: 2))
            let monthField = Array(",\(text),".utf8)
            try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
                for (index, firm) in county.firms.enumerated()
                where month >= Int(firm.firstMonth) && month <= Int(firm.lastMonth) {
                    let taxes = MonthOfTaxes(
                        firm, index, month: month, season: season[month], seed: county.seed)
                    file.row.text(county.codes[index])
                    file.row.text(monthField)
                    taxes.append(to: &file.row)
                    try file.endRow(adding: taxes.vat)
                }
            }
            try delivery.writeManifest(in: inbox)
        }
    }
}

/// The taxes of one firm in one month, in 分.
private struct MonthOfTaxes {
    private(set) var vat: Int64 = 0
    private var exportCredit: Int64 = 0
    private var income: Int64 = 0
    private var property: Int64 = 0
    private var landUse: Int64 = 0
    private var stamp: Int64 = 0
    private var environment: Int64 = 0
    private var resource: Int64 = 0
    private var refundAfter: Int64 = 0
    private var refundOn: Int64 = 0
    private var creditRefund: Int64 = 0

    init(_ firm: Firm, _ index: Int, month: Int, season: Int64, seed: UInt64) {
        var draw = Draw(seed, .tax, index * 12 + month)
        let noise = Int64(draw.within(75...125))
        let isQuarterEnd = month % 3 == 0
        // Small taxpayers declare by quarter, and one firm in eight exports.
        let isQuarterly = !firm.isAboveScale && firm.revenue < 5000
        let exports = index % 8 == 3
        if !isQuarterly || isQuarterEnd {
            // In 分: 58 % of the year's tax is VAT.
            let monthly = firm.tax * 58 / 12 * season / 100 * noise / 100 * (isQuarterly ? 3 : 1)
            vat = exports ? monthly * 6 / 10 : monthly
            exportCredit = exports ? monthly * 4 / 10 : 0
            stamp = firm.revenue * 25 / 12 * season / 100 * (isQuarterly ? 3 : 1)
            if draw.chance(firm.isAboveScale ? 9 : 5) {
                // A refund of credits carried over outweighs what the month brings in.
                creditRefund = monthly * Int64(draw.within(150...600)) / 100
                vat -= creditRefund
            }
        }
        if isQuarterEnd { income = firm.tax * 22 / 4 * noise / 100 }
        if month == 4 || month == 10 {
            property = firm.certificates > 0 ? firm.ownLand / 100 * 420 : 0
            landUse = firm.certificates > 0 ? firm.ownLand / 100 * 200 : 0
        }
        if isQuarterEnd, draw.below(1000) < Industry.all[Int(firm.industry)].reportsEmission {
            environment = Int64(draw.within(3_000...180_000))
        }
        if firm.isUtility, isQuarterEnd { resource = Int64(draw.within(0...900_000)) }
        if index % 331 == 7 { refundOn = max(0, vat) * 3 / 10 }
        if index % 997 == 11, isQuarterEnd { refundAfter = income / 2 }
    }

    func append(to row: inout RowBuffer) {
        let base = max(0, vat) + exportCredit
        row.decimal(vat, places: 2)
        row.nextDecimal(exportCredit, places: 2)
        row.nextDecimal(income, places: 2)
        row.nextDecimal(property, places: 2)
        row.nextDecimal(landUse, places: 2)
        row.nextDecimal(base * 7 / 100, places: 2)
        row.nextDecimal(base * 5 / 100, places: 2)
        row.nextDecimal(stamp, places: 2)
        row.nextDecimal(environment, places: 2)
        row.nextDecimal(resource, places: 2)
        row.nextDecimal(refundAfter, places: 2)
        row.nextDecimal(refundOn, places: 2)
        row.nextDecimal(creditRefund, places: 2)
    }
}
