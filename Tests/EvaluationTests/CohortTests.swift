import Testing

@testable import Evaluation

/// Firms that satisfy the conditions of two cohorts.
@Suite struct CohortTests {
    private func trial(_ sections: [String]) -> Trial {
        var trial = Trial(sections: sections)
        // Every firm above scale is below it as well when it makes a profit.
        trial.belowCondition = "registry.scale = 规下 or profit > 0"
        return trial
    }

    private func firm(_ profit: String, _ more: FirmRow = [:]) -> FirmRow {
        Trial.firm(10, ["statistics_profit": profit].merging(more) { $1 })
    }

    @Test func theFirstThatHolds() throws {
        let evaluated = try trial([]).evaluate([firm("5"), firm("-5"), firm("5", ["registry_scale": "规下"])])
        #expect(try evaluated.texts("cohort") == ["above", "above", "below"])
    }

    @Test func exclusive() throws {
        let trial = trial(["cohort_choice: exclusive"])
        let error = #expect(throws: EvaluationError.self) { try trial.evaluate([firm("-5"), firm("5")]) }
        #expect(error?.message.contains("belongs to the cohorts ‘above’ and ‘below’") == true)
        // Who is not to be graded may fit anywhere; whom a refused row leaves open is not graded.
        let evaluated = try trial.evaluate([
            firm("-5"), firm("5", ["registry_state": "注销"]), firm("记录被拒"),
        ])
        #expect(try evaluated.texts("state") == ["graded", "gone", "unresolved"])
    }
}
