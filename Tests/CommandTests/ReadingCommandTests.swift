import Foundation
import Testing

/// rank, show, explain and export, and what they say to mistakes.
@Suite struct ReadingCommandTests {
    // Made once and only read.
    nonisolated(unsafe) private static let county: County? = {
        guard let county = try? County(), (try? county.run())?.exitCode == 0 else { return nil }
        return county
    }()

    private let county: County

    init() throws { county = try #require(ReadingCommandTests.county) }

    @Test func rankIsFilteredAndPaged() throws {
        let all = try county.mujun("rank", "--tier", "D", "--limit", "1000").output
        let count = try county.sql("SELECT count(*) FROM ranking WHERE tier = 'D'")
        #expect(all.contains("\(count) firms, page 1 of 1"))
        let second = try county.mujun("rank", "--cohort", "below", "--limit", "5", "--page", "2").output
        let names = try county.sql(
            "SELECT name FROM ranking WHERE cohort = 'below' ORDER BY rank, code LIMIT 5 OFFSET 5"
        ).split(separator: "\n")
        for name in names { #expect(second.contains(name)) }
        let csv = try county.mujun("rank", "--town", "古山镇", "--format", "csv", "--limit", "7").output
        #expect(csv.split(separator: "\r\n").count == 8)
    }

    @Test func explainAgreesWithTheStore() throws {
        let row = try county.sql("SELECT code, rank, tier FROM ranking WHERE cohort = 'above' AND rank = 3")
            .split(separator: "|").map(String.init)
        let tree = try county.mujun("explain", row[0]).output
        #expect(tree.contains("名次    3 / "))
        #expect(tree.contains("总分 = "))
        #expect(tree.contains("÷ 基准值"))
        let json = try county.mujun("explain", row[0], "--format", "json", "--rows").output
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["tier"] as? String == row[2])
        #expect(object["rank"] as? Int == 3)
        // Every line of the firm that was delivered, and no other.
        let rows = try #require(object["rows"] as? [[String: Any]])
        let delivered = try Executable.shell(
            "zcat '\(county.inbox)'/*/*.csv.gz | grep -c '\(row[0])'")
        #expect(rows.count == Int(delivered.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test func aFirmIsFoundByAPartOfItsName() throws {
        let name = try county.sql("SELECT name FROM ranking WHERE cohort = 'above' AND rank = 1")
        #expect(try county.mujun("show", name).output.contains(name))
        let many = try county.mujun("show", "有限公司")
        #expect(many.exitCode == 64)
        #expect(many.errors.contains("several firms fit"))
        let none = try county.mujun("explain", "没有这家")
        #expect(none.exitCode == 64)
        #expect(none.errors.contains("knows no firm"))
    }

    @Test func exportsOpenInASpreadsheet() throws {
        let csv = try county.mujun("export", "rectification", "--to", "csv").output
        #expect(csv.hasPrefix("\u{FEFF}"))
        let firms = try county.sql("SELECT count(*) FROM rectification")
        #expect(csv.split(separator: "\r\n").count == Int(firms).map { $0 + 1 })
        let wrong = try county.mujun("export", "nolist", "--to", "csv")
        #expect(wrong.exitCode == 64)
        #expect(wrong.errors.contains("rectification"))
    }

    @Test(arguments: [
        ["rank", "--teir", "A"], ["rank", "--limit", "0"], ["rank", "--tier", "E"],
        ["rank", "--cohort", "none"],
        ["frobnicate"], ["export", "ranking"], ["explain"],
    ])
    func mistakesOfUseAre64(arguments: [String]) throws {
        let outcome = try Executable.run(arguments + ["--workspace", county.folder])
        #expect(outcome.exitCode == 64)
        #expect(!outcome.errors.isEmpty)
    }

    @Test func aFolderWithoutWorkspaceIsNamed() throws {
        let outcome = try Executable.run("rank", "--workspace", "/tmp")
        #expect(outcome.exitCode == 74)
        #expect(outcome.errors.contains("mujun init"))
    }

    @Test func helpHasExamplesAndExitCodes() throws {
        let help = try Executable.run("--help").output
        #expect(help.contains("EXIT CODES"))
        for command in ["init", "run", "check", "rank", "show", "explain", "export", "sample"] {
            #expect(try Executable.run(command, "--help").output.contains("EXAMPLE"), "\(command)")
        }
    }
}
