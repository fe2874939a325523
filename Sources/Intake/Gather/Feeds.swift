package import Evaluation
import Synchronization

/// Reads the files that count into columns per firm.
package enum Feeds {
    /// Reads the registry, then all other feeds, biggest files first.
    ///
    /// Memory is the columns themselves, their keys (about 24 bytes per key of a feed) and a megabyte or two per
    /// worker; it does not grow with the number of rows or files.
    ///
    /// - Parameters:
    ///   - survey: the files that count; see ``Inbox/survey(folder:contracts:feeds:dataYear:asOf:threads:)``.
    ///   - columns: what is asked of the feeds; `Population.columns` has one column for each, in this order.
    ///   - linking: what the method says about rows that do not simply belong to one firm.
    ///   - waivers: which refused rows do not count towards the thresholds of their feeds.
    ///   - earlier: figures of files that recorded runs have read, the oldest first: what deliveries are compared with.
    ///   - progress: called as each file is done; may be called from any thread.
    /// - Throws: `unreadable` when a file cannot be opened or read. Everything that is wrong with the content of
    ///   files is in `Reading.findings` and, where it is too much, in `Reading.refusals`.
    package static func read(
        _ survey: Survey, contracts: [FeedContract], columns: [FeedColumn], dataYear: Int, asOf: Day,
        threads: Int, linking: LinkRules = LinkRules(), waivers: [Waiver] = [],
        earlier: [FileFigures] = [],
        progress: (@Sendable () -> Void)?
    ) throws(IntakeError) -> Reading {
        var gathering = Gathering(
            survey, contracts, columns, dataYear: dataYear, asOf: asOf, threads: threads, waivers: waivers,
            progress: progress)
        let registry = try gathering.readRegistry()
        if let registry { try gathering.readFeeds(registry, gathering.readLinks(registry, linking)) }
        return gathering.reading(registry).compared(with: earlier, contracts)
    }
}

/// One reading as it goes on.
struct Gathering {
    let survey: Survey
    let plans: [FeedPlan]
    let columnCount: Int
    let threads: Int
    let progress: (@Sendable () -> Void)?
    let waivers: [Waiver]
    /// One per surveyed file.
    var outcomes: [FileOutcome?]
    var refusals: [String] = []
    var cells: [CellColumn]
    var decisions: [ManualDecision] = []
    var objections: [Objection] = []
    var linkCounter: LinkCounter?

    init(
        _ survey: Survey, _ contracts: [FeedContract], _ columns: [FeedColumn], dataYear: Int, asOf: Day,
        threads: Int, waivers: [Waiver], progress: (@Sendable () -> Void)?
    ) {
        self.waivers = waivers
        self.survey = survey
        self.threads = threads
        self.progress = progress
        columnCount = columns.count
        plans = contracts.enumerated().map { feed, contract in
            FeedPlan(
                feed: feed, contract: contract, columns: columns, dataYear: dataYear, asOf: asOf,
                waivers: waivers)
        }
        outcomes = Array(repeating: nil, count: survey.files.count)
        cells = Array(repeating: CellColumn([]), count: columns.count)
    }

    /// The registry; `nil` when it cannot be used, for a reason that is then in `refusals`.
    mutating func readRegistry() throws(IntakeError) -> Registry? {
        guard let plan = plans.first(where: \.isRegistry) else {
            throw .refused("There is no contract for the registry, so no firm is known.")
        }
        let files = survey.files.indices.filter { survey.files[$0].feed == plan.feed }
        // A manifest may claim anything; a row has at least 40 bytes, packed about 8.
        let expected = files.reduce(0) { sum, index in
            let file = survey.files[index]
            return sum + min(file.declaredRows ?? 0, file.bytes / file.container.leastRow)
        }
        var totals = RegistryTotals(plan, expected: expected)
        try read(files.map { ($0, .registry(totals)) })
        var (registry, repeated) = Registry.sorted(totals.finish())
        if registry == nil {
            guard accepts(repeated, plan) else { return nil }
            totals = RegistryTotals(plan, expected: expected, suspects: repeated)
            try read(files.map { ($0, .registry(totals)) })
            let verdict = HeldVerdict(totals.finish().held, key: plan.contract.key)
            settle(verdict, plan)
            totals.add(verdict)
            noteSuccessors(verdict.accepted, totals, plan)
            (registry, repeated) = Registry.sorted(totals.finish())
        }
        guard refusals.isEmpty, !hasRefusedFile(files) else { return nil }
        guard let registry, registry.resolved > 0 else {
            refusals.append(
                "The registry (\(plan.contract.title)) holds no firm that could be evaluated: it has no rows, or all are refused. "
                    + "See its findings and ask \(plan.contract.department) for a new delivery.")
            return nil
        }
        for (index, column) in plan.columns.enumerated() {
            cells[column.output] = registry.columns[index]
        }
        return registry
    }

    /// Which firms are carried on by others, as rows say that were held back.
    private mutating func noteSuccessors(_ rows: [HeldRow], _ totals: RegistryTotals, _ plan: FeedPlan) {
        guard let field = totals.successorField, let code = plan.contract.key.first else { return }
        for row in rows where !row.values[field].isMissing {
            guard let firm = FirmKey(row.fields[code]), let successor = FirmKey(row.fields[field]) else {
                continue
            }
            outcomes[row.file]?.successors.append(
                Successors.Statement(
                    firm: firm, successor: successor, file: row.file, line: row.line, byte: row.byte))
        }
    }

    mutating func readFeeds(_ registry: Registry, _ book: LinkBook) throws(IntakeError) {
        let firms = registry.table.count
        let plans = plans.filter { !$0.isRegistry && !FeedContract.linkingNames.contains($0.contract.name) }
        var totals: [Int: FeedTotals] = [:]
        for plan in plans { totals[plan.feed] = FeedTotals(plan, firms: firms) }
        var work: [(Int, FileSink)] = []
        for (index, file) in survey.files.enumerated() {
            if let own = totals[file.feed] { work.append((index, .feed(own, book))) }
        }
        try read(work)

        var again: [(Int, FileSink)] = []
        for plan in plans {
            guard let first = totals[plan.feed] else { continue }
            let suspects = first.finish().suspects
            let anchors = first.answerable
            guard !suspects.isEmpty || !anchors.isEmpty else { continue }
            guard accepts(suspects, plan), acceptsWaiting(anchors, plan) else { continue }
            let second = FeedTotals(plan, firms: firms, suspects: suspects, anchors: anchors)
            totals[plan.feed] = second
            for (index, file) in survey.files.enumerated() where file.feed == plan.feed {
                again.append((index, .feed(second, book)))
            }
        }
        try read(again)
        var counter = LinkCounter(registry, book, towns: townTexts)
        for plan in plans {
            guard let own = totals[plan.feed] else { continue }
            settleHeld(own, book)
            let files = survey.files.indices.filter { survey.files[$0].feed == plan.feed }
            counter.add(own, files.compactMap { outcomes[$0] })
            if plan.contract.links.ways.contains(.successor) { own.follow(book.successors) }
        }
        linkCounter = counter
        take(plans.compactMap { totals.removeValue(forKey: $0.feed) }, registry.table)
    }

    /// The towns of the registry by the numbers that stand for them.
    private var townTexts: TextDictionary? {
        guard let contract = plans.first(where: \.isRegistry) else { return nil }
        let field = contract.contract.fields.firstIndex { $0.name == "town" }
        return field.flatMap { contract.dictionaries[$0] }
    }

    /// Reads the files, biggest first, and notes what became of each.
    mutating func read(_ work: [(index: Int, sink: FileSink)]) throws(IntakeError) {
        let files = survey.files
        let progress = progress
        let found = Mutex<[Int: FileOutcome]>([:])
        let ordered = work.sorted { (files[$0.index].bytes, $1.index) > (files[$1.index].bytes, $0.index) }
        Parallel.forEach(ordered, threads: threads) { item in
            let outcome = FileReader.read(files[item.index], index: item.index, into: item.sink)
            found.withLock { $0[item.index] = outcome }
            progress?()
        }
        for (index, outcome) in found.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            if let error = outcome.unreadable { throw error }
            outcomes[index] = outcome
        }
    }

    private func hasRefusedFile(_ files: [Int]) -> Bool {
        files.contains { outcomes[$0]?.refusals.isEmpty == false }
    }

    /// Whether so many keys may be looked at again one by one.
    private mutating func accepts(_ suspects: Set<UInt64>, _ plan: FeedPlan) -> Bool {
        guard suspects.count > FeedTotals.maxSuspects else { return true }
        refusals.append(
            "\(plan.contract.name) (\(plan.contract.title)): more than \(FeedTotals.maxSuspects) keys are repeated. "
                + "The feed was probably delivered twice in one delivery: ask \(plan.contract.department).")
        return false
    }

    /// Whether rows of so many meters or certificates may be kept until all are read.
    private mutating func acceptsWaiting(_ anchors: Set<UInt64>, _ plan: FeedPlan) -> Bool {
        guard anchors.count > FeedTotals.maxSuspects, let anchor = plan.contract.links.anchor else {
            return true
        }
        refusals.append(
            "\(plan.contract.name) (\(plan.contract.title)): of more than \(FeedTotals.maxSuspects) different values of "
                + "\(plan.contract.fields[anchor].header), rows have no credit code. Ask \(plan.contract.department) to fill it in."
        )
        return false
    }

    /// Moves held rows to where they belong in the records of their files.
    private mutating func settle(_ verdict: HeldVerdict, _ plan: FeedPlan) {
        for row in verdict.accepted { outcomes[row.file]?.accepted += 1 }
        for row in verdict.collapsed { outcomes[row.file]?.collapsed += 1 }
        for (row, count) in verdict.refused {
            outcomes[row.file]?.refused += 1
            let message = Message.keyRepeated(
                plan.contract.key.map { plan.contract.fields[$0].header }, count: count)
            noteWaived(row, message.wording.code, plan)
            outcomes[row.file]?.log.addLate(message, line: row.line, byte: row.byte, row: row.text)
        }
    }

    @discardableResult
    mutating func settleHeld(_ own: FeedTotals, _ book: LinkBook) -> [HeldRow] {
        let plan = own.plan
        let held = own.finish().held
        guard !held.isEmpty else { return [] }
        let settlement = Settlement(held, plan, book)
        settle(settlement, plan)
        own.add(settlement)
        if plan.contract.name == FeedContract.decisionName { decisions += plan.decisions(settlement.counted) }
        if plan.contract.name == FeedContract.objectionName {
            objections += plan.objections(settlement.counted, book.table)
        }
        return settlement.counted
    }

    /// Moves the columns of all feeds to where they were asked for.
    private mutating func take(_ totals: [FeedTotals], _ table: FirmTable) {
        let work = totals.flatMap { own in own.plan.columns.indices.map { (own, $0) } }
        let taken = Mutex<[Int: (column: CellColumn, firmBeyondLimit: Int?)]>([:])
        Parallel.forEach(Array(work.indices), threads: threads) { item in
            let (own, index) = work[item]
            let column = own.take(index)
            taken.withLock { $0[item] = column }
        }
        for (item, taken) in taken.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            let (own, index) = work[item]
            let plan = own.plan
            let column = plan.columns[index]
            cells[column.output] = taken.column
            if case .sum(let field) = column.aggregate, let firm = taken.firmBeyondLimit {
                let code = String(decoding: table.key(of: firm).bytes, as: UTF8.self)
                refusals.append(
                    "\(plan.contract.name).\(plan.contract.fields[field].name): the sum of firm \(code) has more than "
                        + "15 digits. Check the column \(plan.contract.fields[field].header) and its unit with "
                        + "\(plan.contract.department).")
            }
        }
    }
}

extension FeedPlan {
    /// Decisions of the evaluation office that are in force and concern the tier of a firm, in order of firm and
    /// document.
    func decisions(_ rows: [HeldRow]) -> [ManualDecision] {
        let fields = contract.fields
        func index(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
        guard let kind = index("kind"), let tier = index("tier"), let reason = index("reason"),
            let document = index("document"), let date = index("date")
        else { return [] }
        func text(_ row: HeldRow, _ field: Int) -> String {
            String(decoding: row.fields[field], as: UTF8.self)
        }
        var decisions: [ManualDecision] = []
        for row in rows {
            guard let firm = row.firms.first, firm >= 0, ManualRule.concernsTiers(text(row, kind)),
                isInForce({ row.values[$0] })
            else { continue }
            decisions.append(
                ManualDecision(
                    firm: Int(firm), kind: text(row, kind), tier: text(row, tier), reason: text(row, reason),
                    document: text(row, document), date: Day(number: row.values[date])))
        }
        return decisions.sorted {
            ($0.firm, $0.document, $0.kind, $0.tier) < ($1.firm, $1.document, $1.kind, $1.tier)
        }
    }
}

extension FeedTotals {
    /// Adds rows that were held back and are settled now.
    func add(_ verdict: HeldVerdict) {
        let rows = verdict.accepted
        let decoded = DecodedRows(rows, fields: plan.contract.fields.count, slots: plan.firmFields.count)
        let all = rows.indices.map { Int32(truncatingIfNeeded: $0) }
        var selected = [[Int32]](repeating: [], count: plan.selections.count)
        select(all, of: decoded, count: rows.count, into: &selected)
        var poisoned: [(slot: Int, firm: Int32)] = []
        for (row, _) in verdict.refused {
            for (slot, firm) in row.firms.enumerated() where firm >= 0 { poisoned.append((slot, firm)) }
        }
        var guess = 0
        add(
            decoded, selected: selected, poisoned: poisoned, rows: [], hashes: [], bits: [], guess: &guess,
            held: [])
    }
}
