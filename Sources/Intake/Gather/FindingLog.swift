import Evaluation

/// What was found in one file: complete counts, and the first samples of each code.
struct FindingLog: Sendable {
    /// Samples kept per file and code.
    static let maxSamples = 20

    let feed: String
    let delivery: String
    let file: String
    private(set) var samples: [Finding] = []
    private(set) var counts: [String: (severity: Finding.Severity, count: Int)] = [:]

    init(feed: String, delivery: String, file: String) {
        self.feed = feed
        self.delivery = delivery
        self.file = file
    }

    /// Counts the finding; `row` is only asked for when the sample is kept.
    mutating func add(
        _ message: Message, line: Int = 0, byte: Int = 0, column: String = "", row: () -> String = { "" }
    ) {
        let wording = message.wording
        let count = (counts[wording.code]?.count ?? 0) + 1
        counts[wording.code] = (wording.severity, count)
        guard count <= FindingLog.maxSamples else { return }
        samples.append(
            Finding(
                message, feed: feed, delivery: delivery, file: file, line: line, byte: byte, column: column,
                row: row()))
    }

    /// The samples by position, at most 20 of each code; findings may have been added in another order.
    func capped() -> [Finding] {
        var kept: [String: Int] = [:]
        return samples.sorted().filter { finding in
            kept[finding.code, default: 0] += 1
            return kept[finding.code, default: 0] <= FindingLog.maxSamples
        }
    }

    /// Adds a finding that is known only after the file was read.
    mutating func addLate(_ message: Message, line: Int, byte: Int, column: String = "", row: String) {
        let wording = message.wording
        counts[wording.code] = (wording.severity, (counts[wording.code]?.count ?? 0) + 1)
        samples.append(
            Finding(
                message, feed: feed, delivery: delivery, file: file, line: line, byte: byte, column: column,
                row: row))
    }
}
