import ArgumentParser
import Results

struct RankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rank",
        abstract: "Show the ranking, or a part of it.",
        discussion: """
            All filters must hold. Firms stand by cohort, rank and code; those without a rank are left out unless a \
            list is asked for. A table shows 20 firms a page; csv and json hold all unless --limit says otherwise.

            EXAMPLE
              mujun rank --cohort above --tier A
              mujun rank --town 古山镇 --industry 33 --page 2
              mujun rank --list rectification --format csv > list.csv
            """)

    @OptionGroup var selection: RunSelection
    @Option(help: "Code name or label of a cohort.") var cohort: String?
    @Option(help: "Town (镇街).") var town: String?
    @Option(help: "First digits of an industry code (GB/T 4754).") var industry: String?
    @Option(help: "Tier, such as A.") var tier: String?
    @Option(help: "Code name or label of a list that the firm is on.") var list: String?
    @Option(help: "Firms on a page; 20 in a table, otherwise all.") var limit: Int?
    @Option(help: "Which page, from 1.") var page = 1
    @Option(help: "table, csv or json.") var format = OutputFormat.table

    func validate() throws {
        guard (1...1_000_000).contains(limit ?? 1) else {
            throw ValidationError("--limit must be from 1 to 1,000,000.")
        }
        guard page == 1 || limit != nil || format == .table else {
            throw ValidationError("--page needs --limit with this format.")
        }
        guard (1...1_000_000).contains(page) else {
            throw ValidationError("--page must be from 1 to 1,000,000.")
        }
    }

    func run() throws {
        try reportingFailures {
            let (store, run, _) = try selection.open()
            let filter = try filter(store, run)
            if let format = format.export {
                let offset = limit.map { (page - 1) * $0 } ?? 0
                _ = try store.export(
                    "ranking", run, filter, as: format, limit: limit, offset: offset, to: StandardOutput.write
                )
                return
            }
            let limit = limit ?? 20
            let offset = (page - 1) * limit
            var table = Table([
                ("评价组", .left), ("名次", .right), ("企业名称", .left), ("统一社会信用代码", .left), ("属地", .left),
                ("行业", .left), ("总分", .right), ("初定", .left), ("档次", .left),
            ])
            // One more than is shown tells whether there is another page.
            let firms = try store.ranking(run, filter, limit: limit + 1, offset: offset)
            for firm in firms.prefix(limit) {
                table.add([
                    firm.cohortText ?? "—", firm.rank.map(String.init) ?? firm.stateLabel,
                    firm.unit.map { "\(firm.name)（\($0)）" } ?? firm.name,
                    firm.code,
                    firm.town ?? "", firm.industry ?? "", run.totalText(firm.total), firm.initialTier ?? "",
                    firm.tier ?? "",
                ])
            }
            try StandardOutput.print(run.heading)
            try StandardOutput.print(table.text)
            if let count = try store.count(run, filter) {
                let pages = max(1, (count + limit - 1) / limit)
                guard page <= pages else {
                    throw Failure.usage(
                        "there is no page \(page); the \(grouped(count)) firms fill \(pages).")
                }
                try StandardOutput.print("\(grouped(count)) firms, page \(page) of \(pages)")
            } else {
                try StandardOutput.print(
                    firms.count > limit
                        ? "page \(page); more with --page \(page + 1)" : "page \(page), the last")
            }
        }
    }

    /// - Throws: ``Failure`` when the run knows no such cohort, tier or list.
    private func filter(_ store: Store, _ run: RunSummary) throws -> RankingFilter {
        let cohort = try self.cohort.map { word in
            try known(word, "cohort", try store.aggregates(run, .cohort).map { ($0.name, $0.label) })
        }
        let list = try self.list.map { word in
            try known(word, "list", try store.aggregates(run, .list).map { ($0.name, $0.label) })
        }
        let tier = try self.tier.map { word in
            try known(word, "tier", try store.aggregates(run, .cohort).map { ($0.tier, $0.tier) })
        }
        let town = try self.town.map { word in
            try known(word, "town", try store.aggregates(run, .town).map { ($0.name, $0.name) })
        }
        if let industry {
            guard try store.aggregates(run, .industry).contains(where: { $0.name.hasPrefix(industry) }) else {
                throw Failure.usage(
                    "no firm of this run has an industry code that begins with `\(industry)`.")
            }
        }
        return RankingFilter(
            cohort: cohort, town: town, industry: industry, tier: tier, list: list,
            includesUnranked: list != nil)
    }

    private func known(_ word: String, _ kind: String, _ terms: [(name: String, label: String)]) throws
        -> String
    {
        if let term = terms.first(where: { $0.name == word || $0.label == word }) { return term.name }
        var names: [String] = []
        for term in terms {
            let text = term.name == term.label ? term.name : "\(term.name) (\(term.label))"
            if !names.contains(text) { names.append(text) }
        }
        throw Failure.usage("there is no \(kind) `\(word)`; this run has: \(names.joined(separator: ", ")).")
    }
}
