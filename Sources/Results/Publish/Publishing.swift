package import Evaluation
import GRDB

/// What somebody wants to publish.
package struct PublicationRequest: Sendable {
    package let run: Int64
    /// `notice` or `final`.
    package let action: Publication.Action
    package let document: String
    package let day: Day
    /// Last day of the notice period.
    package let until: Day?
    /// Needed where something of this stage is published already.
    package let reason: String?
    package let program: ProgramIdentity

    package init(
        run: Int64, action: Publication.Action, document: String, day: Day, until: Day?, reason: String?,
        program: ProgramIdentity
    ) {
        self.run = run
        self.action = action
        self.document = document
        self.day = day
        self.until = until
        self.reason = reason
        self.program = program
    }
}

/// The program that publishes.
package struct ProgramIdentity: Sendable {
    package let version: String
    /// SHA-256 of its file, 64 hexadecimal digits.
    package let digest: String

    package init(version: String, digest: String) {
        self.version = version
        self.digest = digest
    }
}

/// Why something cannot be published or withdrawn, and what to do.
package struct PublicationRefusal: Error {
    package let message: String
}

extension Store {
    /// Publishes a recorded run: it is kept for ever, and everybody sees its stage and document.
    ///
    /// One transaction: an entry in the chain, the stage of the run, what changes against the entry before.
    /// - Throws: `PublicationRefusal` when the stage is out of order or the data are incomplete, or `StoreError`.
    package func publish(_ request: PublicationRequest) throws -> Publication {
        try appending { db in
            guard
                let run = try RunSummary.fetchOne(
                    db, sql: RunSummary.sql(where: "WHERE run.id = ?"), arguments: [request.run])
            else { throw PublicationRefusal(message: "the store holds no run \(request.run).") }
            let order = try StageOrder(run.dataYear, db)
            try order.check(request, run)
            try Store.checkComplete(run, db)
            let number = try Chain.append(
                Chain.Entry(
                    action: request.action, dataYear: run.dataYear,
                    version: order.nextVersion(request.action),
                    run: run.id, document: request.document, day: request.day, until: request.until,
                    follows: order.last?.number, reason: request.reason, program: request.program), db)
            try Protection.keep(values: run.valuesTable, db)
            if let before = order.last { try Changes.record(number, run: run.id, before: before.run, db) }
            return number
        }
    }

    /// Withdraws the notice that counts in a data year.
    /// - Throws: `PublicationRefusal` when there is none, or `StoreError`.
    package func withdraw(
        dataYear: Int, document: String, reason: String, day: Day, program: ProgramIdentity
    ) throws -> Publication {
        try appending { db in
            let order = try StageOrder(dataYear, db)
            let notice = try order.withdrawable(on: day)
            return try Chain.append(
                Chain.Entry(
                    action: .withdrawn, dataYear: dataYear, version: notice.version, run: notice.run,
                    document: document, day: day, until: nil, follows: notice.number, reason: reason,
                    program: program), db)
        }
    }

    private func appending(_ body: (Database) throws -> Int64) throws -> Publication {
        var refusal: PublicationRefusal?
        do {
            let publication: Publication = try write { db in
                do {
                    let number = try body(db)
                    guard
                        let publication = try Publication.fetchOne(
                            db, sql: "SELECT * FROM publication WHERE number = ?", arguments: [number])
                    else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
                    return publication
                } catch let error as PublicationRefusal {
                    refusal = error
                    throw error
                }
            }
            settle()
            return publication
        } catch {
            throw refusal ?? error
        }
    }

    /// A draft may be made of an incomplete year, a notice may not.
    private static func checkComplete(_ run: RunSummary, _ db: Database) throws {
        let missing = try String.fetchAll(
            db,
            sql: """
                SELECT chinese FROM finding WHERE code = 'month_missing'
                    AND attempt = (SELECT min(id) FROM attempt WHERE run = ?) ORDER BY position
                """, arguments: [run.id])
        guard missing.isEmpty else {
            throw PublicationRefusal(
                message: "run \(run.id) is of an incomplete year and can only be a draft:\n"
                    + missing.map { "  \($0)" }.joined(separator: "\n")
                    + "\nHave the months delivered, then `mujun run` and publish the new run.")
        }
    }
}

/// Which stage may follow what is published of a data year.
private struct StageOrder {
    let dataYear: Int
    /// Of this data year, in their order.
    let entries: [Publication]

    init(_ dataYear: Int, _ db: Database) throws {
        self.dataYear = dataYear
        entries = try Publication.fetchAll(
            db, sql: "SELECT * FROM publication WHERE data_year = ? ORDER BY number", arguments: [dataYear])
    }

    var last: Publication? { entries.last }

    /// What counts now; `nil` when nothing is published, or the notice is withdrawn.
    private var current: Publication? { last.flatMap { $0.action == .withdrawn ? nil : $0 } }

    func nextVersion(_ action: Publication.Action) -> Int {
        (entries.filter { $0.action == action }.map(\.version).max() ?? 0) + 1
    }

    func check(_ request: PublicationRequest, _ run: RunSummary) throws(PublicationRefusal) {
        try checkDay(request.day)
        if let until = request.until, until < request.day {
            throw refusal("the notice would end on \(until), before it begins on \(request.day).")
        }
        switch (current?.action, request.action) {
        case (nil, .final):
            throw refusal(
                last == nil
                    ? "no notice (公示) of \(dataYear) is published, and a final list (定稿) follows one. Publish it with "
                        + "--stage notice first."
                    : "the notice of \(dataYear) is withdrawn (\(last?.document ?? "")), and a final list (定稿) follows one "
                        + "that counts. Publish a new notice first.")
        case (.final?, .notice):
            throw refusal(
                "the list of \(dataYear) is final (\(described)); a notice cannot follow. Correct it with --stage final "
                    + "and --reason.")
        case (.notice?, .final):
            if let until = current?.until, request.day.description <= until {
                throw refusal(
                    "the notice of \(dataYear) (\(described)) runs until \(until), and the final list would be of "
                        + "\(request.day). Wait until it ends, or correct the notice with another --until and a --reason."
                )
            }
            if request.reason != nil { throw noReason }
        case (.some(let stage), request.action):
            guard request.reason != nil else {
                throw refusal(
                    "the \(stage.rawValue) of \(dataYear) is published already (\(described)). A correction is a new "
                        + "version: say why with --reason.")
            }
            if let until = current?.until, request.until == nil {
                throw refusal(
                    "the notice of \(dataYear) (\(described)) runs until \(until), and its correction would have no last day. "
                        + "Say with --until when it ends: then a final list can follow.")
            }
        default:
            if request.reason != nil { throw noReason }
        }
    }

    func withdrawable(on day: Day) throws(PublicationRefusal) -> Publication {
        try checkDay(day)
        guard let current else {
            throw refusal(
                last == nil
                    ? "nothing of \(dataYear) is published."
                    : "the notice of \(dataYear) is withdrawn already.")
        }
        guard current.action == .notice else {
            throw refusal(
                "the list of \(dataYear) is final (\(described)) and cannot be withdrawn. Correct it: `mujun publish` with "
                    + "--stage final and --reason.")
        }
        return current
    }

    private var described: String {
        current.map { "run \($0.run), version \($0.version), \($0.document), \($0.publishedOn)" } ?? ""
    }

    private func checkDay(_ day: Day) throws(PublicationRefusal) {
        guard let last, day.description < last.publishedOn else { return }
        throw refusal(
            "it would be of \(day), before what it follows (\(last.document), \(last.publishedOn)). Give the right day with "
                + "--date, or set the clock.")
    }

    private var noReason: PublicationRefusal {
        refusal(
            "--reason is for corrections, and nothing of this stage and data year \(dataYear) is published.")
    }

    private func refusal(_ message: String) -> PublicationRefusal { PublicationRefusal(message: message) }
}
