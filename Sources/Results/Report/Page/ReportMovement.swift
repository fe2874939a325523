import Evaluation

/// What moved, who is listed, and what the departments sent.
extension ReportSections {
    mutating func transitions() -> ReportPage.Section {
        let year = figures.run.dataYear
        func section(_ paragraphs: [String], _ figures: [ReportPage.Figure] = []) -> ReportPage.Section {
            .init(
                id: "transitions", title: "与上年相比", paragraphs: paragraphs, figures: figures, tables: [],
                remarks: [])
        }
        guard let transitions = figures.scan.transitions else {
            return section([
                "没有\(year - 1)年度的档次可以比较：库中没有该年度的评价批次，办法也没有引用“上年结果”中的\(year - 1)年度档次。"
            ])
        }
        let source: String
        switch transitions.source {
        case .run(let run): source = "上年档次取自库中\(run.dataYear)年度评价批次\(run.id)（\(run.stageLabel)）。"
        case .feed: source = "上年档次取自“上年结果”报送数据（\(year - 1)年度），即办法所引用的数值。"
        case .unknown: source = ""
        }
        let (old, new) = (transitions.oldPlaces, transitions.newPlaces)
        let isFeed = if case .feed = transitions.source { true } else { false }
        func label(_ place: Transitions.Place, _ isOld: Bool) -> String {
            switch place {
            case .tier(let tier): tier
            case .ungraded: isOld && isFeed ? "上年无档次" : "未评档"
            case .absent: isOld ? "上年不在名录" : "本年不在名录"
            }
        }
        func name(_ place: Transitions.Place) -> String {
            if case .tier(let tier) = place { "上年 \(tier)" } else { label(place, true) }
        }
        let counts = old.map { before in new.map { transitions.count(before, $0) } }
        guard !counts.isEmpty else { return section([source, "名录中没有企业。"]) }
        let caption = "\(year - 1)年度档次到\(year)年度档次"
        let chart = StackedBars(
            parts: new.map { label($0, false) },
            bars: zip(old, counts).map { .init(name: name($0), counts: $1) }
        ).draw()
        let (better, same, worse) = changes(old, new, counts)
        let sum = "两年都有档次的企业中，上升 \(grouped(better)) 户，不变 \(grouped(same)) 户，下降 \(grouped(worse)) 户。"
        let figure = ReportPage.Figure(
            caption: caption,
            image: chart.drawing.image(
                id: id(), height: chart.height, title: caption, description: "每一横条为上年一个档次的企业，按本年档次划分。\(sum)"),
            table: table(
                caption, ["上年＼本年"] + new.map { label($0, false) } + ["合计"],
                zip(old, counts).map { [label($0, true)] + $1.map(grouped) + [grouped($1.reduce(0, +))] }),
            notes: [])
        return section([source + sum], [figure])
    }

    /// Among firms with a tier of this method in both years.
    private func changes(
        _ old: [Transitions.Place], _ new: [Transitions.Place], _ counts: [[Int]]
    ) -> (better: Int, same: Int, worse: Int) {
        func order(_ place: Transitions.Place) -> Int? {
            guard case .tier(let tier) = place else { return nil }
            return figures.graph.ranking.tiers.firstIndex(of: tier)
        }
        var (better, same, worse) = (0, 0, 0)
        for (before, row) in zip(old, counts) {
            for (after, count) in zip(new, row) {
                guard let a = order(before), let b = order(after) else { continue }
                if a > b { better += count } else if a < b { worse += count } else { same += count }
            }
        }
        return (better, same, worse)
    }

    // MARK: Lists

    mutating func lists() -> ReportPage.Section {
        var tables: [ReportPage.Table] = []
        var paragraphs: [String] = []
        if figures.lists.isEmpty { paragraphs.append("本办法没有清单。") }
        for list in figures.lists {
            guard list.isShown else {
                paragraphs.append(
                    "\(list.title)：\(grouped(list.firms))户。公开范围为\(list.audience.label)，本页（\(figures.audience.label)）不列名单。"
                )
                continue
            }
            guard !list.rows.isEmpty else {
                paragraphs.append("\(list.title)：0户。")
                continue
            }
            tables.append(listTable(list))
            let all = "mujun export \(list.name) --to xlsx --output \(list.name).xlsx"
            paragraphs.append(
                list.rows.count < list.firms
                    ? "\(list.title)：共\(grouped(list.firms))户，以下列出前\(grouped(list.rows.count))户，其余略；全部名单：\(all)"
                    : "\(list.title)：共\(grouped(list.firms))户，全部列出。")
        }
        return .init(
            id: "lists", title: "清单", paragraphs: paragraphs, figures: [], tables: tables,
            remarks: figures.lists.isEmpty ? [] : ["列入清单是依办法规定计算的结果，是否采取措施由主管部门决定。"])
    }

    private mutating func listTable(_ list: ReportFigures.Listing) -> ReportPage.Table {
        func text(_ value: ExportTable.Value, _ column: ExportTable.Column) -> String {
            switch (value, column.kind) {
            case (.empty, _): ""
            case (.text(let text), _): text
            case (.number(let number), .decimal(let decimals)):
                DecimalText.format(number, decimals: decimals)
            case (.number(let number), _): "\(number)"
            }
        }
        // The name says most, and heads the row.
        let order = list.columns.indices.sorted { a, b in
            (list.columns[a].name == "name" ? 0 : 1, a) < (list.columns[b].name == "name" ? 0 : 1, b)
        }
        func isNumber(_ column: ExportTable.Column) -> Bool {
            switch column.kind {
            case .integer, .decimal: true
            case .text, .prose, .code: false
            }
        }
        return .init(
            id: id(), caption: list.title, columns: order.map { list.columns[$0].header },
            isNumber: order.map { isNumber(list.columns[$0]) },
            rows: list.rows.map { row in order.map { text(row[$0], list.columns[$0]) } })
    }

    // MARK: Data

    mutating func quality() -> ReportPage.Section {
        let quality = figures.quality
        guard !quality.feeds.isEmpty || !quality.found.isEmpty else {
            return .init(
                id: "data", title: "各部门数据质量", paragraphs: ["库中没有本次评价所读文件的记录。"], figures: [], tables: [],
                remarks: [])
        }
        let caption = "各部门报送记录去向"
        let chart = StackedBars(
            parts: ["采用", "重复", "未用", "拒收"],
            bars: quality.feeds.map {
                .init(
                    name: "\($0.department)·\($0.title)",
                    counts: [$0.accepted, $0.collapsed, $0.unused, $0.refused])
            }
        ).draw()
        let rows = quality.feeds.reduce(0) { $0 + $1.rows }
        let refused = quality.feeds.reduce(0) { $0 + $1.refused }
        let sum = "共读取 \(grouped(rows)) 条记录，拒收 \(grouped(refused)) 条。"
        let figure = ReportPage.Figure(
            caption: caption,
            image: chart.drawing.image(
                id: id(), height: chart.height, title: caption,
                description: "每一横条为一个部门的一类数据，按采用、重复、未用、拒收划分。\(sum)"),
            table: table(
                caption, ["部门", "数据", "文件", "记录", "采用", "重复", "未用", "拒收", "关联率"], numbersFrom: 2,
                quality.feeds.map { feed in
                    [feed.department, feed.title]
                        + [feed.files, feed.rows, feed.accepted, feed.collapsed, feed.unused, feed.refused]
                        .map(grouped)
                        + [percent(feed.linked, of: feed.linkable)]
                }),
            notes: ["关联率：能对应到企业的记录所占比例；未用：被新报送替代、不在数据年度内，或不属于名录中企业的记录。"])
        var tables: [ReportPage.Table] = []
        if !quality.found.isEmpty {
            tables.append(
                table(
                    "发现的问题", ["部门", "数据", "程度", "问题", "代码", "次数"], numbersFrom: 5,
                    quality.found.map {
                        [$0.department, $0.title, word($0.severity), $0.sentence, $0.code, grouped($0.count)]
                    }))
        }
        if !quality.late.isEmpty {
            tables.append(
                table(
                    "迟报", ["部门", "数据", "说明"], numbersFrom: 3,
                    quality.late.map { [$0.department, $0.title, $0.sentence] }))
        }
        return .init(
            id: "data", title: "各部门数据质量", paragraphs: [sum, quality.late.isEmpty ? "没有迟报。" : "迟报见下表。"],
            figures: [figure], tables: tables, remarks: [])
    }

    private func word(_ severity: Finding.Severity) -> String {
        switch severity {
        case .refusal: "拒收"
        case .warning: "警告"
        case .note: "提示"
        }
    }
}
