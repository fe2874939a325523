import Evaluation

/// How many firms have values of which size, with lines where something is decided.
struct HistogramChart {
    struct Mark {
        let label: String
        let value: Int64
    }

    let histogram: Histogram
    /// Of the values.
    let decimals: Int
    /// 万元/亩; empty without one.
    let unit: String
    let marks: [Mark]

    private static let left = 40
    private static let right = 352
    private static let plotHeight = 120
    private static let fontSize = 12

    /// The middle bars, and one at an end where values lie beyond.
    private var slots: (first: Int, all: Int) {
        (
            histogram.below > 0 ? 1 : 0,
            histogram.counts.count + (histogram.below > 0 ? 1 : 0) + (histogram.above > 0 ? 1 : 0)
        )
    }

    func draw() -> (drawing: Drawing, height: Int) {
        var drawing = Drawing()
        let rows = labelRows()
        let top = 6 + (rows.map(\.row).max().map { $0 + 1 } ?? 0) * 15
        let bottom = top + HistogramChart.plotHeight
        let highest = max(1, histogram.highest)
        for share in [2, 1] {
            let y = bottom - HistogramChart.plotHeight * share / 2
            drawing.line(HistogramChart.left, y, HistogramChart.right, y, style: "g")
            if share == 2 || highest % 2 == 0 {
                drawing.text(
                    Markup.grouped(highest * share / 2), x: HistogramChart.left - 4, y: y + 4, .end,
                    style: "q")
            }
        }
        drawing.text("0", x: HistogramChart.left - 4, y: bottom + 4, .end, style: "q")
        func bar(_ slot: Int, _ count: Int, _ style: String) {
            guard count > 0 else { return }
            let x = place(ofSlot: slot)
            let height = max(1, HistogramChart.plotHeight * count / highest)
            drawing.bar(
                x: x, y: bottom - height, width: max(1, place(ofSlot: slot + 1) - x - 1), height: height,
                style: style)
        }
        let (first, all) = slots
        bar(0, histogram.below, "o")
        for (index, count) in histogram.counts.enumerated() { bar(first + index, count, "h") }
        bar(all - 1, histogram.above, "o")
        drawing.line(HistogramChart.left, bottom, HistogramChart.right, bottom, style: "a")
        drawTicks(bottom, &drawing)
        for label in rows {
            let y = 12 + label.row * 15
            drawing.line(label.x, y + 3, label.x, bottom, style: "c")
            drawing.text(label.text, x: label.left, y: y, style: "m")
        }
        return (drawing, bottom + (unit.isEmpty ? 22 : 36))
    }

    private func place(ofSlot slot: Int) -> Int {
        HistogramChart.left + (HistogramChart.right - HistogramChart.left) * slot / max(1, slots.all)
    }

    /// Where a value lies; `nil` beyond the intervals.
    private func place(of value: Int128) -> Int? {
        guard value >= histogram.start, value <= histogram.end else { return nil }
        let from = Int128(place(ofSlot: slots.first))
        let to = Int128(place(ofSlot: slots.first + histogram.counts.count))
        let span = histogram.end - histogram.start
        return Int(from + (to - from) * (value - histogram.start) / span)
    }

    private func drawTicks(_ bottom: Int, _ drawing: inout Drawing) {
        let count = histogram.counts.count
        let labels = (0...count).map { number(histogram.start + histogram.width * Int128($0)) }
        let widest = (labels.map(Markup.width).max() ?? 0) * HistogramChart.fontSize / 100 + 10
        let room = max(1, (HistogramChart.right - HistogramChart.left) / max(1, widest))
        let step = [1, 2, 5, 10, 20, 50].first { count / $0 + 1 <= room } ?? max(1, count)
        for index in stride(from: 0, through: count, by: step) {
            let x = place(ofSlot: slots.first + index)
            drawing.line(x, bottom, x, bottom + 4, style: "a")
            let half = Markup.width(labels[index]) * HistogramChart.fontSize / 200
            drawing.text(
                labels[index], x: min(x, Drawing.width - half), y: bottom + 17, .middle, style: "q")
        }
        if !unit.isEmpty {
            drawing.text(unit, x: HistogramChart.right, y: bottom + 32, .end, style: "q")
        }
    }

    /// The labels of the marks, each in the first row where it covers no other.
    private func labelRows() -> [(text: String, x: Int, left: Int, row: Int)] {
        var ends: [Int] = []
        return marks.compactMap { mark in place(of: Int128(mark.value)).map { (mark, $0) } }
            .sorted { ($0.1, $0.0.label) < ($1.1, $1.0.label) }
            .map { mark, x in
                // Bold letters are wider.
                let width = Markup.width(mark.label) * HistogramChart.fontSize * 6 / 500
                let left = max(0, min(x + 3, Drawing.width - width))
                let row = ends.firstIndex { $0 + 6 <= min(left, x) } ?? ends.count
                if row == ends.count { ends.append(0) }
                ends[row] = left + width
                return (mark.label, x, left, row)
            }
    }

    /// A limit of an interval, without zeros at its end.
    func number(_ value: Int128) -> String {
        Int64(exactly: value).map { DecimalText.trimmed($0, decimals: decimals) } ?? "\(value)"
    }
}
