package import Evaluation
import GRDB

extension Store {
    /// Compares everything that recording this evaluation would write with what the store holds of a run, cell by cell.
    ///
    /// All tables with rows of the run, what the store says about its method, and the result digest. Not findings: they
    /// are the journal of an attempt, and no result depends on them.
    /// - Parameters:
    ///   - evaluated: the stored method on the archived files of the run.
    ///   - record: what goes with it; the engine version and the time are those of the run.
    /// - Throws: `cannotRead` when the run was pruned meanwhile.
    package func verify(
        _ run: RunSummary, against evaluated: Evaluated, _ record: RunRecord
    ) throws(StoreError) -> RunVerification {
        let identity = RunIdentity(
            inputsDigest: record.inputsDigest, graph: evaluated.graph, engineVersion: record.engineVersion,
            waivers: record.waivers.map(\.waiver))
        let recorder = Recorder(evaluated, record, identity)
        let method = MethodRecord(evaluated.graph, text: record.methodText)
        return try read { db in
            guard
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT * FROM run WHERE id = ?)", arguments: [run.id])
                    == true
            else {
                throw StoreError(
                    kind: .cannotRead,
                    description: "Run \(run.id) was replaced by a newer draft while it was verified.")
            }
            var found = RunVerification()
            let large = LargeTables(run: run.id, evaluated, db)
            try large.compare(FirmTables(evaluated: evaluated).result, into: &found)
            try large.compare(method.values.insert(evaluated), into: &found)
            guard let prepared = recorder.prepared() else {
                throw DatabaseError(resultCode: .SQLITE_INTERNAL)
            }
            for table in prepared.tables { try large.compare(table, into: &found) }
            let small = try SmallTableComparison(run, db) { scratch in
                try method.values.make(evaluated.graph, scratch)
                try recorder.insertSmall(
                    run.id, method: method.save(scratch), resultDigest: prepared.resultDigest, scratch)
            }
            try small.compare(into: &found)
            if let view = try method.values.changedView(evaluated.graph, of: run, db) { found.add(view) }
            return found
        }
    }
}

extension ValuesTable {
    /// The view for people, where it is not what the last run that made it would make.
    fileprivate func changedView(
        _ graph: Graph, of run: RunSummary, _ db: Database
    ) throws -> RunVerification.Difference? {
        let last = try Int64.fetchOne(
            db,
            sql: "SELECT max(run.id) FROM run JOIN method ON method.id = run.method WHERE values_table = ?",
            arguments: [name])
        guard last == run.id else { return nil }
        let (stored, computed) = (
            try String.fetchOne(
                db, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [viewName]),
            view(graph)
        )
        guard stored != computed else { return nil }
        return .init(
            table: viewName, code: "", key: "view", column: "definition", stored: stored, computed: computed)
    }
}
