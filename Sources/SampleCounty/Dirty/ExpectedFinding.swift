/// One planted row and what a reader must say about it.
struct ExpectedFinding {
    let delivery: String
    let file: String
    /// Line of the unpacked file, from 1, on which the row begins.
    let line: Int
    /// Header of the column; empty when the whole row is meant.
    let column: String
    /// Identifier of the finding; empty when the row is unusual and yet legal.
    let kind: String
    /// What was planted.
    let planted: String

    static let fileName = "expected-findings.csv"

    static func table(_ findings: [ExpectedFinding]) -> String {
        var text = "delivery,file,line,column,kind,planted\n"
        for finding in findings {
            text += "\(finding.delivery),\(finding.file),\(finding.line),\(finding.column),\(finding.kind),"
            text += "\(finding.planted)\n"
        }
        return text
    }
}
