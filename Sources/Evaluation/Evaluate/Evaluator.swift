extension Graph {
    /// Evaluates every node for every firm, ranks, cuts, decides and lists. The result depends on nothing but the
    /// graph and the population.
    ///
    /// - Parameter earlier: another method's evaluation of the same firms by the same feeds: values that both methods
    ///   compute alike are taken from it. The result is the same without it.
    /// - Throws: what ``EvaluationError`` says, naming firm and rule.
    package func evaluate(
        _ population: Population, after earlier: Evaluated? = nil, concurrently: Concurrently
    ) throws(EvaluationError) -> Evaluated {
        var evaluator = Evaluator(graph: self, population: population, after: earlier)
        if let merging { try evaluator.merge(merging, concurrently) }
        for node in order { try evaluator.evaluate(node, concurrently) }
        return try evaluator.finish(concurrently)
    }
}

/// The columns while they come into being, node by node.
struct Evaluator {
    let graph: Graph
    let population: Population
    var cells: [CellColumn]
    var dictionaries: [[String]]
    var lookups: [StatisticLookup?]
    var tables: [StatisticTable?]
    /// Whether the scope rules leave a firm to be graded.
    var isGraded: [Bool] = []
    /// Whether a refused row leaves open what the scope rules or the decisions would make of a firm.
    var isOpen: [Bool] = []
    var merged: MergedFirms?
    var parts = Parts(whole: 0)
    var cuts: [Cut] = []
    var decisions: [AppliedDecision] = []
    let allRows: [Int32]
    /// Rows of the graded firms of each cohort.
    var cohortRows: [[Int32]] = []
    /// One per node: its column, where another method's evaluation has it already.
    let known: [CellColumn?]

    init(graph: Graph, population: Population, after earlier: Evaluated?) {
        self.graph = graph
        self.population = population
        cells = Array(repeating: CellColumn([]), count: graph.nodes.count)
        dictionaries = Array(repeating: [], count: graph.nodes.count)
        lookups = Array(repeating: nil, count: graph.statistics.count)
        tables = Array(repeating: nil, count: graph.statistics.count)
        allRows = Array(0..<Int32(population.count))
        if let earlier, earlier.population.count == population.count, population.given.isEmpty {
            known = graph.twins(in: earlier.graph).map { $0.map { earlier.cells[$0] } }
        } else {
            known = Array(repeating: nil, count: graph.nodes.count)
        }
    }

    // MARK: Nodes

    mutating func evaluate(_ index: Int, _ concurrently: Concurrently) throws(EvaluationError) {
        let node = graph.nodes[index]
        switch node.rule {
        case .column(let column):
            cells[index] = try merged(population.columns[column], column, node)
            dictionaries[index] = population.dictionaries[column]
        case .row(let expression):
            if let column = known[index] {
                cells[index] = column
                return
            }
            var column = [Int64](repeating: Missing.notApplicable.cell, count: population.count)
            try fill(&column, node, expression, rows: allRows, concurrently)
            for given in population.given where given.node == index { column[given.firm] = given.cell }
            cells[index] = CellColumn(column)
            if let merged, population.given.contains(where: { $0.node == index }) {
                cells[index] = merged.shared(cells[index])
            }
        case .perCohort(let rules):
            if let column = known[index] {
                cells[index] = column
                return
            }
            if cohortRows.isEmpty { sortFirmsIntoCohorts() }
            var column = [Int64](repeating: Missing.notApplicable.cell, count: population.count)
            for (cohort, rule) in rules.enumerated() {
                guard let rule else { continue }
                try refuseUselessBaseline(of: node, rule, cohort, concurrently)
                try fill(&column, node, rule.expression, rows: cohortRows[cohort], concurrently)
            }
            for (cohort, rule) in rules.enumerated() {
                guard let missing = rule?.missing else { continue }
                let gaps = cohortRows[cohort].filter { firm in
                    Cell.cause(column[Int(firm)]).map { $0 != .refusedRow } ?? false
                }
                guard !gaps.isEmpty || missing.mentionsStatistic else { continue }
                // A statistic such as mean(points) looks at the points that are there.
                if missing.mentionsStatistic { cells[index] = CellColumn(column) }
                try fill(&column, node, missing, rows: gaps, concurrently)
            }
            cells[index] = CellColumn(column)
        case .classification(let conditions, let texts, let otherwise):
            cells[index] = CellColumn(
                try classify(conditions, otherwise: otherwise, first: 0, concurrently))
            dictionaries[index] = texts
        case .scope(let conditions):
            let column = try classify(conditions, otherwise: 0, first: 1, concurrently)
            isOpen = column.map(Cell.isMissing)
            cells[index] = CellColumn(column.map { Cell.isMissing($0) ? 0 : $0 })
            dictionaries[index] = graph.states.map(\.name)
            isGraded = cells[index].map { graph.states[Int($0)].accountingClass == .graded }
        case .state:
            try settleStates(index, concurrently)
        case .rank:
            rank()
        case .initialTier:
            dictionaries[index] = graph.ranking.tiers
        case .tier:
            dictionaries[index] = graph.ranking.tiers
            try decide(index, concurrently)
        }
    }

    mutating func plan(_ expression: Expression) throws(EvaluationError) -> Plan {
        for statistic in expression.mentionedStatistics where lookups[statistic] == nil {
            try compute(statistic)
        }
        return Planner(graph: graph, dictionaries: dictionaries, lookups: lookups).plan(expression)
    }

    mutating func compute(_ index: Int) throws(EvaluationError) {
        let statistic = graph.statistics[index]
        let computer = StatisticComputer(
            statistic: statistic, argumentDecimals: graph.nodes[statistic.argument].decimals,
            cohortNode: graph.landmarks.cohort, cohortCount: graph.cohorts.count,
            dictionary: statistic.by.map { dictionaries[$0] } ?? [])
        let result = try computer.compute(
            values: cells[statistic.argument], cohorts: cells[graph.landmarks.cohort],
            categories: statistic.by.map { cells[$0] } ?? CellColumn([]), isGraded: isGraded, merged: merged)
        lookups[index] = result.lookup
        tables[index] = result.table
    }

    mutating func fill(
        _ column: inout [Int64], _ node: Node, _ expression: Expression, rows: [Int32],
        _ concurrently: Concurrently
    ) throws(EvaluationError) {
        let plan = try plan(expression)
        let cells = self.cells
        let size = BlockEvaluator.blockSize
        let blocks = (rows.count + size - 1) / size
        let chunk = max(1, min(64, blocks / 8))
        let chunks = (blocks + chunk - 1) / chunk
        var overflows = [Int](repeating: -1, count: chunks)
        column.withUnsafeMutableBufferPointer { buffer in
            overflows.withUnsafeMutableBufferPointer { overflowBuffer in
                guard let base = buffer.baseAddress, let first = overflowBuffer.baseAddress else { return }
                let result = SharedPointer(base: base)
                let overflow = SharedPointer(base: first)
                concurrently(chunks) { index in
                    rows.withUnsafeBufferPointer { rows in
                        guard let start = rows.baseAddress else { return }
                        let evaluator = BlockEvaluator(cells: cells, slots: plan.slots, rows: start)
                        for block in index * chunk..<min(blocks, (index + 1) * chunk) {
                            let count = min(size, rows.count - block * size)
                            let found = evaluator.number(
                                plan, rows: start + block * size, count: count, decimals: node.decimals,
                                rounding: node.rounding, into: result.base)
                            if let found, overflow.base[index] < 0 { overflow.base[index] = found }
                        }
                    }
                }
            }
        }
        guard let firm = overflows.first(where: { $0 >= 0 }) else { return }
        throw EvaluationError(
            message:
                "firm \(population.codes[firm]): ‘\(node.name)’ (\(node.label)) has more than 15 digits; declare fewer decimals or a larger unit, or correct the firm's feeds"
        )
    }

    mutating func classify(
        _ conditions: [Expression], otherwise: Int64, first: Int64, _ concurrently: Concurrently
    ) throws(EvaluationError) -> [Int64] {
        var column = [Int64](repeating: otherwise, count: population.count)
        // From the last to the first, so that the first that holds, or that nobody can tell, has the last word.
        for (index, condition) in conditions.enumerated().reversed() {
            let outcome = try outcome(of: condition, rows: allRows, concurrently)
            for firm in outcome.holders { column[Int(firm)] = first + Int64(index) }
            for firm in outcome.refused { column[Int(firm)] = Missing.refusedRow.cell }
        }
        return column
    }

    /// What becomes of the condition for each of the rows, in the order of `rows`.
    mutating func outcome(
        of condition: Expression, rows: [Int32], _ concurrently: Concurrently
    ) throws(EvaluationError) -> ConditionOutcome {
        let plan = try plan(condition)
        let cells = self.cells
        let size = BlockEvaluator.blockSize
        let blocks = (rows.count + size - 1) / size
        let chunk = max(1, min(64, blocks / 8))
        let chunks = (blocks + chunk - 1) / chunk
        var found = [ConditionOutcome](repeating: ConditionOutcome(), count: chunks)
        found.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            let result = SharedPointer(base: base)
            concurrently(chunks) { index in
                rows.withUnsafeBufferPointer { rows in
                    guard let start = rows.baseAddress else { return }
                    let evaluator = BlockEvaluator(cells: cells, slots: plan.slots, rows: start)
                    var outcome = ConditionOutcome()
                    for block in index * chunk..<min(blocks, (index + 1) * chunk) {
                        let count = min(size, rows.count - block * size)
                        evaluator.condition(plan, rows: start + block * size, count: count, into: &outcome)
                    }
                    result.base[index] = outcome
                }
            }
        }
        return ConditionOutcome(holders: found.flatMap(\.holders), refused: found.flatMap(\.refused))
    }

    // MARK: Lists

    mutating func finish(_ concurrently: Concurrently) throws(EvaluationError) -> Evaluated {
        let tiers = cells[graph.landmarks.tier]
        let graded = allRows.filter { !Cell.isMissing(tiers[Int($0)]) }
        var entries: [ListEntry] = []
        for (list, rule) in graph.lists.enumerated() {
            var found: [(firm: Int32, ground: Int)] = []
            for (index, ground) in rule.grounds.enumerated() {
                let firms = try outcome(
                    of: ground.condition, rows: rule.overRegistry ? allRows : graded, concurrently
                ).holders
                found += firms.map { ($0, index) }
            }
            found.sort { $0.firm != $1.firm ? $0.firm < $1.firm : $0.ground < $1.ground }
            entries += found.map { ListEntry(list: list, firm: Int($0.firm), ground: $0.ground) }
        }
        for statistic in graph.statistics.indices where tables[statistic] == nil { try compute(statistic) }
        return Evaluated(
            graph: graph, population: population, cells: cells, dictionaries: dictionaries,
            statistics: tables.map { $0 ?? StatisticTable(groups: []) }, merged: merged, parts: parts,
            cuts: cuts,
            decisions: decisions, listEntries: entries, lookups: lookups)
    }
}
