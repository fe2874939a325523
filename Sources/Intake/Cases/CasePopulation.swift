package import Evaluation

extension MethodCase {
    /// The firms as if these rows had been delivered: they are filtered, judged by their dates and added up by what
    /// does so with deliveries.
    /// - Throws: `refused` when a sum has more than 15 digits.
    package func population(_ graph: Graph) throws(IntakeError) -> Population {
        let plans = graph.contracts.indices.map { feed in
            FeedPlan(
                feed: feed, contract: graph.contracts[feed], columns: graph.feedColumns,
                dataYear: graph.dataYear, asOf: graph.asOf)
        }
        guard let plan = plans.first(where: \.isRegistry) else {
            throw .refused("There is no contract for the registry, so no firm is known.")
        }
        let totals = RegistryTotals(plan, expected: firms.count)
        totals.add(HeldVerdict(heldRows(plan), key: plan.contract.key))
        guard let registry = Registry.sorted(totals.finish()).registry else {
            throw .refused("\(name): two firms have one credit code.")
        }
        var cells = [CellColumn](repeating: CellColumn([]), count: graph.feedColumns.count)
        for (index, column) in plan.columns.enumerated() { cells[column.output] = registry.columns[index] }
        var decisions: [ManualDecision] = []
        for plan in plans where !plan.isRegistry {
            let verdict = HeldVerdict(heldRows(plan), key: plan.contract.key)
            let totals = FeedTotals(plan, firms: firms.count)
            totals.add(verdict)
            totals.poison(
                refusals.filter { $0.feed == plan.feed }.compactMap { refusal in
                    plan.firmFields.firstIndex(of: refusal.field).map { ($0, Int32(refusal.firm)) }
                })
            if plan.contract.name == FeedContract.decisionName {
                decisions = plan.decisions(verdict.accepted)
            }
            for (index, column) in plan.columns.enumerated() {
                let taken = totals.take(index)
                cells[column.output] = taken.column
                if let firm = taken.firmBeyondLimit {
                    throw .refused(
                        "\(name), \(firms[firm].name): a sum of \(plan.contract.title) has more than 15 digits. Write smaller numbers."
                    )
                }
            }
        }
        return registry.population(plan, plans, cells, decisions, given: given)
    }

    /// The rows of one feed that lie in the data year, where it matters.
    private func heldRows(_ plan: FeedPlan) -> [HeldRow] {
        rows.filter { $0.feed == plan.feed && plan.isInDataYear($0) }.enumerated().map { line, row in
            var fields: [[UInt8]] = []
            var values: [Int64] = []
            for (field, value) in row.values.enumerated() {
                let text = text(value)
                fields.append(Array(text.utf8))
                switch value {
                case .blank: values.append(Int64.blank)
                case .number(let number): values.append(number)
                case .text, .firm: values.append(plan.dictionaries[field]?.id(of: Array(text.utf8)) ?? 0)
                }
            }
            let firms: [Int32] = plan.firmFields.map { field in
                if case .firm(let firm) = row.values[field] { Int32(firm) } else { -1 }
            }
            return HeldRow(
                file: 0, line: line, byte: 0, text: "", fields: fields, values: values, firms: firms)
        }
    }

    private func text(_ value: Value) -> String {
        switch value {
        case .blank: ""
        case .number(let number): String(number)
        case .text(let text): text
        case .firm(let firm): MethodCase.code(of: firm)
        }
    }

    /// A valid code; those of later firms come after those of earlier ones.
    private static func code(of firm: Int) -> String {
        let number = String(firm + 1)
        let body = "91330784" + String(repeating: "0", count: max(0, 9 - number.count)) + number
        return body + (CreditCode.checkCharacter(Array(body.utf8)).map { String(UnicodeScalar($0)) } ?? "")
    }
}

extension FeedPlan {
    /// Whether a row may count: those of a flow belong to a period.
    fileprivate func isInDataYear(_ row: MethodCase.Row) -> Bool {
        guard contract.addsUp == .flow, let period = contract.period else { return true }
        guard case .number(let value) = row.values[period] else { return false }
        return (periodIsMonth ? value / 12 : value) == Int64(dataYear)
    }
}

extension FeedTotals {
    /// Makes unknown what rows of these firms would have counted in.
    fileprivate func poison(_ firms: [(slot: Int, firm: Int32)]) {
        guard !firms.isEmpty else { return }
        var guess = 0
        add(
            DecodedRows([], fields: plan.contract.fields.count, slots: plan.firmFields.count),
            selected: Array(repeating: [], count: plan.selections.count), poisoned: firms, rows: [],
            hashes: [], bits: [], guess: &guess, held: [])
    }
}
