/// How often a finding occurred; samples of it may be capped, this number is not.
package struct FindingCount: Sendable, Equatable {
    /// Code name of the feed.
    package let feed: String
    /// Identifier of the finding: `decimal_too_long`.
    package let code: String
    package let severity: Finding.Severity
    package let count: Int

    package init(feed: String, code: String, severity: Finding.Severity, count: Int) {
        self.feed = feed
        self.code = code
        self.severity = severity
        self.count = count
    }
}
