@testable import Evaluation

/// A small evaluation made by hand, with every kind of value that a store holds.
///
/// The numbers are invented and need not follow from each other: the store takes them as they come.
struct InventedCounty {
    var firms = 12
    /// Value nodes beside the six landmarks.
    var wideness = 0
    var id = "invented-2021"
    var dataYear = 2021
    /// Name of firm 0.
    var firstName: String?
    /// Whether both cohorts score 亩均税收.
    var isScored = false
    var hasLists = true
    var decisionReason = "事故\n\"一般\"|, 见附件 🚒"

    func code(_ firm: Int) -> String {
        let body = "91330784" + String(repeating: "0", count: 9 - String(firm).count) + String(firm)
        let check = CreditCode.checkCharacter(Array(body.utf8)) ?? 48
        return body + String(UnicodeScalar(check))
    }

    private func node(
        _ name: String, _ label: String, _ section: Node.Section, _ type: Node.ValueType, _ decimals: Int = 0,
        _ rule: Node.Rule = .state
    ) -> Node {
        Node(
            name: name, label: label, section: section, type: type, decimals: decimals, rounding: .halfAway,
            rule: rule, source: "rules", place: SourcePlace(line: 1, column: 1))
    }

    private var weighted: [Cohort.WeightedIndicator] {
        isScored ? [.init(indicator: 5, points: 5, weight: "100", baseline: nil)] : []
    }

    private func constant(_ spelling: String, _ numerator: Int128) -> Expression {
        .constant(.init(numerator: numerator, denominator: 1, name: "", spelling: spelling))
    }

    var graph: Graph {
        let perMu = Unit("万元/亩") ?? .one
        var nodes = [
            node("scale", "规模", .column, .category, 0, .column(0)),
            node("tax", "税收", .column, .number(Unit("万元") ?? .one), 4, .column(1)),
            node("land", "用地面积", .column, .number(Unit("亩") ?? .one), 4, .column(2)),
            node("founded", "成立日期", .column, .day, 0, .column(3)),
            node("high_tech", "高新技术企业", .column, .flag, 0, .column(4)),
            node(
                "tax_per_mu", "亩均税收", .indicator, .number(perMu), 4, .row(.divide(.node(1), .node(2)))),
            node("state", "状态", .standing, .category),
            node("cohort", "评价组", .standing, .category),
            node("total", "总分", .score, .number(.one), 4),
            node("rank", "名次", .standing, .number(.one), 0, .rank),
            node("initial_tier", "初定档次", .standing, .category, 0, .initialTier),
            node("tier", "档次", .standing, .category, 0, .tier),
            node("scope", "评价范围", .standing, .category, 0, .scope([])),
        ]
        for index in 0..<wideness {
            nodes.append(
                node("points_\(index)", "得分\(index)", .points, .number(.one), 4, .row(.node(5))))
        }
        return Graph(
            id: id, title: "某县评价办法", note: "示例", dataYear: dataYear,
            asOf: Day(year: dataYear + 1, month: 5, day: 31) ?? Day(number: 0), sources: [],
            contracts: [contract],
            feedColumns: (0..<5).map {
                FeedColumn(feed: 0, relation: 0, aggregate: .latest(field: $0), filter: nil)
            }, nodes: nodes, order: Array(nodes.indices),
            statistics: [
                Statistic(
                    name: "mean_tax_per_mu", label: "同规模亩均税收均值", function: .mean, argument: 5,
                    beforeMissingRule: false, members: .registry, onlyCohort: nil, by: 0, prefix: nil,
                    unit: perMu, decimals: 4, rounding: .halfAway)
            ],
            states: [
                State(name: "graded", label: "参评", accountingClass: .graded, source: ""),
                State(name: "utility", label: "公用事业", accountingClass: .exempt, source: "rules"),
                State(name: "unresolved", label: "数据待核", accountingClass: .ungraded, source: ""),
            ],
            cohorts: [
                Cohort(name: "below", label: "规下", weightedIndicators: weighted, source: ""),
                Cohort(name: "above", label: "规上", weightedIndicators: weighted, source: ""),
            ],
            cohortChoice: .firstThatHolds,
            ranking: Ranking(
                keys: [.init(node: 8, descending: true)], ties: .shareBetter, numbering: .competition,
                tiers: ["A", "B", "C", "D"],
                quotas: Array(repeating: Quota(shares: [2000, 6000, 1500, 500], rest: 3), count: 2),
                within: [nil, nil], reselections: [], rounding: .nearest, bound: .closed, baseStates: []),
            merging: nil, decisions: [], manualRule: nil,
            lists: !hasLists
                ? []
                : [
                    ListRule(
                        name: "rectification", label: "整治提升清单", audience: .town, overRegistry: false,
                        grounds: [
                            .init(
                                name: "tier_c_or_d", label: "C类或D类",
                                condition: .isOneOf(node: 11, prefix: nil, texts: ["C", "D"]), source: "rules"
                            )
                        ], amount: nil),
                    ListRule(
                        name: "elimination_candidate", label: "淘汰落后候选清单", audience: .office,
                        overRegistry: true,
                        grounds: [
                            .init(
                                name: "low_tax", label: "亩均税收过低",
                                condition: .and([
                                    .isOneOf(node: 0, prefix: nil, texts: ["规下"]),
                                    .compare(.less, .node(5), constant("3", 3)),
                                ]), source: "rules"),
                            .init(
                                name: "half_of_mean", label: "低于同规模均值一半",
                                condition: .compare(
                                    .less, .node(5), .multiply(constant("50%", 1), .statistic(0))),
                                source: ""),
                        ], amount: nil),
                ],
            landmarks: .init(
                scope: 12, state: 6, cohort: 7, total: 8, rank: 9, initialTier: 10, tier: 11))
    }

    private func dictionary(_ node: Int, _ graph: Graph) -> [String] {
        switch node {
        case 0: ["规上", "规下"]
        case 6, 12: graph.states.map(\.name)
        case 7: graph.cohorts.map(\.name)
        case 10, 11: graph.ranking.tiers
        default: []
        }
    }

    private var contract: FeedContract {
        let fields = ["scale", "tax", "land", "founded", "high_tech"].map { name in
            FeedField(
                name: name, header: name, kind: .category, unit: nil, required: false, range: 0...0,
                allowed: [])
        }
        return FeedContract(
            name: "registry", title: "企业名录", department: "市场监管局", addsUp: .snapshot, fields: fields, key: [],
            relations: [.init(name: "registry", field: 0)], period: nil, validFrom: nil, validTo: nil,
            category: nil, personalHeaders: [],
            required: true, maxRefusedRows: 0, maxRefusedPerTenThousand: 0)
    }

    /// A number that depends on nothing but its arguments.
    private func noise(_ firm: Int, _ salt: Int) -> UInt64 {
        var x = UInt64(firm) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(salt) &* 0xD1B5_4A32_D192_ED03
        x ^= x >> 31
        x &*= 0x94D0_49BB_1331_11EB
        return x ^ (x >> 29)
    }

    var evaluated: Evaluated {
        let graph = graph
        var codes = TextColumn()
        var names = TextColumn()
        for firm in 0..<firms {
            codes.append(code(firm).utf8)
            let name = firm == 0 ? firstName : nil
            names.append((name ?? "永康市第\(noise(firm, 1) % 100_000)五金制品有限公司").utf8)
        }
        let towns = ["东城", "古山镇", "芝英镇"]
        let industries = ["3324", "3360", "3465", "3812"]
        func column(_ value: (Int) -> Int64) -> [Int64] { (0..<firms).map(value) }
        let population = Population(
            codes: codes, names: names,
            town: CellColumn(column { $0 % 7 == 6 ? Missing.blank.cell : Int64(noise($0, 2) % 3) }),
            industry: CellColumn(column { Int64(noise($0, 3) % 4) }), towns: towns, industries: industries,
            columns: [],
            dictionaries: [], manualDecisions: [])
        let state = column { $0 % 5 == 4 ? ($0 % 2 == 0 ? 1 : 2) : 0 }
        let cohort = column { state[$0] == 0 ? Int64(noise($0, 4) % 2) : Missing.notApplicable.cell }
        let total = column { state[$0] == 0 ? Int64(noise($0, 5) % 1_500_000) : Missing.notApplicable.cell }
        var rank = Array(repeating: Missing.notApplicable.cell, count: firms)
        var initialTier = rank
        var tier = rank
        for group in 0..<2 {
            let members = (0..<firms).filter { cohort[$0] == group }.sorted {
                (-total[$0], $0) < (-total[$1], $1)
            }
            for (place, firm) in members.enumerated() {
                rank[firm] = Int64(place + 1)
                let share = place * 100 / members.count
                initialTier[firm] = share < 20 ? 0 : share < 80 ? 1 : share < 95 ? 2 : 3
                tier[firm] = initialTier[firm]
            }
        }
        var decisions: [AppliedDecision] = []
        for firm in stride(from: 1, to: firms, by: 10) where tier[firm] >= 0 {
            tier[firm] = max(tier[firm], 2)
            decisions.append(
                AppliedDecision(
                    firm: firm, name: "accident", label: "安全事故一票否决", effect: .notAbove(2), priority: 20,
                    isOverruled: false, reason: decisionReason, document: "永应急〔2022〕3号"))
            decisions.append(
                AppliedDecision(
                    firm: firm, name: "manual", label: "人工认定", effect: .notBelow(1), priority: 10,
                    isOverruled: true, reason: "", document: ""))
        }
        let scale = column { Int64(noise($0, 6) % 2) }
        let perMu = column {
            $0 % 11 == 3 ? Missing.divisionByZero.cell : Int64(noise($0, 7) % 200_000) - 20_000
        }
        var cells = [
            scale,
            column { $0 == 0 ? Cell.limit - 1 : $0 == 1 ? 1 - Cell.limit : Int64(noise($0, 8) % 90_000_000) },
            column { firm in
                switch firm % 9 {
                case 2: Missing.refusedRow.cell
                case 5: Missing.blank.cell
                case 7: Missing.noRow.cell
                default: Int64(noise(firm, 9) % 500_000)
                }
            },
            column { Int64(noise($0, 10) % 20_000) - 2000 }, column { Int64(noise($0, 11) % 2) }, perMu,
            state,
            cohort, total, rank, initialTier, tier,
            // A firm is unresolved only where the scope rules would have it graded.
            state.map { $0 == 2 ? 0 : $0 },
        ]
        for index in 0..<wideness {
            cells.append(
                column {
                    noise($0, index) % 16 == 0
                        ? Missing.notApplicable.cell : Int64(noise($0, index) % (1 << UInt64(8 + index % 24)))
                })
        }
        var entries: [ListEntry] = []
        for firm in 0..<firms where tier[firm] >= 2 { entries.append(.init(list: 0, firm: firm, ground: 0)) }
        for firm in 0..<firms where !Cell.isMissing(perMu[firm]) {
            if scale[firm] == 1, perMu[firm] < 30_000 {
                entries.append(.init(list: 1, firm: firm, ground: 0))
            }
            if perMu[firm] < 20_000 { entries.append(.init(list: 1, firm: firm, ground: 1)) }
        }
        return Evaluated(
            graph: graph, population: population, cells: cells.map(CellColumn.init),
            dictionaries: graph.nodes.indices.map { dictionary($0, graph) },
            statistics: [
                StatisticTable(groups: [
                    .init(cohort: -1, by: "规上", value: 81_234, count: firms / 2),
                    .init(cohort: -1, by: "规下", value: 40_000, count: firms / 2),
                ])
            ],
            merged: nil, parts: Parts(whole: firms),
            cuts: [
                Cut(cohort: 0, part: "", tier: 0, base: 5, upTo: 1, firms: 1, lastTotal: 1_400_000, tied: 0),
                Cut(cohort: 0, part: "", tier: 1, base: 5, upTo: 4, firms: 3, lastTotal: 700_000, tied: 1),
                Cut(
                    cohort: 1, part: "", tier: 0, base: 5, upTo: 0, firms: 0, lastTotal: Missing.noRow.cell,
                    tied: 0),
            ],
            decisions: decisions, listEntries: hasLists ? entries : [])
    }
}
