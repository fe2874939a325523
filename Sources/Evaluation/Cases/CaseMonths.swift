/// The months of rows that state none: the first of the data year that no other row of the list has.
///
/// Two rows of one month would have one key, so that both were refused.
struct CaseMonths {
    /// The field of the month; `nil` where rows have none that could be left out.
    private let field: Int?
    private var free: ArraySlice<Int64>

    /// - Parameter rows: what the rows of one list state.
    init(_ contract: FeedContract, dataYear: Int, _ rows: [[Int: MethodCase.Value]]) {
        let period = contract.period.flatMap { contract.fields[$0].kind == .month ? $0 : nil }
        let field = contract.addsUp == .flow ? period : nil
        self.field = field
        let first = Int64(dataYear) * 12
        free =
            (first..<first + 12).filter { month in
                !rows.contains { row in field.map { row[$0] == .number(month) } ?? false }
            }[...]
    }

    /// The row with its month; `nil` when none is left.
    mutating func dated(_ row: [Int: MethodCase.Value]) -> [Int: MethodCase.Value]? {
        guard let field, row[field] == nil else { return row }
        guard let month = free.popFirst() else { return nil }
        return row.merging([field: .number(month)]) { stated, _ in stated }
    }
}
