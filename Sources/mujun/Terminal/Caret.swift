import Evaluation

extension MethodProblem {
    /// `method.yaml:12:7: error: …`, the line, and a caret under what is meant.
    func text(file: String, lines: [Substring]) -> String {
        var text = "\(file):\(place.line):\(place.column): \(severity.rawValue): \(message)"
        guard lines.indices.contains(place.line - 1) else { return text }
        let line = lines[place.line - 1]
        text += "\n\(line)"
        let before = String(line.prefix(max(0, place.column - 1)))
        let meant = String(line.dropFirst(max(0, place.column - 1)).prefix(length))
        text += "\n" + String(repeating: " ", count: displayWidth(before))
        return text + "^" + String(repeating: "~", count: max(0, displayWidth(meant) - 1))
    }
}
