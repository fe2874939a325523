import Evaluation

/// What becomes of held rows, when all rows of their feed are read: rows of one meter or certificate say of each other
/// which firm they belong to; identical rows of a key are one row; declarations of several sides become one; readings of
/// shared meters are divided; other rows of one key that differ are all refused.
struct Settlement {
    enum Fate { case accepted, collapsed, refused, unused }

    /// Every row once.
    private(set) var fates: [(row: HeldRow, fate: Fate)] = []
    /// What is to be said of rows.
    private(set) var findings: [(row: HeldRow, message: Message, field: Int?)] = []
    /// What counts: accepted rows, or the parts into which they were divided.
    private(set) var counted: [HeldRow] = []
    /// Firms for which something is unknown now.
    private(set) var poisoned: [(slot: Int, firm: Int32)] = []

    private let plan: FeedPlan
    private let book: LinkBook
    /// Shared meters of which all firms are poisoned already.
    private var poisonedMeters: Set<[UInt8]> = []

    init(_ rows: [HeldRow], _ plan: FeedPlan, _ book: LinkBook) {
        self.plan = plan
        self.book = book
        var groups: [[[UInt8]]: [HeldRow]] = [:]
        for row in linked(rows) { groups[plan.contract.key.map { row.fields[$0] }, default: []].append(row) }
        let ordered = groups.values.map { group in
            group.sorted { ($0.file, $0.line, $0.byte) < ($1.file, $1.line, $1.byte) }
        }
        for group in ordered.sorted(by: { ($0[0].file, $0[0].line) < ($1[0].file, $1[0].line) }) {
            settle(group)
        }
    }

    // MARK: Rows without a code

    /// The rows with a firm, or of a meter that is known to be shared.
    private mutating func linked(_ rows: [HeldRow]) -> [HeldRow] {
        guard let anchor = plan.contract.links.anchor else {
            for row in rows { note(row) }
            return rows
        }
        var firms: [[UInt8]: Set<Int32>] = [:]
        for row in rows where row.firms[0] >= 0 && !row.isRefused {
            firms[row.fields[anchor], default: []].insert(row.firms[0])
        }
        var linked: [HeldRow] = []
        for var row in rows.sorted(by: { ($0.file, $0.line, $0.byte) < ($1.file, $1.line, $1.byte) }) {
            if row.isRefused {
                poison(row, among: firms[row.fields[anchor]] ?? [])
                continue
            }
            if row.firms[0] < 0, !isShared(row) {
                find(&row, among: firms[row.fields[anchor]] ?? [])
                guard row.firms[0] >= 0 else { continue }
            }
            note(row)
            linked.append(row)
        }
        return linked
    }

    /// Says of a row that its firm was found otherwise than by its code, as is said of rows that are not held.
    private mutating func note(_ row: HeldRow) {
        for (slot, way) in row.ways.enumerated() where row.firms[slot] >= 0 {
            guard way == .organisation || way == .name || way == .meter || way == .certificate else {
                continue
            }
            let firm = book.table.key(of: Int(row.firms[slot])).text
            findings.append(
                (
                    row, .firmLinked(RowText.shown(row.codes[slot]), way: way, firm: firm),
                    plan.firmFields[slot]
                ))
        }
    }

    /// Makes unknown what a refused row would have counted in: for the firms of a shared meter, or for that of the others.
    private mutating func poison(_ row: HeldRow, among firms: Set<Int32>) {
        if poisonSharing(row) {
            return
        } else if row.firms[0] == -1, firms.count == 1, let firm = firms.first {
            poisoned.append((0, firm))
        }
    }

    private mutating func find(_ row: inout HeldRow, among firms: Set<Int32>) {
        let links = plan.contract.links
        let field = plan.firmFields[0]
        // A code that nobody knows is no reason to take the row for another firm's: that was looked up before.
        guard row.firms[0] == -1 else {
            let isAmbiguous = row.ways.first == .ambiguous
            let code = RowText.shown(row.codes[0])
            fates.append((row, .unused))
            findings.append((row, isAmbiguous ? .linkAmbiguous(code) : .firmUnknown(code), field))
            return
        }
        let named =
            links.ways.contains(.name) ? links.name.map { book.firm(named: row.fields[$0]) } ?? -1 : -1
        var isAmbiguous = firms.count > 1 || named == -2
        if let firm = firms.first, firms.count == 1 {
            // Who is named beside another one's certificate may own a part of it.
            isAmbiguous = named >= 0 && named != firm
            if !isAmbiguous {
                row.firms = [firm]
                row.ways = [links.ways.contains(.meter) ? .meter : .certificate]
            }
        } else if named >= 0 {
            row.firms = [named]
            row.ways = [.name]
        }
        guard row.firms[0] < 0 else {
            row.fields[field] = book.table.key(of: Int(row.firms[0])).bytes
            return
        }
        row.ways = [isAmbiguous ? .ambiguous : .blank]
        let isRequired = plan.contract.fields[field].required
        fates.append((row, isRequired ? .refused : .unused))
        findings.append(
            (row, isAmbiguous ? .linkAmbiguous("") : isRequired ? .fieldBlank : .firmMissing, field))
        if isRequired, isAmbiguous { findings.append((row, .fieldBlank, field)) }
    }

    // MARK: Rows of one key

    private mutating func settle(_ group: [HeldRow]) {
        let different = Set(group.map(\.fields)).count
        if different == 1 {
            accept(group[0], firms: [], others: group.dropFirst())
        } else if let agreement = plan.contract.agreement,
            let declared = Declarations(group, agreement, plan.contract)
        {
            accept(declared.winner, firms: [], others: declared.agreeing[...])
            for (row, message) in declared.differing {
                fates.append((row, .unused))
                findings.append((row, message, nil))
            }
        } else if isOneReading(group) {
            accept(
                group[0], firms: Set(group.map { $0.firms[0] }.filter { $0 >= 0 }).sorted(),
                others: group.dropFirst())
        } else {
            let message = Message.keyRepeated(
                plan.contract.key.map { plan.contract.fields[$0].header }, count: different)
            for row in group { refuse(row, message) }
        }
    }

    /// Whether the rows differ in nothing but the firm: one reading of a meter, delivered for each firm that it serves.
    private func isOneReading(_ group: [HeldRow]) -> Bool {
        guard !plan.contract.links.divided.isEmpty else { return false }
        let skipped = plan.firmFields + [plan.contract.links.name].compactMap(\.self)
        return Set(group.map { row in row.fields.indices.map { skipped.contains($0) ? [] : row.fields[$0] } })
            .count == 1
    }

    /// - Parameter firms: those that the rows of the reading name, when there are several rows.
    private mutating func accept(_ row: HeldRow, firms: [Int32], others: ArraySlice<HeldRow>) {
        var row = row
        var parts: [(firm: Int32, weight: Int64)] = []
        switch shared(row) {
        case .shares(let shares): parts = shares
        case .firms(let listed):
            guard let divided = byRule(row, listed, others) else { return }
            parts = divided
        case .notShared:
            if firms.count > 1 {
                guard let divided = byRule(row, firms, others) else { return }
                parts = divided
            } else if let firm = firms.first {
                row.firms = [firm]
            }
        }
        for other in others { fates.append((other, .collapsed)) }
        guard let first = parts.first else {
            fates.append((row, .accepted))
            counted.append(row)
            return
        }
        row.firms = [first.firm]
        row.ways = [.share]
        fates.append((row, .accepted))
        let divided = plan.contract.links.divided
        var values = parts.map { _ in row.values }
        for field in divided where !row.values[field].isMissing {
            let own = Division.parts(of: row.values[field], by: parts.map(\.weight))
            for part in parts.indices { values[part][field] = own[part] }
        }
        for part in parts.indices {
            var own = row
            own.firms = [parts[part].firm]
            own.values = values[part]
            counted.append(own)
        }
    }

    /// Several firms share the meter, and nothing says in which parts; `nil` when the reading is refused.
    private mutating func byRule(
        _ row: HeldRow, _ firms: [Int32], _ others: ArraySlice<HeldRow>
    ) -> [(firm: Int32, weight: Int64)]? {
        let meter = plan.contract.links.meter.map { RowText.shown(row.fields[$0]) } ?? ""
        switch book.rules.sharedMeters {
        case .refuse:
            for own in [row] + others { refuse(own, .meterShared(meter, firms: firms.count)) }
            poisoned += firms.map { (0, $0) }
            return nil
        case .first:
            findings.append((row, .meterDivided(meter, firms: firms.count, equally: false), nil))
            return [(firms[0], 1)]
        case .equal:
            findings.append((row, .meterDivided(meter, firms: firms.count, equally: true), nil))
            return firms.map { ($0, 1) }
        }
    }

    private mutating func refuse(_ row: HeldRow, _ message: Message) {
        fates.append((row, .refused))
        findings.append((row, message, nil))
        for (slot, firm) in row.firms.enumerated() where firm >= 0 { poisoned.append((slot, firm)) }
        poisonSharing(row)
    }

    /// Makes unknown what every firm has that the meter of a row serves in any month.
    /// - Returns: whether there are such firms.
    @discardableResult
    private mutating func poisonSharing(_ row: HeldRow) -> Bool {
        guard !plan.contract.links.divided.isEmpty, let field = plan.contract.links.meter else {
            return false
        }
        let meter = row.fields[field]
        if poisonedMeters.contains(meter) { return true }
        let firms = book.shares.firms(of: meter)
        guard !firms.isEmpty else { return false }
        poisonedMeters.insert(meter)
        poisoned += firms.map { (0, $0) }
        return true
    }

    private func isShared(_ row: HeldRow) -> Bool { if case .notShared = shared(row) { false } else { true } }

    private func shared(_ row: HeldRow) -> MeterShares.Known {
        guard !plan.contract.links.divided.isEmpty, !book.shares.isEmpty,
            let meter = plan.contract.links.meter,
            let period = plan.contract.period, !row.values[period].isMissing
        else { return .notShared }
        return book.shares.known(row.fields[meter], in: row.values[period])
    }
}
