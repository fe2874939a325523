/// What a delivered file holds in numbers: to be compared with its manifest and with the delivery before.
package struct FileFigures: Sendable, Equatable {
    /// What a number column adds up to.
    package struct Total: Sendable, Equatable {
        /// The column as the department calls it.
        package let header: String
        /// Exact, with the column's decimals: `25511598.42`. Values that could not be read are left out.
        package let sum: String
        /// What the manifest says, as written; `nil` when it says nothing.
        package let declared: String?

        package init(header: String, sum: String, declared: String? = nil) {
            self.header = header
            self.sum = sum
            self.declared = declared
        }
    }

    /// Code name.
    package let feed: String
    package let delivery: String
    /// Path inside the delivery.
    package let path: String
    /// 64 lower-case hexadecimal digits.
    package let sha256: String
    /// First and last month as `2021-01`; empty for feeds without a period.
    package let periodFrom: String
    package let periodTo: String
    /// All rows of the file, whatever became of them.
    package let rows: Int
    /// What the manifest says; `nil` when it says nothing.
    package let declaredRows: Int?
    /// One per number column of the contract.
    package let totals: [Total]

    package init(
        feed: String, delivery: String, path: String, sha256: String, periodFrom: String, periodTo: String,
        rows: Int, declaredRows: Int? = nil, totals: [Total]
    ) {
        self.feed = feed
        self.delivery = delivery
        self.path = path
        self.sha256 = sha256
        self.periodFrom = periodFrom
        self.periodTo = periodTo
        self.rows = rows
        self.declaredRows = declaredRows
        self.totals = totals
    }
}
