import Evaluation

/// 企业名录 of the market regulator, ascending by credit code.
enum RegistryFeed {
    static let header = "统一社会信用代码,企业名称,企业类型,登记状态,成立日期,住所,镇街,行业代码,规模,承继企业代码,所属集团"

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        var delivery = Delivery(
            "registry-\(county.year + 1)-03-31", feed: "registry", department: "市场监管局",
            created: "\(county.year + 1)-04-01T06:30:00+08:00", cover: .stateOf("\(county.year + 1)-03-31"),
            header: header)
        let names = FirmNames(seed: county.seed)
        try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
            for (index, firm) in county.firms.enumerated() {
                append(firm, index, county, names, to: &file.row)
                try file.endRow()
            }
        }
        try delivery.writeManifest(in: inbox)
    }

    private static func append(
        _ firm: Firm, _ index: Int, _ county: County, _ names: FirmNames, to row: inout RowBuffer
    ) {
        var draw = Draw(county.seed, .registry, index)
        row.text(county.codes[index])
        row.comma()
        names.appendName(of: index, firm, to: &row)
        row.comma()
        appendKind(firm, index, to: &row)
        row.comma()
        switch firm.state {
        case .active: row.text("在业,")
        case .deregistered: row.text("注销,")
        case .revoked: row.text("吊销,")
        case .movedAway: row.text("迁出,")
        }
        row.day(Day(number: Int64(firm.founded)))
        row.comma()
        let town = Town.all[Int(firm.town)]
        row.text("永康市")
        row.text(town.name)
        row.text("工业路")
        row.integer(Int64(draw.within(1...680)))
        row.text("号,")
        row.text(town.name)
        row.comma()
        row.text(Industry.all[Int(firm.industry)].code)
        row.text(firm.isAboveScale ? ",规上," : ",规下,")
        if firm.state == .deregistered, draw.chance(200) {
            row.text(county.codes[successor(of: index, in: county, &draw)])
        }
        row.comma()
        if firm.isAboveScale, draw.chance(15) {
            names.appendBrand(of: draw.below(max(3, county.firms.count / 400)), to: &row)
            row.text("集团")
        }
    }

    private static func appendKind(_ firm: Firm, _ index: Int, to row: inout RowBuffer) {
        if firm.isProprietor {
            row.text("个体工商户")
        } else if firm.isAboveScale, index % 23 == 0 {
            row.text("股份有限公司")
        } else if firm.isUtility {
            row.text("有限责任公司（国有独资）")
        } else if index % 37 == 5 {
            row.text("有限责任公司（外商投资）")
        } else {
            row.text("有限责任公司（自然人投资或控股）")
        }
    }

    /// A firm in business that carries on a deregistered one.
    private static func successor(of index: Int, in county: County, _ draw: inout Draw) -> Int {
        for _ in 0..<100 {
            let other = draw.below(county.firms.count)
            if county.firms[other].state == .active, other != index { return other }
        }
        return county.firms.firstIndex { $0.state == .active } ?? 0
    }
}
