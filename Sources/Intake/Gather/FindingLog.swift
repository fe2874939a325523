import Evaluation

/// What was found in one file: complete counts, and the first samples of each code.
struct FindingLog: Sendable {
    /// Samples kept per file and code.
    static let maxSamples = 20

    struct Tally: Sendable {
        let code: String
        let severity: Finding.Severity
        var count = 0
    }

    let feed: String
    let delivery: String
    let file: String
    private(set) var samples: [Finding] = []
    /// One per code that was found, in order of appearance.
    private(set) var counts: [Tally] = []
    private var known: [String: Int] = [:]
    /// Index into `counts` by what a finding is about; -1 for what was not yet found. See ``isFull(_:)``.
    private var subjects: [Int] = []

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
        let index = tally(wording)
        counts[index].count += 1
        guard counts[index].count <= FindingLog.maxSamples else { return }
        samples.append(
            Finding(
                message, feed: feed, delivery: delivery, file: file, line: line, byte: byte, column: column,
                row: row()))
    }

    /// Adds a finding that stands for many.
    mutating func add(_ message: Message, count: Int, line: Int, byte: Int, column: String, row: String) {
        counts[tally(message.wording)].count += count
        samples.append(
            Finding(
                message, feed: feed, delivery: delivery, file: file, line: line, byte: byte, column: column,
                row: row))
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
        counts[tally(message.wording)].count += 1
        samples.append(
            Finding(
                message, feed: feed, delivery: delivery, file: file, line: line, byte: byte, column: column,
                row: row))
    }

    private mutating func tally(_ wording: Message.Wording) -> Int {
        if let index = known[wording.code] { return index }
        counts.append(Tally(code: wording.code, severity: wording.severity))
        known[wording.code] = counts.count - 1
        return counts.count - 1
    }

    // MARK: Many findings

    /// Counts a finding about `subject`, a small number of the caller's choice that always leads to the same code, when
    /// there are samples enough of that code: then nobody will read its sentence, and making it would take longer
    /// than all the rest of a bad row. `false`: it must be added with its sentence.
    @inline(__always)
    mutating func countsOnly(_ subject: Int) -> Bool {
        guard subjects.indices.contains(subject), subjects[subject] >= 0 else { return false }
        let index = subjects[subject]
        guard counts[index].count >= FindingLog.maxSamples else { return false }
        counts[index].count += 1
        return true
    }

    /// Says which code findings about `subject` have.
    mutating func note(_ subject: Int, _ message: Message) {
        guard subject >= subjects.count || subjects[subject] < 0 else { return }
        if subject >= subjects.count {
            subjects += Array(repeating: -1, count: subject - subjects.count + 1)
        }
        subjects[subject] = tally(message.wording)
    }
}
