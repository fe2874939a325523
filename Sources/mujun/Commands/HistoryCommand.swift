import ArgumentParser
import Evaluation
import Results

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show what became of a firm over the years: tiers, points, ranks, lists, decisions.",
        discussion: """
            One line for each data year of the store: what is published (公示, 定稿) counts, otherwise the latest draft; the \
            column 阶段 says which. A firm is found by its credit code in every year; a name is looked up in the latest year \
            that has it. Of a firm that had another code before, add that code with --formerly.

            EXAMPLE
              mujun history 91330784709455168Y
              mujun history 91330784709455168Y --formerly 91330784147538904C
              mujun history 巘湛沁 --format csv
              mujun history 巘湛沁 --format xlsx --output 历年.xlsx
            """)

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var firm: FirmArgument
    @Option(help: ArgumentHelp("A credit code that it had before (原统一社会信用代码).", valueName: "code"))
    var formerly: [String] = []
    @Option(help: "table, csv, json or xlsx.") var format = Format.table
    @Option(help: ArgumentHelp("File to write; stdout without it.", valueName: "path")) var output: String?

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json, xlsx }

    func validate() throws {
        if output != nil, format != .csv, format != .xlsx {
            throw ValidationError("--output belongs to csv and xlsx.")
        }
    }

    func run() throws {
        try reportingFailures {
            let workspace = try workspace.open()
            let store = try Store(opening: workspace.store, for: .reading)
            let code = try code(store)
            let years = try store.history(Set([code] + formerly))
            for former in formerly where !years.contains(where: { $0.standing?.result.code == former }) {
                throw Failure.usage("no data year of the store has the firm \(former) of --formerly.")
            }
            switch format {
            case .table: try StandardOutput.print(HistoryText(code: code, years: years).text)
            case .csv:
                try OutputFile.write(output) { try HistoryExport(years).write(code: code, to: $0) }
            case .xlsx:
                try OutputFile.checkTerminal(output, .xlsx)
                try OutputFile.write(output) { try HistoryExport(years).writeWorkbook(code: code, to: $0) }
            case .json: try StandardOutput.write(json: HistoryJSON(code: code, years: years))
            }
        }
    }

    /// Of the latest year that knows the firm.
    private func code(_ store: Store) throws -> String {
        let runs = try store.runsOfYears()
        guard let latest = runs.last else { return try RunReference.latest.find(in: store).methodName }
        for run in runs.reversed() {
            if !(try firm.matches(store, run).isEmpty) { return try firm.find(store, run).code }
        }
        return try firm.find(store, latest).code
    }
}

extension FirmYear {
    /// The lists that the firm is on, each with its grounds.
    var lists: [(label: String, grounds: [String])] {
        var lists: [(label: String, grounds: [String])] = []
        for entry in standing?.entries ?? [] {
            if lists.last?.label != entry.listLabel { lists.append((entry.listLabel, [])) }
            lists[lists.count - 1].grounds.append(entry.groundLabel)
        }
        return lists
    }
}

/// A firm's years for people.
struct HistoryText {
    let code: String
    let years: [FirmYear]

    var text: String {
        let name = years.last { $0.standing != nil }?.standing?.result.name ?? ""
        let hasFormer = years.contains { $0.standing.map { $0.result.code != code } ?? false }
        var table = Table(
            [
                ("数据年度", .left), ("阶段", .left), ("文号", .left), ("批次", .right), ("状态", .left), ("评价组", .left),
                ("名次", .right), ("总分", .right), ("初定", .left), ("档次", .left), ("名单", .left),
            ] + (hasFormer ? [("代码", .left)] : []))
        var decisions: [String] = []
        for year in years {
            let run = year.run
            let head = ["\(run.dataYear)", run.stageLabel, run.publication?.document ?? "", "\(run.id)"]
            guard let standing = year.standing else {
                table.add(head + ["不在名录", "", "", "", "", "", ""] + (hasFormer ? [""] : []))
                continue
            }
            let firm = standing.result
            let lists = year.lists.map { "\($0.label)（\($0.grounds.joined(separator: "；"))）" }
            table.add(
                head + [
                    firm.stateLabel, firm.cohortText ?? "—",
                    firm.rank.map { "\(grouped($0)) / \(grouped(standing.ranked))" } ?? "—",
                    run.totalText(firm.total), firm.initialTier ?? "", firm.tier ?? "—",
                    lists.joined(separator: "，"),
                ] + (hasFormer ? [firm.code] : []))
            decisions += standing.decisions.map { decision in
                let rest = [
                    decision.isOverruled ? "被更高优先级的认定否决" : "", decision.reason, decision.document,
                ]
                return
                    ([
                        "\(run.dataYear) 认定  \(decision.label)：\(decision.effectText)"
                    ] + rest.filter { !$0.isEmpty }).joined(separator: "，")
            }
        }
        return (["\(name)  \(code)", table.text] + decisions).joined(separator: "\n")
    }
}

/// A firm's years for programs. Totals are texts with all decimals.
struct HistoryJSON: Encodable {
    struct Year: Encodable {
        let dataYear: Int
        let run: Int64
        let stage: String
        let version: Int?
        let document: String?
        let resultDigest: String
        /// The code that it had then; `null` where the next is.
        let code: String?
        let name: String?
        /// `null` when the registry of that year does not have the firm.
        let state: String?
        let cohort: String?
        let part: String?
        let unit: String?
        let total: String?
        let rank: Int?
        let ranked: Int?
        let initialTier: String?
        let tier: String?
        let lists: [List]
        let decisions: [Decision]
    }

    struct List: Encodable {
        let list: String
        let ground: String
        let evidence: String
    }

    struct Decision: Encodable {
        let name: String
        let effect: String
        let tier: String
        let overruled: Bool
        let reason: String
        let document: String
    }

    let format = "mujun-history/1"
    let code: String
    let years: [Year]

    init(code: String, years: [FirmYear]) {
        self.code = code
        self.years = years.map { year in
            let (run, standing) = (year.run, year.standing)
            let firm = standing?.result
            return Year(
                dataYear: run.dataYear, run: run.id, stage: run.stage, version: run.publication?.version,
                document: run.publication?.document, resultDigest: run.resultDigest, code: firm?.code,
                name: firm?.name,
                state: firm?.state, cohort: firm?.cohort, part: firm?.part, unit: firm?.unit,
                total: firm?.total.map(run.totalText), rank: firm?.rank, ranked: standing?.ranked,
                initialTier: firm?.initialTier, tier: firm?.tier,
                lists: (standing?.entries ?? []).map {
                    List(list: $0.list, ground: $0.ground, evidence: $0.evidence)
                },
                decisions: (standing?.decisions ?? []).map {
                    Decision(
                        name: $0.name, effect: $0.effect, tier: $0.tier, overruled: $0.isOverruled,
                        reason: $0.reason, document: $0.document)
                })
        }
    }
}
