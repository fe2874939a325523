import Foundation
import Testing

/// `mujun method test` on the shipped methods, and on copies with something wrong.
@Suite struct MethodTestTests {
    /// A method and its cases in a folder of their own.
    private final class Copy {
        let method: String
        var cases: String { method.replacing(".yaml", with: ".cases.yaml") }
        private let folder: URL

        init(_ name: String) throws {
            folder = URL.temporaryDirectory.appendingPathComponent("mujun-method-\(UUID().uuidString)")
            method = folder.appendingPathComponent("\(name).yaml").path
            // With the method that it may be based on.
            let samples = repository.appendingPathComponent("Samples/methods")
            try FileManager.default.copyItem(at: samples, to: folder)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func edit(_ path: String, _ old: String, _ new: String) throws {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
            try #require(parts.count == 2, "\(old) does not stand in \(path)")
            try parts.joined(separator: new).write(toFile: path, atomically: true, encoding: .utf8)
        }

        func test(_ options: String...) throws -> Executable.Outcome {
            try Executable.run(["method", "test", method] + options)
        }
    }

    @Test(arguments: [
        ("changle-2023", 5), ("huaian-2024", 6), ("huangyan-2021", 9), ("huangyan-2022", 9),
        ("jingde-2022", 7), ("parks-2022", 4), ("towns-2022", 4), ("wenling-2022", 10), ("yongkang-2021", 10),
        ("zhengzhou-2018", 5),
    ])
    func shippedMethodsAreProved(_ name: String, _ cases: Int) throws {
        let method = repository.appendingPathComponent("Samples/methods/\(name).yaml").path
        let outcome = try Executable.run("method", "test", method)
        #expect(outcome.exitCode == 0)
        #expect(outcome.errors == "")
        #expect(outcome.output.contains("\n\(cases) cases, "))
        #expect(outcome.output.contains(": all agree\n"))
        let counts = try #require(outcome.output.firstMatch(of: /([0-9]+) of ([0-9]+) rules/))
        #expect(counts.1 == counts.2)
    }

    @Test func aWrongExpectationIsShownWithFormulaAndNumbers() throws {
        let copy = try Copy("huangyan-2022")
        try copy.edit(copy.cases, "总分: 98.7094", "总分: 98.7095")
        let outcome = try copy.test()
        #expect(outcome.exitCode == 65)
        #expect(outcome.errors == "")
        for text in [
            "✗ 规上三户", "强企业 · 总分 (total): expected 98.7095, found 98.7094", "= 亩均税收得分 + 亩均增加值得分",
            "= 37.3490 + 19.0952 + 14.8478 + 8.1139 + 11.0254 + 8.2781", "1 differs",
        ] { #expect(outcome.output.contains(text), "\(text)") }
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(try copy.test("--format", "json").output.utf8))
                as? [String: Any])
        #expect(json["agrees"] as? Bool == false)
        let cases = try #require(json["cases"] as? [[String: Any]])
        let differences = cases.flatMap { $0["differences"] as? [[String: Any]] ?? [] }
        #expect(differences.count == 1)
        #expect(differences.first?["name"] as? String == "total")
        #expect(differences.first?["expected"] as? String == "98.7095")
        let coverage = try #require(json["coverage"] as? [[String: Any]])
        #expect(coverage.allSatisfy { $0["tested"] as? Bool == true })
    }

    @Test func mistakesInTheCasesComeTogetherWithCarets() throws {
        let copy = try Copy("yongkang-2021")
        try copy.edit(copy.cases, "否决事项: 安全事故", "否决事项: 安全事顾")
        try copy.edit(copy.cases, "用地面积: 100 亩", "用地面积: 100 万元")
        let outcome = try copy.test()
        #expect(outcome.exitCode == 65)
        #expect(outcome.output == "")
        for text in [
            "the cases file is refused: 2 errors", "yongkang-2021.cases.yaml:10:",
            "‘land’ is in 亩, which does not convert from 万元", "‘事项’ is never ‘安全事顾’; did you mean ‘安全事故’?",
            "        否决事项: 安全事顾\n                  ^^^^^^^^",
        ] { #expect(outcome.errors.contains(text), "\(text) is not in: \(outcome.errors)") }
    }

    @Test func untestedRulesAreNamedAndDoNotFail() throws {
        let copy = try Copy("yongkang-2021")
        try copy.edit(copy.cases, "成立日期: 2020-06-01", "成立日期: 2019-06-01")
        try copy.edit(copy.cases, "expect: {评价状态: 新设企业过渡期}", "expect: {总分: missing, 评价组: 规上}")
        try copy.edit(copy.cases, "given: {用地面积: 10 亩}\n        expect: {总分: missing, 评价组", "expect: {评价组")
        try copy.edit(copy.cases, "荣誉资质: 高新技术企业", "荣誉资质: 科技型中小企业")
        try copy.edit(copy.cases, "expect: {高新技术企业加分: 2, 总分: 32.0000}", "expect: {高新技术企业加分: 0}")
        let outcome = try copy.test()
        #expect(outcome.exitCode == 0, "\(outcome.output)")
        for text in [
            "68 of 70 rules are put to the test; these are not:",
            "评价范围  新设企业过渡期    grace      no firm is in this state",
            "加分扣分  高新技术企业加分  high_tech  no firm satisfies: 有荣誉资质（高新技术企业）",
        ] { #expect(outcome.output.contains(text), "\(text) is not in: \(outcome.output)") }
    }

    /// What Docs/method.md shows.
    @Test func thePageOfTheMethodFile() throws {
        let page = try String(contentsOfFile: repository.path + "/Docs/method.md", encoding: .utf8)
        let copy = try Copy("yongkang-2021")
        try copy.edit(copy.cases, "单位排放增加值得分: 9.1143", "单位排放增加值得分: 9")
        try copy.edit(copy.cases, "荣誉资质: 高新技术企业", "荣誉资质: 科技型中小企业")
        try copy.edit(copy.cases, "expect: {高新技术企业加分: 2, 总分: 32.0000}", "expect: {高新技术企业加分: 0}")
        let folder = URL(fileURLWithPath: copy.method).deletingLastPathComponent().path + "/"
        let output = try copy.test().output.replacing(folder, with: "")
        #expect(page.contains("```\n$ mujun method test yongkang-2021.yaml\n\(output)```"))
        let example = page.components(separatedBy: "```yaml\n").last { $0.hasPrefix("mujun: cases/1") }
        try #require(example).components(separatedBy: "```")[0].write(
            toFile: copy.cases, atomically: true, encoding: .utf8)
        let agrees = try copy.test()
        #expect(agrees.exitCode == 0)
        #expect(agrees.output.contains("1 case, 2 firms, 10 expected values: all agree"))
    }

    @Test func whatStopsATest() throws {
        let copy = try Copy("huangyan-2021")
        let direct = try Executable.run("method", "test", copy.cases)
        #expect(direct.exitCode == 64)
        #expect(direct.errors.contains("give the method, \(copy.method)"))
        // A value that cannot be held is told of the firm as the case calls it.
        try copy.edit(copy.cases, "增加值: 1200 万元", "增加值: 99999999 万元")
        try copy.edit(
            copy.cases, "化学需氧量: 0.1, 氨氮: 0.05, 二氧化硫: 0.1, 氮氧化物: 0.05",
            "化学需氧量: 0.0001, 氨氮: 0, 二氧化硫: 0, 氮氧化物: 0")
        try copy.edit(copy.method, "value: value_added / emission", "value: value_added / emission * 10000")
        let overflow = try copy.test()
        #expect(overflow.exitCode == 65)
        #expect(overflow.errors.contains("从各部门的记录算起: firm 规上企业: ‘value_added_per_t’"), "\(overflow.errors)")
        try copy.edit(copy.method, "data_year: 2021", "data_yaer: 2021")
        let method = try copy.test()
        #expect(method.exitCode == 65)
        #expect(method.errors.contains("the method file is refused"))
        try copy.edit(copy.method, "data_yaer: 2021", "data_year: 2021")
        try FileManager.default.removeItem(atPath: copy.cases)
        let missing = try copy.test()
        #expect(missing.exitCode == 74)
        #expect(missing.errors.contains("\(copy.cases) is not there"))
    }

    @Test func helpHasAnExample() throws {
        let help = try Executable.run("method", "test", "--help")
        #expect(help.exitCode == 0)
        #expect(help.output.contains("EXAMPLE"))
        #expect(try Executable.run("method", "--help").output.contains("test"))
    }
}
