/// Scaled integers in ascending order: every count and quantile of them is a look-up.
struct SortedValues {
    let values: [Int64]

    init(_ values: [Int64]) { self.values = values.sorted() }

    var count: Int { values.count }

    /// How many are less than a number.
    func count(below limit: Int128) -> Int {
        var low = 0
        var high = values.count
        while low < high {
            let middle = low + (high - low) / 2
            if Int128(values[middle]) < limit { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The least value that at least so many hundredths of all do not exceed; `nil` without values.
    func percentile(_ hundredths: Int) -> Int64? {
        guard !values.isEmpty else { return nil }
        let place = (values.count * min(max(hundredths, 0), 100) + 99) / 100
        return values[max(0, place - 1)]
    }
}
