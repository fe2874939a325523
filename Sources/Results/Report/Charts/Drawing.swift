/// The inside of an SVG, element by element. Lengths are whole: the same chart is the same bytes everywhere.
struct Drawing {
    /// Of every chart: about the width of a phone, so that letters keep their size there.
    static let width = 360
    private(set) var body = ""

    enum Anchor: String { case start, middle, end }

    mutating func bar(x: Int, y: Int, width: Int, height: Int, style: String) {
        body += "<rect class=\"\(style)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\"/>"
    }

    /// A part of a bar in one of six fills, beginning again after them. Stripes and dots tell them apart where colours do
    /// not. They are dashed lines, which print in no time; patterns of SVG take seconds a page and megabytes of PDF.
    mutating func part(_ fill: Int, x: Int, y: Int, width: Int, height: Int) {
        let fill = fill % 6
        bar(x: x, y: y, width: width, height: height, style: "f\(fill)")
        let heights: [Int] =
            switch fill {
            case 1, 4: [height / 2]
            case 2: [height / 4, height * 3 / 4]
            case 3: [height / 5, height / 2, height * 4 / 5]
            default: []
            }
        guard !heights.isEmpty else { return }
        let lines = heights.map { "M\(x) \(y + $0)h\(width)" }.joined()
        body += "<path class=\"s\(fill)\" d=\"\(lines)\"/>"
    }

    mutating func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, style: String) {
        body += "<line class=\"\(style)\" x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\"/>"
    }

    mutating func text(_ text: String, x: Int, y: Int, _ anchor: Anchor = .start, style: String = "") {
        let anchored = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        let styled = style.isEmpty ? "" : " class=\"\(style)\""
        body += "<text\(styled)\(anchored) x=\"\(x)\" y=\"\(y)\">\(Markup.escape(text))</text>"
    }

    /// The whole image, with a name and a description for those who cannot see it.
    /// - Parameter id: no other in the page.
    func image(id: String, height: Int, title: String, description: String) -> String {
        """
        <svg role="img" aria-labelledby="\(id)-t \(id)-d" viewBox="0 0 \(Drawing.width) \(height)">\
        <title id="\(id)-t">\(Markup.escape(title))</title><desc id="\(id)-d">\(Markup.escape(description))</desc>\
        \(body)</svg>
        """
    }
}
