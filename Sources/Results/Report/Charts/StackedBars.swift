/// A bar per group under its name, all of one length: shares are compared.
struct StackedBars {
    struct Bar {
        let name: String
        let counts: [Int]

        var sum: Int { counts.reduce(0, +) }
    }

    let parts: [String]
    let bars: [Bar]

    private static let nameHeight = 16
    private static let barHeight = 16
    private static let rowHeight = 40
    private static let fontSize = 12

    func draw() -> (drawing: Drawing, height: Int) {
        var drawing = Drawing()
        let top = legend(&drawing)
        for (index, bar) in bars.enumerated() {
            let y = top + index * StackedBars.rowHeight
            let count = Markup.grouped(bar.sum)
            let room = (Drawing.width * 100 / StackedBars.fontSize) - Markup.width(count) - 150
            drawing.text(Markup.cut(bar.name, to: room), x: 0, y: y + 12)
            drawing.text(count, x: Drawing.width, y: y + 12, .end, style: "q")
            draw(bar, y: y + StackedBars.nameHeight, &drawing)
        }
        return (drawing, top + bars.count * StackedBars.rowHeight)
    }

    private func draw(_ bar: Bar, y: Int, _ drawing: inout Drawing) {
        let sum = bar.sum
        guard sum > 0 else { return }
        var before = 0
        for (index, count) in bar.counts.enumerated() where count > 0 {
            let left = Drawing.width * before / sum
            before += count
            let width = Drawing.width * before / sum - left
            guard width > 0 else { continue }
            drawing.part(index, x: left, y: y, width: width, height: StackedBars.barHeight)
            let label = Markup.grouped(count)
            if Markup.width(label) * 11 / 100 + 6 <= width {
                drawing.text(label, x: left + width / 2, y: y + 12, .middle, style: "v")
            }
        }
    }

    /// - Returns: where the bars begin.
    private func legend(_ drawing: inout Drawing) -> Int {
        var x = 0
        var y = 0
        for (index, part) in parts.enumerated() {
            let name = Markup.cut(part, to: 2200)
            let width = 22 + Markup.width(name) * StackedBars.fontSize / 100 + 12
            if x > 0, x + width > Drawing.width {
                x = 0
                y += 20
            }
            drawing.part(index, x: x, y: y + 2, width: 16, height: 12)
            drawing.text(name, x: x + 21, y: y + 12)
            x += width
        }
        return y + 26
    }
}
