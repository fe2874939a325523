/// The rows of feeds that a case states.
struct CaseRows {
    private let graph: Graph
    private let firms: [String]
    private let defaults: CaseRowDefaults
    private(set) var rows: [MethodCase.Row] = []
    private(set) var refusals: [MethodCase.Refusal] = []

    init(graph: Graph, caseName: String, firms: [String]) {
        self.graph = graph
        self.firms = firms
        defaults = CaseRowDefaults(dataYear: graph.dataYear, caseName: caseName, firms: firms)
    }

    /// Every key of the firm that names a feed, and its row of the registry.
    mutating func read(_ section: inout Section, firm: Int, _ problems: inout [MethodProblem]) {
        for (feed, contract) in graph.contracts.enumerated() {
            for relation in contract.relations {
                let word = relation.label.isEmpty ? contract.title : relation.label
                let isRegistry = contract.name == FeedContract.registryName
                guard let (key, node) = section.node(either: relation.name, or: word, &problems) else {
                    if isRegistry { rows.append(row(feed, relation, firm, [:], position: 0)) }
                    continue
                }
                let reading = Feed(
                    index: feed, contract: contract, relation: relation, key: key, isRegistry: isRegistry)
                read(node, of: reading, firm: firm, &problems)
            }
        }
    }

    private struct Feed {
        let index: Int
        let contract: FeedContract
        let relation: FeedContract.Relation
        let key: MethodDocument.Text
        let isRegistry: Bool
    }

    private mutating func read(
        _ node: SourceNode, of feed: Feed, firm: Int, _ problems: inout [MethodProblem]
    ) {
        var items = [node]
        if case .sequence(let list) = node.content, !feed.isRegistry { items = list }
        var stated: [(item: SourceNode, values: [Int: MethodCase.Value])] = []
        for item in items {
            if case .scalar("refused") = item.content, !feed.isRegistry {
                refusals.append(
                    MethodCase.Refusal(feed: feed.index, field: feed.relation.field, firm: firm))
            } else if let values = values(item, of: feed, &problems) {
                stated.append((item, values))
            }
        }
        let before = rows.count
        var months = CaseMonths(feed.contract, dataYear: graph.dataYear, stated.map(\.values))
        for (position, (item, values)) in stated.enumerated() {
            guard let values = months.dated(values) else {
                problems.append(
                    MethodProblem(
                        at: item.place,
                        "all twelve months of \(graph.dataYear) are taken by other rows of ‘\(feed.key.text)’; state the row's month, or put it into another row"
                    ))
                continue
            }
            let row = row(feed.index, feed.relation, firm, values, position: position)
            // Days that a row leaves out are all the same one; that two rows then have one key is not meant.
            let openDays = feed.contract.key.filter {
                feed.contract.fields[$0].kind == .date && values[$0] == nil
            }
            if !openDays.isEmpty,
                let first = rows[before...].firstIndex(where: { $0.clashes(with: row, feed.contract) })
            {
                let fields = feed.contract.fields
                let key = feed.contract.key.filter { $0 != feed.relation.field }.map { fields[$0].header }
                problems.append(
                    MethodProblem(
                        at: item.place,
                        "rows \(first - before + 1) and \(position + 1) of ‘\(feed.key.text)’ have one key (\(key.joined(separator: ", "))) and differ, so that both would be refused; give ‘\(openDays.map { fields[$0].header }.joined(separator: "’, ‘"))’"
                    ))
                continue
            }
            rows.append(row)
        }
    }

    // MARK: What a row says

    /// The fields that a row states; `nil` when something is wrong with it.
    private func values(
        _ node: SourceNode, of feed: Feed, _ problems: inout [MethodProblem]
    ) -> [Int: MethodCase.Value]? {
        let contract = feed.contract
        if case .scalar(let word) = node.content {
            let text = MethodDocument.Text(word, of: node)
            guard let category = contract.category else {
                let example = contract.fields.first { if case .decimal = $0.kind { true } else { false } }
                let isMeasure = graph.node(called: feed.key.text).map { graph.nodes[$0].section } == .measure
                problems.append(
                    text.problem(
                        "rows of ‘\(feed.key.text)’ are written with their fields, such as {\(example?.name ?? "scale"): …}"
                            + (isMeasure
                                ? "; to give the value itself, write ‘\(feed.key.text)’ under ‘given’" : "")))
                return nil
            }
            return value(of: category, text, of: feed, &problems).map { [category: $0] }
        }
        let before = problems.count
        let section = Section(node, path: feed.key.text, key: feed.key, &problems)
        guard !section.isBroken else { return nil }
        var values: [Int: MethodCase.Value] = [:]
        for (name, value) in section.named() {
            guard !value.isCutOff(name, &problems), let field = field(name, of: feed, &problems),
                let text = value.text("\(feed.key.text).\(name.text)", &problems)
            else { continue }
            if values[field] != nil {
                problems.append(name.problem("‘\(name.text)’ is said already; delete one"))
            }
            values[field] = self.value(of: field, text, of: feed, &problems)
        }
        // Without it, the row would silently count for nothing.
        let needed = [contract.category, contract.addsUp == .flow ? nil : contract.period]
        for field in needed.compactMap(\.self) where values[field] == nil && problems.count == before {
            let own = contract.fields[field]
            section.lacks(
                "the row lacks ‘\(own.name)’ (\(own.header))\(own.allowed.isEmpty ? "" : ": one of \(own.allowed.joined(separator: ", "))")",
                &problems)
        }
        return problems.count == before ? values : nil
    }

    private func field(
        _ name: MethodDocument.Text, of feed: Feed, _ problems: inout [MethodProblem]
    ) -> Int? {
        let fields = feed.contract.fields
        let field = fields.firstIndex { $0.name == name.text || $0.header == name.text }
        guard let field, field != feed.relation.field else {
            let known = fields.indices.filter { $0 != feed.relation.field }.map { fields[$0] }
            problems.append(
                name.problem(
                    field != nil
                        ? "the firm itself is known; delete ‘\(name.text)’"
                        : "‘\(feed.contract.title)’ has no field ‘\(name.text)’"
                            + Spelling.remedy(
                                for: name.text, among: known.flatMap { [$0.name, $0.header] },
                                otherwise: "it has \(known.map(\.name).joined(separator: ", "))")))
            return nil
        }
        return field
    }

    private func value(
        of field: Int, _ text: MethodDocument.Text, of feed: Feed, _ problems: inout [MethodProblem]
    ) -> MethodCase.Value? {
        let own = feed.contract.fields[field]
        guard !text.text.isEmpty else {
            guard own.required else { return .blank }
            problems.append(
                text.problem(
                    "‘\(own.header)’ is required; a row without it is refused"
                        + (feed.isRegistry ? ", and the firm with it" : ": write ‘refused’")))
            return nil
        }
        switch own.kind {
        case .decimal(let decimals):
            guard
                let cell = text.cell(of: own.name, in: own.unit ?? .one, decimals: decimals, &problems)
            else { return nil }
            guard own.range.contains(cell) else {
                let lowest = DecimalText.trimmed(own.range.lowerBound, decimals: decimals)
                let highest = DecimalText.trimmed(own.range.upperBound, decimals: decimals)
                problems.append(
                    text.problem(
                        "the contract allows ‘\(own.header)’ from \(lowest) to \(highest) \(own.unit?.symbol ?? "")"
                    ))
                return nil
            }
            return .number(cell)
        case .month:
            if let day = Day(text.text + "-01") {
                return .number(Int64(day.civil.year * 12 + day.civil.month - 1))
            }
            problems.append(text.problem("‘\(text.text)’ is no month; write it like 2021-03"))
        case .year:
            if text.text.utf8.count == 4, let day = Day(text.text + "-01-01") {
                return .number(Int64(day.civil.year))
            }
            problems.append(text.problem("‘\(text.text)’ is no year; write it like 2021"))
        case .date:
            if let day = Day(text.text) { return .number(day.number) }
            problems.append(text.problem("‘\(text.text)’ is no day; write it like 2021-03-31"))
        case .category, .text:
            guard own.allowed.isEmpty || own.allowed.contains(text.text) else {
                problems.append(
                    text.problem(
                        "‘\(own.header)’ is never ‘\(text.text)’"
                            + Spelling.remedy(
                                for: text.text, among: own.allowed,
                                otherwise: "it is one of \(own.allowed.joined(separator: ", "))")))
                return nil
            }
            return .text(text.text)
        case .creditCode:
            if let firm = firms.firstIndex(of: text.text) { return .firm(firm) }
            problems.append(
                text.problem(
                    "the case has no firm ‘\(text.text)’"
                        + Spelling.remedy(
                            for: text.text, among: firms,
                            otherwise: "it has \(firms.joined(separator: ", "))")))
        }
        return nil
    }

    // MARK: What a row leaves out

    private func row(
        _ feed: Int, _ relation: FeedContract.Relation, _ firm: Int, _ values: [Int: MethodCase.Value],
        position: Int
    ) -> MethodCase.Row {
        let contract = graph.contracts[feed]
        let all = contract.fields.indices.map { field in
            field == relation.field
                ? .firm(firm)
                : values[field] ?? defaults.value(of: field, contract, firm: firm, position: position)
        }
        return MethodCase.Row(feed: feed, values: all)
    }
}

extension MethodCase.Row {
    /// Whether both have one key and say different things, for which a delivery's rows are refused.
    fileprivate func clashes(with other: MethodCase.Row, _ contract: FeedContract) -> Bool {
        values != other.values && contract.key.allSatisfy { values[$0] == other.values[$0] }
    }
}

extension Section {
    /// The value under one of two names for the same thing, and the key as it stands.
    fileprivate mutating func node(
        either name: String, or word: String, _ problems: inout [MethodProblem]
    ) -> (key: MethodDocument.Text, value: SourceNode)? {
        let first = node(name)
        let second = node(word)
        if first != nil, second != nil, let key = key(word) {
            problems.append(key.problem("‘\(name)’ and ‘\(word)’ are the same feed; keep one"))
        }
        guard let value = first ?? second, let key = key(name) ?? key(word) else { return nil }
        return (key, value)
    }
}
