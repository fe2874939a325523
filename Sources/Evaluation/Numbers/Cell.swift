/// One value of a column: a scaled integer, or a reason why there is none.
///
/// Columns of cells are ``CellColumn``s. A value of a node with `d` decimals is stored times 10^d, and never has more
/// than 15 digits (see ``Cell/limit``), so that an auditor's `x / 10000.0` prints it exactly. The sixteen
/// smallest integers are not values: they say why a value is missing. Categories are stored as indices into
/// the column's dictionary, months as year × 12 + month − 1, days as days since 1970-01-01, flags as 0 and 1.
package enum Cell {
    /// Every stored value lies strictly between `-limit` and `limit`.
    package static let limit: Int64 = 1_000_000_000_000_000

    /// Whether the cell holds a reason instead of a value.
    @inlinable package static func isMissing(_ cell: Int64) -> Bool { cell < Int64.min + 16 }

    /// The reason that the cell holds; `nil` when it holds a value.
    package static func cause(_ cell: Int64) -> Missing? {
        guard isMissing(cell) else { return nil }
        return Missing(rawValue: UInt8(truncatingIfNeeded: cell &- Int64.min)) ?? .noRow
    }
}

/// Why a value is missing. Missing is never zero.
///
/// When several parts of an expression are missing, the greatest raw value is the one that is kept:
/// a refused row outweighs a blank, and a blank outweighs an absent row.
package enum Missing: UInt8, Sendable, CaseIterable {
    /// The feed has no row for this firm.
    case noRow = 0
    /// The feed has a row, and its field is blank.
    case blank = 1
    /// The denominator is zero.
    case divisionByZero = 2
    /// A function has no value there: ln 0, or a power of a negative number with a fraction as exponent.
    case undefined = 3
    /// The node does not apply to this firm (it belongs to another cohort, or to none).
    case notApplicable = 4
    /// A row of this firm was refused, so that a sum would be too small. No missing rule hides this cause.
    case refusedRow = 5

    /// The cell that stands for this cause.
    @inlinable package var cell: Int64 { Int64.min + Int64(rawValue) }

    /// The cause in Chinese, as outputs print it.
    package var label: String {
        switch self {
        case .noRow: "无记录"
        case .blank: "空白"
        case .divisionByZero: "除数为零"
        case .undefined: "无定义"
        case .notApplicable: "不适用"
        case .refusedRow: "记录被拒"
        }
    }
}
