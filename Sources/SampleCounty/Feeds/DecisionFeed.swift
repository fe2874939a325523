import Evaluation

/// 人工认定 of the evaluation office: a few of each kind, no firm twice, so that none contradicts another.
enum DecisionFeed {
    static let header = "统一社会信用代码,认定事项,档次,分值,理由,依据文件,认定日期,失效日期"

    private struct Kind {
        let name: StaticString
        let tier: StaticString
        let points: StaticString
        let reason: StaticString
        let fits: @Sendable (Firm, Int) -> Bool
    }

    private static let kinds = [
        Kind(name: "定档", tier: "B", points: "", reason: "县级重点项目建设期") { firm, _ in firm.isAboveScale },
        Kind(name: "不高于", tier: "C", points: "", reason: "存在未整改的安全隐患") { _, _ in true },
        Kind(name: "不低于", tier: "C", points: "", reason: "当年小升规企业") { firm, _ in firm.isAboveScale },
        Kind(name: "不纳入评价", tier: "", points: "", reason: "福利性单位") { firm, _ in !firm.isAboveScale },
        Kind(name: "暂不评价", tier: "", points: "", reason: "厂区整体搬迁") { _, _ in true },
        Kind(name: "按规上评价", tier: "", points: "", reason: "年内已达规上标准") { firm, index in
            !firm.isAboveScale && StatisticsFeed.isListed(firm, index)
        },
        Kind(name: "按规下评价", tier: "", points: "", reason: "年内已退出规上") { firm, _ in firm.isAboveScale },
        Kind(name: "加分", tier: "", points: "2.5", reason: "主导制定国家标准") { firm, _ in firm.isAboveScale },
    ]

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        let year = county.year + 1
        var delivery = Delivery(
            "decision-\(year)", feed: "decision", department: "亩均办", created: "\(year)-05-06T17:00:00+08:00",
            cover: .period(from: "\(year)-01", to: "\(year)-04"), header: header)
        try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
            var picker = FirmPicker(county, .decision)
            let first = Day(year: year, month: 3, day: 1)?.number ?? 0
            var documents = 0
            for kind in kinds {
                for _ in 0..<FirmPicker.count(of: county, perTenThousand: 1) {
                    let index = picker.next(county) { firm, index in
                        firm.hasBusiness && firm.state == .active && !firm.isUtility && kind.fits(firm, index)
                    }
                    guard let index else { break }
                    documents += 1
                    file.row.text(county.codes[index])
                    file.row.comma()
                    file.row.text(kind.name)
                    file.row.comma()
                    file.row.text(kind.tier)
                    file.row.comma()
                    file.row.text(kind.points)
                    file.row.comma()
                    file.row.text(kind.reason)
                    file.row.text(",永亩均办〔")
                    file.row.integer(year, digits: 4)
                    file.row.text("〕")
                    file.row.integer(Int64(documents))
                    file.row.text("号,")
                    file.row.day(Day(number: first + Int64(picker.within(0...58))))
                    file.row.comma()
                    try file.endRow()
                }
            }
        }
        try delivery.writeManifest(in: inbox)
    }
}
