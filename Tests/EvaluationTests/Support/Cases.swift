import Intake

@testable import Evaluation

extension Graph {
    /// The cases of a text, each with its firms evaluated.
    func evaluatedCases(_ text: String) throws -> [(case: MethodCase, evaluated: Evaluated)] {
        let reader = CaseReader(try MethodFile.parse(text), graph: self)
        guard reader.problems.isEmpty else { throw Refused(problems: reader.problems) }
        return try reader.cases.map { methodCase in
            (methodCase, try evaluate(try methodCase.population(self), concurrently: inOrder))
        }
    }

    /// What differs in all cases of a text.
    func differences(_ text: String) throws -> [CaseDifference] {
        try evaluatedCases(text).flatMap { $0.case.differences($0.evaluated) }
    }

    /// The rules that the cases of a text leave untested, as `kind name: what is lacking`.
    func gaps(_ text: String) throws -> [String] {
        Coverage(self, try evaluatedCases(text)).parts.compactMap { part in
            part.lacks.map { "\(part.kind.rawValue) \(part.name): \($0)" }
        }
    }
}
