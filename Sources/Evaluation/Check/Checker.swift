/// Compiles a method file into a graph, or into everything that is wrong with it.
package struct Checker {
    /// The graph, when nothing but warnings was found.
    package let graph: Graph?
    /// Errors and warnings in the order of the file.
    package let problems: [MethodProblem]

    /// - Parameters:
    ///   - root: the method file as a tree of texts.
    ///   - contracts: the feeds that the method may ask.
    package init(_ root: SourceNode, contracts: [FeedContract]) {
        var compilation = Compilation(root, contracts: contracts)
        graph = Checker.graph(&compilation)
        problems = compilation.problems
    }

    /// All sections are looked into before anything stops the way: what is wrong is told together.
    private static func graph(_ compilation: inout Compilation) -> Graph? {
        let declared = Declarations(&compilation)
        guard compilation.hasRoom() else { return nil }
        compilation.warnAboutEarlyDay()
        compilation.addParameters()
        let document = compilation.document
        compilation.giveRules(to: declared)
        guard compilation.hasRoom() else { return nil }
        let decisions = document.decisionRules(finalTier: declared.landmarks.tier, &compilation)
        let lists = document.lists.map { $0.rule(&compilation) }
        let ranking = document.tiers.flatMap { $0.ranking(&compilation) }
        let merging = document.merging.flatMap { $0.checked(&compilation) }
        guard compilation.hasRoom(), !compilation.hasErrors, let ranking,
            let asOf = document.asOf, let nodes = finishedNodes(compilation)
        else { return nil }
        let dependencies = Dependencies(
            nodes: nodes, statistics: compilation.draft.statistics, landmarks: declared.landmarks,
            ranking: ranking, decisions: decisions)
        let order: [Int]
        switch dependencies.order() {
        case .success(let found): order = found
        case .failure(let cycle):
            complainAboutCycle(cycle.nodes.map { nodes[$0] }, &compilation)
            return nil
        }
        let graph = Graph(
            id: document.id, title: document.title, note: document.note, dataYear: document.dataYear,
            asOf: asOf, sources: document.sources, contracts: compilation.draft.contracts,
            feedColumns: compilation.draft.columns, nodes: nodes, order: order,
            statistics: compilation.draft.statistics, states: document.states,
            cohorts: declared.cohorts(document, compilation.draft), cohortChoice: document.cohortChoice,
            ranking: ranking, merging: merging, linking: document.linking,
            decisions: decisions, manualRule: document.manual?.rule, lists: lists,
            landmarks: declared.landmarks, parameters: compilation.draft.parameters.all)
        compilation.warn(about: graph, dependencies)
        return graph
    }

    /// `nil` when a rule is lacking, which was complained about.
    private static func finishedNodes(_ compilation: Compilation) -> [Node]? {
        var nodes: [Node] = []
        for node in compilation.draft.nodes {
            guard let rule = node.rule else { return nil }
            nodes.append(
                Node(
                    name: node.name, label: node.label, section: node.section, type: node.type,
                    decimals: node.decimals, rounding: node.rounding, rule: rule,
                    source: compilation.document.sourceText(node.source), place: node.place))
        }
        return nodes
    }

    /// The circle is told from a value that the method declares itself, where there is one.
    private static func complainAboutCycle(_ cycle: [Node], _ compilation: inout Compilation) {
        let start = cycle.firstIndex { $0.section != .standing && $0.section != .points } ?? 0
        let names = (cycle[start...] + cycle[..<start] + [cycle[start]]).map(\.name)
        let isDeclared = [.measure, .indicator, .group, .adjustment].contains(cycle[start].section)
        compilation.complain(
            at: cycle[start].place, length: isDeclared ? cycle[start].name.count : 1,
            cycle.count == 1
                ? "‘\(names[0])’ needs itself; compute it from other values"
                : "these values need each other in a circle: \(names.joined(separator: " → ")); one of them must be computed without the others"
        )
    }
}
