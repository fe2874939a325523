/// 排放 of the environment bureau: the firms that report emissions, some of them zero. Most hardware firms do not.
enum EmissionFeed {
    static let header = "统一社会信用代码,年度,化学需氧量,氨氮,二氧化硫,氮氧化物,核定排污权"

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        var delivery = Delivery(
            "emission-\(county.year)", feed: "emission", department: "生态环境局",
            created: "\(county.year + 1)-02-25T11:00:00+08:00",
            cover: .period(from: "\(county.year)-01", to: "\(county.year)-12"), header: header)
        try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
            for (index, firm) in county.firms.enumerated() where firm.hasBusiness {
                var draw = Draw(county.seed, .emission, index)
                let often = Industry.all[Int(firm.industry)].reportsEmission
                guard draw.chance(firm.isAboveScale ? max(300, often) : often) else { continue }
                file.row.text(county.codes[index])
                file.row.comma()
                file.row.integer(Int64(county.year))
                append(firm, &draw, to: &file.row)
                try file.endRow()
            }
        }
        try delivery.writeManifest(in: inbox)
    }

    /// Tonnes × 10,000: about 50 million yuan of value added per tonne, and 23 % of the revenue is value added.
    private static func append(_ firm: Firm, _ draw: inout Draw, to row: inout RowBuffer) {
        let isZero = draw.chance(200)
        let total = isZero ? 0 : draw.amount(median: max(20, firm.revenue * 23 * 100 / 50_000), sigma: 900)
        let water = Int64(draw.within(35...75))
        let air = (100 - water) / 3
        row.nextDecimal(total * water / 100, places: 4)
        row.nextDecimal(total * water / 1500, places: 4)
        row.nextDecimal(total * air / 100, places: 4)
        row.nextDecimal(total * air * 2 / 100, places: 4)
        row.comma()
        if !isZero, draw.chance(350) { row.decimal(total * Int64(draw.within(90...160)) / 100, places: 4) }
    }
}
