@testable import Evaluation

extension Graph {
    /// What feeds could say about a firm, gaps and refused rows among it.
    func randomRow(_ dice: inout Dice) -> FirmRow {
        var row: FirmRow = [:]
        for node in nodes {
            guard case .column(let index) = node.rule else { continue }
            if dice.happens(10) {
                row[node.name] = dice.one(of: [Missing.noRow, .blank, .refusedRow]).label
                continue
            }
            switch node.type {
            case .number:
                let value = dice.happens(10) ? 0 : dice.roll(-50...1000)
                row[node.name] = "\(value * 100)"
            case .flag: row[node.name] = dice.happens(20) ? "是" : "否"
            case .day: row[node.name] = "20\(dice.roll(10...22))-0\(dice.roll(1...9))-1\(dice.roll(0...9))"
            case .category:
                let column = feedColumns[index]
                var texts = ["3312", "3465", "4420", "规上", "A", "D"]
                if case .latest(let field) = column.aggregate,
                    !contracts[column.feed].fields[field].allowed.isEmpty
                {
                    texts = contracts[column.feed].fields[field].allowed
                }
                row[node.name] = dice.one(of: texts)
            }
        }
        return row
    }
}
