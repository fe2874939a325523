import Evaluation

/// What differs between two methods, for people.
struct DifferencesText {
    let differences: MethodDifferences
    let old: ComparedMethod
    let new: ComparedMethod
    private static let wordingShown = 10

    var text: String {
        var parts: [String] = []
        for kind in MethodDifference.Kind.allCases {
            let own = differences.differences.filter { $0.kind == kind }
            if !own.isEmpty {
                parts.append(([kind.label] + own.flatMap(lines)).joined(separator: "\n"))
            }
        }
        if differences.differences.isEmpty {
            parts.append(
                "Both methods compute the same. (Data of \(new.graph.dataYear), as of \(new.graph.asOf): a rule that is in force on other days alone changes nothing.)"
            )
        }
        if let wording { parts.append(wording) }
        return parts.joined(separator: "\n\n")
    }

    private func lines(_ difference: MethodDifference) -> [String] {
        let sign = difference.isAdded ? "+" : difference.isRemoved ? "-" : "~"
        let name = difference.name.isEmpty ? "" : "  \(difference.name)"
        var lines = ["  \(sign) \(difference.label)\(name)"]
        for aspect in difference.aspects {
            let head = aspect.name.isEmpty ? "" : "\(aspect.name)："
            switch (aspect.old, aspect.new) {
            case (let a?, let b?):
                let places = place(a, old) + place(b, new)
                let whole = "\(head)\(a.words) → \(b.words)"
                if displayWidth(whole) <= 100 {
                    lines.append("      \(whole)\(shown(places))")
                } else {
                    lines.append("      \(head)\(a.words)\(shown(place(a, old)))")
                    lines.append("      → \(b.words)\(shown(place(b, new)))")
                }
            case (let a?, nil): lines.append("      \(head)\(a.words) → （无）\(shown(place(a, old)))")
            case (nil, let b?):
                let words = difference.isAdded ? b.words : "（无） → \(b.words)"
                lines.append("      \(head)\(words)\(shown(place(b, new)))")
            case (nil, nil): break
            }
        }
        return lines
    }

    private func place(_ side: MethodDifference.Side, _ method: ComparedMethod) -> [String] {
        side.place.map { [method.line(of: $0)] } ?? []
    }

    private func shown(_ places: [String]) -> String {
        places.isEmpty ? "" : "  [\(places.joined(separator: ", "))]"
    }

    private var wording: String? {
        let all = differences.wording
        guard !all.isEmpty else { return nil }
        var lines = ["文字（不影响结果）"]
        for item in all.prefix(DifferencesText.wordingShown) {
            let name = item.name.isEmpty ? "" : " \(item.name)"
            lines.append("  ~ \(item.label)\(name)：\(item.old) → \(item.new)")
        }
        if all.count > DifferencesText.wordingShown {
            lines.append(
                "  … \(all.count - DifferencesText.wordingShown) more; --format json names all of them")
        }
        return lines.joined(separator: "\n")
    }
}
