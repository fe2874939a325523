import Evaluation

/// What is to be done with the rows of one feed; the same for all its files and workers.
struct FeedPlan: Sendable {
    /// One `FeedColumn` that was asked for.
    struct Column: Sendable {
        /// Its index in the list that was asked for, which is its index in the population.
        let output: Int
        let aggregate: FeedColumn.Aggregate
        let selection: Int
    }

    /// The rows that columns with one relation and one filter have in common.
    struct Selection: Sendable {
        /// Index into `firmFields`.
        let slot: Int
        let filter: CompiledFilter?
        let source: RowFilter?
    }

    /// How a repeated key is noticed.
    enum KeyRule: Sendable {
        /// The key is the firm, or firm and period: a bit per firm and month is enough.
        case firm(slot: Int)
        /// Hash of these fields; the period of a flow is kept apart as a bit.
        case fields([Int])
    }

    let feed: Int
    let contract: FeedContract
    let dataYear: Int
    let asOf: Int64
    let columns: [Column]
    let selections: [Selection]
    /// Fields through which rows belong to firms, each once. Empty for the registry.
    let firmFields: [Int]
    /// Whether the period distinguishes months (`true`) or years.
    let periodIsMonth: Bool
    /// One per field: the texts of a field whose values somebody asks for.
    let dictionaries: [TextDictionary?]
    let key: KeyRule
    let isRegistry: Bool
    /// Whether every row is kept until the end: rows of decisions, objections and links are few, and each matters by itself.
    let holdsAll: Bool
    /// Those of this feed.
    let waivers: [Waiver]

    init(
        feed: Int, contract: FeedContract, columns asked: [FeedColumn], dataYear: Int, asOf: Day,
        waivers: [Waiver] = []
    ) {
        self.waivers = waivers.filter { $0.feed == contract.name }
        self.feed = feed
        self.contract = contract
        self.dataYear = dataYear
        self.asOf = asOf.number
        isRegistry = contract.name == FeedContract.registryName
        holdsAll =
            [FeedContract.decisionName, FeedContract.objectionName].contains(contract.name)
            || FeedContract.linkingNames.contains(contract.name)
        periodIsMonth = contract.period.map { contract.fields[$0].kind == .month } ?? false

        var firmFields: [Int] = []
        if !isRegistry {
            for relation in contract.relations where !firmFields.contains(relation.field) {
                firmFields.append(relation.field)
            }
        }
        self.firmFields = firmFields

        var dictionaries = [TextDictionary?](repeating: nil, count: contract.fields.count)
        func needText(_ field: Int) {
            guard contract.fields.indices.contains(field), dictionaries[field] == nil else { return }
            switch contract.fields[field].kind {
            case .category, .text, .creditCode: dictionaries[field] = TextDictionary()
            case .decimal, .month, .year, .date: break
            }
        }
        // Categories with allowed values are looked up anyway, to be checked.
        for (field, description) in contract.fields.enumerated() where !description.allowed.isEmpty {
            needText(field)
        }
        if isRegistry {
            for name in ["town", "industry"] {
                if let field = contract.fields.firstIndex(where: { $0.name == name }) { needText(field) }
            }
        }
        var columns: [Column] = []
        var selections: [Selection] = []
        for (output, column) in asked.enumerated() where column.feed == feed {
            guard contract.relations.indices.contains(column.relation) else { continue }
            if case .latest(let field) = column.aggregate { needText(field) }
            column.filter?.forEachTextField(needText)
            let slot = firmFields.firstIndex(of: contract.relations[column.relation].field) ?? 0
            let known = selections.firstIndex { $0.slot == slot && $0.source == column.filter }
            if known == nil {
                let filter = column.filter.map { CompiledFilter($0, dictionaries: dictionaries) }
                selections.append(Selection(slot: slot, filter: filter, source: column.filter))
            }
            columns.append(
                Column(output: output, aggregate: column.aggregate, selection: known ?? selections.count - 1))
        }
        self.columns = columns
        self.selections = selections
        self.dictionaries = dictionaries

        let withoutPeriod = contract.key.filter { !(contract.addsUp == .flow && $0 == contract.period) }
        if withoutPeriod.count == 1, let slot = firmFields.firstIndex(of: withoutPeriod[0]) {
            key = .firm(slot: slot)
        } else {
            key = .fields(withoutPeriod)
        }
    }

    /// What a text is looked through for: one that is a key, is stored or is compared; `nil` for those nobody reads.
    func scan(_ field: Int) -> TextScan? {
        let description = contract.fields[field]
        let isRead =
            contract.key.contains(field) || dictionaries[field] != nil || holdsAll
            || (isRegistry && description.name == "name")
        return isRead ? TextScan(description, contract.leniencies) : nil
    }

    /// Whether a row is in force on the as-of day; `value` gives its cell of a field.
    func isInForce(_ value: (Int) -> Int64) -> Bool {
        if let from = contract.validFrom.map(value), !from.isMissing, from > asOf { return false }
        if let to = contract.validTo.map(value), !to.isMissing, to < asOf { return false }
        return true
    }
}

/// A row filter whose texts are numbers of the field's dictionary.
indirect enum CompiledFilter: Sendable {
    case isOneOf(field: Int, Set<Int64>)
    case compare(field: Int, RowFilter.Comparison, Int64)
    case all([CompiledFilter])
    case any([CompiledFilter])
    case not(CompiledFilter)

    init(_ filter: RowFilter, dictionaries: [TextDictionary?]) {
        switch filter {
        case .isOneOf(let field, let texts):
            let dictionary = dictionaries.indices.contains(field) ? dictionaries[field] : nil
            self = .isOneOf(field: field, Set(texts.compactMap { dictionary?.id(of: Array($0.utf8)) }))
        case .compare(let field, let comparison, let value): self = .compare(field: field, comparison, value)
        case .all(let parts): self = .all(parts.map { CompiledFilter($0, dictionaries: dictionaries) })
        case .any(let parts): self = .any(parts.map { CompiledFilter($0, dictionaries: dictionaries) })
        case .not(let part): self = .not(CompiledFilter(part, dictionaries: dictionaries))
        }
    }

    /// Which of the rows satisfy the filter; a missing field satisfies no comparison.
    func mask(_ values: DecodedRows, count: Int) -> [Bool] {
        switch self {
        case .isOneOf(let field, let ids):
            let column = values.column(field)
            return (0..<count).map { ids.contains(column[$0]) }
        case .compare(let field, let comparison, let bound):
            let column = values.column(field)
            return (0..<count).map { row in
                let value = column[row]
                guard !value.isMissing else { return false }
                switch comparison {
                case .less: return value < bound
                case .lessOrEqual: return value <= bound
                case .equal: return value == bound
                case .notEqual: return value != bound
                case .greaterOrEqual: return value >= bound
                case .greater: return value > bound
                }
            }
        case .all(let parts):
            var mask = [Bool](repeating: true, count: count)
            for part in parts {
                let other = part.mask(values, count: count)
                for row in 0..<count where !other[row] { mask[row] = false }
            }
            return mask
        case .any(let parts):
            var mask = [Bool](repeating: false, count: count)
            for part in parts {
                let other = part.mask(values, count: count)
                for row in 0..<count where other[row] { mask[row] = true }
            }
            return mask
        case .not(let part):
            return part.mask(values, count: count).map { !$0 }
        }
    }
}

extension RowFilter {
    fileprivate func forEachTextField(_ body: (Int) -> Void) {
        switch self {
        case .isOneOf(let field, _): body(field)
        case .compare: break
        case .all(let parts), .any(let parts): for part in parts { part.forEachTextField(body) }
        case .not(let part): part.forEachTextField(body)
        }
    }
}
