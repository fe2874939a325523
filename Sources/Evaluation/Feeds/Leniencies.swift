/// Ways of writing beside the exact one that a contract allows. Each is counted and shown where it is used.
package struct Leniencies: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Blanks before, after and inside codes, names and categories; blanks around numbers and dates.
    package static let blanks = Leniencies(rawValue: 1 << 0)
    /// Brackets of the other width in names and certificates; which fields and which width is said by the field.
    package static let brackets = Leniencies(rawValue: 1 << 1)
    /// `2021/3/31`, `2021.3.31`, `2021年3月31日`, `20210331`; months and years likewise.
    package static let dates = Leniencies(rawValue: 1 << 2)
    /// Digits, letters, signs and blanks of full width: `１２．５`, `Ａ`.
    package static let fullWidth = Leniencies(rawValue: 1 << 3)
    /// Blanks, full width and brackets of the other width in headers.
    package static let headers = Leniencies(rawValue: 1 << 4)
    /// `+12.50`.
    package static let plus = Leniencies(rawValue: 1 << 5)
    /// `1,234.50`, always in groups of three.
    package static let thousands = Leniencies(rawValue: 1 << 6)
    /// Up to five rows above the header.
    package static let titleRows = Leniencies(rawValue: 1 << 7)
    /// Rows that say 合计, 小计 or 总计 and name no firm.
    package static let totalRows = Leniencies(rawValue: 1 << 8)
    /// Zeros behind the decimals of the contract: `12.500` for two decimals.
    package static let trailingZeros = Leniencies(rawValue: 1 << 9)
    /// Another header, or another unit, of the contract's list; never declared as a whole.
    package static let units = Leniencies(rawValue: 1 << 10)

    /// The names that contracts use, in alphabetical order.
    package static let names: [(name: String, leniency: Leniencies)] = [
        ("blanks", .blanks), ("dates", .dates), ("full_width", .fullWidth), ("headers", .headers),
        ("plus", .plus),
        ("thousands", .thousands), ("title_rows", .titleRows), ("total_rows", .totalRows),
        ("trailing_zeros", .trailingZeros),
    ]
}

/// Another header under which a department sends a column.
package struct HeaderAlias: Sendable, Equatable {
    /// As the department writes it: 增值税净入库（万元）.
    package let header: String
    /// Its unit is ten to this power of the contract's: 4 for 万元 where the contract says 元.
    package let power: Int

    package init(header: String, power: Int) {
        self.header = header
        self.power = power
    }
}
