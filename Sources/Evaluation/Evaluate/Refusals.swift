/// What a method must not come to with the firms that there are.
extension Evaluator {
    /// A baseline that is computed must come to something: with zero or less the best firms would get the fewest points,
    /// and a missing one would look like missing values of all firms.
    mutating func refuseUselessBaseline(
        of node: Node, _ rule: Node.CohortRule, _ cohort: Int, _ concurrently: Concurrently
    ) throws(EvaluationError) {
        guard let baseline = rule.computedBaseline,
            let scored = graph.cohorts[cohort].weightedIndicators.first(where: {
                graph.nodes[$0.points].name == node.name
            })
        else { return }
        let isUseful = Expression.compare(.greater, baseline, .constant(.zero))
        let values = cells[scored.indicator]
        let firms = cohortRows[cohort].filter { !Cell.isMissing(values[Int($0)]) }
        let useful = Set(try outcome(of: isUseful, rows: firms, concurrently).holders)
        guard let firm = firms.first(where: { !useful.contains($0) }) else { return }
        throw EvaluationError(
            message:
                "‘\(node.name)’ (\(node.label)): the baseline of cohort ‘\(graph.cohorts[cohort].name)’ is missing or not greater than zero for firm \(population.codes[Int(firm)]): \(Formula.labels(graph).text(baseline)); deliver what it is computed from, or write a number"
        )
    }

    /// Firms must not belong to two cohorts.
    mutating func refuseOverlaps(
        of conditions: [Expression], _ concurrently: Concurrently
    ) throws(EvaluationError) {
        var cohorts = [Int?](repeating: nil, count: population.count)
        for (index, condition) in conditions.enumerated() {
            for firm in try outcome(of: condition, rows: allRows, concurrently).holders.map(Int.init) {
                if let other = cohorts[firm] {
                    throw EvaluationError(
                        message:
                            "firm \(population.codes[firm]) belongs to the cohorts ‘\(graph.cohorts[other].name)’ and ‘\(graph.cohorts[index].name)’, which the method declares exclusive; make one condition narrower, or correct the firm's feeds"
                    )
                }
                cohorts[firm] = index
            }
        }
    }
}
