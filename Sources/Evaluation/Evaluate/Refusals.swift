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
        let found = try outcome(of: isUseful, rows: firms, concurrently)
        // A refused row makes the firm's points unknown, not the baseline.
        let fine = Set(found.holders + found.refused)
        let without = firms.filter { !fine.contains($0) }
        guard let firm = without.first else { return }
        throw EvaluationError(
            message:
                "‘\(node.name)’ (\(node.label)): the baseline of cohort ‘\(graph.cohorts[cohort].name)’ is missing or not greater than zero for \(without.count) of the \(firms.count) firms that have a value, such as \(population.codes[Int(firm)]): \(Formula.labels(graph).text(baseline)); deliver what it is computed from, or write a number"
        )
    }

    /// Firms to be graded must not belong to two cohorts.
    /// - Returns: those that belong to one, but to which other a refused row leaves open.
    mutating func firmsOfDoubtfulCohort(_ concurrently: Concurrently) throws(EvaluationError) -> [Int32] {
        guard case .classification(let conditions, _, _) = graph.nodes[graph.landmarks.cohort].rule else {
            return []
        }
        let graded = allRows.filter { isGraded[Int($0)] }
        var cohorts = [Int?](repeating: nil, count: population.count)
        var doubtful: [Int32] = []
        for (index, condition) in conditions.enumerated() {
            let found = try outcome(of: condition, rows: graded, concurrently)
            doubtful += found.refused
            for firm in found.holders.map(Int.init) {
                if let other = cohorts[firm] {
                    throw EvaluationError(
                        message:
                            "firm \(population.codes[firm]) belongs to the cohorts ‘\(graph.cohorts[other].name)’ and ‘\(graph.cohorts[index].name)’, which the method declares exclusive; make one condition narrower, or correct the firm's feeds"
                    )
                }
                cohorts[firm] = index
            }
        }
        return doubtful
    }
}
