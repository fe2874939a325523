/// 用电 of the grid company: one delivery a month, ascending by account number.
enum PowerFeed {
    static let header = "户号,户名,统一社会信用代码,用电月份,用电量"

    private static let season: [Int64] = [95, 52, 96, 98, 102, 108, 118, 117, 106, 99, 102, 107]

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        let names = FirmNames(seed: county.seed)
        for month in 0..<12 {
            let (text, after) = Calendar.month(month, of: county.year)
            var delivery = Delivery(
                "power-\(text)", feed: "power", department: "供电公司", created: "\(after)-05T18:00:00+08:00",
                cover: .period(from: text, to: text), header: header,
                controlTotal: .init(header: "用电量", decimals: 0))
            let monthField = Array(",\(text),".utf8)
            try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
                for (number, meter) in county.meters.enumerated() {
                    let index = Int(meter.firm)
                    let firm = county.firms[index]
                    // Power is drawn from the month before the first tax month on.
                    guard month >= Int(firm.firstMonth) - 1, month <= Int(firm.lastMonth) else { continue }
                    var draw = Draw(county.seed, .power, number * 12 + month)
                    let noise = Int64(draw.within(80...120))
                    let kWh = firm.power * Int64(meter.share) / 1200 * season[month] / 100 * noise / 100
                    // Ten digits; numbers in use stand far apart.
                    file.row.integer(3_300_000_000 + Int64(number) * 397 + Int64(number % 61))
                    file.row.comma()
                    names.appendAccountName(of: index, firm, to: &file.row)
                    file.row.comma()
                    if meter.hasCode { file.row.text(county.codes[index]) }
                    file.row.text(monthField)
                    file.row.integer(kWh)
                    try file.endRow(adding: kWh)
                }
            }
            try delivery.writeManifest(in: inbox)
        }
    }
}
