import Evaluation

/// 用地 of the natural resources bureau: a snapshot, in order of certificates.
enum LandFeed {
    static let header = "不动产权证号,统一社会信用代码,用地面积,坐落,用途,供地日期,容积率,合同开工日期,工业红线内,低效类型"

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        var delivery = Delivery(
            "land-\(county.year + 1)-03-31", feed: "land", department: "自然资源和规划局",
            created: "\(county.year + 1)-04-06T10:00:00+08:00", cover: .stateOf("\(county.year + 1)-03-31"),
            header: header, controlTotal: .init(header: "用地面积", decimals: 2))
        try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
            for (number, certificate) in county.certificates.enumerated() {
                let firm = county.firms[Int(certificate.firm)]
                let area = area(of: certificate, firm)
                appendCertificate(number, county, to: &file.row)
                file.row.comma()
                file.row.text(county.codes[Int(certificate.firm)])
                file.row.nextDecimal(area, places: 2)
                append(firm, number, county, to: &file.row)
                try file.endRow(adding: area)
            }
        }
        try delivery.writeManifest(in: inbox)
    }

    /// `浙(2017)永康市不动产权第0001234号`: numbers begin anew each year, so that the text ascends.
    static func appendCertificate(_ number: Int, _ county: County, to row: inout RowBuffer) {
        let (year, inYear) = issued(number, county)
        row.text("浙(")
        row.integer(year, digits: 4)
        row.text(")永康市不动产权第")
        row.integer(inYear * 3 + 11, digits: 7)
        row.text("号")
    }

    /// Certificates were issued evenly over the six years up to the data year.
    private static func issued(_ number: Int, _ county: County) -> (year: Int, inYear: Int) {
        let perYear = max(1, (county.certificates.count + 5) / 6)
        return (county.year - 5 + number / perYear, number % perYear)
    }

    /// m² × 100. The first of several certificates is the largest; together they are the firm's own land.
    private static func area(of certificate: County.Certificate, _ firm: Firm) -> Int64 {
        let parts = Int64(firm.certificates)
        guard parts > 1 else { return firm.ownLand }
        let other = firm.ownLand * 7 / (10 * parts)
        return certificate.part == 0 ? firm.ownLand - other * (parts - 1) : other
    }

    private static func append(_ firm: Firm, _ number: Int, _ county: County, to row: inout RowBuffer) {
        var draw = Draw(county.seed, .certificate, number)
        row.text(",永康市")
        row.text(Town.all[Int(firm.town)].name)
        row.integer(Int64(draw.within(1...90)))
        row.text("号地块,")
        row.text(draw.chance(960) ? "工业," : draw.chance(700) ? "仓储," : "其他,")
        let (year, _) = issued(number, county)
        let latest = Day(year: year, month: 1, day: 1)?.number ?? 0
        let supplied = latest - Int64(draw.below(3600)) - 30
        row.day(Day(number: supplied))
        row.nextDecimal(Int64(firm.isFailing ? draw.within(20...80) : draw.within(70...260)), places: 2)
        row.comma()
        row.day(Day(number: supplied + Int64(draw.within(90...330))))
        row.text(draw.chance(820) ? ",是," : ",否,")
        if firm.state == .revoked {
            row.text("闲置")
        } else if firm.isFailing {
            row.text(draw.chance(600) ? "低产" : draw.chance(200) ? "临时改变房屋用途" : "")
        } else if draw.chance(6) {
            row.text("供而未用")
        }
    }
}
