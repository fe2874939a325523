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
            return found
        }
    }
}
