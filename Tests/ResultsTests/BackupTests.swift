import Foundation
import GRDB
import Testing

@testable import Results

@Suite struct BackupTests {
    @Test func aCopyIsOneWholeFileThatGroupsMayRead() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let run = try store.record(InventedCounty().evaluated, workshop.record(store)).run
        let target = workshop.folder.appendingPathComponent("备份 1.sqlite").path
        try Store(opening: workshop.path, for: .reading).backup(to: target)
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        let names = try FileManager.default.contentsOfDirectory(atPath: workshop.folder.path)
        #expect(names.filter { $0.hasPrefix("备份") } == ["备份 1.sqlite"])
        let copy = try Store(opening: target, for: .reading)
        #expect(try copy.runs() == [run])
        #expect(try copy.resultDigest(run.id) == run.resultDigest)
    }

    /// Nobody waits: neither the copy for the run, nor the run for the copy.
    @Test func aCopyMadeInTheMidstOfARunHoldsTheRunBefore() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let first = try store.record(InventedCounty().evaluated, workshop.record(store)).run
        let target = workshop.path + ".copy"
        let next = try workshop.record(store, inputs: "2")
        _ = try store.record(InventedCounty().evaluated, next) {
            try Store(opening: workshop.path, for: .reading).backup(to: target)
        }
        #expect(try Store(opening: target, for: .reading).runs() == [first])
        #expect(try store.runs().count == 2)
    }

    @Test func nothingIsOverwritten() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let target = workshop.path + ".copy"
        try Data("mine".utf8).write(to: URL(fileURLWithPath: target))
        #expect(error { try store.backup(to: target) } == .exists(target))
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "mine")
    }

    @Test func aDamagedStoreIsNotCalledABackup() throws {
        let workshop = try Workshop()
        do {
            let store = try Store(opening: workshop.path, for: .writing)
            _ = try store.record(InventedCounty(firms: 2000).evaluated, workshop.record(store))
            store.settle()
        }
        // Rows of an index that the table does not have: only SQLite's whole check finds that.
        let queue = try DatabaseQueue(path: workshop.path)
        try queue.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA writable_schema = ON;
                    UPDATE sqlite_schema SET sql = replace(sql, 'result (run, code, name)', 'result (run, name, code)')
                    WHERE name = 'result_by_code';
                    PRAGMA writable_schema = OFF
                    """)
        }
        try queue.close()
        let target = workshop.path + ".copy"
        let found = error { try Store(opening: workshop.path, for: .reading).backup(to: target) }
        #expect(found?.exitCode == 74)
        #expect(found?.description.contains("damaged") == true)
        let names = try FileManager.default.contentsOfDirectory(atPath: workshop.folder.path)
        #expect(!names.contains { $0.contains("copy") })
    }

    @Test func leftOversOfKilledProcessesGo() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let target = workshop.path + ".copy"
        // A process that is certainly gone, and this one.
        let gone = try workshop.shell(["sh", "-c", "echo $$"]).output.trimmingCharacters(in: .newlines)
        for suffix in [".\(gone).tmp", ".\(gone).tmp-journal", ".\(getpid()).other.tmp"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: target + suffix))
        }
        try store.backup(to: target)
        let names = try FileManager.default.contentsOfDirectory(atPath: workshop.folder.path)
            .filter { $0.hasSuffix("tmp") || $0.hasSuffix("tmp-journal") }
        #expect(names == ["store.sqlite.copy.\(getpid()).other.tmp"])
    }
}
