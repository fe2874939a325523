import Evaluation
import GRDB

/// What the departments sent for a run: rows and what became of them, findings, links.
struct FeedQuality {
    struct Feed {
        /// 税务局.
        let department: String
        /// 税收.
        let title: String
        var files = 0
        var rows = 0
        var accepted = 0
        var refused = 0
        var collapsed = 0
        var unused = 0
        /// Rows that could lead to a firm, and those that did; several relations of a feed count each.
        var linkable = 0
        var linked = 0
    }

    struct Found {
        let department: String
        let title: String
        let severity: Finding.Severity
        let code: String
        /// What is wrong in general, without a value of any row; the code when no sample is kept.
        let sentence: String
        let count: Int
    }

    /// By department and feed; those of which no file was read are left out.
    let feeds: [Feed]
    /// By department and feed, refusals first, the most frequent first.
    let found: [Found]
    /// Deliveries that came late, in a sentence each.
    let late: [(department: String, title: String, sentence: String)]

    init(_ run: RunSummary, contracts: [FeedContract], _ db: Database) throws {
        let ordered = contracts.enumerated().sorted {
            ($0.element.department, $0.offset) < ($1.element.department, $1.offset)
        }.map(\.element)
        var feeds: [Feed] = []
        for contract in ordered {
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*) AS files, total(rows) AS rows, total(accepted) AS accepted,
                        total(refused) AS refused, total(collapsed) AS collapsed, total(unused) AS unused
                    FROM input_file WHERE run = ? AND feed = ?
                    """, arguments: [run.id, contract.name])
            guard let row, (row["files"] as Int) > 0 else { continue }
            var feed = Feed(department: contract.department, title: contract.title)
            feed.files = row["files"]
            feed.rows = FeedQuality.whole(row["rows"])
            feed.accepted = FeedQuality.whole(row["accepted"])
            feed.refused = FeedQuality.whole(row["refused"])
            feed.collapsed = FeedQuality.whole(row["collapsed"])
            feed.unused = FeedQuality.whole(row["unused"])
            let ways = try Row.fetchCursor(
                db,
                sql:
                    "SELECT way, total(accepted) + total(unused) FROM link_count WHERE run = ? AND feed = ? GROUP BY way",
                arguments: [run.id, contract.name])
            while let way = try ways.next() {
                let rows = FeedQuality.whole(way[1])
                feed.linkable += rows
                if LinkWay(name: way[0])?.findsFirm == true { feed.linked += rows }
            }
            feeds.append(feed)
        }
        self.feeds = feeds
        // The first attempt of a run is the one that recorded it.
        let attempt = try Int64.fetchOne(
            db, sql: "SELECT min(id) FROM attempt WHERE run = ?", arguments: [run.id])
        let counts = try attempt.map { try FindingCount.fetch(attempt: $0, db) } ?? []
        let findings = try attempt.map { try Finding.fetch(attempt: $0, db) } ?? []
        var found: [Found] = []
        var late: [(String, String, String)] = []
        for contract in ordered {
            let own = counts.filter { $0.feed == contract.name }
            for severity: Finding.Severity in [.refusal, .warning, .note] {
                for count in own where count.severity == severity {
                    let sample = findings.first { $0.feed == contract.name && $0.code == count.code }
                    found.append(
                        Found(
                            department: contract.department, title: contract.title, severity: severity,
                            code: count.code,
                            sentence: sample.map { FeedQuality.general($0.chinese) } ?? count.code,
                            count: count.count))
                }
            }
            for finding in findings where finding.feed == contract.name && finding.code == "delivery_late" {
                late.append((contract.department, contract.title, finding.chinese))
            }
        }
        self.found = found
        self.late = late
    }

    /// SQL's `total` does not fail where `sum` would, and is exact up to 2^53; what a damaged store adds up to is cut.
    private static func whole(_ number: Double) -> Int { Int(min(max(0, number), 1e15)) }

    /// The first sentence without what stands in quotes and without numbers: those are values of single rows.
    static func general(_ sentence: String) -> String {
        var text = ""
        var depth = 0
        var inNumber = false
        for character in sentence {
            if character == "“" {
                if depth == 0 { text += "“…”" }
                depth += 1
            } else if character == "”" {
                depth = max(0, depth - 1)
            } else if depth == 0 {
                if character == "。" { break }
                // 一 and 万 are numbers to Unicode.
                let isNumber =
                    character.isASCII && character.isNumber || character == "." || character == "-"
                if isNumber, !inNumber { text += "…" }
                if !isNumber { text.append(character) }
                inNumber = isNumber
            }
        }
        return text
    }
}
