import Testing

@testable import Evaluation

/// Methods that look as if a rule never counted, and where it does: nothing untrue is said of them.
@Suite struct AnalysisTests {
    private func warnings(_ changes: [String: String]) throws -> [String] {
        var method = try Shipped.testFile("Mistakes/base.yaml")
        for (old, new) in changes {
            #expect(method.contains(old))
            method = method.replacing(old, with: new)
        }
        return try EvaluationTests.warnings(about: method)
    }

    /// A row 不低于 B of the decision feed overrules the veto, and then the lower rule is what keeps the firm from A.
    @Test func aLowerDecisionThatCountsWhenTheFeedOverrulesTheHigher() throws {
        let heavy =
            "not_above: C}\n  heavy: {label: 用地大户, priority: 10, when: 'has(event, 安全事故) and land > 100 亩', not_above: B}"
        #expect(try warnings(["not_above: C}": heavy]) == [])
        let found = try warnings(["not_above: C}": heavy, "priority: 30, from": "priority: 5, from"])
        #expect(found.count == 1 && found[0].hasPrefix("‘heavy’ changes nothing"))
    }

    /// Nobody stands on a bound at the end, so open bounds give the last tier nobody either.
    @Test func theLastTierBelowAnOpenBound() throws {
        let quota = ["C: 15%, D: rest": "C: 20%, D: rest"]
        #expect(try warnings(quota).count == 1)
        #expect(try warnings(quota.merging(["bound: closed": "bound: open"]) { $1 }).count == 1)
    }
}
