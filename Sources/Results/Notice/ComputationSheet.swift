import Evaluation
import GRDB

/// 计算说明: how the score comes about, with the numbers of this year. Of single firms it says nothing.
struct ComputationSheet {
    /// A statistic over fewer firms would tell one of them the figures of another.
    static let fewestFirms = 3

    private let figures: NoticeFigures
    private let statistics: [StatisticRow]
    private var graph: Graph { figures.graph }

    init(_ figures: NoticeFigures, _ db: Database) throws {
        self.figures = figures
        statistics = try StatisticRow.fetch(figures.run, db)
    }

    var html: String {
        var page = Page(
            title: "\(figures.about.county)亩产效益综合评价计算说明（\(figures.run.dataYear)年度数据）",
            warning: figures.warning)
        page.heading("计算说明", level: 1)
        page.paragraph(
            "《\(figures.run.methodTitle)》　数据年度：\(figures.run.dataYear)　评价基准日：\(figures.run.asOf)　阶段："
                + "\(figures.run.stageLabel)　文号：\(figures.run.documentLabel)")
        page.paragraph("结果摘要（SHA-256）：\(figures.run.resultDigest)")
        if !figures.run.methodNote.isEmpty { page.paragraph("备注：\(figures.run.methodNote)") }
        if !figures.run.waivers.isEmpty { page.paragraph("豁免：\(figures.run.waivers)") }
        page.heading("一、指标、权重和基准值", level: 2)
        for (index, cohort) in graph.cohorts.enumerated() {
            page.table(
                "\(cohort.label)的指标", ["指标", "单位", "权重", "基准值", "得分的计算"],
                cohort.weightedIndicators.map { row($0, cohort: index) })
        }
        page.heading("二、总分、加减分和各项数据的计算", level: 2)
        page.table("计算公式", ["名称", "单位", "保留小数", "计算", "依据"], values)
        page.heading("三、本年度的统计基准", level: 2)
        page.paragraph("由全部有关企业的数据算出。不足\(Self.fewestFirms)户或取个别企业数值的，依法不予公开。")
        page.table("统计基准", ["名称", "评价组", "类别", "数值", "单位", "户数"], statistics.map(row))
        page.heading("四、排名和划档", level: 2)
        page.table("各档比例和户数", ["评价组", "档次", "比例", "户数"], tiers)
        page.table("排名和划档的规则", ["名称", "规则"], standing)
        if !graph.decisions.isEmpty {
            page.table("一票否决、保护和其他调整", ["名称", "条件", "结果", "依据"], decisions)
        }
        return page.html
    }

    private func row(_ indicator: Cohort.WeightedIndicator, cohort: Int) -> [String] {
        let node = graph.nodes[indicator.indicator]
        var formula = ""
        if case .perCohort(let rules) = graph.nodes[indicator.points].rule, let rule = rules[cohort] {
            formula = Formula.labels(graph).text(rule.expression)
            if let missing = rule.missing { formula += "；数据缺失的按 \(Formula.labels(graph).text(missing))" }
            if rule.isLeftOut { formula += "；数据缺失的不计入，其余指标按权重分摊" }
        }
        return [node.label, unit(node), indicator.weight, indicator.baseline ?? "", formula]
    }

    private var values: [[String]] {
        graph.nodes.compactMap { node in
            switch node.section {
            case .measure, .indicator, .group, .adjustment, .score:
                return [
                    node.label, unit(node), node.unit == nil ? "" : String(node.decimals),
                    graph.formula(of: node), source(node.source),
                ]
            case .column, .points, .standing: return nil
            }
        }
    }

    private func row(_ statistic: StatisticRow) -> [String] {
        let cohort = graph.cohorts.first { $0.name == statistic.cohort }?.label ?? statistic.cohort
        var value = statistic.value.map { DecimalText.format($0, decimals: statistic.decimals) } ?? "无数据"
        let isOfFew = statistic.count < Self.fewestFirms && statistic.value != nil
        if isOfFew || isOfOne(statistic) { value = "不公开" }
        return [
            statistic.label, cohort.isEmpty ? "全部" : cohort, statistic.category, value,
            statistic.unit == "1" ? "" : statistic.unit,
            isOfFew ? "不足\(Self.fewestFirms)" : String(statistic.count),
        ]
    }

    /// Whether the number is that of a single firm, or of one or two.
    private func isOfOne(_ row: StatisticRow) -> Bool {
        switch graph.statistics.first(where: { $0.name == row.name })?.function {
        case .minimum, .maximum: true
        case .topMean(let count): count < Self.fewestFirms
        case .topShareMean(let share): row.count * share <= (Self.fewestFirms - 1) * 10_000
        case .count, .sum, .mean, .median, .quantile, .nearestRankQuantile, .trimmedMean, nil: false
        }
    }

    private var tiers: [[String]] {
        zip(zip(graph.cohorts, graph.ranking.quotas), figures.cohorts).flatMap { rule, counted in
            zip(rule.1.shares, counted.tiers).enumerated().map { index, tier in
                let share = DecimalText.trimmed(Int64(tier.0), decimals: 2) + "%"
                return [
                    rule.0.label, tier.1.tier, index == rule.1.rest ? "其余（\(share)）" : share,
                    String(tier.1.firms),
                ]
            }
        }
    }

    private var standing: [[String]] {
        let marks = graph.landmarks
        var rows = [marks.scope, marks.rank, marks.initialTier, marks.tier].map { index in
            [graph.nodes[index].label, graph.formula(of: graph.nodes[index])]
        }
        // The formula of the catalogue names cohorts by their code names.
        if case .classification(let conditions, _, _) = graph.nodes[marks.cohort].rule {
            rows.insert(
                contentsOf: zip(graph.cohorts, conditions).map { cohort, condition in
                    ["评价组：\(cohort.label)", Formula.labels(graph).text(condition)]
                }, at: 1)
        }
        return rows
    }

    private var decisions: [[String]] {
        graph.decisions.sorted { $0.priority > $1.priority }.map { rule in
            [
                rule.label, Formula.labels(graph).text(rule.condition),
                rule.effect.words(graph.ranking.tiers),
                source(rule.source),
            ]
        }
    }

    private func unit(_ node: Node) -> String {
        guard let unit = node.unit, !unit.isOne else { return "" }
        return unit.symbol
    }

    /// A key of the sources as its text.
    private func source(_ text: String) -> String { graph.sources.first { $0.key == text }?.text ?? text }
}
