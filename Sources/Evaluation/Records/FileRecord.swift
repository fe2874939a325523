/// One delivered file and what became of its rows: rows = accepted + refused + collapsed + unused.
package struct FileRecord: Sendable, Equatable {
    package let feed: String
    package let delivery: String
    /// Path inside the delivery.
    package let path: String
    /// SHA-256 of the bytes as delivered, 64 lower-case hexadecimal digits.
    package let sha256: String
    package let bytes: Int
    /// First and last month of the delivery's period as `2021-01`; empty for feeds without a period.
    package let periodFrom: String
    package let periodTo: String
    /// The day that a snapshot describes, `2022-03-31`; empty for other feeds.
    package let stateOf: String
    package var rows: Int
    package var accepted: Int
    package var refused: Int
    /// Identical repetitions of a row.
    package var collapsed: Int
    /// Rows superseded by a newer delivery, outside the data year or of firms that the registry does not know.
    package var unused: Int

    package init(
        feed: String, delivery: String, path: String, sha256: String, bytes: Int, periodFrom: String,
        periodTo: String, stateOf: String = "", rows: Int, accepted: Int, refused: Int, collapsed: Int,
        unused: Int
    ) {
        self.feed = feed
        self.delivery = delivery
        self.path = path
        self.sha256 = sha256
        self.bytes = bytes
        self.periodFrom = periodFrom
        self.periodTo = periodTo
        self.stateOf = stateOf
        self.rows = rows
        self.accepted = accepted
        self.refused = refused
        self.collapsed = collapsed
        self.unused = unused
    }
}
