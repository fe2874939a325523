import Evaluation

/// 荣誉资质 of the departments that grant them, ascending by credit code. Some have run out.
enum TitleFeed {
    static let header = "统一社会信用代码,称号,级别,授予日期,有效期至"

    private struct Kind {
        let name: StaticString
        let level: StaticString
        /// Firms in a thousand that hold it, above and below scale.
        let above: Int
        let below: Int
        /// How long it is valid; 0 for ever.
        let years: Int
    }

    private static let kinds = [
        Kind(name: "高新技术企业", level: "国家级", above: 300, below: 8, years: 3),
        Kind(name: "省科技型中小企业", level: "省级", above: 250, below: 40, years: 0),
        Kind(name: "专精特新中小企业", level: "省级", above: 90, below: 4, years: 3),
        Kind(name: "专精特新小巨人", level: "国家级", above: 12, below: 0, years: 3),
        Kind(name: "绿色工厂", level: "市级", above: 25, below: 0, years: 3),
        Kind(name: "品字标企业", level: "省级", above: 45, below: 1, years: 4),
        Kind(name: "企业研发机构", level: "省级", above: 50, below: 0, years: 0),
        Kind(name: "政府质量奖", level: "县级", above: 15, below: 0, years: 5),
        Kind(name: "上市企业", level: "国家级", above: 6, below: 0, years: 0),
    ]

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        let year = county.year
        var delivery = Delivery(
            "title-\(year)", feed: "title", department: "科技、经信、市监、金融部门",
            created: "\(year + 1)-01-12T09:00:00+08:00",
            cover: .period(from: "\(year - 5)-01", to: "\(year)-12"), header: header)
        try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
            for (index, firm) in county.firms.enumerated() where firm.hasBusiness && !firm.isProprietor {
                var draw = Draw(county.seed, .title, index)
                for kind in kinds {
                    guard draw.chance(firm.isAboveScale ? kind.above : kind.below) else { continue }
                    let earliest = Day(year: year - 4, month: 1, day: 1)?.number ?? 0
                    let latest = Day(year: year, month: 12, day: 31)?.number ?? 0
                    let granted = earliest + Int64(draw.below(Int(latest - earliest) + 1))
                    guard granted > Int64(firm.founded) else { continue }
                    file.row.text(county.codes[index])
                    file.row.comma()
                    file.row.text(kind.name)
                    file.row.comma()
                    file.row.text(kind.level)
                    file.row.comma()
                    file.row.day(Day(number: granted))
                    file.row.comma()
                    if kind.years > 0 { file.row.day(Day(number: granted + Int64(kind.years) * 365)) }
                    try file.endRow()
                }
            }
        }
        try delivery.writeManifest(in: inbox)
    }
}
