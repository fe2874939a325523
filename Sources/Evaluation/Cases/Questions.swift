extension Graph {
    /// One question for each rule that a case can put to the test.
    var questions: [Question] {
        nodes.indices.flatMap(questions(about:)) + decisionQuestions + listQuestions
    }

    private func questions(about index: Int) -> [Question] {
        let node = nodes[index]
        switch node.section {
        case .column: return []
        case .measure, .indicator:
            let kind: Coverage.Part.Kind = node.section == .measure ? .measure : .indicator
            let computed = Question(
                kind: kind, name: node.name, label: node.label, subject: .node(index),
                test: .value(node: index),
                needs: [(.holds, "no firm has a value of its own")])
            return [computed] + choices(in: node, index, as: .condition)
        case .points: return points(node, index)
        case .adjustment: return adjustment(node, index)
        case .score: return choices(in: node, index, as: .condition)
        case .group:
            guard case .classification(_, let texts, _) = node.rule else { return [] }
            return texts.enumerated().map { number, text in
                Question(
                    kind: .group, name: "\(node.name).\(text)", label: "\(node.label)：\(text)",
                    subject: .node(index),
                    test: .text(node: index, Int64(number)), needs: [(.holds, "no firm belongs to it")])
            }
        case .standing: return standing(index)
        }
    }

    private func standing(_ index: Int) -> [Question] {
        func each(
            _ kind: Coverage.Part.Kind, of subject: Int, _ otherwise: String
        ) -> [Question] {
            terms(of: index).enumerated().map { number, term in
                Question(
                    kind: kind, name: term.name, label: term.label, subject: .node(subject),
                    test: .text(node: index, Int64(number)), needs: [(.holds, otherwise)])
            }
        }
        switch index {
        case landmarks.state: return each(.scope, of: landmarks.scope, "no firm is in this state")
        case landmarks.cohort: return each(.cohort, of: index, "no firm belongs to it")
        case landmarks.tier: return each(.tier, of: index, "no firm ends there")
        default: return []
        }
    }

    // MARK: Rules of cohorts

    private func points(_ node: Node, _ index: Int) -> [Question] {
        guard case .perCohort(let rules) = node.rule else { return [] }
        return rules.enumerated().flatMap { number, rule -> [Question] in
            guard let rule else { return [] }
            let cohort = cohorts[number]
            let name = "\(node.name).\(cohort.name)"
            let label = "\(node.label)（\(cohort.label)）"
            let test = Question.Test.condition(.isMissing(rule.expression), .cohorts([number]), node: nil)
            var questions = [
                Question(
                    kind: .points, name: name, label: label, subject: .node(index), test: test,
                    needs: [(.fails, "no firm of the cohort has the value")])
            ]
            let missingRule = rule.missing.map { "按 \(Formula.labels(self).text($0)) 计" }
            if let words = missingRule ?? (rule.isLeftOut ? "由其余指标按权重补足" : nil) {
                questions.append(
                    Question(
                        kind: .missing, name: name, label: "\(label)缺失\(words)",
                        subject: .node(index), test: test,
                        needs: [(.holds, "no firm of the cohort lacks the value")]))
            }
            return questions
                + conditions(in: rule.expression).map { condition in
                    question(
                        .condition, node, condition, .cohorts([number]), index, name: name, label: label)
                }
        }
    }

    /// An adjustment without a condition is one itself: it concerns a firm, or comes to nothing.
    private func adjustment(_ node: Node, _ index: Int) -> [Question] {
        let conditional = choices(in: node, index, as: .adjustment)
        guard conditional.isEmpty, case .perCohort(let rules) = node.rule else { return conditional }
        let concerned = Set(rules.indices.filter { rules[$0] != nil })
        return [
            Question(
                kind: .adjustment, name: node.name, label: node.label, subject: .node(index),
                test: .condition(
                    .compare(.notEqual, .node(index), .constant(.zero)), .cohorts(concerned), node: nil),
                needs: [(.holds, "no firm gets any"), (.fails, "no firm gets none")])
        ]
    }

    // MARK: Conditions

    /// The conditions inside a node's rule.
    private func choices(in node: Node, _ index: Int, as kind: Coverage.Part.Kind) -> [Question] {
        switch node.rule {
        case .row(let expression):
            return conditions(in: expression).map { question(kind, node, $0, .all, index) }
        case .perCohort(let rules):
            var found: [(condition: Expression, cohorts: Set<Int>)] = []
            for (cohort, rule) in rules.enumerated() {
                for condition in rule.map({ conditions(in: $0.expression) }) ?? [] {
                    if let known = found.firstIndex(where: { $0.condition == condition }) {
                        found[known].cohorts.insert(cohort)
                    } else {
                        found.append((condition, [cohort]))
                    }
                }
            }
            return found.map { question(kind, node, $0.condition, .cohorts($0.cohorts), index) }
        case .column, .classification, .scope, .state, .rank, .initialTier, .tier: return []
        }
    }

    /// What is chosen by, and where a ceiling or a floor begins to count.
    private func conditions(in expression: Expression) -> [Expression] {
        var conditions: [Expression] = []
        expression.visit { part in
            let condition: Expression? =
                switch part {
                case .choose(let condition, _, _): condition
                case .minimum(let parts): limit(parts, .greater)
                case .maximum(let parts): limit(parts, .less)
                default: nil
                }
            if let condition, !conditions.contains(condition) { conditions.append(condition) }
        }
        return conditions
    }

    /// Of a value and a number that limits it, where the value lies beyond.
    private func limit(_ parts: [Expression], _ beyond: Expression.Comparison) -> Expression? {
        let values = parts.filter { !$0.mentionedNodes.isEmpty || $0.mentionsStatistic }
        guard parts.count == 2, values.count == 1, let bound = parts.first(where: { $0 != values[0] }) else {
            return nil
        }
        return .compare(beyond, values[0], bound)
    }

    private func question(
        _ kind: Coverage.Part.Kind, _ node: Node, _ condition: Expression, _ firms: Question.Firms,
        _ index: Int, name: String? = nil, label: String? = nil
    ) -> Question {
        let words = Formula.labels(self).text(condition)
        return Question(
            kind: kind, name: name ?? node.name, label: label ?? node.label, subject: .node(index),
            test: .condition(condition, firms, node: index),
            needs: [(.holds, "no firm satisfies: \(words)"), (.fails, "no firm fails: \(words)")])
    }

    // MARK: Decisions and lists

    private var decisionQuestions: [Question] {
        var questions = decisions.flatMap { rule in
            [
                Question(
                    kind: .decision, name: rule.name, label: rule.label, subject: .decisions,
                    test: .decision(rule.name, rule.condition),
                    needs: [(.holds, "it is in force for no firm"), (.fails, "it spares no firm")])
            ] + exceptions(of: rule)
        }
        if let manual = manualRule {
            questions.append(
                Question(
                    kind: .decision, name: manual.name, label: manual.label, subject: .decisions,
                    test: .decision(manual.name, nil),
                    needs: [(.holds, "it is in force for no firm")]))
        }
        return questions
    }

    /// Whether the exception (`unless`) spares a firm that the rule would concern.
    private func exceptions(of rule: DecisionRule) -> [Question] {
        guard case .and(let parts) = rule.condition, case .unless(let exception) = parts.last else {
            return []
        }
        return [
            Question(
                kind: .decision, name: rule.name, label: "\(rule.label)（除外）", subject: .decisions,
                test: .condition(.and(parts.dropLast() + [exception]), .ranked, node: nil),
                needs: [(.holds, "no firm is excepted by: \(Formula.labels(self).text(exception))")])
        ]
    }

    private var listQuestions: [Question] {
        lists.enumerated().flatMap { number, list in
            list.grounds.map { ground in
                Question(
                    kind: .list, name: list.name == ground.name ? list.name : "\(list.name).\(ground.name)",
                    label: list.name == ground.name ? list.label : "\(list.label)：\(ground.label)",
                    subject: .list(number),
                    test: .condition(ground.condition, list.overRegistry ? .all : .ranked, node: nil),
                    needs: [(.holds, "no firm is listed for it"), (.fails, "no firm is left out")])
            }
        }
    }
}
