package import Evaluation
import GRDB

extension Store {
    /// Records an evaluation: everything that belongs to it in one transaction, older drafts out, the run in, its
    /// attempt finished with exit code 0.
    ///
    /// Readers see the run before or the run after. When the latest run has the same identity, nothing is
    /// written. Killed or failing at any instant, the store holds what it held before. A recorded run still lies in the
    /// log: let go of the evaluation, then ``settle()``.
    /// - Parameter beforeCommit: called when all is written and nothing is committed; what it throws rolls all back.
    /// - Throws: `cannotWrite` when the disk is full or the store read-only, `locked` when something else writes,
    ///   `internal` when `beforeCommit` threw.
    package func record(
        _ evaluated: Evaluated, _ record: RunRecord, beforeCommit: () throws -> Void = {}
    ) throws(StoreError) -> Recording {
        let identity = RunIdentity(
            inputsDigest: record.inputsDigest, graph: evaluated.graph, engineVersion: record.engineVersion,
            waivers: record.waivers.map(\.waiver))
        if let known = try latestRun(withIdentity: identity) { return .unchanged(known) }
        let recorder = Recorder(evaluated, record, identity)
        do {
            return .recorded(
                try write { db in
                    let run = try recorder.save(db)
                    try beforeCommit()
                    return run
                })
        } catch {
            // What a transaction has written in vain still fills the disk.
            settle()
            throw error
        }
    }
}

/// Writes one run.
struct Recorder {
    /// What takes a while to bring into the form of tables.
    struct Prepared: Sendable {
        /// In the order in which they go in.
        let tables: [BulkInsert]
        let resultDigest: String
    }

    private let evaluated: Evaluated
    private let record: RunRecord
    private let identity: RunIdentity
    let prepared: Background<Prepared>

    init(_ evaluated: Evaluated, _ record: RunRecord, _ identity: RunIdentity) {
        self.evaluated = evaluated
        self.record = record
        self.identity = identity
        prepared = Background {
            let tables = FirmTables(evaluated: evaluated)
            let entries = FirmOrder.listEntries(evaluated)
            let evidence = Evidence.texts(evaluated, order: entries)
            return Prepared(
                tables: [
                    tables.placing, tables.missingCauses, tables.decisions,
                    tables.listEntries(order: entries, evidence: evidence),
                ],
                resultDigest: ResultDigest.compute(evaluated, entries: entries))
        }
    }

    /// The large tables go in first. A page that is written, pushed out of the cache and changed again makes
    /// SQLite read the whole log once more at the end; so pages that everything shares come last.
    func save(_ db: Database) throws -> RunSummary {
        let method = MethodRecord(evaluated.graph, text: record.methodText)
        // Before anything is pruned: no number is ever given to a second run.
        let run = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM run") ?? 1
        try Retention.prune(db, dataYear: evaluated.graph.dataYear, draftsKept: record.draftsKept - 1)
        try method.values.make(evaluated.graph, db)
        try BulkModule.insert(method.values.insert(evaluated), run: run, db)
        try BulkModule.insert(FirmTables(evaluated: evaluated).result, run: run, db)
        guard let prepared = prepared() else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
        for table in prepared.tables { try BulkModule.insert(table, run: run, db) }
        try insertSmall(run, method: try method.save(db), resultDigest: prepared.resultDigest, db)
        try DeliveryRows.insertFigures(record.figures, db)
        try Journal.insertFindings(record.findings, record.findingCounts, attempt: record.attempt, db)
        try Journal.finish(
            record.attempt, at: record.recordedAt, exitCode: 0, dataYear: evaluated.graph.dataYear, run: run,
            message: "recorded run \(run)", db)
        try Retention.dropUnusedMethods(db)
        guard
            let summary = try RunSummary.fetchOne(
                db, sql: RunSummary.sql(where: "WHERE run.id = ?"), arguments: [run])
        else {
            throw DatabaseError(resultCode: .SQLITE_INTERNAL)
        }
        return summary
    }

    /// The run itself, and everything about it that does not grow with its firms.
    func insertSmall(_ run: Int64, method: Int64, resultDigest: String, _ db: Database) throws {
        try insertRun(run, method: method, resultDigest: resultDigest, db)
        try insertFiles(run, db)
        try DeliveryRows.insertWaivers(record.waivers, run: run, db)
        try SmallTables(evaluated, run: run).insert(db)
        try LinkTables(links: record.links, run: run).insert(db)
        try ObjectionRows.insert(record.objections, run: run, db)
    }

    private func insertRun(
        _ run: Int64, method: Int64, resultDigest: String, _ db: Database
    ) throws {
        let graph = evaluated.graph
        var firms: [State.AccountingClass: Int] = [:]
        for cell in evaluated.cells[graph.landmarks.state] where cell >= 0 && cell < graph.states.count {
            firms[graph.states[Int(cell)].accountingClass, default: 0] += 1
        }
        let decimals = graph.nodes[graph.landmarks.total].decimals
        try db.execute(
            sql: """
                INSERT INTO run (id, identity, data_year, as_of, stage, method, engine_version, inputs_digest,
                    result_digest, recorded_at, firms, graded, ungraded, exempt, out_of_scope, units,
                    total_decimals, total_scale)
                VALUES (?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run, identity.digest, graph.dataYear, graph.asOf.description, method, record.engineVersion,
                record.inputsDigest, resultDigest, record.recordedAt, evaluated.population.count,
                firms[.graded, default: 0],
                firms[.ungraded, default: 0], firms[.exempt, default: 0], firms[.outOfScope, default: 0],
                evaluated.merged?.members.count ?? 0, decimals, scale(decimals),
            ])
    }

    private func insertFiles(_ run: Int64, _ db: Database) throws {
        let insert = try db.makeStatement(
            sql: "INSERT INTO input_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (position, file) in record.files.enumerated() {
            try insert.execute(arguments: [
                run, position, file.feed, file.delivery, file.path, file.sha256, file.bytes, file.periodFrom,
                file.periodTo, file.rows, file.accepted, file.refused, file.collapsed, file.unused,
                file.stateOf,
            ])
        }
    }
}
