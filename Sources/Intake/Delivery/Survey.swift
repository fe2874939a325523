package import Evaluation

/// Which delivered files count in a run; nothing of their rows is read yet.
package struct Survey: Sendable {
    /// In order of feed, delivery, path.
    package let files: [SurveyedFile]
    /// Deliveries that do not count, months that no delivery covers, feeds that were not delivered.
    package let findings: [Finding]
    /// SHA-256 in hexadecimal over feed, period or day, counted months and digest of every file that counts.
    /// Names of deliveries and times of their making are not part of it.
    package let inputsDigest: String
}

/// One delivered file that counts, whole or in part.
package struct SurveyedFile: Sendable, Equatable {
    /// Which rows of the file count.
    package enum Counting: Sendable, Equatable {
        case all
        /// Rows of these months of the data year; bit 0 is January.
        case months(UInt16)
        /// Rows of the data year.
        case dataYear
    }

    /// Index of the contract.
    package let feed: Int
    package let delivery: String
    /// Path inside the delivery, with the table in it that the manifest names (``TablePath``), and where the file lies now.
    package let path: String
    package let fullPath: String
    /// 64 lower-case hexadecimal digits, verified.
    package let sha256: String
    /// Size as delivered, verified.
    package let bytes: Int
    package let container: Container
    /// First and last month, year × 12 + month − 1; `nil` for a snapshot.
    package let period: ClosedRange<Int>?
    package let counting: Counting
    /// What the manifest says the file holds; totals by header, as written.
    package let declaredRows: Int?
    package let declaredTotals: [String: String]
}
