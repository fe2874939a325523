/// How measures, indicators, groups and named statistics are computed.
extension Compilation {
    /// Gives every declared node its rule, in the order in which the rest may name it.
    mutating func giveRules(to declared: Declarations) {
        addNamedStatistics()
        for (node, value) in declared.values { draft.nodes[node].rule = value.rule(&self) }
        for (node, group) in declared.groups { draft.nodes[node].rule = group.rule(&self) }
        let marks = declared.landmarks
        draft.nodes[marks.scope].rule = document.scopeRule(&self)
        draft.nodes[marks.cohort].rule = document.cohortRule(&self)
        draft.nodes[marks.state].rule = .state
        draft.nodes[marks.rank].rule = .rank
        draft.nodes[marks.initialTier].rule = .initialTier
        draft.nodes[marks.tier].rule = .tier
        giveRules(toPoints: declared.points)
        for cohort in document.cohorts { cohort.check(&self) }
        for (node, adjustment) in declared.adjustments { draft.nodes[node].rule = adjustment.rule(&self) }
        draft.nodes[marks.total].rule = document.total?.rule(declared, &self)
    }

    private mutating func addNamedStatistics() {
        for declaration in document.statistics where mayBeDeclared(declaration.name) {
            if let taken = draft.node(called: declaration.name.text) {
                complainAboutSecond(declaration.name, first: draft.nodes[taken].place)
                continue
            }
            if let name = draft.node(labelled: declaration.label).map({ draft.nodes[$0].name })
                ?? draft.statistics.first(where: { $0.label == declaration.label })?.name
            {
                complainAboutSecondLabel(declaration.name, declaration.label, of: name)
                continue
            }
            guard var statistic = statistic(declaration) else {
                draft.misread.insert(declaration.name.text)
                continue
            }
            statistic.name = declaration.name.text
            statistic.label = declaration.label
            draft.declare(statistic)
        }
    }
}

extension MethodDocument.Value {
    fileprivate func rule(_ compilation: inout Compilation) -> Node.Rule? {
        var context = ExpressionChecker.Context(owner: name.text)
        context.mayBeReal = true
        return compilation.number(expression, context, in: unit, decimals: decimals).map { .row($0) }
    }
}

extension MethodDocument.Group {
    /// The texts that a firm can have, the last where no condition holds.
    var texts: [String] { choices.map(\.text) + [otherwise] }

    fileprivate func rule(_ compilation: inout Compilation) -> Node.Rule? {
        compilation.conditions(choices.map { ($0.condition, name.text) }).map {
            .classification(conditions: $0, texts: texts, otherwise: Int64(choices.count))
        }
    }
}

extension Compilation {
    /// `nil` when one of them is wrong; all are looked into.
    mutating func conditions(_ texts: [(text: MethodDocument.Text, owner: String)]) -> [Expression]? {
        let conditions = texts.map { condition($0.text, owner: $0.owner) }
        return conditions.contains(nil) ? nil : conditions.compactMap { $0 }
    }
}
