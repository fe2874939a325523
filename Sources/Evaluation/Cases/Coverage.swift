/// What the cases of a method put to the test, and what none of them does.
///
/// A rule is put to the test by firms of which a case expects something that rests on it: others prove nothing.
package struct Coverage: Sendable {
    /// A rule of the method that a case can put to the test.
    package struct Part: Sendable, Equatable {
        package enum Kind: String, Sendable, CaseIterable {
            case measure, indicator, points
            /// What a missing value becomes.
            case missing
            case adjustment
            /// A condition inside another rule.
            case condition
            case group, scope, cohort, tier, decision, list

            /// As outputs show it.
            package var label: String {
                switch self {
                case .measure: "口径量"
                case .indicator: "指标"
                case .points: "得分"
                case .missing: "缺失值规则"
                case .adjustment: "加分扣分"
                case .condition: "条件"
                case .group: "分组"
                case .scope: "评价范围"
                case .cohort: "评价组"
                case .tier: "档次"
                case .decision: "认定"
                case .list: "清单"
                }
            }
        }

        package let kind: Kind
        /// ASCII: `points_tax_per_mu`, `elimination_candidate.tier_d`; where cohorts differ, with the cohort.
        package let name: String
        package let label: String
        /// What no case has shown yet, for people; `nil` when everything was.
        package let lacks: String?
    }

    /// In the order of the method, kind by kind.
    package let parts: [Part]

    /// - Parameter evaluations: the cases, each with the evaluation of its firms.
    package init(_ graph: Graph, _ evaluations: [(case: MethodCase, evaluated: Evaluated)]) {
        let witnesses = evaluations.map { Witnesses($0.case, $0.evaluated) }
        parts = graph.questions.map { question in
            var seen = Question.Answer()
            for witness in witnesses { seen.formUnion(witness.answer(question)) }
            return Part(
                kind: question.kind, name: question.name, label: question.label,
                lacks: question.lacks(seen))
        }
    }
}

/// What is asked of the firms of all cases about one rule.
struct Question {
    enum Firms {
        case all
        /// Those that have a rank.
        case ranked
        /// Graded firms of some cohorts.
        case cohorts(Set<Int>)
    }

    enum Test {
        /// For whom a condition holds and for whom not, among firms whose value of `node` was not given.
        case condition(Expression, Firms, node: Int?)
        /// Who has a value that was not given.
        case value(node: Int)
        /// Who has the text of a category that has this number.
        case text(node: Int, Int64)
        /// For whom a decision is in force; and, where it has a condition, for whom not.
        case decision(String, Expression?)
    }

    /// What was seen of a rule.
    struct Answer: OptionSet {
        let rawValue: Int
        static let holds = Answer(rawValue: 1)
        static let fails = Answer(rawValue: 2)
        /// Some expected value rests on the rule.
        static let rested = Answer(rawValue: 4)
    }

    /// What an expected value must rest on to put the rule to the test.
    enum Subject {
        case node(Int)
        case list(Int)
        case decisions
    }

    let kind: Coverage.Part.Kind
    let name: String
    let label: String
    let subject: Subject
    let test: Test
    /// What must be seen, and what to say where it was not.
    let needs: [(answer: Answer, otherwise: String)]

    func lacks(_ seen: Answer) -> String? {
        guard seen.contains(.rested) else { return "no expected value rests on it" }
        let lacking = needs.filter { !seen.contains($0.answer) }.map(\.otherwise)
        return lacking.isEmpty ? nil : lacking.joined(separator: "; ")
    }
}

/// The firms of one case that can answer.
private struct Witnesses {
    private let evaluated: Evaluated
    /// One per firm.
    private let reaches: [Reach]

    init(_ methodCase: MethodCase, _ evaluated: Evaluated) {
        self.evaluated = evaluated
        reaches = methodCase.firms.enumerated().map { Reach($1.expectations, evaluated, firm: $0) }
    }

    func answer(_ question: Question) -> Question.Answer {
        let rows = rows(of: question.subject)
        return rows.isEmpty ? [] : answer(question.test, rows).union(.rested)
    }

    /// Firms with an expected value that rests on the subject.
    private func rows(of subject: Question.Subject) -> [Int32] {
        reaches.indices.filter { firm in
            switch subject {
            case .node(let node): reaches[firm].nodes.contains(node)
            case .list(let list): reaches[firm].lists.contains(list)
            case .decisions: reaches[firm].decisions
            }
        }
        .map(Int32.init)
    }

    private func answer(_ test: Question.Test, _ rows: [Int32]) -> Question.Answer {
        switch test {
        case .condition(let condition, let firms, let node):
            let asked = rows.filter { belongs($0, to: firms) && !isGiven(node, $0) }
            let outcome = evaluated.outcome(of: condition, rows: asked)
            var answer: Question.Answer = outcome.holders.isEmpty ? [] : .holds
            if outcome.holders.count + outcome.refused.count < asked.count { answer.insert(.fails) }
            return answer
        case .value(let node):
            return rows.contains { !Cell.isMissing(cell(node, $0)) && !isGiven(node, $0) } ? .holds : []
        case .text(let node, let number):
            return rows.contains { cell(node, $0) == number } ? .holds : []
        case .decision(let name, let condition):
            let isInForce = evaluated.decisions.contains {
                $0.name == name && !$0.isOverruled && rows.contains(Int32($0.firm))
            }
            let spares = condition.map { answer(.condition($0, .ranked, node: nil), rows) } ?? []
            return spares.intersection(.fails).union(isInForce ? .holds : [])
        }
    }

    private func cell(_ node: Int, _ firm: Int32) -> Int64 { evaluated.cells[node][Int(firm)] }

    private func isGiven(_ node: Int?, _ firm: Int32) -> Bool {
        guard let node else { return false }
        return evaluated.population.given.contains { $0.firm == Int(firm) && $0.node == node }
    }

    private func belongs(_ firm: Int32, to firms: Question.Firms) -> Bool {
        let graph = evaluated.graph
        switch firms {
        case .all: return true
        case .ranked: return !Cell.isMissing(cell(graph.landmarks.rank, firm))
        case .cohorts(let cohorts):
            let scope = cell(graph.landmarks.scope, firm)
            let cohort = cell(graph.landmarks.cohort, firm)
            return !Cell.isMissing(cohort) && cohorts.contains(Int(cohort))
                && graph.states[Int(scope)].accountingClass == .graded
        }
    }
}
