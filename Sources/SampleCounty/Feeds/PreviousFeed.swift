import Evaluation

/// 上年结果: what the evaluation office published a year before, by cohort and rank.
enum PreviousFeed {
    static let header = "统一社会信用代码,年度,评价组,档次,总分,排名,亩均税收,亩均增加值"

    private struct Result {
        let firm: Int
        /// Points × 10,000.
        let total: Int64
        /// 万元/亩 × 10,000.
        let taxPerMu: Int64
    }

    static func write(_ county: County, to inbox: inout Inbox) throws(CountyError) {
        let year = county.year - 1
        var delivery = Delivery(
            "previous-\(year)", feed: "previous", department: "亩均办",
            created: "\(county.year)-09-30T17:30:00+08:00",
            cover: .period(from: "\(year)-01", to: "\(year)-12"), header: header)
        try delivery.writeFile(in: &inbox) { (file: inout FeedFile) throws(CountyError) in
            for isAbove in [true, false] {
                let results = ranked(county, isAbove: isAbove)
                for (rank, result) in results.enumerated() {
                    file.row.text(county.codes[result.firm])
                    file.row.comma()
                    file.row.integer(Int64(year))
                    file.row.text(isAbove ? ",规上," : ",规下,")
                    file.row.text(tier(rank, of: results.count))
                    file.row.nextDecimal(result.total, places: 4)
                    file.row.comma()
                    file.row.integer(Int64(rank + 1))
                    file.row.nextDecimal(result.taxPerMu, places: 4)
                    file.row.comma()
                    if isAbove { file.row.decimal(result.taxPerMu * 9, places: 4) }
                    try file.endRow()
                }
            }
        }
        try delivery.writeManifest(in: inbox)
    }

    /// The firms of a cohort that were two years old and in business, best first.
    private static func ranked(_ county: County, isAbove: Bool) -> [Result] {
        let latest = Day(year: county.year - 2, month: 1, day: 1)?.number ?? 0
        var results: [Result] = []
        for (index, firm) in county.firms.enumerated()
        where firm.isAboveScale == isAbove && Int64(firm.founded) < latest && firm.state != .revoked
            && !firm.isUtility
        {
            var draw = Draw(county.seed, .previous, index)
            // A year before, taxes stood at 60 to 130 % of today's. 元 over m² × 100, to 万元/亩 × 10,000.
            let tax = firm.tax * Int64(draw.within(60...130)) / 100
            let taxPerMu = tax * 66_667 / max(1, firm.usedLand)
            let baseline: Int64 = isAbove ? 12 : 8
            let total = taxPerMu * 60 / baseline + Int64(draw.within(50_000...350_000))
            results.append(Result(firm: index, total: total, taxPerMu: taxPerMu))
        }
        return results.sorted { $0.total != $1.total ? $0.total > $1.total : $0.firm < $1.firm }
    }

    /// A the first 20 %, B up to 80 %, C up to 95 %, D the rest.
    private static func tier(_ rank: Int, of count: Int) -> StaticString {
        let share = (rank + 1) * 100
        return share <= count * 20 ? "A" : share <= count * 80 ? "B" : share <= count * 95 ? "C" : "D"
    }
}
