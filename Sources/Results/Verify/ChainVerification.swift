import GRDB

/// What is wrong with the chain of publications, each in a sentence; empty when it is whole.
package struct ChainVerification: Sendable {
    package var problems: [String] = []
    /// How many entries the store holds.
    package var count = 0
    package init() {}

    /// Digest of the last; `nil` when there is none.
    package var head: String?
}

/// Something that is known from outside the store: what was printed, or signed.
package struct PublishedAnchor: Sendable {
    /// 64 hexadecimal digits: of an entry of the chain, or of the results of a published run.
    package let digest: String
    /// The number of the entry that has the digest; `nil` when it is not known.
    package let number: Int64?

    package init(digest: String, number: Int64? = nil) {
        self.digest = digest
        self.number = number
    }
}

extension Store {
    /// Walks the chain from the first entry to the last.
    ///
    /// Who owns the file can make the whole chain anew: then only `anchors` tell.
    /// - Parameter anchors: digests that must be found.
    package func verifyChain(_ anchors: [PublishedAnchor]) throws(StoreError) -> ChainVerification {
        try read { db in
            var walk = ChainWalk(db)
            try walk.entries()
            try walk.head()
            try walk.stages()
            for anchor in anchors { try walk.find(anchor) }
            return walk.found
        }
    }
}

private struct ChainWalk {
    private let db: Database
    private(set) var found = ChainVerification()

    init(_ db: Database) { self.db = db }

    private mutating func say(_ problem: String) { found.problems.append(problem) }

    /// Each entry by itself, with the one before, with its run and with its changes.
    mutating func entries() throws {
        let entries = try Publication.fetchAll(db, sql: "SELECT * FROM publication ORDER BY number")
        var last: Publication?
        for entry in entries {
            let name = "publication \(entry.number) (\(entry.dataYear) \(entry.title), \(entry.document))"
            let next = (last?.number ?? 0) + 1
            if entry.number != next {
                say(
                    next + 1 == entry.number
                        ? "publication \(next) is missing from the chain"
                        : "publications \(next) to \(entry.number - 1) are missing from the chain")
            }
            let digest = try Publication.digest(of: entry.number, db) ?? ""
            if digest != entry.digest {
                say(
                    "\(name) was changed: its fields have the digest \(digest), the entry says \(entry.digest)"
                )
            }
            let previous = last?.digest ?? Publication.noDigest
            if entry.number == next, entry.previous != previous {
                say(
                    "\(name) does not follow publication \(next - 1): it says that the one before has the digest "
                        + "\(entry.previous), and that has \(previous)")
            }
            try run(of: entry, name)
            try changes(of: entry, entries, name)
            last = entry
        }
        found.count = entries.count
        found.head = last?.digest
    }

    private mutating func run(of entry: Publication, _ name: String) throws {
        guard
            let run = try Row.fetchOne(
                db,
                sql: """
                    SELECT run.data_year, run.as_of, method.text_digest, run.inputs_digest, run.result_digest, run.firms,
                        run.engine_version, method.text FROM run LEFT JOIN method ON method.id = run.method WHERE run.id = ?
                    """, arguments: [entry.run])
        else {
            say("run \(entry.run) of \(name) is gone")
            return
        }
        let text = Digest.of(run["text"] as String? ?? "")
        if text != entry.methodDigest {
            say(
                "the text of the method of run \(entry.run) has the digest \(text), and was published with \(entry.methodDigest) (\(name))"
            )
        }
        let published: [(String, DatabaseValue)] = [
            ("data_year", entry.dataYear.databaseValue), ("as_of", entry.asOf.databaseValue),
            ("text_digest", entry.methodDigest.databaseValue),
            ("inputs_digest", entry.inputsDigest.databaseValue),
            ("result_digest", entry.resultDigest.databaseValue), ("firms", entry.firms.databaseValue),
            ("engine_version", entry.engineVersion.databaseValue),
        ]
        for (column, value) in published {
            let stored: DatabaseValue = run[column]
            if stored != value {
                say("run \(entry.run) has \(column) \(stored), and was published with \(value) (\(name))")
            }
        }
    }

    /// What a publication says it changed must be the difference of the two runs.
    private mutating func changes(of entry: Publication, _ entries: [Publication], _ name: String) throws {
        let before = entry.follows.flatMap { number in entries.first { $0.number == number } }
        // What is stored and was computed once too often or too seldom.
        var stored = Set(
            try PublicationChange.fetchAll(
                db, sql: "SELECT *, item AS item_label FROM publication_change WHERE publication = ?",
                arguments: [entry.number]))
        var lacking = 0
        if entry.action != .withdrawn, let before, before.run != entry.run {
            try Changes(from: before.run, to: entry.run, db).walk { change in
                if stored.remove(PublicationChange(change)) == nil { lacking += 1 }
            }
        }
        if !stored.isEmpty || lacking > 0 {
            say(
                "\(stored.count + lacking) rows of publication_change of \(name) are not the difference of the two runs"
            )
        }
    }

    /// The second place that says how long the chain is.
    mutating func head() throws {
        let head = try Row.fetchOne(db, sql: "SELECT count, digest FROM publication_head WHERE id = 1")
        let count: Int = head?["count"] ?? 0
        let digest: String? = head?["digest"]
        if count > found.count {
            say("the tail of the chain is cut: \(count) publications were made, and \(found.count) are left")
        } else if count != found.count {
            say("publication_head counts \(count) publications, and there are \(found.count)")
        }
        if count == found.count, digest != found.head {
            say(
                "the last publication has the digest \(found.head ?? "–"), and publication_head says \(digest ?? "–")"
            )
        }
    }

    /// The stage that everybody sees is that of the last publication.
    mutating func stages() throws {
        let runs = try Row.fetchAll(
            db,
            sql: """
                SELECT id, stage, coalesce((SELECT action FROM publication WHERE run = run.id
                    ORDER BY number DESC LIMIT 1), 'draft') AS published
                FROM run ORDER BY id
                """)
        for run in runs {
            let stage: String = run["stage"]
            let published: String = run["published"]
            guard stage != published else { continue }
            say(
                published == "draft"
                    ? "run \(run["id"] as Int64) has the stage \(stage), and no publication of it is left"
                    : "run \(run["id"] as Int64) has the stage \(stage), and was last published as \(published)"
            )
        }
    }

    mutating func find(_ anchor: PublishedAnchor) throws {
        let digest = anchor.digest.lowercased()
        let number = try Int64.fetchOne(
            db,
            sql: """
                SELECT min(number) FROM publication
                WHERE (digest = :digest OR result_digest = :digest) AND number = coalesce(:number, number)
                """, arguments: ["digest": digest, "number": anchor.number])
        guard number == nil else { return }
        guard let wanted = anchor.number else {
            say(
                "no publication of this store has the digest \(digest): it was changed after that was published, or cut"
            )
            return
        }
        if wanted > found.count {
            say(
                "publication \(wanted) with the digest \(digest) was published, and the chain ends with \(found.count)"
            )
        } else {
            say("publication \(wanted) was published with the digest \(digest), and has another")
        }
    }
}
