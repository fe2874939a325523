import Evaluation
import Intake

/// The delivered lines of a firm, by file.
struct FeedLinesText {
    let text: String

    init(_ lines: [FeedLine], _ contracts: [FeedContract]) {
        var text: [String] = []
        var file = ""
        for line in lines {
            let path = "\(line.delivery)/\(line.path)"
            if path != file {
                let title = contracts.first { $0.name == line.feed }?.title ?? line.feed
                text.append("\n\(title)  \(path)\n  1: \(line.header)")
                file = path
            }
            text.append("  \(line.line): \(line.row)")
        }
        self.text = text.isEmpty ? "\nNo feed line names this firm." : text.joined(separator: "\n")
    }
}
