import GRDB

/// An entry in the chain of what was published or withdrawn.
package struct Publication: Sendable, Equatable {
    /// Raw values are those of `publication.action` and of `run.stage`.
    package enum Action: String, Sendable, CaseIterable {
        case notice, final, withdrawn

        /// 公示, 定稿 or 已撤回.
        package var label: String {
            switch self {
            case .notice: "公示"
            case .final: "定稿"
            case .withdrawn: "已撤回"
            }
        }
    }

    /// 1, 2, 3 … over all data years.
    package let number: Int64
    package let action: Action
    package let dataYear: Int
    /// Of the notice or the final list of its data year: 1, corrections 2, 3 …; a withdrawal has that of the notice.
    package let version: Int
    package let run: Int64
    /// 文号.
    package let document: String
    /// `2022-06-01`.
    package let publishedOn: String
    /// Last day of the notice period (公示期); `nil` where none is set.
    package let until: String?
    /// The entry of the data year before it: what it corrects, withdraws or completes.
    package let follows: Int64?
    /// Of a correction or withdrawal.
    package let reason: String?
    /// What follows is that of the run when it was published.
    package let asOf: String
    package let methodDigest: String
    package let inputsDigest: String
    package let resultDigest: String
    package let firms: Int
    package let engineVersion: String
    /// The program that published it, and SHA-256 of its file.
    package let programVersion: String
    package let programDigest: String
    /// Digest of the entry before; 64 zeros in the first.
    package let previous: String
    /// See `Schemas/publication-digest.sql`.
    package let digest: String

    /// `公示 第2版`, for people.
    package var title: String { "\(action.label) 第\(version)版" }

    static let noDigest = String(repeating: "0", count: 64)

    /// What the digest is made of: cells separated by `|`, nothing for NULL, texts of people as hexadecimal digits.
    static let digestQuery = """
        SELECT number, action, data_year, version, run, hex(document), published_on, until, follows, hex(reason),
            as_of, method_digest, inputs_digest, result_digest, firms, engine_version, program_version, program_digest,
            previous
        FROM publication WHERE number = :number
        """

    /// The digest of a row of ``digestQuery``.
    static func digest(of row: Row) -> String { Digest.of(row.shellText) }

    /// The digest that the fields of an entry of the store have; `nil` when there is no such entry.
    static func digest(of number: Int64, _ db: Database) throws -> String? {
        try Row.fetchOne(db, sql: digestQuery, arguments: ["number": number]).map(digest(of:))
    }
}

extension Row {
    /// The row as the `sqlite3` shell prints it in list mode: integers, texts, nothing for NULL.
    var shellText: String {
        let cells = databaseValues.map { value in
            switch value.storage {
            case .string(let text): text
            case .int64(let number): String(number)
            case .null, .double, .blob: ""
            }
        }
        return cells.joined(separator: "|") + "\n"
    }
}

extension Publication: FetchableRecord {
    init(row: Row) throws {
        number = row["number"]
        // Another word is a store that somebody changed: `verify` says so by the digest.
        action = Action(rawValue: row["action"]) ?? .withdrawn
        dataYear = row["data_year"]
        version = row["version"]
        run = row["run"]
        document = row["document"]
        publishedOn = row["published_on"]
        until = row["until"]
        follows = row["follows"]
        reason = row["reason"]
        asOf = row["as_of"]
        methodDigest = row["method_digest"]
        inputsDigest = row["inputs_digest"]
        resultDigest = row["result_digest"]
        firms = row["firms"]
        engineVersion = row["engine_version"]
        programVersion = row["program_version"]
        programDigest = row["program_digest"]
        previous = row["previous"]
        digest = row["digest"]
    }
}

extension Store {
    /// Everything that was ever published or withdrawn, in its order.
    package func publications() throws(StoreError) -> [Publication] {
        try read { db in try Publication.fetchAll(db, sql: "SELECT * FROM publication ORDER BY number") }
    }

    /// What a publication changed against the entry that it follows, by firm; see `publication_change`.
    /// - Parameter limit: how many firms at most.
    package func changes(
        of publication: Publication, limit: Int
    ) throws(StoreError) -> (firms: Int, shown: [PublicationChange]) {
        func label(_ side: String) -> String {
            let run =
                side == "new" ? ":run" : "(SELECT run FROM publication WHERE number = :follows)"
            func term(_ table: String) -> String {
                """
                WHEN '\(table)' THEN coalesce((SELECT label FROM \(table) JOIN run ON run.method = \(table).method
                                WHERE run.id = \(run) AND \(table).name = change.\(side)), change.\(side))
                """
            }
            return "CASE change.item \(term("state")) \(term("cohort")) ELSE change.\(side) END"
        }
        return try read { db in
            let firms = try Int.fetchOne(
                db, sql: "SELECT count(DISTINCT code) FROM publication_change WHERE publication = ?",
                arguments: [publication.number])
            let shown = try PublicationChange.fetchAll(
                db,
                sql: """
                    SELECT change.code, change.item, change.name, \(label("old")) AS old, \(label("new")) AS new,
                        coalesce((SELECT label FROM list JOIN run ON run.method = list.method
                            WHERE run.id = :run AND 'list:' || list.name = change.item), change.item) AS item_label
                    FROM publication_change AS change
                    WHERE publication = :number AND code IN (SELECT DISTINCT code FROM publication_change
                        WHERE publication = :number ORDER BY code LIMIT :limit)
                    ORDER BY code, item
                    """,
                arguments: [
                    "number": publication.number, "limit": max(0, limit), "run": publication.run,
                    "follows": publication.follows,
                ])
            return (firms ?? 0, shown)
        }
    }
}

/// One thing that a publication changes for a firm.
package struct PublicationChange: Sendable, Hashable, FetchableRecord {
    package let code: String
    package let name: String
    /// `state`, `cohort`, `part`, `unit`, `total`, `tier`, or `list:` and the name of a list.
    package let item: String
    /// The item for people, where it is a list; otherwise the same.
    package let itemLabel: String
    /// Labels of states and cohorts, totals with their decimals; `nil`: no such value, or not in the registry.
    package let old: String?
    package let new: String?

    init(_ change: Changes.Change) {
        (code, name, item, itemLabel) = (change.code, change.name, change.item, change.item)
        (old, new) = (change.old, change.new)
    }

    init(row: Row) throws {
        code = row["code"]
        name = row["name"]
        item = row["item"]
        itemLabel = row["item_label"]
        old = row["old"]
        new = row["new"]
    }
}
