import Evaluation
import Foundation
import GRDB
import Testing

@testable import Results

@Suite struct RecordTests {
    @Test func everythingReadsBack() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let county = InventedCounty(firms: 40)
        let evaluated = county.evaluated
        let record = try workshop.record(store)
        let recording = try store.record(evaluated, record)
        guard case .recorded(let run) = recording else {
            Issue.record("nothing was recorded")
            return
        }
        #expect(try store.latestRun() == run)
        #expect(try store.latestRun(dataYear: 1999) == nil)
        #expect(run.firms == 40)
        #expect(run.graded + run.ungraded + run.exempt + run.outOfScope == 40)
        #expect(try store.methodText(run) == record.methodText)
        #expect(try store.inputFiles(run) == record.files)
        #expect(try store.findings(attempt: record.attempt) == record.findings)
        #expect(try store.findingCounts(attempt: record.attempt) == record.findingCounts)
        let attempt = try #require(try store.attempts(limit: 1).first)
        #expect(attempt.finishedAt == record.recordedAt && attempt.exitCode == 0 && attempt.run == run.id)
        #expect(try store.nodes(run).map(\.name) == evaluated.graph.nodes.map(\.name))
        for firm in 0..<40 {
            let values = try #require(
                try store.firmValues(run, firm: Int64(firm), graph: evaluated.graph))
            let expected = FirmValues(evaluated, firm: firm)
            #expect(values.code == expected.code)
            #expect(values.name == expected.name)
            #expect(values.texts == expected.texts)
            for (index, node) in evaluated.graph.nodes.enumerated() {
                let cell = expected.cells[index]
                let stored = values.cells[index]
                if case .category = node.type {
                    #expect(Cell.isMissing(stored) == Cell.isMissing(cell), "\(node.name) of firm \(firm)")
                } else if node.section == .column || !Cell.isMissing(cell) {
                    #expect(stored == cell, "\(node.name) of firm \(firm)")
                } else {
                    #expect(Cell.isMissing(stored), "\(node.name) of firm \(firm)")
                }
            }
        }
        #expect(try store.statistics(run).map(\.value) == [81_234, 40_000])
        #expect(try store.cuts(run).map(\.lastTotal) == [1_400_000, 700_000, nil])
        let tally = evaluated.tally
        #expect(try store.aggregates(run, .state).map(\.firms) == tally.states)
        #expect(try store.aggregates(run, .list).map(\.firms) == tally.lists)
        #expect(try store.aggregates(run, .cohort).map(\.firms) == tally.tiers.flatMap { $0 })
    }

    @Test func sameIdentityIsNotRecordedTwice() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let evaluated = InventedCounty().evaluated
        let first = try store.record(evaluated, workshop.record(store))
        let second = try store.record(evaluated, workshop.record(store))
        #expect(second == .unchanged(first.run))
        #expect(try store.runs().count == 1)
        let identity = RunIdentity(
            inputsDigest: Digest.of("1"), graph: evaluated.graph, engineVersion: "0.1.0")
        #expect(try store.latestRun(withIdentity: identity) == first.run)
        // Taken back: the older run is not the one that everybody reads.
        _ = try store.record(evaluated, workshop.record(store, inputs: "other"))
        #expect(try store.latestRun(withIdentity: identity) == nil)
        #expect(try store.record(evaluated, workshop.record(store)).run.id == 3)
    }

    @Test func onlyTheNewestDraftsStay() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        var other = InventedCounty(wideness: 3)
        other.dataYear = 2020
        _ = try store.record(
            other.evaluated, workshop.record(store, inputs: "of another year", draftsKept: 1))
        // The first is of another method, which goes with it.
        _ = try store.record(
            InventedCounty(wideness: 2).evaluated, workshop.record(store, inputs: "0", draftsKept: 2))
        for inputs in ["1", "22", "333"] {
            _ = try store.record(
                InventedCounty().evaluated, workshop.record(store, inputs: inputs, draftsKept: 2))
        }
        #expect(try store.runs().map(\.id) == [5, 4, 1])
        try store.read { db in
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%run INTEGER%'")
            for table in tables where table != "attempt" {
                let runs = try Int.fetchSet(db, sql: "SELECT DISTINCT run FROM \(quoted(table))")
                #expect(runs.isSubset(of: [1, 4, 5]), "\(table)")
            }
            let values = try String.fetchSet(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'values_%'")
            #expect(values == (try String.fetchSet(db, sql: "SELECT values_table FROM method")))
            #expect(values.count == 2)
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM method") == 3)
            #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
            #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
        }
    }

    /// Space of old drafts is used again: the file needs no `VACUUM`.
    @Test func theFileDoesNotGrowWithTheNights() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let evaluated = InventedCounty(firms: 3000, wideness: 20).evaluated
        var sizes: [Int] = []
        for night in 1...30 {
            _ = try store.record(evaluated, workshop.record(store, inputs: "\(night)"))
            let size = try FileManager.default.attributesOfItem(atPath: workshop.path)[.size] as? Int
            sizes.append(try #require(size))
        }
        #expect(sizes[9] * 10 <= sizes[3] * 13)
        // A sentence in the journal for every night, and findings for thirty.
        #expect(sizes[29] * 10 <= sizes[9] * 11)
    }

    @Test func aNumberIsNeverGivenToASecondRun() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        for (night, inputs) in ["1", "22", "333"].enumerated() {
            let run = try store.record(
                InventedCounty().evaluated, workshop.record(store, inputs: inputs, draftsKept: 1)
            ).run
            #expect(run.id == Int64(night + 1))
            #expect(try store.runs() == [run])
        }
        #expect(try store.attempts(limit: 9).map(\.run) == [3, 2, 1])
    }

    @Test(arguments: [
        "=cmd|' /C calc'!A0", "'", "\"", "a\nb\r\nc", "永康市五金🔧厂", "A&B <东城>", "", "|", "\u{7}",
    ])
    func nastyTextsSurvive(text: String) throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let county = InventedCounty(firstName: text, decisionReason: text)
        let run = try store.record(county.evaluated, workshop.record(store)).run
        let standing = try #require(try store.firmStanding(run, firm: 0))
        #expect(standing.result.name == text)
        #expect(try store.firmStanding(run, firm: 1)?.decisions.first?.reason == text)
        #expect(try store.resultDigest(run.id) == run.resultDigest)
    }

    @Test func largestNumbersPrintExactlyInViews() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let run = try store.record(InventedCounty().evaluated, workshop.record(store)).run
        let (output, _) = try workshop.shell(
            ["sqlite3", "-readonly", workshop.path],
            input: "SELECT \"税收（万元）\" FROM firm_\(run.valuesTable) LIMIT 2;")
        #expect(output == "99999999999.9999\n-99999999999.9999\n")
    }

    @Test(arguments: ["evaluation", "list_member", "rectification", "elimination_candidate"])
    func viewsFindAFirmByItsCode(view: String) throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        _ = try store.record(InventedCounty().evaluated, workshop.record(store))
        let steps = try store.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN SELECT * FROM \(view) WHERE code = 'x'")
        }.map { $0["detail"] as String }
        #expect(steps.contains("SEARCH result USING INDEX result_by_code (run=? AND code=?)"))
    }

    @Test func viewsShowTheLatestRun() throws {
        let workshop = try Workshop()
        let store = try Store(opening: workshop.path, for: .writing)
        let county = InventedCounty(firms: 60)
        _ = try store.record(county.evaluated, workshop.record(store, inputs: "old"))
        let run = try store.record(county.evaluated, workshop.record(store, inputs: "new")).run
        try store.read { db in
            for view in [
                "evaluation", "ranking", "list_member", "rectification", "elimination_candidate",
                "firm_decision", "missing_value", "tier_cut", "statistic_value", "firm_values_2021",
                "firm_\(run.valuesTable)",
            ] {
                let rows = try Row.fetchAll(
                    db, sql: "SELECT * FROM \(quoted(view)) WHERE run = ?", arguments: [run.id])
                #expect(!rows.isEmpty, "\(view)")
                let others = try Row.fetchAll(
                    db, sql: "SELECT * FROM \(quoted(view)) WHERE run <> ?", arguments: [run.id])
                #expect(others.isEmpty == (view != "firm_\(run.valuesTable)"), "\(view)")
            }
            let ranking = try Row.fetchAll(db, sql: "SELECT * FROM ranking")
            #expect(ranking.map { $0["code"] as String } == (try store.rankingCodes(run)))
            // Grounds in the order of the method, and every firm once.
            let row = try Row.fetchOne(
                db, sql: "SELECT grounds, evidence FROM elimination_candidate WHERE code = ?",
                arguments: [county.code(4)])
            #expect(row?["grounds"] == "亩均税收过低；低于同规模均值一半")
            #expect(
                row?["evidence"]
                    == "亩均税收过低：规模 规下；亩均税收 0.8917 万元/亩。低于同规模均值一半：亩均税收 0.8917 万元/亩；同规模亩均税收均值 4.0000 万元/亩（30 户）"
            )
            for (list, firms) in zip(county.graph.lists, county.evaluated.tally.lists) {
                let rows = try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM \(list.name) WHERE run = \(run.id)")
                #expect(rows == firms)
            }
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM evaluation") == run.firms)
        }
    }
}

extension Store {
    /// Codes in the order of ranking, read inside another read.
    fileprivate func rankingCodes(_ run: RunSummary) throws -> [String] {
        try Store(opening: path, for: .reading).ranking(run).map(\.code)
    }
}
