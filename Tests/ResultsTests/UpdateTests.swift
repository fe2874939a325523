import Foundation
import GRDB
import Testing

@testable import Results

/// Stores that older versions of the program wrote (`Stores/`, of an invented county of twenty firms, two runs each).
@Suite struct UpdateTests {
    static let versions = Array(1..<Migrations.version)

    /// Unpacks the store that a version wrote.
    private func unpack(_ version: Int, _ workshop: Workshop) throws {
        let packed = repository.appendingPathComponent(
            "Tests/ResultsTests/Stores/version-\(version).sqlite.gz"
        ).path
        let made = try workshop.shell(["sh", "-c", "gzip -dc '\(packed)' > '\(workshop.path)'"])
        #expect(made.status == 0, "there is no store of version \(version): \(packed)")
    }

    private func copy(_ workshop: Workshop) -> String { workshop.path + ".before-update" }

    private func leftOvers(_ workshop: Workshop) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: workshop.folder.path)
            .filter { $0.contains("update") || $0.contains("tmp") || $0.contains("journal") }
    }

    @Test(arguments: versions) func everyVersionIsBroughtUpToDate(version: Int) throws {
        let workshop = try Workshop()
        try unpack(version, workshop)
        let refused = error { _ = try Store(opening: workshop.path, for: .reading) }
        #expect(refused == .older(workshop.path, version: version, known: Migrations.version))
        let store = try Store(opening: workshop.path, for: .writing)
        let runs = try store.runs()
        #expect(runs.map(\.id) == [2, 1])
        for run in runs {
            #expect(try store.resultDigest(run.id) == run.resultDigest)
            #expect(try store.ranking(run).count == run.graded)
        }
        #expect(try store.read { db in try Migrations.foundVersion(db) } == Migrations.version)
        #expect(try leftOvers(workshop) == [])
        // And a new run goes in.
        #expect(try store.record(InventedCounty().evaluated, workshop.record(store)).run.id == 3)
    }

    /// Killed after the last migration and before it was verified.
    @Test func anUpdateThatNobodyVerifiedIsVerifiedByTheNextRun() throws {
        let workshop = try Workshop()
        try unpack(1, workshop)
        try StoreCopy.make(of: DatabaseQueue(path: workshop.path), to: copy(workshop))
        try Migrations.apply(to: DatabaseQueue(path: workshop.path))
        #expect(FileManager.default.fileExists(atPath: copy(workshop)))
        #expect(try Store(opening: workshop.path, for: .writing).runs().count == 2)
        #expect(try leftOvers(workshop) == [])
    }

    /// Killed between two migrations: the copy is of the older version, and stays until the end.
    @Test func anUpdateThatEndedHalfWayGoesOn() throws {
        let workshop = try Workshop()
        try unpack(1, workshop)
        try StoreCopy.make(of: DatabaseQueue(path: workshop.path), to: copy(workshop))
        try Migrations.migrator.migrate(DatabaseQueue(path: workshop.path), upTo: "2")
        #expect(try Store(opening: workshop.path, for: .writing).runs().count == 2)
        #expect(try leftOvers(workshop) == [])
    }

    @Test(arguments: [
        "UPDATE result SET tier = 'A' WHERE run = 2 AND firm = 3",
        "DELETE FROM list_entry WHERE run = 1 AND firm = (SELECT max(firm) FROM list_entry WHERE run = 1)",
        "INSERT INTO result SELECT 2, 99, 'x', name, town, industry, cohort, state, class, total, rank, initial_tier, tier, part, unit FROM result WHERE run = 2 AND firm = 0",
    ])
    func anUpdateThatChangedAResultIsNamedAndItsCopyStays(change: String) throws {
        let workshop = try Workshop()
        try unpack(1, workshop)
        try StoreCopy.make(of: DatabaseQueue(path: workshop.path), to: copy(workshop))
        let queue = try DatabaseQueue(path: workshop.path)
        try Migrations.apply(to: queue)
        try queue.write { db in
            try db.execute(sql: change)
            #expect(db.changesCount == 1)
        }
        try queue.close()
        for _ in 1...2 {
            let found = error { _ = try Store(opening: workshop.path, for: .writing) }
            #expect(found?.exitCode == 74)
            #expect(found?.description.contains(copy(workshop)) == true)
        }
        #expect(
            try DatabaseQueue(path: copy(workshop)).read { db in try Migrations.foundVersion(db) } == 1)
    }

    @Test func aRunThatWasKilledWhileItMadeTheStoreLeavesNothingInTheWay() throws {
        let workshop = try Workshop()
        try DatabaseQueue(path: workshop.path).write { db in
            try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        #expect(error { _ = try Store(opening: workshop.path, for: .reading) } == .missing(workshop.path))
        #expect(try Store(opening: workshop.path, for: .writing).runs().isEmpty)
    }
}
