import Evaluation

/// The report on the cases of a method for programs. Values are texts with all decimals.
struct CaseReportJSON: Encodable {
    struct Case: Encodable {
        let name: String
        let firms: Int
        let expectations: Int
        let differences: [Difference]
    }

    struct Difference: Encodable {
        let firm: String
        let name: String
        let label: String
        let expected: String
        let found: String
        let line: Int
        let column: Int
        let reasons: [String]
    }

    struct Part: Encodable {
        let kind: String
        let name: String
        let label: String
        let tested: Bool
        /// What no case has shown; absent when everything was.
        let lacks: String?
    }

    let format = "mujun-method-test/1"
    let method: String
    let file: String
    let agrees: Bool
    let cases: [Case]
    let coverage: [Part]

    init(_ report: CaseReport) {
        method = report.method.graph.id
        file = report.file
        agrees = !report.differs
        cases = report.outcomes.map { outcome in
            Case(
                name: outcome.name, firms: outcome.firms, expectations: outcome.expectations,
                differences: outcome.differences.map {
                    Difference(
                        firm: $0.firm, name: $0.name, label: $0.label, expected: $0.expected,
                        found: $0.found, line: $0.place.line, column: $0.place.column, reasons: $0.reasons)
                })
        }
        coverage = report.coverage.parts.map {
            Part(
                kind: $0.kind.rawValue, name: $0.name, label: $0.label, tested: $0.lacks == nil,
                lacks: $0.lacks)
        }
    }
}
