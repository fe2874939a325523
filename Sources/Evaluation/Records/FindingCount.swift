/// How many findings of one kind there were in one delivery, also when only samples of them are kept.
package struct FindingCount: Sendable, Equatable {
    /// Code name of the feed.
    package let feed: String
    package let delivery: String
    /// Identifier of the finding: `decimal_too_long`.
    package let code: String
    package let severity: Finding.Severity
    package var count: Int

    package init(feed: String, delivery: String, code: String, severity: Finding.Severity, count: Int) {
        self.feed = feed
        self.delivery = delivery
        self.code = code
        self.severity = severity
        self.count = count
    }
}
