/// What a run holds in the store, beside what the archive and the stored method give today.
package struct RunVerification: Sendable {
    /// A table, and how much of it differs.
    package struct Table: Sendable, Equatable {
        package let name: String
        /// Rows that were computed.
        package let rows: Int
        /// Of the rows that are in both.
        package var cells = 0
        /// Rows that were computed and are not in the store.
        package var missing = 0
        /// Rows of the store that were not computed.
        package var extra = 0

        package var isEqual: Bool { cells == 0 && missing == 0 && extra == 0 }
    }

    /// One cell or row that differs.
    package struct Difference: Sendable, Equatable {
        package let table: String
        /// Credit code of the firm; empty where the row is of no firm.
        package var code: String
        /// The key of the row: `firm 3`, `cohort above, position 2`.
        package let key: String
        /// `nil` when the row as a whole is missing, or should not be there.
        package let column: String?
        /// As the table holds it, numbers with their decimals; `nil` for NULL, or for no row.
        package let stored: String?
        package let computed: String?
    }

    package var tables: [Table] = []
    /// At most ``samples`` of each table.
    package var differences: [Difference] = []
    package static let samples = 20

    package var rows: Int { tables.reduce(0) { $0 + $1.rows } }
    package var isEqual: Bool { tables.allSatisfy(\.isEqual) }

    /// Notes the only difference of something that has no rows.
    mutating func add(_ difference: Difference) {
        var table = Table(name: difference.table, rows: 0)
        table.cells = 1
        tables.append(table)
        differences.append(difference)
    }
}
