import Evaluation
import Foundation
import GRDB
import Synchronization
import Testing

@testable import Results

@Suite struct StoreTests {
    @Test func missingStoreCannotBeRead() throws {
        let workshop = try Workshop()
        let error = error { _ = try Store(opening: workshop.path, for: .reading) }
        #expect(error == .missing(workshop.path))
        #expect(error?.exitCode == 74)
        #expect(!FileManager.default.fileExists(atPath: workshop.path))
    }

    @Test func emptyFileOfAKilledRunIsNoStoreYet() throws {
        let workshop = try Workshop()
        try Data().write(to: URL(fileURLWithPath: workshop.path))
        #expect(error { _ = try Store(opening: workshop.path, for: .reading) } == .missing(workshop.path))
        #expect(try Store(opening: workshop.path, for: .writing).runs().isEmpty)
    }

    @Test(arguments: [Store.Access.reading, .writing])
    func otherFilesAreNotStores(access: Store.Access) throws {
        let workshop = try Workshop()
        let text = Data(String(repeating: "企业名称,税收\n", count: 1000).utf8)
        try text.write(to: URL(fileURLWithPath: workshop.path))
        #expect(error { _ = try Store(opening: workshop.path, for: access) } == .notAStore(workshop.path))
        #expect(try Data(contentsOf: URL(fileURLWithPath: workshop.path)) == text)
    }

    @Test(arguments: [Store.Access.reading, .writing])
    func foldersAreNotStores(access: Store.Access) throws {
        let workshop = try Workshop()
        let folder = workshop.folder.path
        let error = error { _ = try Store(opening: folder, for: access) }
        #expect(error == .folder(folder))
        #expect(error?.description.contains("\(folder) is a folder") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test(arguments: [Store.Access.reading, .writing])
    func otherDatabasesAreNotStores(access: Store.Access) throws {
        let workshop = try Workshop()
        try DatabaseQueue(path: workshop.path).write { db in try db.execute(sql: "CREATE TABLE t (x)") }
        let before = try Data(contentsOf: URL(fileURLWithPath: workshop.path))
        #expect(error { _ = try Store(opening: workshop.path, for: access) } == .notAStore(workshop.path))
        #expect(try Data(contentsOf: URL(fileURLWithPath: workshop.path)) == before)
    }

    @Test(arguments: [Store.Access.reading, .writing])
    func newerStoresAreLeftAlone(access: Store.Access) throws {
        let workshop = try Workshop()
        _ = try Store(opening: workshop.path, for: .writing)
        try DatabaseQueue(path: workshop.path).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA user_version = 99")
        }
        let error = error { _ = try Store(opening: workshop.path, for: access) }
        #expect(error == .newer(workshop.path, version: 99, known: Migrations.version))
    }

    @Test func damagedStoreIsNamed() throws {
        let workshop = try Workshop()
        do {
            let store = try Store(opening: workshop.path, for: .writing)
            _ = try store.record(InventedCounty(firms: 2000).evaluated, workshop.record(store))
            store.settle()
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: workshop.path))
        try file.truncate(atOffset: 16384 * 3)
        try file.close()
        let error = error {
            let store = try Store(opening: workshop.path, for: .reading)
            let run = try store.latestRun()
            _ = try run.map { try store.ranking($0) }
        }
        #expect(error?.kind == .cannotRead)
        #expect(error?.description.contains(workshop.path) == true)
    }

    @Test func folderThatIsNotThereCannotHoldAStore() throws {
        let workshop = try Workshop()
        let path = workshop.folder.appendingPathComponent("none/store.sqlite").path
        #expect(error { _ = try Store(opening: path, for: .writing) }?.exitCode == 73)
        #expect(error { _ = try RunLock(store: path) }?.exitCode == 73)
    }

    @Test func groupMayReadAndOthersMayNot() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        _ = try store.record(InventedCounty().evaluated, workshop.record(store))
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: workshop.path + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o640, "\(suffix)")
        }
    }

    @Test func readersCannotWrite() throws {
        let workshop = try Workshop()
        _ = try Store(opening: workshop.path, for: .writing)
        let reader = try Store(opening: workshop.path, for: .reading)
        #expect(
            error { _ = try reader.beginAttempt(at: "2022-05-31T02:00:00Z") }?.exitCode == 73)
    }

    @Test func onlyOneRunHoldsTheLock() throws {
        let workshop = try Workshop()
        func hold() throws {
            let lock = try RunLock(store: workshop.path)
            #expect(error { _ = try RunLock(store: workshop.path) } == .lockedByRun(workshop.path))
            _ = consume lock
        }
        try hold()
        try hold()
        #expect(StoreError.lockedByRun(workshop.path).exitCode == 75)
    }

    @Test func readersKeepWorkingWhileARunIsRecorded() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let first = try store.record(InventedCounty().evaluated, workshop.record(store)).run
        let reader = try Store(opening: workshop.path, for: .reading)
        let seen = Mutex<[Int]>([])
        try store.write { db in
            // In the middle of a transaction with rows already in the log.
            let values = InventedCounty(firms: 20_000).evaluated
            try BulkModule.insert(
                ValuesTable(values.graph, meaningDigest: first.meaningDigest).insert(values), run: 77, db)
            let runs = try reader.runs()
            seen.withLock { $0 = runs.map(\.firms) }
            let count = try reader.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \(first.valuesTable)")
            }
            #expect(count == 12)
        }
        #expect(seen.withLock { $0 } == [12])
    }

    @Test func journalKeepsWhatCameToNothing() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let dead = try store.beginAttempt(at: "2022-05-30T02:00:00Z")
        let refused = try store.beginAttempt(at: "2022-05-31T02:00:00Z")
        try store.finishAttempt(
            refused, at: "2022-05-31T02:00:09Z", exitCode: 65, dataYear: 2022, run: nil, message: "税收：拒收过多",
            findings: [workshop.finding])
        let attempts = try store.attempts(limit: 10)
        #expect(attempts.map(\.id) == [refused, dead])
        #expect(attempts.map(\.exitCode) == [65, nil])
        #expect(attempts.map(\.dataYear) == [2022, nil])
        #expect(attempts[1].finishedAt == nil)
        #expect(try store.findings(attempt: refused) == [workshop.finding])
        #expect(try store.latestRun() == nil)
    }

    @Test func findingsAreThoseOfTheLatestRunAndOfANewerRefusal() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        func finish(exitCode: Int32, run: Int64?, dataYear: Int = 2021) throws {
            let isRefused = exitCode == 65
            try store.finishAttempt(
                try store.beginAttempt(at: "2022-06-01T02:00:00Z"), at: "2022-06-01T02:00:09Z",
                exitCode: exitCode, dataYear: dataYear, run: run, message: "",
                findings: isRefused ? [workshop.finding] : [],
                findingCounts: isRefused
                    ? [FindingCount(feed: "tax", code: "decimal_too_long", severity: .refusal, count: 1)] : []
            )
        }
        func told() throws -> [String] {
            try store.read { db in
                let samples = try String.fetchAll(
                    db, sql: "SELECT data_year || outcome || attempt FROM latest_finding ORDER BY attempt")
                let counts = try String.fetchAll(
                    db,
                    sql: "SELECT data_year || outcome || attempt FROM latest_finding_count ORDER BY attempt")
                #expect(samples == counts)
                return samples
            }
        }
        try finish(exitCode: 65, run: nil)
        #expect(try told() == ["2021refused1"])
        let first = try store.record(InventedCounty().evaluated, workshop.record(store)).run
        #expect(try told() == ["2021recorded2"])
        // Most nights: nothing has changed.
        try finish(exitCode: 0, run: first.id)
        #expect(try told() == ["2021recorded2"])
        try finish(exitCode: 65, run: nil)
        try finish(exitCode: 65, run: nil)
        try finish(exitCode: 65, run: nil, dataYear: 2022)
        _ = try store.beginAttempt(at: "2022-06-03T02:00:00Z")
        #expect(try told() == ["2021recorded2", "2021refused5", "2022refused6"])
        // The wrong delivery is taken back.
        try finish(exitCode: 0, run: first.id)
        #expect(try told() == ["2021recorded2", "2022refused6"])
        _ = try store.record(InventedCounty().evaluated, workshop.record(store, inputs: "new"))
        #expect(try told() == ["2022refused6", "2021recorded9"])
    }

    /// What the first version of the program wrote stays readable.
    @Test func aStoreOfTheFirstSchemaIsBroughtUpToDate() throws {
        let workshop = try Workshop()
        let queue = try DatabaseQueue(path: workshop.path)
        try Migrations.migrator.migrate(queue, upTo: "1")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO method VALUES (1, 'm', 't', 'x-2021', '办法', '', '', 'values_1');
                    INSERT INTO cohort VALUES (1, 0, 'above', '规上', '');
                    INSERT INTO run VALUES (1, 'i', 2021, '2022-05-31', 'draft', 1, '0.1.0', 'd', 'r', 'now', 5, 5, 0, 0, 0, 4, 10000);
                    INSERT INTO cut VALUES (1, 'above', 0, 'A', 5, 1, 1, 998877, 0);
                    INSERT INTO result VALUES (1, 0, '91330784000000000X', '甲厂', '古山镇', '3312', 'above', 'graded', 'graded', 998877, 1, 'A', 'A');
                    """)
        }
        try queue.close()
        let store = try Store(opening: workshop.path, for: .writing)
        try store.read { db in
            let cut = try #require(try Row.fetchOne(db, sql: "SELECT * FROM tier_cut"))
            #expect(cut["part"] as String? == "")
            #expect(cut["last_total"] as Double? == 99.8877)
            let firm = try #require(try Row.fetchOne(db, sql: "SELECT * FROM ranking"))
            #expect(firm["name"] as String? == "甲厂")
            #expect(firm["unit"] as String? == nil)
            #expect(try Int.fetchOne(db, sql: "SELECT units FROM run") == 0)
        }
    }
}
