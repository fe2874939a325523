import Evaluation
import GRDB

/// What changed for each firm since the notice (公示): what a final list, or a draft on the way to it, says otherwise.
struct SinceNotice {
    /// One thing that changed, as people read it.
    struct Change {
        let firm: String
        let name: String
        /// 档次, 总分, 整治提升清单 …
        let item: String
        /// Empty: no such value.
        let old: String
        let new: String

        var text: String { "\(item) \(old.isEmpty ? "无" : old)→\(new.isEmpty ? "无" : new)" }
    }

    /// The publication that the run is compared with; `nil` when none came before it.
    let notice: Publication?
    /// By code, in the order of the items.
    let changes: [Change]

    /// A final list is compared with the last notice before it, anything else with the last list that was published.
    /// - Parameter codes: of the firms that are asked about; `nil` for all.
    init(_ run: RunSummary, of codes: Set<String>? = nil, _ db: Database) throws {
        let entries = try Publication.fetchAll(
            db, sql: "SELECT * FROM publication WHERE data_year = ? ORDER BY number",
            arguments: [run.dataYear])
        let own = run.publication
        notice = entries.last { entry in
            guard entry.action != .withdrawn, entry.number < own?.number ?? .max else { return false }
            return own?.action != .final || entry.action == .notice
        }
        guard let notice, notice.run != run.id else {
            changes = []
            return
        }
        let labels = try Labels([notice.run, run.id], db)
        var changes: [Change] = []
        try Changes(from: notice.run, to: run.id, db).walk { change in
            guard codes?.contains(change.code) ?? true else { return }
            changes.append(labels.change(change, old: notice.run, new: run.id))
        }
        self.changes = changes
    }

    /// Labels of states, cohorts and lists by run.
    private struct Labels {
        private var labels: [String: String] = [:]

        init(_ runs: [Int64], _ db: Database) throws {
            for run in runs {
                for table in ["state", "cohort", "list"] {
                    let rows = try Row.fetchAll(
                        db,
                        sql: """
                            SELECT \(table).name, \(table).label FROM \(table)
                                JOIN run ON run.method = \(table).method WHERE run.id = ?
                            """, arguments: [run])
                    for row in rows { labels["\(run) \(table) \(row[0] as String)"] = row[1] }
                }
            }
        }

        func change(_ change: Changes.Change, old: Int64, new: Int64) -> Change {
            if change.item.hasPrefix("list:") {
                let list = String(change.item.dropFirst(5))
                let label = labels["\(new) list \(list)"] ?? labels["\(old) list \(list)"] ?? list
                return Change(
                    firm: change.code, name: change.name, item: label, old: change.old == nil ? "未列入" : "列入",
                    new: change.new == nil ? "未列入" : "列入")
            }
            func text(_ value: String?, _ run: Int64) -> String {
                value.map { labels["\(run) \(change.item) \($0)"] ?? $0 } ?? ""
            }
            return Change(
                firm: change.code, name: change.name, item: PublicationChange.label(of: change.item),
                old: text(change.old, old), new: text(change.new, new))
        }
    }
}

extension PublicationChange {
    /// What an item is called: 档次.
    package static func label(of item: String) -> String {
        let labels = [
            "state": "状态", "cohort": "评价组", "part": "分组", "unit": "合并评价", "total": "总分", "tier": "档次",
        ]
        return labels[item] ?? item
    }
}
