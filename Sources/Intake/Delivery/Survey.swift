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
    /// Every delivery of the feeds that are read, in order of feed and name, whether it counts or not.
    var deliveries: [SurveyedDelivery] = []
}

/// When a delivery was made, and what it describes.
struct SurveyedDelivery: Sendable {
    /// Index of the contract.
    let feed: Int
    let name: String
    let created: Moment
    let period: Period?
    let stateOf: Day?
    /// Whether some of it counts.
    let counts: Bool
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
    /// As the manifest declares it.
    package let encoding: TextEncoding
    /// First and last month, year × 12 + month − 1; `nil` for a snapshot.
    package let period: ClosedRange<Int>?
    package let counting: Counting
    /// What the manifest says the file holds; totals by header, as written.
    package let declaredRows: Int?
    package let declaredTotals: [String: String]
    /// The day that a snapshot describes.
    package var stateOf: Day?

    /// The months that the file describes; those of its day for a snapshot.
    var months: ClosedRange<Int>? {
        if let period { return period }
        guard let (year, month, _) = stateOf?.civil else { return nil }
        return (year * 12 + month - 1)...(year * 12 + month - 1)
    }

    /// The unpacked bytes from the first on.
    func open() throws(Damage) -> ByteSource {
        try ByteSource(path: fullPath, container: container, table: TablePath.table(of: path))
    }
}
