/// Months as the manifests write them.
enum Calendar {
    /// `2021-03` for month 2 (counted from 0), and the month after it.
    static func month(_ month: Int, of year: Int) -> (text: String, after: String) {
        (text(year, month), month == 11 ? text(year + 1, 0) : text(year, month + 1))
    }

    private static func text(_ year: Int, _ month: Int) -> String {
        "\(year)-\(month < 9 ? "0" : "")\(month + 1)"
    }
}
