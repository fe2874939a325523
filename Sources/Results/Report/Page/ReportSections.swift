import Evaluation

/// Words, charts and tables of a report, section by section.
struct ReportSections {
    let figures: ReportFigures
    private var numbers = 0

    init(_ figures: ReportFigures) { self.figures = figures }

    mutating func sections() -> [ReportPage.Section] {
        [overview(), tiers(), scores(), indicators(), transitions(), lists(), quality()]
    }

    /// A name that nothing else in the page has.
    mutating func id() -> String {
        numbers += 1
        return "n\(numbers)"
    }

    func grouped(_ number: Int) -> String { Markup.grouped(number) }

    /// Hundredths of a percent, cut: 100 % is said only when it is all.
    func percent(_ part: Int, of all: Int) -> String {
        all > 0 ? DecimalText.format(LinkExports.percent(part, of: all), decimals: 2) + "%" : "—"
    }

    // MARK: Tables

    mutating func table(
        _ caption: String, _ columns: [String], numbersFrom first: Int = 1, _ rows: [[String]]
    )
        -> ReportPage.Table
    {
        .init(
            id: id(), caption: caption, columns: columns, isNumber: columns.indices.map { $0 >= first },
            rows: rows)
    }

    // MARK: Who was evaluated

    private mutating func overview() -> ReportPage.Section {
        let run = figures.run
        let classes: [(State.AccountingClass, Int)] = [
            (.graded, run.graded), (.ungraded, run.ungraded), (.exempt, run.exempt),
            (.outOfScope, run.outOfScope),
        ]
        let chart = StackedBars(
            parts: classes.map(\.0.label),
            bars: [.init(name: "企业名录", counts: classes.map { min(max(0, $0.1), 1_000_000_000) })]
        ).draw()
        let sum = classes.map { "\($0.label) \(grouped($1))" }.joined(separator: " + ")
        let caption = "名录企业评价状态"
        let labels = Dictionary(
            figures.graph.states.map { ($0.name, $0.accountingClass.label) }, uniquingKeysWith: { a, _ in a })
        let rows = figures.states.filter { $0.firms > 0 }.map {
            [$0.label, labels[$0.name] ?? "", grouped($0.firms)]
        }
        let figure = ReportPage.Figure(
            caption: caption,
            image: chart.drawing.image(
                id: id(), height: chart.height, title: caption,
                description: "\(sum) = 名录 \(grouped(run.firms))户。"),
            table: table(caption, ["评价状态", "类别", "户数"], numbersFrom: 2, rows), notes: [])
        return .init(
            id: "overview", title: "评价范围", paragraphs: ["\(sum) = 名录 \(grouped(run.firms))（户）。"],
            figures: [figure], tables: [], remarks: [])
    }

    // MARK: Tiers

    /// Groups that a chart shows; its table has all.
    private static let charted = 20

    private mutating func tiers() -> ReportPage.Section {
        let shown = [
            tierFigure("各评价组档次", "评价组", figures.cohorts), tierFigure("各行业门类档次", "行业门类", figures.sections),
            tierFigure("各镇街档次", "镇街", figures.towns),
            tierFigure("各行业大类档次", "行业大类", figures.divisions),
        ].compactMap { $0 }
        return .init(
            id: "tiers", title: "档次分布",
            paragraphs: shown.isEmpty
                ? ["本次评价没有划档的企业。"]
                : ["横条按各档户数占比等长绘制，右侧为户数；条内数字为该档户数。镇街、行业按户数由多到少排列。"],
            figures: shown, tables: [],
            remarks: figures.graph.merging == nil ? [] : ["合并评价的企业按一户计，归入牵头企业所在的镇街和行业。"])
    }

    private mutating func tierFigure(_ caption: String, _ kind: String, _ counts: TierCounts)
        -> ReportPage.Figure?
    {
        guard counts.groups.contains(where: { $0.firms > 0 }) else { return nil }
        let charted = counts.first(ReportSections.charted) { "其余\($0)个" }
        let chart = StackedBars(
            parts: counts.tiers, bars: charted.groups.map { .init(name: $0.name, counts: $0.counts) }
        ).draw()
        let all = counts.tiers.indices.map { tier in counts.groups.reduce(0) { $0 + $1.counts[tier] } }
        let words = zip(counts.tiers, all).map { "\($0)档\(grouped($1))户" }.joined(separator: "，")
        func row(_ name: String, _ counts: [Int]) -> [String] {
            let sum = counts.reduce(0, +)
            return [name] + counts.map(grouped) + [grouped(sum), percent(counts.first ?? 0, of: sum)]
        }
        return .init(
            caption: caption,
            image: chart.drawing.image(
                id: id(), height: chart.height, title: caption,
                description: "按\(kind)列出各档户数占比，共\(counts.groups.count)个\(kind)：\(words)。"),
            table: table(
                caption, [kind] + counts.tiers + ["合计", "\(counts.tiers.first ?? "")占比"],
                counts.groups.map { row($0.name, $0.counts) } + [row("合计", all)]), notes: [])
    }
}
