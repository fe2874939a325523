/// Rules that are no values of firms, in words.
extension MethodWords {
    // MARK: Statistics, states, cohorts

    func statistic(_ name: String, _ text: String) -> Thing? {
        guard let statistic = graph.statistics.first(where: { $0.name == name }) else { return nil }
        let place = root.place(of: ["statistics", name])
        var parts = [graph.nodes[statistic.argument].label, statistic.function.words]
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
        var shares: [String] = []
        var before = 0
        for (tier, share) in zip(graph.ranking.tiers, graph.ranking.cumulative[index]) {
            shares.append("\(tier) \(DecimalText.trimmed(Int64(share - before), decimals: 2))%")
            before = share
        }
        if let last = graph.ranking.tiers.last { shares.append("\(last) 其余") }
        let place = root.place(of: ["cohorts", name, "quota"])
        let words = shares.joined(separator: "，")
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
        let effect =
            switch rule.effect {
            case .set(let tier): "定为 \(graph.ranking.tiers[tier])"
            case .notAbove(let tier): "不高于 \(graph.ranking.tiers[tier])"
            case .notBelow(let tier): "不低于 \(graph.ranking.tiers[tier])"
            }
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
            case .town: "镇街"
            case .office: "评价办公室"
            }
        let members = list.overRegistry ? "名录企业" : "参评企业"
        return Thing(
            kind: .list, label: list.label,
            whole: .init(words: "\(audience)，\(members)", place: root.place(of: path)),
            facets: [
                Facet("公开范围", audience, at: root.place(of: path + ["audience"])),
                Facet("列入对象", members, at: root.place(of: path + ["over"])),
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
            case "rank_by":
                (
                    .tiers, "排名依据",
                    ranking.keys.map { "\(graph.nodes[$0.node].label)\($0.descending ? "" : "（升序）")" }
                        .joined(separator: "、"), ["tiers", "rank_by"]
                )
            case "ties": (.tiers, "并列处理", ranking.ties.words, ["tiers", "ties"])
            case "round": (.tiers, "户数取整", ranking.rounding.words, ["tiers", "round"])
            case "bound":
                (.tiers, "档次界限", ranking.bound == .closed ? "含界点" : "不含界点", ["tiers", "bound"])
            case "of":
                (
                    .tiers, "比例基数", ranking.base == .graded ? "参评企业" : "参评与暂不评价企业",
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
