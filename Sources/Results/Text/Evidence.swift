import Evaluation

/// What stands behind a condition for one firm: `亩均税收 2.1345 万元/亩；行业均值 6.0000 万元/亩（31 户）`.
///
/// The nodes and statistics that a condition mentions are found once; a firm then costs a look at each.
struct Evidence {
    private struct Part {
        enum Value {
            case number(node: Int, places: Int)
            case flag(node: Int)
            case day(node: Int)
            case text(node: Int, TextColumn)
            case statistic(StatisticGroups, places: Int)
        }

        /// Label and a blank.
        let before: [UInt8]
        let value: Value
        /// A blank and the unit; empty without one.
        let after: [UInt8]
    }

    private let parts: [Part]

    init(_ condition: Expression, _ evaluated: Evaluated) {
        var parts: [Part] = []
        var seen: Set<Expression> = []
        condition.visit { expression in
            switch expression {
            case .node(let node), .yearsSince(let node), .isOneOf(let node, _, _):
                guard seen.insert(.node(node)).inserted, let part = Evidence.part(node, evaluated) else {
                    return
                }
                parts.append(part)
            case .statistic(let statistic):
                guard seen.insert(expression).inserted,
                    let part = Evidence.part(statistic: statistic, evaluated)
                else { return }
                parts.append(part)
            default: return
            }
        }
        self.parts = parts
    }

    /// The texts of many entries; `evidence[e.list][e.ground]` belongs to an entry `e`.
    static func texts(_ evaluated: Evaluated, order: [Int]) -> TextColumn {
        let plans = evaluated.graph.lists.map { list in
            list.grounds.map { Evidence($0.condition, evaluated) }
        }
        var texts = TextColumn()
        // Room for long ones: what is not written to is not taken, and growing would hold everything twice.
        texts.reserve(texts: order.count, bytes: order.count * 192)
        var buffer: [UInt8] = []
        for index in order {
            let entry = evaluated.listEntries[index]
            buffer.removeAll(keepingCapacity: true)
            plans[entry.list][entry.ground].append(firm: entry.firm, evaluated, to: &buffer)
            texts.append(buffer)
        }
        return texts
    }

    /// Appends the text for one firm.
    func append(firm: Int, _ evaluated: Evaluated, to bytes: inout [UInt8]) {
        var isFirst = true
        for part in parts {
            if !isFirst { bytes.append(contentsOf: "；".utf8) }
            isFirst = false
            bytes.append(contentsOf: part.before)
            let cell: Int64
            var count = 0
            switch part.value {
            case .number(let node, _), .flag(let node), .day(let node), .text(let node, _):
                cell = evaluated.cells[node][firm]
            case .statistic(let lookup, _):
                let group = lookup.group(firm: firm, evaluated)
                cell = group?.value ?? Missing.notApplicable.cell
                count = group?.count ?? 0
            }
            if let cause = Cell.cause(cell) {
                bytes.append(contentsOf: "缺失（\(cause.label)）".utf8)
                continue
            }
            switch part.value {
            case .number(_, let places), .statistic(_, let places):
                bytes.append(decimal: cell, places: places)
            case .flag: bytes.append(contentsOf: (cell == 0 ? "否" : "是").utf8)
            case .day: bytes.append(contentsOf: Day(number: cell).description.utf8)
            case .text(_, let texts):
                guard cell >= 0, cell < texts.count else { break }
                bytes.append(contentsOf: texts.bytes[texts.offsets[Int(cell)]..<texts.offsets[Int(cell) + 1]])
            }
            bytes.append(contentsOf: part.after)
            if case .statistic = part.value { bytes.append(contentsOf: "（\(count) 户）".utf8) }
        }
    }

    private static func part(_ index: Int, _ evaluated: Evaluated) -> Part? {
        let graph = evaluated.graph
        let marks = graph.landmarks
        guard graph.nodes.indices.contains(index) else { return nil }
        let node = graph.nodes[index]
        var after: [UInt8] = []
        let value: Part.Value
        switch index {
        case marks.scope, marks.state: value = .text(node: index, TextColumn(graph.states.map(\.label)))
        case marks.cohort: value = .text(node: index, TextColumn(graph.cohorts.map(\.label)))
        case marks.tier, marks.initialTier: value = .text(node: index, TextColumn(graph.ranking.tiers))
        default:
            switch node.type {
            case .number(let unit):
                value = .number(node: index, places: node.decimals)
                if !unit.isOne { after = Array(" \(unit.symbol)".utf8) }
            case .flag: value = .flag(node: index)
            case .day: value = .day(node: index)
            case .category: value = .text(node: index, TextColumn(evaluated.dictionaries[index]))
            }
        }
        return Part(before: Array("\(node.label) ".utf8), value: value, after: after)
    }

    private static func part(statistic index: Int, _ evaluated: Evaluated) -> Part? {
        guard evaluated.graph.statistics.indices.contains(index) else { return nil }
        let statistic = evaluated.graph.statistics[index]
        return Part(
            before: Array("\(statistic.label) ".utf8),
            value: .statistic(StatisticGroups(index, evaluated), places: statistic.decimals),
            after: statistic.unit.isOne ? [] : Array(" \(statistic.unit.symbol)".utf8))
    }
}

/// The group of a statistic that applies to a firm.
struct StatisticGroups {
    /// [cohort + 1][text of the split + 1]; index 0 stands for all cohorts, and for no split.
    private let groups: [[StatisticTable.Group?]]
    /// Category node that splits the members.
    private let by: Int?
    /// For each text of the node's dictionary, which column of `groups` it belongs to.
    private let columns: [Int]
    private let isPerCohort: Bool

    init(_ index: Int, _ evaluated: Evaluated) {
        let statistic = evaluated.graph.statistics[index]
        let table = evaluated.statistics[index].groups
        by = statistic.by
        isPerCohort = table.contains { $0.cohort >= 0 }
        var column: [String: Int] = [:]
        for group in table where column[group.by] == nil { column[group.by] = column.count + 1 }
        let empty: [StatisticTable.Group?] = Array(repeating: nil, count: column.count + 1)
        var groups = Array(repeating: empty, count: evaluated.graph.cohorts.count + 1)
        for group in table where group.cohort + 1 < groups.count && group.cohort >= -1 {
            groups[group.cohort + 1][statistic.by == nil ? 0 : column[group.by] ?? 0] = group
        }
        self.groups = groups
        columns =
            statistic.by.map { node in
                evaluated.dictionaries[node].map { text in
                    column[statistic.prefix.map { String(text.prefix($0)) } ?? text] ?? 0
                }
            } ?? []
    }

    /// `nil` when the firm belongs to no group.
    func group(firm: Int, _ evaluated: Evaluated) -> StatisticTable.Group? {
        var row = 0
        if isPerCohort {
            let cohort = evaluated.cells[evaluated.graph.landmarks.cohort][firm]
            guard cohort >= 0, cohort < groups.count - 1 else { return nil }
            row = Int(cohort) + 1
        }
        guard let by else { return groups[row][0] }
        let text = evaluated.cells[by][firm]
        guard text >= 0, text < columns.count else { return nil }
        return groups[row][columns[Int(text)]]
    }
}
