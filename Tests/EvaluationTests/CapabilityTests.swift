import Foundation
import Intake
import Testing

@testable import Evaluation

/// What `Docs/method.md` says under “How do I say …” and in its steps, done.
@Suite struct CapabilityTests {
    /// Four firms with 10, 20, 30 and 40 thousand of output, scored with 100 × what the formula gives.
    private func points(_ formula: String, extra: String = "") throws -> [String] {
        let method = RankingTests.Rules().method
            .replacing(
                "points: {formula: weight * value / baseline,", with: "points: {formula: '\(formula)',"
            )
            .replacing("decimals: 2, missing: 0}", with: "decimals: 4, missing: 0\(extra)}")
        let firms = [10, 20, 30, 40].map { output -> FirmRow in
            ["registry_scale": "规上", "registry_state": "在业", "statistics_output": "\(output)"]
        }
        return try compiled(method).evaluate(firms).texts("points_output")
    }

    @Test(arguments: [
        // Weight 100, baseline 100 千元.
        ("weight * value / baseline", "10.0000 20.0000 30.0000 40.0000"),
        // 20 + 80 × 0, 1/3, 2/3, 1
        (
            "weight * (20 + 80 * (value - min(value)) / (max(value) - min(value))) / 100",
            "20.0000 46.6667 73.3333 100.0000"
        ),
        ("weight * value / max(value)", "25.0000 50.0000 75.0000 100.0000"),
        // The mean is 25: 50 × (2 − 0.4), (2 − 0.8), (2 − 1.2), (2 − 1.6)
        ("max(0, weight / 2 * (2 - value / mean(value)))", "80.0000 60.0000 40.0000 20.0000"),
        (
            "10 if value >= 30 千元 else 5 if value >= 20 千元 else 0",
            "0.0000 5.0000 10.0000 10.0000"
        ),
        ("weight * value / (2 * top_mean(value, 2))", "14.2857 28.5714 42.8571 57.1429"),
        ("value / (1 千元)", "10.0000 20.0000 30.0000 40.0000"),
    ])
    func formulas(_ formula: String, _ expected: String) throws {
        #expect(try points(formula).joined(separator: " ") == expected)
    }

    @Test func limitsOfPoints() throws {
        let limited = try points("weight * value / baseline", extra: ", at_least: 15, at_most: 35% * weight")
        #expect(limited == ["15.0000", "20.0000", "30.0000", "35.0000"])
    }

    /// The steps from an empty file are one method, with the one warning that the page announces.
    @Test func theStepsOfThePage() throws {
        let page = try Shipped.page("method.md")
        let steps = try #require(page.range(of: "## From an empty file to a method"))
        let end = try #require(page.range(of: "## Check it"))
        let blocks = page[steps.upperBound..<end.lowerBound].split(separator: "```yaml\n").dropFirst()
            .compactMap { $0.split(separator: "```").first }
        #expect(blocks.count == 11)
        let method = blocks.prefix(10).joined()
        let checker = Checker(try MethodFile.parse(method), contracts: Shipped.contracts)
        let graph = try #require(checker.graph)
        #expect(checker.problems.map(\.message).filter { !$0.contains("the method reads decisions") } == [])
        // The last is its cases, which agree.
        #expect(try graph.differences(String(blocks[10])) == [])
        // Step 7 is the one that leaves something unused for a while.
        let seven = try checked(blocks.prefix(7).joined()).problems.map(\.message)
        #expect(seven.count == 1 && seven[0].hasPrefix("nothing uses the statistic ‘group_mean’"))
    }

    // MARK: The table

    struct Row: CustomTestStringConvertible {
        let title: String
        /// What stands between backticks.
        let phrases: [String]

        var testDescription: String { title }
    }

    /// A method and a case that do what a row says.
    private struct Example {
        var title = ""
        /// Keys that a row names and that need no place of their own.
        var also: [String] = []
        var method = ""
        var firms = ""

        var cases: String {
            "mujun: cases/1\ncases:\n  一:\n    firms:\n"
                + firms.split(separator: "\n").map { "      \($0)\n" }.joined()
        }
    }

    private static func rows() throws -> [Row] {
        let page = try Shipped.page("method.md")
        guard let start = page.range(of: "## How do I say …"), let end = page.range(of: "## The grammar")
        else {
            return []
        }
        return page[start.upperBound..<end.lowerBound].split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard line.hasPrefix("| "), cells.count == 2, !["", "---"].contains(cells[0]) else { return nil }
            let parts = cells[1].split(separator: "`", omittingEmptySubsequences: false)
            return Row(
                title: cells[0],
                phrases: parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) })
        }
    }

    private static func examples() throws -> [Example] {
        let base = sections(try Shipped.testFile("Capabilities/base.yaml"))
        var examples: [Example] = []
        for part in try Shipped.testFile("Capabilities/rows.txt").components(separatedBy: "\n=== ")
            .dropFirst()
        {
            var example = Example()
            let halves = part.components(separatedBy: "\n---\n")
            var lines = halves[0].split(separator: "\n").map(String.init)
            example.title = lines.removeFirst()
            if let also = lines.first, also.hasPrefix("also: ") {
                example.also = also.dropFirst(6).components(separatedBy: ", ")
                lines.removeFirst()
            }
            var method = base
            for own in sections(lines.joined(separator: "\n")).sorted(by: {
                !$0.key.hasSuffix("+") && $1.key.hasSuffix("+")
            }) {
                let key = own.key.hasSuffix("+") ? String(own.key.dropLast()) : own.key
                if let index = method.firstIndex(where: { $0.key == key }) {
                    method[index].lines = own.key == key ? own.lines : method[index].lines + own.lines
                } else {
                    method.append((key, own.lines))
                }
            }
            example.method = method.map { section in
                ([section.key + ":" + (section.lines.first ?? "")] + section.lines.dropFirst()).joined(
                    separator: "\n")
            }.joined(separator: "\n")
            example.firms = halves.count > 1 ? halves[1] : ""
            examples.append(example)
        }
        return examples
    }

    /// Top-level keys, each with what stands behind it on its line and the lines below.
    private static func sections(_ text: String) -> [(key: String, lines: [String])] {
        var sections: [(key: String, lines: [String])] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.first?.isLetter == true, let colon = line.firstIndex(of: ":") {
                sections.append((String(line[..<colon]), [String(line[line.index(after: colon)...])]))
            } else if !sections.isEmpty {
                sections[sections.count - 1].lines.append(line)
            }
        }
        return sections
    }

    @Test func everyRowHasAnExample() throws {
        let titles = try CapabilityTests.rows().map(\.title)
        #expect(titles.count >= 40)
        #expect(titles == (try CapabilityTests.examples().map(\.title)))
    }

    /// As written in the table, it is in a method that the checker takes without a warning and that gives what was worked
    /// out by hand.
    @Test(arguments: try rows())
    func aRowOfTheTable(_ row: Row) throws {
        let example = try #require(try CapabilityTests.examples().first { $0.title == row.title })
        let text = example.method + "\n" + example.firms
        for phrase in row.phrases where !example.also.contains(phrase) && phrase != "120%" {
            #expect(text.contains(phrase), "\(phrase)")
        }
        let warnings = try warnings(about: example.method).filter {
            // Of the base, where the row uses another.
            $0 != "no indicator uses the formula ‘ratio’; name it under ‘points’, or delete it"
        }
        #expect(warnings == [])
        #expect(try compiled(example.method).differences(example.cases) == [])
    }
}
