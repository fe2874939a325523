import Evaluation

// What a reading says at its end.
extension Gathering {
    func reading(_ registry: Registry?) -> Reading {
        var refusals = refusals
        var findings = survey.findings
        var counts: [String: [String: (severity: Finding.Severity, count: Int)]] = [:]
        for finding in survey.findings {
            let count = counts[finding.feed]?[finding.code]?.count ?? 0
            counts[finding.feed, default: [:]][finding.code] = (finding.severity, count + 1)
        }
        for outcome in outcomes {
            guard let outcome else { continue }
            findings += outcome.log.capped()
            for found in outcome.log.counts {
                let count = counts[outcome.log.feed]?[found.code]?.count ?? 0
                counts[outcome.log.feed, default: [:]][found.code] = (found.severity, count + found.count)
            }
            refusals += outcome.refusals
        }
        refusals += thresholds(counts)
        let flat = counts.flatMap { feed, codes in
            codes.map {
                FindingCount(feed: feed, code: $0.key, severity: $0.value.severity, count: $0.value.count)
            }
        }
        return Reading(
            population: population(registry), files: records(), findings: findings.sorted(),
            counts: flat.sorted { ($0.feed, $0.code) < ($1.feed, $1.code) }, refusals: refusals,
            figures: figures, waivers: appliedWaivers, links: linkCounter?.table ?? LinkTable(),
            objections: objections)
    }

    /// Feeds of which more rows were refused than their contracts allow.
    private func thresholds(
        _ counts: [String: [String: (severity: Finding.Severity, count: Int)]]
    ) -> [String] {
        plans.compactMap { plan in
            var rows = 0
            var refused = 0
            for (file, outcome) in zip(survey.files, outcomes) where file.feed == plan.feed {
                rows += outcome?.rows ?? 0
                refused += (outcome?.refused ?? 0) - (outcome?.waived ?? 0)
            }
            let contract = plan.contract
            guard refused > contract.maxRefusedRows,
                refused * 10_000 > contract.maxRefusedPerTenThousand * rows
            else { return nil }
            let reasons = (counts[contract.name] ?? [:]).filter { $0.value.severity == .refusal }
                .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            let allowed =
                contract.maxRefusedRows == 0 && contract.maxRefusedPerTenThousand == 0
                ? "and the contract allows none"
                : "more than the \(contract.maxRefusedRows) rows and "
                    + "\(percent(contract.maxRefusedPerTenThousand)) that the contract allows"
            let most = reasons.prefix(3).map { "\($0.key) \($0.value.count)" }.joined(separator: ", ")
            return
                "\(contract.name) (\(contract.title)): \(refused) of \(rows) rows are refused, \(allowed). Most findings: \(most). Send them to \(contract.department) and ask for a corrected "
                + "delivery; `mujun check` shows them."
        }
    }

    /// `0.5 %` for 50 in ten thousand.
    private func percent(_ perTenThousand: Int) -> String {
        var text = ControlTotals.text(Int128(perTenThousand), places: 2)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text + " %"
    }

    private func records() -> [FileRecord] {
        zip(survey.files, outcomes).map { file, outcome in
            FileRecord(
                feed: plans.first { $0.feed == file.feed }?.contract.name ?? "", delivery: file.delivery,
                path: file.path, sha256: file.sha256, bytes: file.bytes,
                periodFrom: file.period.map { Period.text($0.lowerBound) } ?? "",
                periodTo: file.period.map { Period.text($0.upperBound) } ?? "",
                stateOf: file.stateOf?.description ?? "", rows: outcome?.rows ?? 0,
                accepted: outcome?.accepted ?? 0, refused: outcome?.refused ?? 0,
                collapsed: outcome?.collapsed ?? 0, unused: outcome?.unused ?? 0)
        }
    }

    private func population(_ registry: Registry?) -> Population {
        guard let registry, let plan = plans.first(where: \.isRegistry) else {
            return Population(
                codes: TextColumn(), names: TextColumn(), town: CellColumn([]), industry: CellColumn([]),
                towns: [], industries: [],
                columns: Array(repeating: CellColumn([]), count: columnCount),
                dictionaries: Array(repeating: [], count: columnCount), manualDecisions: [])
        }
        return registry.population(plan, plans, cells, decisions)
    }
}

extension Registry {
    /// The firms with what the feeds came to: `plan` is the registry's own, `cells` has one column for each asked for.
    func population(
        _ plan: FeedPlan, _ plans: [FeedPlan], _ cells: [CellColumn], _ decisions: [ManualDecision],
        given: [GivenValue] = []
    ) -> Population {
        var columns = cells
        var dictionaries = [[String]](repeating: [], count: cells.count)
        for plan in plans {
            for column in plan.columns {
                guard case .latest(let field) = column.aggregate, let dictionary = plan.dictionaries[field]
                else {
                    continue
                }
                (columns[column.output], dictionaries[column.output]) = dictionary.settled(
                    columns[column.output])
            }
        }
        for index in columns.indices where columns[index].isEmpty {
            columns[index] = CellColumn(Array(repeating: Int64.noRow, count: table.count))
        }
        func settled(_ name: String, _ column: [Int64]) -> (CellColumn, [String]) {
            guard let field = plan.contract.fields.firstIndex(where: { $0.name == name }),
                let dictionary = plan.dictionaries[field]
            else { return (CellColumn(column), []) }
            return dictionary.settled(column)
        }
        let (townColumn, towns) = settled("town", town)
        let (industryColumn, industries) = settled("industry", industry)
        return Population(
            codes: codes, names: names, town: townColumn, industry: industryColumn, towns: towns,
            industries: industries, columns: columns, dictionaries: dictionaries, manualDecisions: decisions,
            given: given)
    }
}

extension TextDictionary {
    /// The column with final numbers, and the texts they stand for: those that occur, in order of their bytes.
    fileprivate func settled(_ column: some Collection<Int64>) -> (column: CellColumn, texts: [String]) {
        let texts = texts
        var isUsed = [Bool](repeating: false, count: texts.count)
        for cell in column where !cell.isMissing && texts.indices.contains(Int(cell)) {
            isUsed[Int(cell)] = true
        }
        let order = texts.indices.filter { isUsed[$0] }.sorted {
            texts[$0].lexicographicallyPrecedes(texts[$1])
        }
        var numbers = [Int64](repeating: 0, count: texts.count)
        for (number, index) in order.enumerated() { numbers[index] = Int64(number) }
        let settled = column.map { cell in
            cell.isMissing || !texts.indices.contains(Int(cell)) ? cell : numbers[Int(cell)]
        }
        return (CellColumn(settled), order.map { String(decoding: texts[$0], as: UTF8.self) })
    }
}
