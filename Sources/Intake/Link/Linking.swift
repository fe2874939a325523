import Evaluation

// How a reading comes to know where rows belong, before any of them is read.
extension Gathering {
    /// Reads what was confirmed and how meters are shared, and follows the registry's successors.
    mutating func readLinks(_ registry: Registry, _ rules: LinkRules) throws(IntakeError) -> LinkBook {
        let bare = LinkBook(registry.table, names: registry.names)
        var confirmed = ConfirmedLinks()
        var shares = MeterShares()
        let own = plans.filter { FeedContract.linkingNames.contains($0.contract.name) }
        let totals = own.map { FeedTotals($0, firms: registry.table.count) }
        var work: [(Int, FileSink)] = []
        for (index, file) in survey.files.enumerated() {
            if let total = totals.first(where: { $0.plan.feed == file.feed }) {
                work.append((index, .feed(total, bare)))
            }
        }
        if !work.isEmpty {
            try read(work)
            for total in totals {
                let rows = settleHeld(total, bare)
                switch total.plan.contract.name {
                case FeedContract.linkName:
                    confirmed = ConfirmedLinks(rows, total.plan.contract)
                    say(confirmed.findings)
                default:
                    shares = MeterShares(rows, total.plan.contract, dataYear: total.plan.dataYear)
                    say(shares.findings)
                }
                for column in total.plan.columns.indices {
                    cells[total.plan.columns[column].output] = total.take(column).column
                }
            }
        }
        let successors = Successors(outcomes.compactMap(\.self).flatMap(\.successors), registry.table)
        for (statement, message) in successors.findings {
            outcomes[statement.file]?.log.addLate(
                message, line: statement.line, byte: statement.byte, row: "")
        }
        return LinkBook(
            registry.table, names: registry.names, confirmed: confirmed, shares: shares,
            successors: rules.successors == .follow ? successors.last : [:], rules: rules)
    }

    /// Notes what was found of rows of feeds that are few.
    private mutating func say(_ findings: [(row: HeldRow, message: Message)]) {
        for (row, message) in findings.sorted(by: {
            ($0.row.file, $0.row.line, $0.row.byte) < ($1.row.file, $1.row.line, $1.row.byte)
        }) {
            outcomes[row.file]?.log.addLate(message, line: row.line, byte: row.byte, row: row.text)
        }
    }

    /// Moves settled rows to where they belong in the records of their files.
    mutating func settle(_ settlement: Settlement, _ plan: FeedPlan) {
        for (row, fate) in settlement.fates {
            switch fate {
            case .accepted: outcomes[row.file]?.accepted += 1
            case .collapsed: outcomes[row.file]?.collapsed += 1
            case .refused: outcomes[row.file]?.refused += 1
            case .unused: outcomes[row.file]?.unused += 1
            }
            log(row, fate, plan)
        }
        // Every firm that has a part of a reading is to be found with its rows.
        for row in settlement.counted where row.ways.first == .share { log(row, .accepted, plan, rows: 0) }
        for (row, message, field) in settlement.findings {
            // A row that is settled is refused for one reason.
            if message.wording.severity == .refusal { noteWaived(row, message.wording.code, plan) }
            outcomes[row.file]?.log.addLate(
                message, line: row.line, byte: row.byte,
                column: field.map { plan.contract.fields[$0].header } ?? "", row: row.text)
        }
    }

    private mutating func log(_ row: HeldRow, _ fate: Settlement.Fate, _ plan: FeedPlan, rows: Int = 1) {
        let isIdle = fate == .unused && row.firms.allSatisfy { $0 < 0 }
        guard fate == .accepted || isIdle else { return }
        let links = plan.contract.links
        func text(_ field: Int?) -> [UInt8] { field.map { row.fields[$0] } ?? [] }
        for (slot, way) in row.ways.enumerated() where way != .code {
            outcomes[row.file]?.links.add(
                LinkLog.Thing(
                    slot: slot, way: way, firm: row.firms[slot], code: row.codes[slot],
                    key: links.anchor == nil ? text(links.name) : text(links.anchor)),
                name: text(links.name), accepted: fate == .accepted ? rows : 0, unused: isIdle ? rows : 0)
        }
    }
}
