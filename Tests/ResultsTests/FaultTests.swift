import Evaluation
import Foundation
import GRDB
import Testing

@testable import Results

/// Disks and other programs that are in the way: the store holds what it held before, and the error says why.
@Suite struct FaultTests {
    private func expect(_ runs: [RunSummary], in path: String) throws {
        let reader = try Store(opening: path, for: .reading)
        #expect(try reader.runs() == runs)
        #expect(try reader.read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check") } == "ok")
    }

    private func size(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }

    /// Makes a store fail at once instead of waiting for locks.
    private func hurry(_ store: Store) throws {
        try store.queue.inDatabase { db in try db.execute(sql: "PRAGMA busy_timeout = 1") }
    }

    @Test func fullDiskLeavesTheStoreAsItWas() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let first = try store.record(InventedCounty().evaluated, workshop.record(store)).run
        let next = try workshop.record(store, inputs: "2")
        try store.queue.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 3)")
        }
        let error = error { _ = try store.record(InventedCounty(firms: 5000).evaluated, next) }
        #expect(error?.exitCode == 73)
        #expect(error?.description.contains("full") == true)
        try expect([first], in: workshop.path)
        // What was written in vain takes no more space.
        #expect(try size(workshop.path + "-wal") == 0)
    }

    @Test func diskThatTakesNoMoreBytesLeavesTheStoreAsItWas() async throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let first = try store.record(InventedCounty().evaluated, workshop.record(store)).run
        let path = workshop.path
        await #expect(processExitsWith: .success) { [path = path as String] in
            let store = try Store(opening: path, for: .writing)
            let next = try Workshop().record(store, inputs: "2")
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let found = error { _ = try store.record(InventedCounty(firms: 20_000).evaluated, next) }
            #expect(found?.exitCode == 73)
            #expect(found?.description.contains(path) == true)
        }
        try expect([first], in: workshop.path)
    }

    @Test func lockOfAnotherProgramIsNamed() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let first = try store.record(InventedCounty().evaluated, workshop.record(store)).run
        let next = try workshop.record(store, inputs: "2")
        try hurry(store)
        let other = try DatabaseQueue(path: workshop.path)
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            let found = error { _ = try store.record(InventedCounty().evaluated, next) }
            #expect(found?.exitCode == 75)
            #expect(found?.description.contains("locked by another program") == true)
            try expect([first], in: workshop.path)
            try db.execute(sql: "ROLLBACK")
        }
        #expect(try store.record(InventedCounty().evaluated, next).run.id == 2)
    }

    @Test func slowReaderDelaysNothingAndSeesWhatItSaw() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let first = try store.record(InventedCounty().evaluated, workshop.record(store)).run
        let reader = try Store(opening: workshop.path, for: .reading)
        try reader.queue.read { db in
            #expect(try Int.fetchOne(db, sql: "SELECT max(id) FROM run") == 1)
            let second = try store.record(
                InventedCounty().evaluated, workshop.record(store, inputs: "2", draftsKept: 1))
            #expect(second.run.id == 2)
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM ranking") == first.graded)
            #expect(try Int.fetchOne(db, sql: "SELECT max(id) FROM run") == 1)
        }
        #expect(try reader.latestRun()?.id == 2)
        try store.finishAttempt(2, at: "2022-05-31T02:00:09Z", exitCode: 0, run: 2, message: "")
        #expect(try size(workshop.path + "-wal") == 0)
    }

    @Test(arguments: [true, false]) func nothingIsRecordedInAFileThatNobodyFinds(isReplaced: Bool) throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        _ = try store.record(InventedCounty().evaluated, workshop.record(store))
        let next = try workshop.record(store, inputs: "2")
        for suffix in ["", "-wal", "-shm"] {
            try FileManager.default.removeItem(atPath: workshop.path + suffix)
        }
        if isReplaced { _ = try Store(opening: workshop.path, for: .writing) }
        #expect(
            error { _ = try store.record(InventedCounty().evaluated, next) } == .moved(workshop.path))
        #expect(StoreError.moved(workshop.path).exitCode == 73)
        if isReplaced { try expect([], in: workshop.path) }
    }

    @Test func rowsWithNULAreKeptWhole() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let attempt = try store.beginAttempt(at: "2022-05-31T02:00:00Z")
        let finding = Finding(
            code: "nul_byte", severity: .refusal, feed: "tax", delivery: "tax-2021", file: "tax.csv", line: 2,
            byte: 30, column: "", chinese: "", english: "", row: "913\u{0},2021-01,\u{0}7")
        try store.finishAttempt(
            attempt, at: "2022-05-31T02:00:09Z", exitCode: 65, run: nil, message: "", findings: [finding])
        #expect(try store.findings(attempt: attempt).map(\.row) == ["913␀,2021-01,␀7"])
    }
}
