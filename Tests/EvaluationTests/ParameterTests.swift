import Foundation
import Intake
import Testing

@testable import Evaluation

/// Parameters with dates: the data year picks the value, and the value is all that counts.
@Suite struct ParameterTests {
    private static let parameters = """
        parameters:
          tax_per_mu_baseline:
            label: 亩均税收基准值
            unit: 万元/亩
            values:
              - {from: 2022, value: 24.097, document: 调整通知}
              - {from: 2020, until: 2021, value: 26.01, document: rules, article: 第五条}
          large:
            label: 大户面积
            unit: 亩
            values: [{from: 2000, value: 15}]
          weight_of_tax:
            label: 税收权重
            unit: 1
            values: [{from: 2021, value: 60}, {from: 2022, value: 55}]

        formulas:

        """

    /// The base with the parameters, and its changes.
    private func method(_ changes: [(String, String)], year: Int = 2021) throws -> String {
        var method = try Shipped.testFile("Mistakes/base.yaml")
        for (old, new) in changes {
            try #require(method.contains(old), "\(old)")
            method = method.replacing(old, with: new)
        }
        return method.replacing("data_year: 2021", with: "data_year: \(year)")
    }

    private static let mentions = [
        ("formulas:\n", parameters),
        (
            "tax_per_mu: {weight: 60, baseline: 30}",
            "tax_per_mu: {weight: 税收权重, baseline: tax_per_mu_baseline}"
        ),
        ("when: tax_per_mu < 3}", "when: tax_per_mu < 亩均税收基准值 and land >= large}"),
        ("leased_out where kind = 企业)", "leased_out where kind = 企业 and area >= 大户面积)"),
    ]
    private static let numbers = [
        ("tax_per_mu: {weight: 60, baseline: 30}", "tax_per_mu: {weight: 60, baseline: 26.01}"),
        ("when: tax_per_mu < 3}", "when: tax_per_mu < 26.01 万元/亩 and land >= 15 亩}"),
        ("leased_out where kind = 企业)", "leased_out where kind = 企业 and area >= 15 亩)"),
    ]

    @Test(arguments: [(2020, nil), (2021, "26.01"), (2022, "24.097"), (2099, "24.097")] as [(Int, String?)])
    func theDataYearPicks(_ year: Int, _ value: String?) throws {
        let sum = ("weights_sum_to: 100\n  below", "weights_sum_to: \(year < 2022 ? 100 : 95)\n  below")
        let mentioned = try checked(method(Self.mentions + [sum], year: year))
        guard let value else {
            #expect(
                mentioned.problems.map(\.message).contains { $0.contains("no value for the data year 2020") })
            return
        }
        // The as-of day of the base is in 2022.
        #expect(
            mentioned.problems.filter { !$0.message.hasPrefix("the data year \(year) begins after") } == [])
        let numbers = Self.numbers.map { old, new in
            (
                old,
                new.replacing("26.01", with: value)
                    .replacing("weight: 60", with: year < 2022 ? "weight: 60" : "weight: 55")
            )
        }
        #expect(try mentioned.graph?.meaning == compiled(method(numbers + [sum], year: year)).meaning)
    }

    @Test func onlyTheValueCounts() throws {
        let method = try method(Self.mentions)
        let meaning = try compiled(method).meaning
        for (old, new) in [
            ("value: 24.097", "value: 99"), ("label: 亩均税收基准值", "label: 亩均税收标准值"),
            ("article: 第五条", "article: 第六条"), ("value: 26.01,", "value: 260100 元/亩,"),
        ] {
            let edited = method.replacing(old, with: new)
                .replacing("tax_per_mu < 亩均税收基准值", with: "tax_per_mu < tax_per_mu_baseline")
            #expect(edited != method)
            #expect(try compiled(edited).meaning == meaning, "\(new)")
        }
        let edited = method.replacing("value: 26.01", with: "value: 26.02")
        #expect(try compiled(edited).meaning != meaning)
    }

    /// The example of Docs/method.md.
    @Test func thePageOfTheMethodFile() throws {
        let blocks = try Shipped.page("method.md").split(separator: "```yaml\n")
        let example = try #require(blocks.first { $0.hasPrefix("parameters:") }).split(separator: "```")[0]
        let changes = [
            ("formulas:\n", "\(example)\nformulas:\n"), ("rules: {", "notes: {title: 说明}\n  rules: {"),
            (
                "tax_per_mu: {weight: 60, baseline: 30}",
                "tax_per_mu: {weight: 60, baseline: tax_per_mu_baseline}"
            ),
        ]
        for (year, value) in [(2021, "26.01"), (2022, "24.097")] {
            let checker = try checked(method(changes, year: year))
            #expect(checker.problems == [])
            let node = try #require(checker.graph?.nodes.first { $0.name == "points_tax_per_mu" })
            #expect(checker.graph?.formula(of: node).contains("亩均税收基准值 \(value)；") == true)
        }
    }

    /// A firm can look the baseline up: by its label, its value and its document.
    @Test func formulaAndSource() throws {
        func points(_ changes: [(String, String)]) throws -> (formula: String, source: String) {
            let graph = try compiled(method(changes))
            let node = try #require(graph.nodes.first { $0.name == "points_tax_per_mu" })
            guard case .perCohort(let rules) = node.rule, let rule = rules[0] else {
                throw Refused(problems: [])
            }
            return (Formula.labels(graph).text(rule.expression), rule.source)
        }
        let first = try points(Self.mentions)
        #expect(first.formula == "权重 60 × 亩均税收 ÷ 亩均税收基准值 26.01")
        #expect(first.source == "示例〔2021〕1号；示例〔2021〕1号，第五条")
        let other =
            Self.mentions + [
                ("value: 26.01, document: rules, article: 第五条", "value: 260100, document: 规则"),
                ("unit: 万元/亩\n    values", "unit: 元/亩\n    values"),
            ]
        let second = try points(other)
        #expect(second.formula == "权重 60 × 亩均税收 ÷ 亩均税收基准值 260100 元/亩")
        #expect(second.source == "示例〔2021〕1号；规则")
    }

    /// The document of a parameter is the source of a baseline that has no other.
    @Test func aBaselineWithoutAnotherSource() throws {
        let bare =
            Self.mentions + [
                (
                    "registry.scale = 规上 or has(decision, 按规上评价)\n    source: rules",
                    "registry.scale = 规上 or has(decision, 按规上评价)"
                )
            ]
        let said = try warnings(about: method(bare))
        #expect(said.count == 1)
        #expect(said.first?.contains("the baseline of ‘revenue_per_mu’ names no source") == true)
    }

    /// A word means what the method declares: neither a column of a feed nor a mean without a name of its own takes it
    /// away, and no text of a feed is taken for it.
    @Test(arguments: [
        // `sum(land.area)` makes a column with this name.
        ("land_area", "最小用地", "亩", "tax_per_mu < 3", "land < land_area", "land < 7 亩"),
        (
            "last_mean", "亩均收入均值", "万元/亩", "tax_per_mu < 3",
            "revenue_per_mu > mean(revenue_per_mu) and revenue_per_mu < 亩均收入均值",
            "revenue_per_mu > mean(revenue_per_mu) and revenue_per_mu < 7 万元/亩"
        ),
        (
            "kind", "企业", "1", "count(leased_out where kind = 企业)",
            "(count(leased_out where kind = 企业) + 企业)", "(count(leased_out where kind = 企业) + 7)"
        ),
        // A number is one, whatever has it as a label.
        (
            "share", "60", "1", "tax_per_mu: {weight: 60", "tax_per_mu: {weight: 60",
            "tax_per_mu: {weight: 60"
        ),
        // A field of a feed comes before what is labelled like it.
        (
            "scale", "registry.scale", "万元", "tax_per_mu < 3", "registry.scale = 规上 and tax < scale",
            "registry.scale = 规上 and tax < 7 万元"
        ),
    ])
    func aWordMeansWhatIsDeclared(
        _ name: String, _ label: String, _ unit: String, _ old: String, _ word: String, _ number: String
    ) throws {
        let parameter =
            "parameters:\n  \(name): {label: \(label), unit: \(unit), values: [{from: 2021, value: 7}]}\n\nformulas:\n"
        let mentioned = try method([("formulas:\n", parameter), (old, word)])
        let literal = try method([(old, number)])
        #expect(try compiled(mentioned).meaning == compiled(literal).meaning)
        // Whatever stands first in the file.
        let measure = "  land: {label: 用地面积, unit: 亩, decimals: 4, value: sum(land.area)}\n"
        let moved = mentioned.replacing(measure, with: "").replacing(
            "measures:\n", with: "measures:\n" + measure)
        #expect(moved != mentioned)
        #expect(try compiled(moved).meaning == compiled(literal).meaning)
    }

    /// Some years with or without ends, against a list of every year's values.
    @Test func anyYears() throws {
        var dice = Dice(seed: 2021)
        for _ in 0..<200 {
            var values: [Int: Int] = [:]
            var entries: [(from: Int, until: Int?)] = []
            for _ in 0..<dice.roll(1...4) {
                let from = dice.roll(2020...2026)
                entries.append((from, dice.happens(40) ? from + dice.roll(-1...3) : nil))
            }
            entries.sort { $0.from < $1.from }
            var isRight = Set(entries.map(\.from)).count == entries.count
            for (index, entry) in entries.enumerated() {
                let next = index + 1 < entries.count ? entries[index + 1].from : nil
                let end = entry.until ?? next.map { $0 - 1 } ?? 2099
                guard end >= entry.from else {
                    isRight = false
                    continue
                }
                if let next, end + 1 != next { isRight = false }
                for year in entry.from...end { values[year] = index }
            }
            let year = dice.roll(2019...2028)
            let text = entries.enumerated().map { index, entry in
                "{from: \(entry.from), \(entry.until.map { "until: \($0), " } ?? "")value: \(index + 1)}"
            }
            .shuffled(using: &dice).joined(separator: ", ")
            let parameters = "parameters:\n  base: {label: 基准, unit: 万元/亩, values: [\(text)]}\n\nformulas:\n"
            let checker = try checked(
                method(
                    [("formulas:\n", parameters), ("when: tax_per_mu < 3}", "when: tax_per_mu < base}")],
                    year: year))
            #expect((checker.graph != nil) == (isRight && values[year] != nil), "\(year): \(text)")
            guard let graph = checker.graph, let value = values[year] else { continue }
            #expect(graph.meaning.contains("(tax_per_mu < \(value + 1)/1)"), "\(year): \(text)")
        }
    }

    /// The schema knows the keys of a parameter and of its entries.
    @Test func schema() throws {
        let schema = try JSONSerialization.jsonObject(
            with: Data(contentsOf: Shipped.root.appending(path: "Schemas/method.schema.json")))
        for (unknown, path) in [
            ("label: 大户面积\n", ["$defs", "parameter", "properties"]),
            ("{from: 2000, ", ["$defs", "parameter", "properties", "values", "items", "properties"]),
        ] {
            let method = try method(Self.mentions)
            let insert = unknown.hasSuffix("\n") ? unknown + "    zzzzzzzz: 1\n" : unknown + "zzzzzzzz: 1, "
            let said = try checked(method.replacing(unknown, with: insert)).problems.map(\.message)
            let known = try #require(
                said.compactMap { $0.split(separator: "has no key ‘zzzzzzzz’; it has ").last }.first)
            var part = schema as? [String: Any]
            for key in path { part = part?[key] as? [String: Any] }
            #expect(Set(known.split(separator: ", ").map(String.init)) == Set(try #require(part).keys))
        }
    }
}
