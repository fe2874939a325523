import Evaluation

/// What stands behind a condition for one firm: `亩均税收 2.1345 万元/亩；行业亩均税收均值 6.0000 万元/亩`.
///
/// The nodes and statistics that a condition mentions are found once; a firm then costs a look at each.
struct Evidence {
    private struct Part {
        enum Value {
            case number(node: Int, places: Int)
            case flag(node: Int)
            case day(node: Int)
            case text(node: Int, TextColumn)
            case statistic(StatisticLookup, places: Int)
        }

        /// Label and a blank.
        let before: [UInt8]
        let value: Value
        /// A blank and the unit; empty without one.
        let after: [UInt8]
    }

    private let parts: [Part]

    init(_ condition: Expression, _ evaluated: Evaluated) {
        var mentioned = Mentioned()
        mentioned.collect(condition)
        parts = mentioned.references.compactMap { reference in
            switch reference {
            case .node(let node): Evidence.part(node, evaluated)
            case .statistic(let statistic): Evidence.part(statistic: statistic, evaluated)
            }
        }
    }

    /// The texts of many entries; `evidence[e.list][e.ground]` belongs to an entry `e`.
    static func texts(_ evaluated: Evaluated, order: [Int]) -> TextColumn {
        let plans = evaluated.graph.lists.map { list in
            list.grounds.map { Evidence($0.condition, evaluated) }
        }
        var texts = TextColumn()
        texts.reserve(texts: order.count, bytes: order.count * 64)
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
            let cell =
                switch part.value {
                case .number(let node, _), .flag(let node), .day(let node), .text(let node, _):
                    evaluated.cells[node][firm]
                case .statistic(let lookup, _): lookup.value(firm: firm, evaluated)
                }
            if let cause = Cell.cause(cell) {
                bytes.append(contentsOf: cause.label.utf8)
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
        case marks.state: value = .text(node: index, TextColumn(graph.states.map(\.label)))
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
            value: .statistic(StatisticLookup(index, evaluated), places: statistic.decimals),
            after: statistic.unit.isOne ? [] : Array(" \(statistic.unit.symbol)".utf8))
    }
}

/// The nodes and statistics that an expression mentions, each once, in the order in which it mentions them.
private struct Mentioned {
    enum Reference: Hashable {
        case node(Int)
        case statistic(Int)
    }

    private(set) var references: [Reference] = []
    private var seen: Set<Reference> = []

    mutating func collect(_ expression: Expression) {
        switch expression {
        case .node(let index), .yearsSince(let index), .isOneOf(let index, _, _): note(.node(index))
        case .statistic(let index): note(.statistic(index))
        case .negate(let part), .not(let part), .isMissing(let part): collect(part)
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b),
            .fallback(let a, let b), .compare(_, let a, let b):
            collect(a)
            collect(b)
        case .minimum(let parts), .maximum(let parts), .and(let parts), .or(let parts):
            for part in parts { collect(part) }
        case .choose(let condition, let then, let otherwise):
            collect(condition)
            collect(then)
            collect(otherwise)
        case .constant, .always: break
        }
    }

    private mutating func note(_ reference: Reference) {
        if seen.insert(reference).inserted { references.append(reference) }
    }
}

/// The value of a statistic that applies to a firm.
struct StatisticLookup {
    /// [cohort + 1][text of the split + 1]; index 0 stands for all cohorts, and for no split.
    private let values: [[Int64]]
    /// Category node that splits the members.
    private let by: Int?
    /// For each text of the node's dictionary, which column of `values` it belongs to.
    private let columns: [Int]
    private let onlyCohort: Int?
    private let isPerCohort: Bool

    init(_ index: Int, _ evaluated: Evaluated) {
        let statistic = evaluated.graph.statistics[index]
        let groups = evaluated.statistics[index].groups
        by = statistic.by
        onlyCohort = statistic.onlyCohort
        isPerCohort = groups.contains { $0.cohort >= 0 }
        var column: [String: Int] = [:]
        for group in groups where column[group.by] == nil { column[group.by] = column.count + 1 }
        let empty = Array(repeating: Missing.notApplicable.cell, count: column.count + 1)
        var values = Array(repeating: empty, count: evaluated.graph.cohorts.count + 1)
        for group in groups where group.cohort + 1 < values.count && group.cohort >= -1 {
            let place = statistic.by == nil ? 0 : column[group.by] ?? 0
            values[group.cohort + 1][place] = group.value
        }
        self.values = values
        columns =
            statistic.by.map { node in
                evaluated.dictionaries[node].map { text in
                    column[statistic.prefix.map { String(text.prefix($0)) } ?? text] ?? 0
                }
            } ?? []
    }

    func value(firm: Int, _ evaluated: Evaluated) -> Int64 {
        var row = 0
        if isPerCohort {
            let cohort = onlyCohort.map(Int64.init) ?? evaluated.cells[evaluated.graph.landmarks.cohort][firm]
            guard cohort >= 0, cohort < values.count - 1 else { return Missing.notApplicable.cell }
            row = Int(cohort) + 1
        }
        guard let by else { return values[row][0] }
        let text = evaluated.cells[by][firm]
        guard text >= 0, text < columns.count else { return Missing.notApplicable.cell }
        return values[row][columns[Int(text)]]
    }
}
