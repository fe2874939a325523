import Evaluation

/// Distributions: scores with the cuts, indicators against their baselines.
extension ReportSections {
    mutating func scores() -> ReportPage.Section {
        var shown: [ReportPage.Figure] = []
        var remarks: [String] = []
        for (index, cohort) in figures.graph.cohorts.enumerated() {
            let values = figures.scan.cohorts[index]
            guard values.firms > 0 else { continue }
            guard figures.mayShowValues(of: values.firms) else {
                remarks.append(tooFew(cohort.label, values.firms))
                continue
            }
            if let figure = scoreFigure(cohort, values) { shown.append(figure) }
        }
        return .init(
            id: "scores", title: "总分分布与分档线",
            paragraphs: shown.isEmpty
                ? ["没有可以显示的总分分布。"] : ["竖虚线为按名次划档时各档末位企业的总分；认定调整档次的企业不受此线约束。两端浅色条为区间以外的企业。"],
            figures: shown, tables: cutTable().map { [$0] } ?? [], remarks: remarks)
    }

    private func tooFew(_ label: String, _ firms: Int) -> String {
        "\(label)只有\(firms)户，少于\(ReportFigures.fewest)户，为不泄露单个企业的数据，不显示分布。"
    }

    private mutating func scoreFigure(_ cohort: Cohort, _ values: FirmScan.CohortValues) -> ReportPage.Figure?
    {
        let sorted = SortedValues(values.totals)
        // A line per part would hide the bars; the table has them all.
        let own = figures.cuts.filter { $0.cohort == cohort.name }
        let isWhole = Set(own.map(\.part)).count == 1
        let decimals = figures.run.totalDecimals
        var marks = own.filter { isWhole && $0.firms > 0 }.compactMap { cut in
            cut.lastTotal.map { (tier: cut.tier, total: $0) }
        }
        // Nothing is decided at the end of the last tier.
        if marks.last?.tier == figures.graph.ranking.tiers.last { marks.removeLast() }
        guard let histogram = Histogram(sorted, marks: marks.map(\.total)) else { return nil }
        let chart = HistogramChart(
            histogram: histogram, decimals: decimals, unit: "总分（分）",
            marks: marks.map { mark in
                .init(
                    label: "\(mark.tier)≥\(DecimalText.trimmed(mark.total, decimals: decimals))",
                    value: mark.total)
            })
        let caption = "\(cohort.label)：总分分布（\(grouped(sorted.count))户）"
        let middle = quantiles(sorted, decimals: decimals, unit: "分")
        let lines = marks.map { "\($0.tier)档末位\(DecimalText.format($0.total, decimals: decimals))分" }
        let drawn = chart.draw()
        return .init(
            caption: caption,
            image: drawn.drawing.image(
                id: id(), height: drawn.height, title: caption,
                description: "直方图。\(middle)\(lines.isEmpty ? "" : lines.joined(separator: "，") + "。")"),
            table: histogramTable(caption, chart),
            notes: [middle] + (own.isEmpty || isWhole ? [] : ["按分组排名，各分组的分档线见下表。"]))
    }

    private func quantiles(_ values: SortedValues, decimals: Int, unit: String) -> String {
        guard let low = values.percentile(25), let middle = values.percentile(50),
            let high = values.percentile(75)
        else { return "" }
        func text(_ value: Int64) -> String { DecimalText.format(value, decimals: decimals) }
        return "中位数 \(text(middle))\(unit)，四分之一的企业不高于 \(text(low))，四分之一不低于 \(text(high))。"
    }

    private mutating func histogramTable(_ caption: String, _ chart: HistogramChart) -> ReportPage.Table {
        let histogram = chart.histogram
        var rows: [[String]] = []
        if histogram.below > 0 {
            rows.append(["小于 \(chart.number(histogram.start))", grouped(histogram.below)])
        }
        for (index, count) in histogram.counts.enumerated() {
            let from = histogram.start + histogram.width * Int128(index)
            rows.append(["\(chart.number(from)) 至 \(chart.number(from + histogram.width))", grouped(count)])
        }
        if histogram.above > 0 {
            rows.append(["\(chart.number(histogram.end)) 及以上", grouped(histogram.above)])
        }
        return table(caption, ["区间（含下限，不含上限）", "户数"], rows)
    }

    private mutating func cutTable() -> ReportPage.Table? {
        let labels = Dictionary(
            figures.graph.cohorts.map { ($0.name, $0.label) }, uniquingKeysWith: { a, _ in a })
        let sizes = Dictionary(
            zip(figures.graph.cohorts.map(\.name), figures.scan.cohorts.map(\.firms)),
            uniquingKeysWith: { a, _ in a })
        let hasParts = figures.cuts.contains { !$0.part.isEmpty }
        let rows = figures.cuts.map { cut in
            // The last firm's score is a firm's score.
            let mayShow = figures.mayShowValues(of: min(cut.base, sizes[cut.cohort] ?? 0))
            let last = cut.lastTotal.flatMap {
                mayShow ? DecimalText.format($0, decimals: figures.run.totalDecimals) : nil
            }
            let numbers = [cut.base, cut.upTo, cut.firms].map(grouped)
            return [labels[cut.cohort] ?? cut.cohort] + (hasParts ? [cut.part] : []) + [cut.tier] + numbers
                + [last ?? "—"]
        }
        guard !rows.isEmpty else { return nil }
        return table(
            "分档线", ["评价组"] + (hasParts ? ["分组"] : []) + ["档次", "划档基数", "至本档累计名额", "按名次入档户数", "末位总分"],
            numbersFrom: hasParts ? 3 : 2, rows)
    }

    // MARK: Indicators

    mutating func indicators() -> ReportPage.Section {
        var shown: [ReportPage.Figure] = []
        var remarks: [String] = []
        for (index, cohort) in figures.graph.cohorts.enumerated() {
            let values = figures.scan.cohorts[index]
            guard values.firms > 0, !cohort.weightedIndicators.isEmpty else { continue }
            guard figures.mayShowValues(of: values.firms) else {
                remarks.append(tooFew(cohort.label, values.firms))
                continue
            }
            for (place, indicator) in cohort.weightedIndicators.enumerated() {
                let own = SortedValues(values.indicators[place])
                let label = "\(cohort.label)：\(figures.graph.nodes[indicator.indicator].label)"
                guard figures.mayShowValues(of: own.count) else {
                    remarks.append(tooFew(label, own.count))
                    continue
                }
                if let figure = indicatorFigure(label, index, indicator, own, of: values.firms) {
                    shown.append(figure)
                }
            }
        }
        return .init(
            id: "indicators", title: "指标分布与基准值",
            paragraphs: shown.isEmpty
                ? ["没有可以显示的指标分布。"] : ["每项指标按评价组内有数值的参评企业统计；竖虚线为办法规定的基准值。两端浅色条为区间以外的企业。"],
            figures: shown, tables: [], remarks: remarks)
    }

    private mutating func indicatorFigure(
        _ label: String, _ cohort: Int, _ indicator: Cohort.WeightedIndicator, _ values: SortedValues,
        of firms: Int
    ) -> ReportPage.Figure? {
        let node = figures.graph.nodes[indicator.indicator]
        let baseline = figures.graph.fixedBaseline(of: indicator, cohort: cohort)
        guard let histogram = Histogram(values, marks: baseline.map { [$0] } ?? []) else { return nil }
        let symbol = node.unit.flatMap { $0.isOne ? nil : $0.symbol } ?? ""
        let chart = HistogramChart(
            histogram: histogram, decimals: node.decimals, unit: symbol,
            marks: baseline.map {
                [.init(label: "基准值 \(DecimalText.trimmed($0, decimals: node.decimals))", value: $0)]
            } ?? [])
        let caption = "\(label)（权重\(indicator.weight)）"
        var notes = [quantiles(values, decimals: node.decimals, unit: symbol.isEmpty ? "" : " \(symbol)")]
        if let baseline {
            let reached = values.count - values.count(below: Int128(baseline))
            notes.append(
                "达到基准值 \(indicator.baseline ?? "") 的 \(grouped(reached)) 户，占有数值企业的 \(percent(reached, of: values.count))。"
            )
        } else if let text = indicator.baseline {
            notes.append("基准值为 \(text)，由多户企业计算得出，图中不画线。")
        }
        if values.count < firms { notes.append("另有 \(grouped(firms - values.count)) 户没有数值。") }
        let drawn = chart.draw()
        return .init(
            caption: caption,
            image: drawn.drawing.image(
                id: id(), height: drawn.height, title: caption,
                description: "直方图，\(grouped(values.count))户。" + notes.joined()),
            table: histogramTable(caption, chart), notes: notes)
    }
}
