import Evaluation
import Foundation
import Intake
import Results

/// What an evaluation came to, on one screen.
struct RunReport: Sendable {
    private let evaluated: Evaluated
    private let reading: Reading
    private let workspace: Workspace
    private let tally: Tally
    private static let shown = 10

    init(_ evaluated: Evaluated, _ reading: Reading, _ workspace: Workspace) {
        self.evaluated = evaluated
        self.reading = reading
        self.workspace = workspace
        tally = evaluated.tally
    }

    var text: String {
        let graph = evaluated.graph
        var head = "\(workspace.county) · \(graph.title) · as of \(graph.asOf)"
        if !graph.note.isEmpty { head += "\n\(graph.note)" }
        return [head, feeds, links, findings, waivers, outcome].compactMap { $0 }.joined(separator: "\n\n")
    }

    /// What became of the firms: the second half of the report.
    var outcome: String {
        ([states, tiers] + placings + [lists]).compactMap { $0 }.joined(separator: "\n\n")
    }

    // MARK: What came in

    private var feeds: String {
        var table = Table([
            ("Feed", .left), ("", .left), ("files", .right), ("rows", .right), ("accepted", .right),
            ("refused", .right), ("collapsed", .right), ("unused", .right),
        ])
        for contract in evaluated.graph.contracts {
            let files = reading.files.filter { $0.feed == contract.name }
            guard !files.isEmpty else { continue }
            func sum(_ field: (FileRecord) -> Int) -> String { grouped(files.reduce(0) { $0 + field($1) }) }
            table.add([
                contract.title, contract.name, grouped(files.count), sum(\.rows), sum(\.accepted),
                sum(\.refused), sum(\.collapsed), sum(\.unused),
            ])
        }
        return table.text
    }

    /// Feeds of which some rows did not find their firm by its code alone.
    private var links: String? {
        var table = Table([
            ("Links", .left), ("", .left), ("rows", .right), ("by code", .right), ("otherwise", .right),
            ("no firm", .right), ("linked", .right), ("", .left),
        ])
        var isEmpty = true
        for contract in evaluated.graph.contracts {
            for relation in contract.relations {
                let counts = reading.links.counts.filter {
                    $0.feed == contract.name && $0.relation == relation.name
                }
                func sum(_ isIn: (LinkWay) -> Bool) -> Int {
                    counts.filter { isIn($0.way) }.reduce(0) { $0 + $1.accepted + $1.unused }
                }
                let all = sum { _ in true }
                let byCode = sum { $0 == .code }
                guard all > byCode else { continue }
                isEmpty = false
                let ways = LinkWay.allCases.filter { $0 != .code }.compactMap { way in
                    let rows = sum { $0 == way }
                    return rows > 0 ? "\(way.label) \(grouped(rows))" : nil
                }
                let linked = sum(\.findsFirm)
                table.add([
                    contract.title + relation.label, relation.name, grouped(all), grouped(byCode),
                    grouped(linked - byCode), grouped(all - linked),
                    DecimalText.format(LinkExports.percent(linked, of: all), decimals: 2) + " %",
                    ways.joined(separator: ", "),
                ])
            }
        }
        return isEmpty ? nil : table.text
    }

    private var findings: String? {
        guard !reading.counts.isEmpty else { return nil }
        let titles = Dictionary(
            evaluated.graph.contracts.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
        var table = Table([("Findings", .left), ("", .left), ("", .left), ("", .right), ("", .left)])
        for count in reading.counts {
            // What concerns a whole delivery or month is said here; rows are in `check` and in the store.
            let whole = reading.findings.filter {
                $0.file.isEmpty && $0.feed == count.feed && $0.code == count.code
            }
            table.add([
                titles[count.feed] ?? count.feed, count.severity.rawValue, count.code, grouped(count.count),
                whole.map(\.chinese).joined(separator: " "),
            ])
        }
        // What concerns a feed as a whole has no file to look it up in: missing feeds and months.
        let sentences = reading.findings.filter(\.delivery.isEmpty).map { "  " + $0.chinese }
        return ([table.text] + sentences).joined(separator: "\n")
    }

    private var waivers: String? {
        let applied = reading.waivers.filter { $0.rows > 0 }
        return applied.isEmpty ? nil : applied.map { "豁免：\($0.text)" }.joined(separator: "\n")
    }

    // MARK: What became of the firms

    private var states: String {
        let graph = evaluated.graph
        var classes: [State.AccountingClass: Int] = [:]
        for (state, firms) in zip(graph.states, tally.states) {
            classes[state.accountingClass, default: 0] += firms
        }
        let order: [State.AccountingClass] = [.graded, .ungraded, .exempt, .outOfScope]
        let sum = order.map { "\($0.label) \(grouped(classes[$0, default: 0]))" }.joined(separator: " + ")
        var table = Table([("State", .left), ("", .left), ("firms", .right)])
        for (state, firms) in zip(graph.states, tally.states) where firms > 0 {
            table.add([state.label, state.accountingClass.label, grouped(firms)])
        }
        return table.text + "\n\(sum) = 名录 \(grouped(evaluated.population.count))"
    }

    private var tiers: String {
        let graph = evaluated.graph
        var table = Table(
            [("Cohort", .left)] + graph.ranking.tiers.map { ($0, .right) }
                + [(evaluated.merged == nil ? "firms" : "units", .right)])
        for (index, cohort) in graph.cohorts.enumerated() {
            let counts = tally.tiers[index]
            table.add([cohort.label] + counts.map(grouped) + [grouped(counts.reduce(0, +))])
            guard graph.ranking.within[index] != nil else { continue }
            for (part, counts) in partCounts(ofCohort: index) {
                table.add(["  \(part)"] + counts.map(grouped) + [grouped(counts.reduce(0, +))])
            }
        }
        return table.text
    }

    /// Firms by tier in each part of a cohort.
    private func partCounts(ofCohort cohort: Int) -> [(part: String, tiers: [Int])] {
        let marks = evaluated.graph.landmarks
        let cohorts = evaluated.cells[marks.cohort]
        let tiers = evaluated.cells[marks.tier]
        let none = Array(repeating: 0, count: evaluated.graph.ranking.tiers.count)
        var counts = Array(repeating: none, count: evaluated.parts.texts.count + 1)
        for firm in tiers.indices
        where cohorts[firm] == cohort && !Cell.isMissing(tiers[firm])
            && evaluated.merged?.leads(firm) ?? true
        {
            counts[evaluated.parts.slot(of: firm)][Int(tiers[firm])] += 1
        }
        return counts.enumerated().filter { $0.element.contains { $0 > 0 } }
            .map { slot, tiers in
                (slot == 0 ? "未分组" : evaluated.parts.text(of: slot), tiers)
            }
    }

    /// Top and bottom of each cohort that is ranked as a whole, side by side.
    private var placings: [String] {
        let graph = evaluated.graph
        let marks = graph.landmarks
        let rank = evaluated.cells[marks.rank]
        let cohorts = evaluated.cells[marks.cohort]
        return graph.cohorts.enumerated().compactMap { index, cohort in
            guard graph.ranking.within[index] == nil else { return nil }
            var top = Extremes(RunReport.shown) { (rank[$0], $0) < (rank[$1], $1) }
            var bottom = Extremes(RunReport.shown) { (rank[$0], $0) > (rank[$1], $1) }
            for firm in rank.indices
            where cohorts[firm] == index && !Cell.isMissing(rank[firm])
                && evaluated.merged?.leads(firm) ?? true
            {
                top.add(firm)
                bottom.add(firm)
            }
            guard !top.firms.isEmpty else { return nil }
            var table = Table([
                ("\(cohort.label): top", .left), ("", .left), ("", .right), ("", .left), ("  bottom", .right),
                ("", .left), ("", .right), ("", .left),
            ])
            let last = Array(bottom.firms.reversed())
            for row in top.firms.indices {
                table.add(line(top.firms, row) + line(last, row, indent: "  "))
            }
            return table.text
        }
    }

    private func line(_ firms: [Int], _ row: Int, indent: String = "") -> [String] {
        guard firms.indices.contains(row) else { return ["", "", "", ""] }
        let graph = evaluated.graph
        let marks = graph.landmarks
        let firm = firms[row]
        let tier = evaluated.cells[marks.tier][firm]
        return [
            indent + "\(evaluated.cells[marks.rank][firm])", name(of: firm),
            DecimalText.format(
                evaluated.cells[marks.total][firm], decimals: graph.nodes[marks.total].decimals),
            Cell.isMissing(tier) ? "" : graph.ranking.tiers[Int(tier)],
        ]
    }

    /// Of firms that were evaluated as one, what they share.
    private func name(of firm: Int) -> String {
        let unit = evaluated.merged.flatMap { merged in
            Cell.isMissing(merged.unit[firm]) ? nil : merged.names[Int(merged.unit[firm])]
        }
        return unit ?? evaluated.population.names[firm]
    }

    private var lists: String? {
        guard !evaluated.graph.lists.isEmpty else { return nil }
        var table = Table([("List", .left), ("", .left), ("firms", .right)])
        for (list, firms) in zip(evaluated.graph.lists, tally.lists) {
            table.add([list.label, list.name, grouped(firms)])
        }
        return table.text
    }
}

/// The first few firms of an order, without sorting all.
private struct Extremes {
    private(set) var firms: [Int] = []
    private let limit: Int
    private let comesBefore: (Int, Int) -> Bool

    init(_ limit: Int, _ comesBefore: @escaping (Int, Int) -> Bool) {
        self.limit = limit
        self.comesBefore = comesBefore
    }

    mutating func add(_ firm: Int) {
        if firms.count == limit {
            guard comesBefore(firm, firms[limit - 1]) else { return }
            firms.removeLast()
        }
        firms.insert(firm, at: firms.firstIndex { comesBefore(firm, $0) } ?? firms.count)
    }
}
