import Evaluation

/// 否决事项 of several departments: what vetoes a good tier. Some have expired.
enum EventFeed {
    static let header = "统一社会信用代码,案件文号,事项,等级,发生日期,失效日期,依据文件"

    private struct Kind {
        let name: StaticString
        /// Who writes the document.
        let office: StaticString
        let perTenThousand: Int
    }

    private static let kinds = [
        Kind(name: "安全事故", office: "永应急罚", perTenThousand: 10),
        Kind(name: "环境违法", office: "金环罚", perTenThousand: 25),
        Kind(name: "重大税收违法", office: "金税稽罚", perTenThousand: 6),
        Kind(name: "食品安全事故", office: "永市监罚", perTenThousand: 1),
        Kind(name: "严重失信", office: "浙0784执", perTenThousand: 15),
        Kind(name: "未完成节能任务", office: "永经信能", perTenThousand: 4),
    ]
    private static let severities: [StaticString] = ["一般", "较大", "重大"]

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        let year = county.year
        var delivery = Delivery(
            "event-\(year)", feed: "event", department: "应急、环保、税务、法院等部门",
            created: "\(year + 1)-01-20T14:00:00+08:00",
            cover: .period(from: "\(year - 2)-01", to: "\(year)-12"), header: header)
        try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
            var picker = FirmPicker(county, .event)
            for kind in kinds {
                for number in 0..<FirmPicker.count(of: county, perTenThousand: kind.perTenThousand) {
                    guard let index = picker.next(county, where: { firm, _ in firm.hasBusiness }) else {
                        break
                    }
                    // Every fourth is of an earlier year and has expired.
                    let isOld = number % 4 == 3
                    let first = Day(year: isOld ? year - 2 : year, month: 1, day: 1)?.number ?? 0
                    let day = first + Int64(picker.within(0...364))
                    file.row.text(county.codes[index])
                    file.row.comma()
                    appendDocument(kind.office, year: isOld ? year - 2 : year, number, to: &file.row)
                    file.row.comma()
                    file.row.text(kind.name)
                    file.row.comma()
                    file.row.text(severities[min(2, picker.within(0...9) / 4)])
                    file.row.comma()
                    file.row.day(Day(number: day))
                    file.row.comma()
                    if isOld || number % 3 == 1 { file.row.day(Day(number: day + (isOld ? 365 : 1095))) }
                    file.row.text(",")
                    appendDocument(kind.office, year: isOld ? year - 2 : year, number, to: &file.row)
                    try file.endRow()
                }
            }
        }
        try delivery.writeManifest(in: inbox)
    }

    private static func appendDocument(
        _ office: StaticString, year: Int, _ number: Int, to row: inout RowBuffer
    ) {
        row.text(office)
        row.text("〔")
        row.integer(year, digits: 4)
        row.text("〕")
        row.integer(Int64(number + 1))
        row.text("号")
    }
}
