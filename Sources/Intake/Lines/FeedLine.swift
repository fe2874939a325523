/// One row of a delivered file that concerns a firm, as `explain --rows` shows it.
package struct FeedLine: Sendable, Equatable {
    /// What became of the row in the run.
    package enum Fate: Sendable, Equatable {
        /// It counts, as far as the row itself tells. Rows refused because their key stands on different rows are
        /// among these: the run's findings (`key_repeated`) name them by file and line.
        case counted
        /// Something in it does not satisfy the contract; what it would have counted in is missing for the firm.
        case refused
        /// Its month or year is not in the data year.
        case outsideYear
        /// It begins after the as-of day or had ended before it.
        case notInForce
        /// Another delivery of the run covers its month too, and the newer of the two counts.
        case coveredTwice
    }

    /// Code name of the feed.
    package let feed: String
    package let delivery: String
    /// Path inside the delivery.
    package let path: String
    /// Line of the unpacked file on which the row begins, from 1.
    package let line: Int
    /// The headers of the file with commas between them; the same for all lines of a file.
    package let header: String
    /// The row as delivered (it may hold line breaks inside quotes), personal columns masked, control
    /// characters shown as symbols, cut at 2,000 bytes.
    /// Empty where columns are shifted and something personal could show.
    package let text: String
    package let fate: Fate
    /// One per field of the contract, in the one form in which the run compares it: numbers with all decimals of the
    /// contract, `2022-04-20`, `2021-03`; empty for a blank, for what is refused, and for a column the file has not.
    package let fields: [String]
}
