/// What a firm objects to (异议), and what became of it: a row of the feed `objection` that counts.
///
/// It changes nothing by itself: an upheld one is followed by a decision or a corrected delivery with its document.
package struct Objection: Sendable, Equatable {
    /// Values of the column 处理结果, those that still want something done first.
    package static let outcomes = ["待处理", "成立", "部分成立", "不成立"]
    /// Of an objection that nobody has decided on.
    package static let pending = outcomes[0]

    /// Credit code of the firm.
    package let code: String
    /// Name or label of a value (`land`, 用地面积), or another thing that a list says: 档次.
    package let subject: String
    package let grounds: String
    package let evidence: String
    /// `2022-06-03`.
    package let date: String
    /// One of ``outcomes``.
    package let outcome: String
    /// The document that decides on it; empty unless told, as is what follows.
    package let document: String
    package let decidedOn: String
    package let explanation: String

    package init(
        code: String, subject: String, grounds: String, evidence: String, date: String, outcome: String,
        document: String, decidedOn: String, explanation: String
    ) {
        self.code = code
        self.subject = subject
        self.grounds = grounds
        self.evidence = evidence
        self.date = date
        self.outcome = outcome
        self.document = document
        self.decidedOn = decidedOn
        self.explanation = explanation
    }

    /// `成立（永亩均办〔2022〕7号，2022-06-12，按证载面积更正）；事由：面积有误（2022-06-03）`, for people.
    package var text: String {
        let decided = [document, decidedOn, explanation].filter { !$0.isEmpty }.joined(separator: "，")
        return outcome + (decided.isEmpty ? "" : "（\(decided)）") + "；事由：\(grounds)（\(date)）"
    }
}
