/// Something wrong in what a department sent. A finding is data: it never stops a run by itself.
package struct Finding: Sendable, Equatable {
    package enum Severity: String, Sendable { case note, warning, refusal }

    /// Stable identifier: `decimal_too_long`, `firm_unknown`.
    package let code: String
    package let severity: Severity
    /// Code name of the feed.
    package let feed: String
    package let delivery: String
    /// Path of the file inside its delivery; empty when the finding concerns the delivery.
    package let file: String
    /// Line of the unpacked file, from 1; 0 when the finding has no line.
    package let line: Int
    /// Byte of the unpacked file at which the field or row begins, from 0.
    package let byte: Int
    /// Header of the column; empty when the finding concerns the row or the file.
    package let column: String
    /// What is wrong and what to do, for the department.
    package let chinese: String
    package let english: String
    /// The row as delivered, personal columns masked, cut at 500 bytes.
    package let row: String

    package init(
        code: String, severity: Severity, feed: String, delivery: String, file: String, line: Int, byte: Int,
        column: String, chinese: String, english: String, row: String
    ) {
        self.code = code
        self.severity = severity
        self.feed = feed
        self.delivery = delivery
        self.file = file
        self.line = line
        self.byte = byte
        self.column = column
        self.chinese = chinese
        self.english = english
        self.row = row
    }
}
