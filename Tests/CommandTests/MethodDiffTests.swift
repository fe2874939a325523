import Foundation
import Testing

/// `mujun method diff`, with and without the data of a run.
@Suite struct MethodDiffTests {
    private static let sample = repository.appendingPathComponent("Samples/methods/yongkang-2021.yaml").path

    /// A copy of the sample method with edits.
    private func proposal(_ edits: [(String, String)]) throws -> String {
        let path = URL.temporaryDirectory.appendingPathComponent("mujun-proposal-\(UUID().uuidString).yaml")
            .path
        let text = try edits.reduce(String(contentsOfFile: MethodDiffTests.sample, encoding: .utf8)) {
            try #require($0.contains($1.0), "\($1.0) does not stand in the method")
            return $0.replacing($1.0, with: $1.1, maxReplacements: 1)
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private let manyEdits = [
        ("{weight: 30, baseline: 30", "{weight: 25, baseline: 27"),
        ("{weight: 20, baseline: 130", "{weight: 25, baseline: 130"), ("{A: 20%, B: 60%", "{A: 15%, B: 65%"),
        ("years_since(registry.founded) < 2", "years_since(registry.founded) < 3"),
        (
            "lists:\n",
            "  large:\n    label: 大户不列D类\n    priority: 15\n    when: land >= 20 亩\n    not_below: C\nlists:\n"
        ),
    ]

    @Test func rulesThatDiffer() throws {
        let new = try proposal([("{weight: 30, baseline: 30", "{weight: 30, baseline: 28.5")])
        let outcome = try Executable.run("method", "diff", MethodDiffTests.sample, new)
        #expect(outcome.exitCode == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains("~ 亩均税收得分  points_tax_per_mu"))
        #expect(outcome.output.contains("规上 基准值：30 → 28.5"))
        #expect(outcome.output.contains("\(new):133"))
        let same = try Executable.run("method", "diff", MethodDiffTests.sample, MethodDiffTests.sample)
        #expect(same.output.contains("Both methods compute the same."))
        let json = try Executable.run("method", "diff", MethodDiffTests.sample, new, "--format", "json")
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["format"] as? String == "mujun-diff/1")
        #expect(object["same_meaning"] as? Bool == false)
        #expect((object["differences"] as? [[String: Any]])?.first?["name"] as? String == "points_tax_per_mu")
        #expect(object["effect"] == nil)
    }

    @Test func whatIsRefused() throws {
        let wrong = try proposal([("{weight: 30,", "{weight: 31,")])
        let refused = try Executable.run("method", "diff", MethodDiffTests.sample, wrong)
        #expect(refused.exitCode == 65)
        #expect(refused.errors.contains("sum to 101, not to 100"))
        #expect(refused.errors.contains(wrong))
        #expect(try Executable.run("method", "diff", MethodDiffTests.sample, "/nowhere.yaml").exitCode == 74)
        let csv = try Executable.run(
            "method", "diff", MethodDiffTests.sample, MethodDiffTests.sample, "--format", "csv")
        #expect(csv.exitCode == 64)
    }

    /// Whoever moves is exactly who stands elsewhere when the new method is run, and every move is the sum of its steps.
    @Test func effectIsWhatTheNewMethodWouldDo() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        let new = try proposal(manyEdits)
        let before = try county.results()
        let outcome = try county.methodDiff(
            MethodDiffTests.sample, new, "--run", "latest", "--format", "json")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(try county.results() == before)
        let effect = try Effect(outcome.output)
        #expect(
            effect.steps.map(\.name) == ["membership", "weights", "baselines", "ranking", "decisions"])
        #expect(effect.notes.contains { $0.contains("exactly the results of run 1") })
        try FileManager.default.removeItem(atPath: county.method)
        try FileManager.default.copyItem(atPath: new, toPath: county.method)
        #expect(try county.run().exitCode == 0)
        try effect.expect(from: 1, to: 2, in: county)

        let text = try county.methodDiff(MethodDiffTests.sample, new, "--run", "1", "--limit", "3")
        #expect(text.output.contains("\(effect.firms.count) firms move, 3 shown"))
        #expect(text.output.contains("规上：原 \\ 新"))
        let csv = try county.methodDiff(MethodDiffTests.sample, new, "--run", "1", "--format", "csv")
        #expect(csv.output.split(separator: "\r\n").count == effect.firms.count + 1)
    }

    @Test func anotherYearOrAFeedThatTheRunDidNotRead() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        let huangyan = repository.appendingPathComponent("Samples/methods/huangyan-2022.yaml").path
        let outcome = try county.methodDiff(MethodDiffTests.sample, huangyan, "--run", "latest")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(
            outcome.output.contains("huangyan-2022 says data of 2022 as of 2023-09-25; here both methods"))
        // A run of a method that asks little read few feeds.
        let earlier = repository.appendingPathComponent("Samples/methods/huangyan-2021.yaml").path
        #expect(
            try Executable.shell("cp '\(earlier)' '\(county.method)'").exitCode == 0)
        #expect(try county.run().exitCode == 0)
        let other = try county.methodDiff(huangyan, MethodDiffTests.sample, "--run", "2")
        #expect(other.exitCode == 0, "\(other.errors)")
        #expect(other.output.contains("run 2 read no file of 荣誉资质 (title)"))
    }

    @Test func whatIsWrongWithTheRun() throws {
        let county = try County(firms: 300)
        let none = try county.methodDiff(MethodDiffTests.sample, MethodDiffTests.sample, "--run", "latest")
        #expect(none.exitCode == 74)
        #expect(try county.run().exitCode == 0)
        let unknown = try county.methodDiff(MethodDiffTests.sample, MethodDiffTests.sample, "--run", "7")
        #expect(unknown.exitCode == 64)
        #expect(unknown.errors.contains("holds no run 7; it has: 1 (2021)"))
        #expect(
            try county.methodDiff(MethodDiffTests.sample, MethodDiffTests.sample, "--run", "newest").exitCode
                == 64)
        // A decision that names a tier which the new method lacks cannot be carried out.
        let tiers = try proposal([
            ("order: [A, B, C, D]", "order: [A, B, K, D]"), ("C: 15%", "K: 15%"),
            ("not_above: C", "not_above: K"),
            ("not_below: C", "not_below: K"), ("where: tier in (C, D)", "where: tier in (K, D)"),
        ])
        let stopped = try County()
        #expect(try stopped.run().exitCode == 0)
        let outcome = try stopped.methodDiff(MethodDiffTests.sample, tiers, "--run", "1")
        #expect(outcome.exitCode == 65)
        #expect(outcome.errors.contains("names the tier ‘C’, which the method does not have"))
        #expect(try Executable.shell("rm -rf '\(county.folder)'/archive/*").exitCode == 0)
        let gone = try county.methodDiff(MethodDiffTests.sample, MethodDiffTests.sample, "--run", "1")
        #expect(gone.exitCode == 74)
        #expect(gone.errors.contains("is not in the archive"))
    }
}

extension County {
    func methodDiff(_ arguments: String...) throws -> Executable.Outcome {
        try Executable.run(["method", "diff", "--workspace", folder] + arguments)
    }

    /// Each firm's standing in a run: `code|cohort|total|rank|tier`.
    func standings(_ run: Int) throws -> [String: [String]] {
        let rows = try sql(
            "SELECT code, cohort, total, rank, tier FROM result WHERE run = \(run) ORDER BY code"
        ).split(separator: "\n").map {
            $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
        return Dictionary(rows.map { ($0[0], Array($0.dropFirst())) }) { first, _ in first }
    }
}

/// The effect of a comparison as JSON says it.
struct Effect {
    struct Step: Decodable {
        let name: String
        let label: String
        let note: String?
        let moved: Counts
    }

    struct Counts: Decodable {
        let up: Int
        let down: Int
        let entered: Int
        let left: Int
        let net: [Int]
    }

    struct Matrix: Decodable {
        let places: [String]
        let firms: [[Int]]
    }

    struct Move: Decodable {
        struct Part: Decodable {
            let step: String
            let to: String
            let total: String?
            let rank: Int?
        }

        let code: String
        let from: String
        let to: String
        let totalFrom: String?
        let totalTo: String?
        let rankFrom: Int?
        let rankTo: Int?
        let steps: [Part]
    }

    private struct Whole: Decodable {
        struct Effect: Decodable {
            let tiers: [String]
            let moved: Counts
            let steps: [Step]
            let matrices: [Matrix]
            let firms: [Move]
        }

        let notes: [String]
        let effect: Effect
    }

    private let whole: Whole
    var notes: [String] { whole.notes }
    var steps: [Step] { whole.effect.steps }
    var firms: [Move] { whole.effect.firms }
    var matrices: [Matrix] { whole.effect.matrices }

    init(_ json: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        whole = try decoder.decode(Whole.self, from: Data(json.utf8))
    }

    /// The movers are the firms that stand otherwise in the store, and their steps add up to what they move.
    func expect(from old: Int, to new: Int, in county: County) throws {
        let (before, after) = (try county.standings(old), try county.standings(new))
        let codes = Set(before.keys).union(after.keys)
        let moved = codes.filter { (before[$0]?[3] ?? "") != (after[$0]?[3] ?? "") }
        #expect(moved.count > 0)
        #expect(Set(firms.map(\.code)) == moved)
        #expect(matrices.flatMap(\.firms).joined().reduce(0, +) == codes.count)
        var net = [Int](repeating: 0, count: whole.effect.tiers.count)
        for step in steps { for (tier, number) in step.moved.net.enumerated() { net[tier] += number } }
        #expect(net == whole.effect.moved.net)
        for (tier, number) in zip(whole.effect.tiers, net) {
            #expect(
                number == after.values.count { $0[3] == tier } - before.values.count { $0[3] == tier })
        }
        for firm in firms {
            #expect(tier(firm.from) == before[firm.code]?[3] ?? "")
            #expect(tier(firm.to) == after[firm.code]?[3] ?? "")
            #expect(firm.steps.last?.to == firm.to)
            #expect(scaled(firm.totalFrom) == before[firm.code].flatMap { Int($0[1]) })
            #expect(scaled(firm.totalTo) == after[firm.code].flatMap { Int($0[1]) })
            guard let start = scaled(firm.totalFrom), let end = scaled(firm.totalTo),
                firm.steps.allSatisfy({ $0.total != nil })
            else { continue }
            #expect(firm.steps.reduce(start) { $0 + (scaled($1.total) ?? 0) } == end)
            #expect(firm.steps.reduce(firm.rankFrom ?? 0) { $0 + ($1.rank ?? 0) } == firm.rankTo)
        }
    }

    private func tier(_ place: String) -> String { ["未参评", "不在名录"].contains(place) ? "" : place }

    private func scaled(_ total: String?) -> Int? { total.flatMap { Int($0.replacing(".", with: "")) } }
}
