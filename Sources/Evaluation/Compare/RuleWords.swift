/// Rules that are no values of firms, in words.
extension MethodWords {
    // MARK: Statistics, states, cohorts

    func statistic(_ name: String, _ text: String) -> Thing? {
        guard let statistic = graph.statistics.first(where: { $0.name == name }) else { return nil }
        let place = root.place(of: ["statistics", name])
        var parts = [graph.nodes[statistic.argument].label, statistic.function.label]
        switch statistic.members {
        case .graded: parts.append("参评企业")
        case .registry: parts.append("名录企业")
        case .cohort:
            parts.append(statistic.onlyCohort.map { graph.cohorts[$0].label } ?? "本评价组")
        }
        if let by = statistic.by {
            parts.append(
                "按\(graph.nodes[by].label)\(statistic.prefix.map { "前\($0)位" } ?? "")")
        }
        let words = parts.joined(separator: " ")
        return Thing(
            kind: .statistic, label: statistic.label, whole: .init(words: words, place: place),
            facets: [
                Facet("计算", words, at: place), Facet("小数位", "\(statistic.decimals)", at: place),
                Facet("舍入", statistic.rounding.words, at: place),
            ], text: text)
    }

    func state(_ name: String, _ text: String) -> Thing? {
        guard let state = graph.states.first(where: { $0.name == name }) else { return nil }
        let place = root.place(of: ["scope", name, "class"])
        return Thing(
            kind: .scope, label: state.label,
            whole: .init(words: state.accountingClass.label, place: place),
            facets: [Facet("计入", state.accountingClass.label, at: place)], text: text)
    }

    func cohort(_ name: String, _ text: String) -> Thing? {
        guard let index = graph.cohorts.firstIndex(where: { $0.name == name }) else { return nil }
        let quota = graph.ranking.quotas[index]
        let shares = zip(graph.ranking.tiers, quota.shares).enumerated().map { tier, share in
            tier == quota.rest
                ? "\(share.0) 其余" : "\(share.0) \(DecimalText.trimmed(Int64(share.1), decimals: 2))%"
        }
        let parts = graph.ranking.within[index].map { "，按\(graph.nodes[$0].label)分组" } ?? ""
        let place = root.place(of: ["cohorts", name, "quota"])
        let words = shares.joined(separator: "，") + parts
        let own = root.value("cohorts")?.value(name)?.value("quota") != nil
        let from = own ? place : root.place(of: ["tiers", "quota"])
        return Thing(
            kind: .cohort, label: graph.cohorts[index].label, whole: .init(words: words, place: from),
            facets: [Facet("划档比例", words, at: from)], text: text)
    }

    // MARK: Decisions and lists

    func decision(_ name: String, _ text: String) -> Thing? {
        let path = ["decisions", name]
        let priority = root.place(of: path + ["priority"])
        if let rule = graph.manualRule, rule.name == name {
            let words = "人工认定，优先级 \(rule.priority)"
            return Thing(
                kind: .decision, label: rule.label, whole: .init(words: words, place: root.place(of: path)),
                facets: [
                    Facet("来源", "人工认定", at: root.place(of: path + ["from"])),
                    Facet("优先级", "\(rule.priority)", at: priority),
                ], text: text)
        }
        guard let rule = graph.decisions.first(where: { $0.name == name }) else { return nil }
        let effect = rule.effect.words(graph.ranking.tiers)
        let when = root.place(of: path + ["when"])
        return Thing(
            kind: .decision, label: rule.label,
            whole: .init(
                words: "\(formula.text(rule.condition))：\(effect)，优先级 \(rule.priority)", place: rule.place),
            facets: [
                condition("条件", rule.condition, at: when),
                Facet("作用", effect, meaning: meaning.of(rule.effect), at: rule.place),
                Facet("优先级", "\(rule.priority)", at: priority),
            ], text: text)
    }

    func list(_ name: String, _ text: String) -> Thing? {
        guard let list = graph.lists.first(where: { $0.name == name }) else { return nil }
        let path = ["lists", name]
        let audience =
            switch list.audience {
            case .public: "公开"
            case .supplier: "执行单位"
            case .town: "镇街"
            case .office: "评价办公室"
            }
        let members = list.overRegistry ? "名录企业" : "参评企业"
        let amount = list.amount.map { graph.nodes[$0].label } ?? "无"
        return Thing(
            kind: .list, label: list.label,
            whole: .init(
                words: "\(audience)，\(members)"
                    + list.grounds.filter { $0.name == name }.map { "：\(formula.text($0.condition))" }
                    .joined(),
                place: root.place(of: path)),
            facets: [
                Facet("公开范围", audience, at: root.place(of: path + ["audience"])),
                Facet("列入对象", members, at: root.place(of: path + ["over"])),
                Facet(
                    "金额", amount, meaning: list.amount.map { graph.nodes[$0].name } ?? "none",
                    at: root.place(of: path + ["amount"])),
            ], text: text)
    }

    func ground(_ name: String, of list: String, _ text: String) -> Thing? {
        guard let list = graph.lists.first(where: { $0.name == list }),
            let ground = list.grounds.first(where: { $0.name == name })
        else { return nil }
        let place =
            root.place(of: ["lists", list.name, "grounds", name, "when"])
            ?? root.place(of: ["lists", list.name, "where"])
        let facet = condition("条件", ground.condition, at: place)
        return Thing(
            kind: .list,
            label: ground.label == list.label ? list.label : "\(list.label)：\(ground.label)",
            whole: facet.side, facets: [facet], text: text)
    }

    // MARK: Settings without a name

    func setting(_ key: String, _ text: String) -> Thing? {
        let ranking = graph.ranking
        let found: (MethodDifference.Kind, String, String, [String])? =
            switch key {
            case "data_year": (.parameter, "数据年度", "\(graph.dataYear)", ["data_year"])
            case "as_of": (.parameter, "时点", "\(graph.asOf)", ["as_of"])
            case "tiers": (.tiers, "档次", ranking.tiers.joined(separator: "、"), ["tiers", "order"])
            case "rank_by": (.tiers, "排名依据", graph.order(ranking.keys), ["tiers", "rank_by"])
            case "ranks":
                (.tiers, "名次", ranking.numbering == .dense ? "并列后连续" : "并列后跳号", ["tiers", "ranks"])
            case "reselect":
                (
                    .tiers, "二次排序",
                    ranking.reselections.map { "\(ranking.tiers[$0.tier])：\(graph.selection(of: $0.tier))" }
                        .joined(separator: "；"), ["tiers", "reselect"]
                )
            case "cohort_choice":
                (
                    .cohort, "符合多个评价组",
                    graph.cohortChoice == .exclusive ? "拒绝评价" : "归入第一个", ["cohort_choice"]
                )
            case "merge":
                graph.merging.map { merging in
                    (
                        .scope, "合并评价",
                        "按\(merging.by.map { graph.nodes[$0].label }.joined(separator: "，其次"))，\(graph.nodes[merging.lead].label)最大者牵头",
                        ["merge"]
                    )
                }
            case "link": (.input, "数据关联", graph.linking.words, ["linking"])
            case "ties": (.tiers, "并列处理", ranking.ties.words, ["tiers", "ties"])
            case "round": (.tiers, "户数取整", ranking.rounding.words, ["tiers", "round"])
            case "bound":
                (.tiers, "档次界限", ranking.bound == .closed ? "含界点" : "不含界点", ["tiers", "bound"])
            case "of":
                (
                    .tiers, "比例基数",
                    (["参评企业"] + ranking.baseStates.map { graph.states[$0].label }).joined(separator: "、"),
                    ["tiers", "of"]
                )
            default: nil
            }
        return found.map { kind, label, words, path in
            Thing(
                kind: kind, label: label, whole: .init(words: words, place: root.place(of: path)), facets: [],
                text: text)
        }
    }
}
