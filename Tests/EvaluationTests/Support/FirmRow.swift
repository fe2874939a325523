import Testing

@testable import Evaluation

/// What the feeds say about one firm: texts by the names of the graph's column nodes. What is not named has no
/// record: a sum is missing, a count is 0, a flag is no.
typealias FirmRow = [String: String]

extension Graph {
    /// A population as Intake would make it. Firm `i` has the code `…i`.
    func population(_ firms: [FirmRow], manual: [ManualDecision] = []) throws -> Population {
        var columns: [CellColumn] = []
        var dictionaries: [[String]] = []
        for index in feedColumns.indices {
            let node = try #require(columnNode(index))
            var dictionary: [String] = []
            columns.append(
                CellColumn(try firms.map { try cell($0[node.name], node, index, &dictionary) }))
            dictionaries.append(dictionary)
        }
        let known = Set(nodes.map(\.name))
        for name in firms.flatMap(\.keys) where !known.contains(name) { throw UnknownColumn(name: name) }
        return Population(
            codes: TextColumn(firms.indices.map(Graph.code)),
            names: TextColumn(firms.indices.map { "企业\($0)" }),
            town: CellColumn(Array(repeating: 0, count: firms.count)),
            industry: CellColumn(Array(repeating: 0, count: firms.count)),
            towns: ["芝英"], industries: ["3312"], columns: columns, dictionaries: dictionaries,
            manualDecisions: manual)
    }

    func evaluate(_ firms: [FirmRow], manual: [ManualDecision] = []) throws -> Evaluated {
        try evaluate(try population(firms, manual: manual), concurrently: inOrder)
    }

    static func code(_ firm: Int) -> String {
        let body = "91330784" + String(repeating: "0", count: 9 - String(firm).count) + String(firm)
        return body + String(UnicodeScalar(CreditCode.checkCharacter(Array(body.utf8)) ?? 48))
    }

    struct UnknownColumn: Error {
        let name: String
    }

    private func columnNode(_ column: Int) -> Node? {
        nodes.first { if case .column(column) = $0.rule { true } else { false } }
    }

    private func cell(_ text: String?, _ node: Node, _ column: Int, _ dictionary: inout [String]) throws
        -> Int64
    {
        if let text, let cause = Missing.allCases.first(where: { $0.label == text }) { return cause.cell }
        guard let text else {
            switch feedColumns[column].aggregate {
            case .has, .count: return 0
            case .sum, .latest: return Missing.noRow.cell
            }
        }
        switch node.type {
        case .number: return try scaled(text, node.decimals)
        case .flag: return text == "是" ? 1 : 0
        case .day: return try #require(Day(text)).number
        case .category:
            if let index = dictionary.firstIndex(of: text) { return Int64(index) }
            dictionary.append(text)
            return Int64(dictionary.count - 1)
        }
    }
}

func scaled(_ text: String, _ decimals: Int) throws -> Int64 {
    let (digits, places) = try #require(DecimalText.parse(text))
    try #require(places <= decimals, "\(text) has more than \(decimals) decimals")
    return Int64(digits) * DecimalText.powersOfTen[decimals - places]
}

extension Evaluated {
    /// A firm's value as text without its unit: `98.7094`, `A`, `缺失（空白）`.
    func text(_ name: String, _ firm: Int) throws -> String {
        let node = try #require(graph.node(named: name), "no node \(name)")
        let cell = cells[node][firm]
        if let cause = Cell.cause(cell) { return "缺失（\(cause.label)）" }
        switch graph.nodes[node].type {
        case .number: return DecimalText.format(cell, decimals: graph.nodes[node].decimals)
        case .category: return dictionaries[node][Int(cell)]
        case .day: return Day(number: cell).description
        case .flag: return cell == 0 ? "否" : "是"
        }
    }

    func texts(_ name: String) throws -> [String] { try population.codes.indices.map { try text(name, $0) } }
}

extension TextColumn {
    var indices: Range<Int> { 0..<count }
}
