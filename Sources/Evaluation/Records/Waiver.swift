/// A kind of finding that an operator lets pass for one feed and period, on the ground of a document (豁免).
///
/// Rows refused for that alone stay refused, but do not count towards the number above which the run is refused.
package struct Waiver: Sendable, Equatable {
    /// Code names of feed and finding.
    package let feed: String
    package let code: String
    /// A month, `2021-03`, or a year, `2021`.
    package let period: String
    package let document: String
    package let reason: String

    package init(feed: String, code: String, period: String, document: String, reason: String) {
        self.feed = feed
        self.code = code
        self.period = period
        self.document = document
        self.reason = reason
    }

    /// First and last month of a period, each year × 12 + month − 1; `nil` unless it is a month or a year.
    package static func months(of period: String) -> ClosedRange<Int>? {
        let isYear = period.utf8.count == 4
        guard isYear || period.utf8.count == 7, let day = Day(period + (isYear ? "-01-01" : "-01")) else {
            return nil
        }
        let first = day.civil.year * 12 + day.civil.month - 1
        return first...(isYear ? first + 11 : first)
    }

    /// Whether a delivery of these months lies in the period as a whole.
    package func covers(_ months: ClosedRange<Int>) -> Bool {
        guard let own = Waiver.months(of: period) else { return false }
        return own.lowerBound <= months.lowerBound && months.upperBound <= own.upperBound
    }
}

/// A waiver, and what it did.
package struct AppliedWaiver: Sendable, Equatable {
    package let waiver: Waiver
    /// What people call the feed: 税收.
    package let title: String
    /// Rows that it kept from counting towards the threshold; 0 when it waived nothing.
    package let rows: Int

    package init(waiver: Waiver, title: String, rows: Int) {
        self.waiver = waiver
        self.title = title
        self.rows = rows
    }

    /// `税收 2021-03 decimal_malformed 12 行不计入拒收限额：系统升级〔某政办〔2022〕3号〕`, as every output prints it.
    package var text: String {
        let reason = waiver.reason.isEmpty ? "" : "：\(waiver.reason)"
        return "\(title) \(waiver.period) \(waiver.code) \(rows) 行不计入拒收限额\(reason)〔\(waiver.document)〕"
    }
}
