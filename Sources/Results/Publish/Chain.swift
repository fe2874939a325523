import Evaluation
import GRDB

/// Appends to the chain of publications.
enum Chain {
    struct Entry {
        let action: Publication.Action
        let dataYear: Int
        let version: Int
        let run: Int64
        let document: String
        let day: Day
        let until: Day?
        let follows: Int64?
        let reason: String?
        let program: ProgramIdentity
    }

    /// The fields of an entry but its digest.
    private static let fields = """
        SELECT :number AS number, :action AS action, :year AS data_year, :version AS version, run.id AS run,
            :document AS document, :day AS published_on, :until AS until, :follows AS follows, :reason AS reason,
            run.as_of, method.text_digest AS method_digest, run.inputs_digest, run.result_digest, run.firms,
            run.engine_version, :program_version AS program_version, :program_digest AS program_digest,
            :previous AS previous
        FROM run JOIN method ON method.id = run.method WHERE run.id = :run
        """

    /// - Returns: the number of the entry.
    static func append(_ entry: Entry, _ db: Database) throws -> Int64 {
        let last = try Row.fetchOne(
            db, sql: "SELECT number, digest FROM publication ORDER BY number DESC LIMIT 1")
        let number = (last?["number"] as Int64? ?? 0) + 1
        let arguments: StatementArguments = [
            "number": number, "action": entry.action.rawValue, "year": entry.dataYear,
            "version": entry.version, "document": entry.document, "day": entry.day.description,
            "until": entry.until?.description, "follows": entry.follows, "reason": entry.reason,
            "program_version": entry.program.version, "program_digest": entry.program.digest,
            "previous": last?["digest"] as String? ?? Publication.noDigest, "run": entry.run,
        ]
        // An entry is never changed, so that its digest is computed before it is there: by the same query.
        let row = try Row.fetchOne(
            db, sql: "WITH publication AS (\(fields)) \(Publication.digestQuery)", arguments: arguments)
        guard let digest = row.map(Publication.digest(of:)) else {
            throw DatabaseError(resultCode: .SQLITE_INTERNAL)
        }
        try db.execute(
            sql: "INSERT INTO publication SELECT *, :digest FROM (\(fields))",
            arguments: arguments + ["digest": digest])
        try db.execute(
            sql: "INSERT OR REPLACE INTO publication_head VALUES (1, ?, ?)", arguments: [number, digest])
        try db.execute(
            sql: "UPDATE run SET stage = ? WHERE id = ?", arguments: [entry.action.rawValue, entry.run])
        return number
    }
}
