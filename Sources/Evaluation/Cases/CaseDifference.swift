/// Something that a firm's results are not, although a case says so.
package struct CaseDifference: Sendable, Equatable {
    /// The firm, as the case names it.
    package let firm: String
    /// ASCII name of the value, the decisions or the list.
    package let name: String
    /// What people call it.
    package let label: String
    package let expected: String
    package let found: String
    /// Where the cases file says what it expects.
    package let place: SourcePlace
    /// How the found value came about: the formula, the formula with numbers put in, what else to know.
    package let reasons: [String]
}

extension MethodCase {
    /// Everything that the evaluation of the case's firms gives otherwise than the case expects, in the order of the
    /// file.
    package func differences(_ evaluated: Evaluated) -> [CaseDifference] {
        firms.enumerated().flatMap { index, firm -> [CaseDifference] in
            let comparison = CaseComparison(evaluated, firm: index, name: firm.name)
            return firm.expectations.compactMap(comparison.difference)
        }
    }
}

/// One firm's results beside what is expected of them.
private struct CaseComparison {
    private let evaluated: Evaluated
    private let graph: Graph
    private let firm: Int
    private let name: String

    init(_ evaluated: Evaluated, firm: Int, name: String) {
        self.evaluated = evaluated
        graph = evaluated.graph
        self.firm = firm
        self.name = name
    }

    func difference(_ expectation: Expectation) -> CaseDifference? {
        switch expectation.wanted {
        case .value(let node, let wanted): value(node, wanted, expectation.place)
        case .decisions(let wanted): decisions(wanted, expectation.place)
        case .grounds(let list, let wanted): grounds(list, wanted, expectation.place)
        case .listed(let list): grounds(list, nil, expectation.place)
        }
    }

    // MARK: Values

    private func value(
        _ node: Int, _ wanted: Expectation.NodeValue, _ place: SourcePlace
    ) -> CaseDifference? {
        let cell = evaluated.cells[node][firm]
        let isAsWanted =
            switch wanted {
            case .missing: Cell.isMissing(cell) && Cell.cause(cell) != .refusedRow
            case .refused: Cell.cause(cell) == .refusedRow
            case .cell(let number): cell == number
            case .text(let text): !Cell.isMissing(cell) && evaluated.dictionaries[node][Int(cell)] == text
            }
        guard !isAsWanted else { return nil }
        let own = graph.nodes[node]
        return CaseDifference(
            firm: name, name: own.name, label: own.label, expected: text(wanted, node),
            found: explainer.shown(node), place: place,
            reasons: explainer.reasons(of: node, standing: standing) + reasons(againstState: wanted, of: node)
        )
    }

    /// The condition of a state in which the firm is not, although the case says so.
    private func reasons(againstState wanted: Expectation.NodeValue, of node: Int) -> [String] {
        guard [graph.landmarks.state, graph.landmarks.scope].contains(node), case .text(let name) = wanted,
            let index = graph.states.firstIndex(where: { $0.name == name }), index > 0,
            case .scope(let conditions) = graph.nodes[graph.landmarks.scope].rule,
            conditions.indices.contains(index - 1)
        else { return [] }
        return [graph.states[index].label] + explainer.conditionNotes(conditions[index - 1])
    }

    private func text(_ wanted: Expectation.NodeValue, _ node: Int) -> String {
        switch wanted {
        case .missing: return "缺失"
        case .refused: return "缺失（\(Missing.refusedRow.label)）"
        case .text(let text): return graph.shown(text, of: node)
        case .cell(let cell):
            switch graph.nodes[node].type {
            case .number(let unit):
                return DecimalText.format(cell, decimals: graph.nodes[node].decimals)
                    + (unit.isOne ? "" : " \(unit.symbol)")
            case .day: return Day(number: cell).description
            case .flag, .category: return cell == 0 ? "否" : "是"
            }
        }
    }

    private var explainer: Explainer {
        Explainer(graph: graph, firm: FirmValues(evaluated, firm: firm))
    }

    /// How the firm came to its tier.
    private var standing: [String] {
        let marks = graph.landmarks
        let parts = [marks.state, marks.cohort, marks.total, marks.rank, marks.initialTier].map { node in
            "\(graph.nodes[node].label) \(explainer.shown(node))"
        }
        let cohort = evaluated.cells[marks.cohort][firm]
        let ranked = evaluated.cells[marks.rank].indices.count {
            !Cell.isMissing(evaluated.cells[marks.rank][$0]) && evaluated.cells[marks.cohort][$0] == cohort
        }
        let decided = own.map {
            "\($0.label)：\($0.effect.words(graph.ranking.tiers))\($0.isOverruled ? "（被否决）" : "")"
        }
        return [parts.joined(separator: "，") + "，本组 \(ranked) 户有排名"] + decided
    }

    // MARK: Decisions

    private var own: [AppliedDecision] { evaluated.decisions.filter { $0.firm == firm } }

    private func decisions(_ wanted: [Expectation.Decision], _ place: SourcePlace) -> CaseDifference? {
        let isAsWanted =
            Set(own.map(\.name)) == Set(wanted.map(\.name))
            && wanted.allSatisfy { wanted in
                // Several of one name are several manual decisions.
                own.filter { $0.name == wanted.name }.allSatisfy { decision in
                    wanted.isOverruled.map { $0 == decision.isOverruled } ?? true
                        && wanted.reason.map { $0 == decision.reason } ?? true
                        && wanted.document.map { $0 == decision.document } ?? true
                }
            }
        guard !isAsWanted else { return nil }
        let differing = Set(own.map(\.name)).symmetricDifference(wanted.map(\.name))
        return CaseDifference(
            firm: name, name: "decisions", label: "认定",
            expected: CaseComparison.list(
                wanted.map {
                    described($0.name, isOverruled: $0.isOverruled ?? false, [$0.reason, $0.document])
                }),
            found: CaseComparison.list(
                own.map { decision in
                    // Reason and document are long, and shown where the case speaks of them.
                    let said = wanted.first { $0.name == decision.name }
                    return described(
                        decision.name, isOverruled: decision.isOverruled,
                        [
                            said?.reason.map { _ in decision.reason },
                            said?.document.map { _ in decision.document },
                        ]
                    )
                }),
            place: place,
            reasons: graph.decisions.filter { differing.contains($0.name) }
                .flatMap { [$0.label] + explainer.conditionNotes($0.condition) })
    }

    private func described(_ name: String, isOverruled: Bool, _ more: [String?]) -> String {
        let details = (isOverruled ? ["overruled"] : []) + more.compactMap(\.self)
        return name + (details.isEmpty ? "" : "（\(details.joined(separator: "，"))）")
    }

    // MARK: Lists

    /// - Parameter wanted: the grounds; `nil` for any.
    private func grounds(_ list: Int, _ wanted: [Int]?, _ place: SourcePlace) -> CaseDifference? {
        let found = evaluated.listEntries.filter { $0.list == list && $0.firm == firm }.map(\.ground)
        guard wanted.map({ $0 != found }) ?? found.isEmpty else { return nil }
        let rule = graph.lists[list]
        let differing = wanted.map { Set($0).symmetricDifference(found) } ?? Set(rule.grounds.indices)
        func text(_ grounds: [Int]) -> String {
            grounds.isEmpty ? "not listed" : CaseComparison.list(grounds.map { rule.grounds[$0].name })
        }
        return CaseDifference(
            firm: name, name: rule.name, label: rule.label, expected: wanted.map(text) ?? "listed",
            found: text(found), place: place,
            reasons: reasons(againstListing: rule)
                + differing.sorted().flatMap { ground in
                    [rule.grounds[ground].label] + explainer.conditionNotes(rule.grounds[ground].condition)
                })
    }

    /// A firm outside the tiers is on no list but those over the registry, whatever their conditions say.
    private func reasons(againstListing rule: ListRule) -> [String] {
        guard !rule.overRegistry, Cell.isMissing(evaluated.cells[graph.landmarks.tier][firm]) else {
            return []
        }
        let state = graph.landmarks.state
        return [
            "\(rule.label)只列参评企业，本企业\(graph.nodes[state].label)为 \(explainer.shown(state))；全部名录企业须写 over: registry"
        ]
    }

    private static func list(_ items: [String]) -> String {
        items.isEmpty ? "none" : items.joined(separator: ", ")
    }
}

extension Explainer {
    /// A node's value with its unit; names of states and cohorts with what people call them.
    fileprivate func shown(_ node: Int) -> String {
        firm.texts[node].map { graph.shown($0, of: node) } ?? value(of: node)
    }

    /// The formula of a value, the formula with numbers put in, and what else to know.
    fileprivate func reasons(of node: Int, standing: [String]) -> [String] {
        let marks = graph.landmarks
        var shown: Set<Int> = []
        let step: Explanation.Step?
        switch node {
        case marks.rank, marks.initialTier, marks.tier: return standing
        case marks.state, marks.scope: step = stateStep(&shown)
        case marks.cohort: step = cohortStep(&shown)
        default: step = self.step(node, &shown)
        }
        guard let step else { return [] }
        var lines = [step.formula, step.substitution].filter { !$0.isEmpty }.map { "= \($0)" }
        if lines.count == 2, lines[0] == lines[1] { lines.removeLast() }
        return lines + step.notes
    }
}

extension Graph {
    /// `grace（新设企业过渡期）` where people call it otherwise.
    fileprivate func shown(_ text: String, of node: Int) -> String {
        let label = terms(of: node).first { $0.name == text }?.label ?? text
        return label == text ? text : "\(text)（\(label)）"
    }

}
