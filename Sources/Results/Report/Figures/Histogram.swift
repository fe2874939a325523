/// How many values lie in intervals of one width, and how many beyond them on either side.
struct Histogram {
    /// Scaled like the values; the interval from it on includes it.
    let start: Int128
    let width: Int128
    let counts: [Int]
    /// Less than `start`.
    let below: Int
    /// At the end of the last interval or greater.
    let above: Int

    var end: Int128 { start + width * Int128(counts.count) }
    /// Of all bars, also the two at the ends.
    var highest: Int { max(counts.max() ?? 0, below, above) }

    /// Intervals of a round width for all but the outermost hundredths of the values.
    /// - Parameters:
    ///   - marks: what should be seen too, unless it lies far from the values.
    ///   - most: intervals at most.
    /// - Returns: `nil` without values.
    init?(_ values: SortedValues, marks: [Int64] = [], most: Int = 24) {
        guard let first = values.percentile(2), let last = values.percentile(98) else { return nil }
        var low = Int128(first)
        var high = Int128(last)
        let span = max(high - low, 1)
        for mark in marks.lazy.map({ Int128($0) }) where mark > low - span && mark < high + span {
            low = min(low, mark)
            high = max(high, mark)
        }
        let width = Histogram.roundWidth(high - low + 1, intervals: Int128(max(1, most - 1)))
        var start = low / width * width
        if start > low { start -= width }
        let intervals = Int((high - start) / width) + 1
        var before = values.count(below: start)
        below = before
        counts = (1...intervals).map { index in
            let after = values.count(below: start + width * Int128(index))
            defer { before = after }
            return after - before
        }
        above = values.count - before
        self.start = start
        self.width = width
    }

    /// The least of 1, 2, 5, 10, 20, 50 … of which so many intervals cover a span.
    private static func roundWidth(_ span: Int128, intervals: Int128) -> Int128 {
        var power: Int128 = 1
        while true {
            for factor: Int128 in [1, 2, 5] where factor * power * intervals >= span { return factor * power }
            power *= 10
        }
    }
}
