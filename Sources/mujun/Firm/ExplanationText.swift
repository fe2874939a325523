import Evaluation

/// An explanation as a tree for people: value, formula, numbers put in, notes, source; then its parts.
struct ExplanationText {
    private(set) var lines: [String] = []

    init(_ explanation: Explanation) {
        // Indicators of other cohorts mostly have no data; their names will do.
        let total = explanation.steps.firstIndex { $0.name == "total" } ?? 0
        var empty: [String] = []
        for (index, step) in explanation.steps.enumerated() {
            if index > total, step.value.hasPrefix("缺失") {
                empty.append(step.label)
                continue
            }
            lines.append("")
            add(step, first: "", rest: "")
        }
        if !empty.isEmpty { lines += ["", "不计分且无数据的指标：\(empty.joined(separator: "、"))"] }
    }

    private mutating func add(_ step: Explanation.Step, first: String, rest: String) {
        let source = step.source.isEmpty ? "" : "  〔\(step.source)〕"
        lines.append("\(first)\(step.label) = \(step.value)\(source)")
        let inner = rest + (step.parts.isEmpty ? "  " : "│ ")
        if !step.formula.isEmpty { lines.append("\(inner)  = \(step.formula)") }
        if !step.substitution.isEmpty, step.substitution != step.formula {
            lines.append("\(inner)  = \(step.substitution)")
        }
        for note in step.notes { lines.append("\(inner)  · \(note)") }
        for (index, part) in step.parts.enumerated() {
            let isLast = index == step.parts.count - 1
            add(part, first: rest + (isLast ? "└─ " : "├─ "), rest: rest + (isLast ? "   " : "│  "))
        }
    }
}
