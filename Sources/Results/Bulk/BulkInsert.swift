import Evaluation

/// Many rows of one run for one table of the store, as columns; the column `run` is not among them.
///
/// Rows go in in the order given, which should be the order of the table's primary key: SQLite then only ever
/// appends to the end of its tree.
struct BulkInsert: Sendable {
    /// Where a column takes its values from.
    enum Column: Sendable {
        /// 0, 1, 2 … in the order in which rows go in.
        case position
        /// 0, 1, 2 … in the order of the columns: the number of the row that is read.
        case row
        /// Integers; a missing cell becomes NULL.
        case cells(CellColumn)
        /// Indices into a dictionary of texts; a missing cell or an index outside it becomes NULL.
        case choices(CellColumn, among: [String])
        case texts(TextColumn)
    }

    let table: String
    let names: [String]
    let columns: [Column]
    /// How many rows go in.
    let count: Int
    /// The row of the columns that goes in first, second, …; `nil` for 0, 1, 2 …
    let order: [Int]?

    init(into table: String, count: Int, order: [Int]? = nil, _ columns: [(name: String, Column)]) {
        self.table = table
        self.count = count
        self.order = order
        names = columns.map(\.name)
        self.columns = columns.map(\.1)
    }

    /// Whether every row that will be read exists in every column.
    var isConsistent: Bool {
        let rows: Int
        if let order {
            guard order.count >= count, order.allSatisfy({ $0 >= 0 }) else { return false }
            rows = (order.max() ?? -1) + 1
        } else {
            rows = count
        }
        return columns.allSatisfy { column in
            switch column {
            case .position, .row: true
            case .cells(let cells), .choices(let cells, _): cells.count >= rows
            case .texts(let texts): texts.count >= rows
            }
        }
    }
}
