package import Evaluation
import GRDB

/// Writes how the rows of a run found their firms.
struct LinkTables {
    let links: LinkTable
    let run: Int64

    func insert(_ db: Database) throws {
        let count = try db.makeStatement(sql: "INSERT INTO link_count VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        for row in links.counts {
            try count.execute(arguments: [
                run, row.feed, row.relation, row.town, row.way.name, row.accepted, row.unused, row.keys,
            ])
        }
        let entry = try db.makeStatement(
            sql: "INSERT INTO link_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (position, row) in links.entries.enumerated() {
            try entry.execute(arguments: [
                run, position, row.feed, row.relation, row.way.name, row.code, row.key, row.name,
                row.firm,
                row.accepted, row.unused,
            ])
        }
    }
}

extension Store {
    /// How the rows of a run found their firms.
    package func links(_ run: RunSummary) throws(StoreError) -> LinkTable {
        try read { db in
            let counts = try Row.fetchAll(
                db, sql: "SELECT * FROM link_count WHERE run = ? ORDER BY feed, relation, town, way",
                arguments: [run.id]
            ).map { row in
                LinkCount(
                    feed: row["feed"], relation: row["relation"], town: row["town"],
                    way: LinkWay(name: row["way"]) ?? .unknown, accepted: row["accepted"],
                    unused: row["unused"], keys: row["keys"])
            }
            let entries = try Row.fetchAll(
                db, sql: "SELECT * FROM link_entry WHERE run = ? ORDER BY position", arguments: [run.id]
            ).map { row in
                LinkEntry(
                    feed: row["feed"], relation: row["relation"],
                    way: LinkWay(name: row["way"]) ?? .unknown,
                    code: row["code"], key: row["key"], name: row["name"], firm: row["firm"],
                    accepted: row["accepted"], unused: row["unused"])
            }
            let keys = counts.filter { $0.way != .code }.reduce(0) { $0 + $1.keys }
            return LinkTable(counts: counts, entries: entries, left: max(0, keys - entries.count))
        }
    }

    /// The firms of a run, in order of their codes.
    package func linkFirms(_ run: RunSummary) throws(StoreError) -> [LinkFirm] {
        try read { db in
            // A row at a time: there may be a million.
            let rows = try Row.fetchCursor(
                db, sql: "SELECT code, name, town FROM result WHERE run = ? ORDER BY firm",
                arguments: [run.id])
            var firms: [LinkFirm] = []
            while let row = try rows.next() {
                firms.append(LinkFirm(code: row[0], name: row[1], town: row[2] ?? ""))
            }
            return firms
        }
    }
}
