/// Reads the cases of a method. All mistakes are found together, each with its place.
package struct CaseReader {
    package private(set) var cases: [MethodCase] = []
    /// In the order of the file.
    package private(set) var problems: [MethodProblem] = []
    private let graph: Graph

    /// - Parameters:
    ///   - root: the cases file as a tree of texts.
    ///   - graph: the method that they prove.
    package init(_ root: SourceNode, graph: Graph) {
        self.graph = graph
        var file = Section(root, path: "cases file", &problems)
        let remedy = "write ‘mujun: cases/1’ on the first line"
        if let version = file.text("mujun", remedy, &problems), version.text != "cases/1" {
            problems.append(
                version.problem("this program reads ‘cases/1’, not ‘\(version.text)’; \(remedy)"))
        }
        if let section = file.section("cases", &problems) {
            if section.named().isEmpty {
                section.lacks("‘cases’ is empty; name at least one case", &problems)
            }
            for (name, value) in section.named() { read(name, value) }
        } else if file.node("cases") == nil {
            file.lacks("the file lacks ‘cases’: names of cases, each with its firms", &problems)
        }
        file.finish(&problems)
        problems = problems.enumerated().sorted {
            $0.element.place != $1.element.place
                ? $0.element.place < $1.element.place : $0.offset < $1.offset
        }
        .map(\.element)
    }

    private mutating func read(_ name: MethodDocument.Text, _ value: SourceNode) {
        var section = Section(value, path: name.text, key: name, &problems)
        defer { section.finish(&problems) }
        guard let firms = section.section("firms", &problems) else {
            if section.node("firms") == nil {
                section.lacks(
                    "the case lacks ‘firms’: names of firms, each with what is known of it", &problems)
            }
            return
        }
        let named = firms.named()
        if named.isEmpty { firms.lacks("‘\(firms.path)’ is empty; name at least one firm", &problems) }
        var rows = CaseRows(graph: graph, caseName: name.text, firms: named.map(\.name.text))
        var expects = false
        var given: [GivenValue] = []
        var read: [MethodCase.Firm] = []
        for (index, (name, value)) in named.enumerated() {
            var firm = Section(value, path: "\(firms.path).\(name.text)", key: name, &problems)
            given += self.given(&firm, of: index)
            let expectations = ExpectationReader(graph).read(&firm, &problems)
            rows.read(&firm, firm: index, &problems)
            firm.finish(&problems)
            if firm.key("expect") != nil { expects = true }
            read.append(MethodCase.Firm(name: name.text, expectations: expectations))
        }
        if !expects, !named.isEmpty {
            section.lacks("the case expects nothing; add ‘expect’ to a firm", &problems)
        }
        cases.append(
            MethodCase(name: name.text, firms: read, rows: rows.rows, refusals: rows.refusals, given: given))
    }

    // MARK: Given values

    private mutating func given(_ section: inout Section, of firm: Int) -> [GivenValue] {
        guard let section = section.section("given", &problems) else { return [] }
        var seen: Set<Int> = []
        return section.named().compactMap { name, value in
            guard !value.isCutOff(name, &problems), let node = givenNode(name),
                let text = value.text("\(section.path).\(name.text)", &problems)
            else { return nil }
            guard seen.insert(node).inserted else {
                problems.append(name.problem("‘\(name.text)’ is given already; delete one"))
                return nil
            }
            switch text.text {
            case "missing": return GivenValue(firm: firm, node: node, cell: Missing.noRow.cell)
            case "refused": return GivenValue(firm: firm, node: node, cell: Missing.refusedRow.cell)
            default:
                let own = graph.nodes[node]
                return text.cell(
                    of: own.name, in: own.unit ?? .one, decimals: own.decimals, &problems
                ).map { GivenValue(firm: firm, node: node, cell: $0) }
            }
        }
    }

    private mutating func givenNode(_ name: MethodDocument.Text) -> Int? {
        let sections: [Node.Section] = [.measure, .indicator]
        guard let node = graph.node(called: name.text) else {
            let known = graph.nodes.filter { sections.contains($0.section) }
            problems.append(
                name.problem(
                    "the method has no measure or indicator ‘\(name.text)’"
                        + Spelling.remedy(
                            for: name.text, among: known.flatMap { [$0.name, $0.label] },
                            otherwise: "it has \(known.map(\.name).joined(separator: ", "))")))
            return nil
        }
        guard sections.contains(graph.nodes[node].section) else {
            let remedy =
                graph.nodes[node].section == .column
                ? "write it as a row of its feed" : "write it under ‘expect’"
            problems.append(
                name.problem(
                    "only measures and indicators can be given; ‘\(name.text)’ is neither: \(remedy)"))
            return nil
        }
        return node
    }
}

extension SourceNode {
    /// Between { } a comma ends a value: of `1,000` the rest `000` becomes a key without a value, which is complained
    /// about.
    func isCutOff(_ key: MethodDocument.Text, _ problems: inout [MethodProblem]) -> Bool {
        guard case .scalar("") = content, key.text.first?.isNumber == true else { return false }
        problems.append(
            key.problem("between { } a comma ends a value; write numbers without separators, such as 1000"))
        return true
    }
}

extension Graph {
    /// The node with this name, or the first with this label.
    func node(called word: String) -> Int? {
        node(named: word) ?? nodes.firstIndex { $0.label == word }
    }
}
