import Intake
import Testing

@testable import Evaluation

/// Method files of a size that nobody writes are refused with a sentence, and soon.
@Suite(.timeLimit(.minutes(5))) struct BoundTests {
    private let base: String

    init() throws { base = try Shipped.testFile("Mistakes/base.yaml") }

    private func messages(_ section: String, _ entries: [String]) throws -> [String] {
        let text = base.replacing("\n\(section):\n", with: "\n\(section):\n\(entries.joined())")
        #expect(text != base)
        return try checked(text).problems.map { "\($0.severity.rawValue): \($0.message)" }
    }

    @Test func values() throws {
        let measures = (0..<1000).map {
            "  m\($0): {label: 量\($0), unit: 1, decimals: 0, value: land / 1 亩}\n"
        }
        let found = try messages("measures", measures)
        #expect(
            found.contains {
                $0.hasPrefix("error: the method has 10") && $0.hasSuffix("can hold; split the method")
            })
    }

    @Test func statistics() throws {
        let statistics = (0..<1001).map {
            "  s\($0): {label: 统计\($0), decimals: 4, value: 'quantile(tax, 0.\(1000 + $0))'}\n"
        }
        let found = try messages("statistics", statistics)
        #expect(found.contains("error: the method has 1001 statistics, more than 1000; split the method"))
    }

    @Test func wrongExpressions() throws {
        let word = String(repeating: "x", count: 56)
        let measures = (0..<800).map {
            "  \(word)\($0): {label: 量\($0), unit: 1, decimals: 0, value: \(word)y\($0)z}\n"
        }
        let found = try messages("measures", measures)
        #expect(
            found.contains(
                "error: 200 expressions are wrong; correct them first, the others were not looked into"))
    }

    @Test func oneExpression() throws {
        for (expression, message) in [
            (
                String(repeating: "1+", count: 500) + "1",
                "error: the expression has 1001 words and signs, more than 1000; split the node"
            ),
            (
                String(repeating: "1 + ", count: 2500) + "1",
                "error: the expression has 10001 bytes, more than 10000; split the node"
            ),
            (
                String(repeating: "(", count: 101) + "1" + String(repeating: ")", count: 101),
                "error: brackets are nested deeper than 100; split the node"
            ),
        ] {
            let probe = "  probe: {label: 试算, unit: 1, decimals: 0, value: \(expression)}\n"
            #expect(try messages("measures", [probe]).filter { $0.hasPrefix("error") } == [message])
        }
    }

    /// Whether one condition follows from another is looked into only so far.
    @Test func conditionsThatCouldTakeForEver() throws {
        func nested(_ depth: Int, _ joins: (String, String), _ bound: Int) -> String {
            guard depth > 0 else { return "land < \(bound)" }
            return "(\(nested(depth - 1, (joins.1, joins.0), bound)) \(joins.0) land < \(bound + depth))"
        }
        let branches = [nested(90, ("or", "and"), 1000), nested(90, ("and", "or"), 5)].enumerated().map {
            "      甲\($0): \($1)\n"
        }
        let many = (0..<1500).map { "      乙\($0): land < \(1500 - $0) 亩 and tax > \($0)\n" }
        let group = "  odd:\n    label: 组\n    first_of:\n\((branches + many).joined())    otherwise: 其他\n"
        let found = try messages("groups", [group])
        #expect(found.allSatisfy { $0.hasPrefix("warning") })
    }
}
