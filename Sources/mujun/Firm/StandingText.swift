import Evaluation
import Results

/// Where a firm stands, why, and how far the next tier is.
struct StandingText {
    private let standing: FirmStanding
    private let run: RunSummary

    init(_ standing: FirmStanding, _ run: RunSummary) {
        self.standing = standing
        self.run = run
    }

    var lines: [String] { head + decisions + distances + entries }

    private var head: [String] {
        let firm = standing.result
        var table = Table([("", .left), ("", .left)])
        table.add(["企业", "\(firm.name)  \(firm.code)"])
        table.add([
            "属地", [firm.town, firm.industry.map { "行业 \($0)" }].compactMap { $0 }.joined(separator: "  "),
        ])
        table.add(["状态", firm.stateLabel])
        if let cohort = firm.cohortText { table.add(["评价组", cohort]) }
        if let unit = firm.unit { table.add(["合并评价", "\(unit)（各成员同一结果）"]) }
        if let rank = firm.rank {
            table.add(["名次", "\(rank) / \(standing.ranked)"])
            table.add(["总分", run.totalText(firm.total)])
            table.add(["划档", ranges])
        }
        if let tier = firm.tier {
            let initial = firm.initialTier.map { $0 == tier ? "" : "（初定 \($0)）" } ?? ""
            table.add(["档次", tier + initial])
        }
        return [table.text]
    }

    /// Whether the tiers are what the ranks are cut into, one after the other.
    private var isByRank: Bool { standing.cuts.allSatisfy(\.cut.selection.isEmpty) }

    /// `A 第1—184名，B 第185—730名 …`: which ranks the tiers hold before decisions.
    private var ranges: String {
        guard isByRank else {
            return standing.cuts.map { side in
                let selection = side.cut.selection
                return "\(side.cut.tier) \(side.cut.firms) 户" + (selection.isEmpty ? "" : "（\(selection)）")
            }.joined(separator: "，")
        }
        var first = 1
        return standing.cuts.map { side in
            defer { first = side.next?.rank ?? first }
            guard side.cut.firms > 0, let last = side.last?.rank else { return "\(side.cut.tier) 无" }
            return "\(side.cut.tier) 第\(first)—\(last)名"
        }.joined(separator: "，")
    }

    private var decisions: [String] {
        standing.decisions.map { decision in
            var text = "认定  \(decision.label)：\(decision.effectText)"
            if decision.isOverruled { text += "（被更高优先级的认定否决）" }
            if !decision.reason.isEmpty { text += "，\(decision.reason)" }
            if !decision.document.isEmpty { text += "，\(decision.document)" }
            return text
        }
    }

    /// The firms on both sides of the cuts above and below the firm's place by rank.
    private var distances: [String] {
        // Without them firms are not ordered by the total, and a distance in points would say nothing.
        let isByTotal = standing.cuts.contains { $0.cut.lastTotal != nil }
        guard isByRank, isByTotal, let total = standing.result.total, let tier = standing.result.initialTier,
            let own = standing.cuts.firstIndex(where: { $0.cut.tier == tier })
        else { return [] }
        var lines: [String] = []
        if own > 0, let last = standing.cuts[own - 1].cut.lastTotal {
            lines.append(
                "按初定档次，距上档  \(standing.cuts[own - 1].cut.tier) 档末位 \(run.totalText(last)) 分，差 \(run.totalText(last - total)) 分"
            )
        }
        if own + 1 < standing.cuts.count, let next = standing.cuts[own].next?.total {
            lines.append(
                "按初定档次，距下档  \(standing.cuts[own + 1].cut.tier) 档首位 \(run.totalText(next)) 分，高 \(run.totalText(total - next)) 分"
            )
        }
        return lines
    }

    private var entries: [String] {
        standing.entries.map { "列入  \($0.listLabel)：\($0.groundLabel)（\($0.evidence)）" }
    }
}

extension FirmStanding.Decision {
    /// 不高于 C.
    var effectText: String {
        switch effect {
        case "set": "定为 \(tier)"
        case "not_above": "不高于 \(tier)"
        case "not_below": "不低于 \(tier)"
        case "raise": "上调 \(tier) 档"
        default: "下调 \(tier) 档"
        }
    }
}

extension RunSummary {
    /// A total with its decimals; empty for none.
    func totalText(_ total: Int64?) -> String {
        total.map { DecimalText.format($0, decimals: totalDecimals) } ?? ""
    }
}
