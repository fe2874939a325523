import Testing

@testable import Evaluation

/// What is seen from the form of conditions is true of every firm: random conditions over random firms.
@Suite struct ImplicationTests {
    @Test(arguments: 0..<30)
    func holdsOfEveryFirm(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let texts = (0..<16).map { _ in condition(dice.roll(0...3), &dice) }
        let measures = texts.enumerated().map {
            "  c\($0): {label: 条件\($0), unit: 1, decimals: 0, value: \"1 if \($1) else 0\"}\n"
        }
        let graph = try compiled(
            Shipped.testFile("Mistakes/base.yaml").replacing(
                "\nmeasures:\n", with: "\nmeasures:\n\(measures.joined())"))
        let reader = ConditionReader(graph, texts: graph.nodes.map { graph.allowedTexts($0) })
        let conditions = try texts.indices.map { index in
            let node = try #require(graph.node(named: "c\(index)"))
            guard case .row(.choose(let condition, _, _)) = graph.nodes[node].rule else {
                throw Unexpected(text: texts[index])
            }
            return reader.condition(condition)
        }
        let evaluated = try graph.evaluate((0..<200).map { _ in firm(graph, &dice) })
        let values = try texts.indices.map { try evaluated.texts("c\($0)") }
        var implications = Implications()
        var found = 0
        for first in texts.indices {
            if implications.neverHolds(conditions[first]) {
                #expect(!values[first].contains("1"), "\(texts[first])")
            }
            for second in texts.indices where first != second {
                guard implications.follows(conditions[second], from: conditions[first]) else { continue }
                found += 1
                let isRight = zip(values[first], values[second]).allSatisfy { $0 != "1" || $1 == "1" }
                #expect(isRight, "\(texts[second]) does not follow from \(texts[first])")
            }
        }
        #expect(found > 0)
    }

    private struct Unexpected: Error {
        let text: String
    }

    // MARK: Making

    private func condition(_ depth: Int, _ dice: inout Dice) -> String {
        guard depth > 0 else { return atom(&dice) }
        switch dice.roll(1...5) {
        case 1: return "not (\(condition(depth - 1, &dice)))"
        case 2, 3: return "(\(condition(depth - 1, &dice))) and (\(condition(depth - 1, &dice)))"
        default: return "(\(condition(depth - 1, &dice))) or (\(condition(depth - 1, &dice)))"
        }
    }

    private func atom(_ dice: inout Dice) -> String {
        let sign = dice.one(of: ["<", "<=", "=", "!=", ">=", ">"])
        let negation = dice.one(of: ["", "not "])
        switch dice.roll(1...9) {
        case 1: return "land \(sign) \(dice.one(of: ["1.5", "3", "4.5"])) 亩"
        case 2: return "\(dice.one(of: ["1.5", "3"])) 亩 \(sign) land"
        case 3: return "registry.scale \(dice.one(of: ["=", "!="])) 规上"
        case 4: return "registry.state \(negation)in (\(dice.one(of: ["在业", "在业, 吊销", "注销, 迁出"])))"
        case 5: return "registry.industry \(negation)in (\(dice.one(of: ["3312", "3312, 3465", "4420"])))"
        case 6: return "prefix(registry.industry, 2) \(negation)in (\(dice.one(of: ["33", "33, 34"])))"
        case 7: return "\(negation)has(event, \(dice.one(of: ["安全事故", "安全事故, 环境违法"])))"
        case 8:
            return dice.one(of: [
                "has(event)", "has(event, 安全事故 where severity = 重大)",
                "has(event where severity = 重大 or kind = 安全事故)", "has(event where not severity = 重大)",
            ])
        default: return "land is \(negation)missing"
        }
    }

    /// Flags agree with each other, as those of one feed do.
    private func firm(_ graph: Graph, _ dice: inout Dice) -> FirmRow {
        var row: FirmRow = [
            "registry_scale": dice.one(of: ["规上", "规下"]),
            "registry_state": dice.one(of: ["在业", "吊销", "注销", "迁出"]),
            "registry_industry": dice.one(of: ["3312", "3351", "3465", "4420"]),
        ]
        if dice.happens(90) { row["land_area"] = dice.one(of: ["500", "1000", "2000", "3000", "4000"]) }
        let events: [[String: String]] = (0..<dice.roll(0...2)).map { _ in
            ["kind": dice.one(of: ["安全事故", "环境违法", "严重失信"]), "severity": dice.one(of: ["重大", "一般", ""])]
        }
        for node in graph.nodes {
            guard case .column(let index) = node.rule, graph.feedColumns[index].aggregate == .has else {
                continue
            }
            let column = graph.feedColumns[index]
            let contract = graph.contracts[column.feed]
            guard contract.name == "event" else { continue }
            let has = events.contains { column.filter?.holds(of: $0, contract) ?? true }
            row[node.name] = has ? "是" : "否"
        }
        return row
    }
}

extension RowFilter {
    fileprivate func holds(of row: [String: String], _ contract: FeedContract) -> Bool {
        switch self {
        case .isOneOf(let field, let texts): texts.contains(row[contract.fields[field].name] ?? "")
        case .all(let parts): parts.allSatisfy { $0.holds(of: row, contract) }
        case .any(let parts): parts.contains { $0.holds(of: row, contract) }
        case .not(let inner): !inner.holds(of: row, contract)
        case .compare: false
        }
    }
}

extension Graph {
    fileprivate func allowedTexts(_ node: Node) -> [String] {
        guard case .column(let index) = node.rule, case .latest(let field) = feedColumns[index].aggregate
        else { return [] }
        return contracts[feedColumns[index].feed].fields[field].allowed
    }
}
