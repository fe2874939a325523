import Evaluation

/// What became of one file.
struct FileOutcome: Sendable {
    var log: FindingLog
    var rows = 0
    var accepted = 0
    var refused = 0
    var collapsed = 0
    var unused = 0
    /// What its columns add up to; `nil` unless the file was read to its end.
    var totals: [FileFigures.Total]?
    /// Refused rows that do not count towards the threshold, and how many of them each code kept from it.
    var waived = 0
    var waivedByCode: [String: Int] = [:]
    /// Rows whose code alone led to no firm.
    var links = LinkLog()
    /// Of a file of the registry.
    var successors: [Successors.Statement] = []
    /// Why the run must be refused; empty when the file was read to its end and is what its manifest says.
    var refusals: [String] = []
    /// The file could not be opened or read.
    var unreadable: IntakeError?
}

extension FileOutcome {
    /// Notes a finding that refuses the file and with it the run.
    mutating func refuse(
        _ message: Message, _ file: SurveyedFile, line: Int = 0, byte: Int = 0, column: String = ""
    ) {
        log.add(message, line: line, byte: byte, column: column)
        refusals.append("\(file.fullPath)\(line > 0 ? ", line \(line)" : ""): \(message.wording.english)")
    }

    /// Says in one sentence or two why the header, whose findings are in the log, cannot be taken.
    mutating func refuseHeader(_ file: SurveyedFile) {
        let found = log.samples.filter { $0.severity == .refusal }
        guard let first = found.first else { return }
        let place = first.line > 0 ? ", line \(first.line)" : ""
        let others = found.count > 1 ? " The header has \(found.count - 1) more such findings." : ""
        refusals.append("\(file.fullPath)\(place): \(first.english)\(others)")
    }

    /// Notes that the file ends before it should.
    mutating func stop(_ damage: Damage, _ file: SurveyedFile) {
        if case .unreadable(let error) = damage { unreadable = error }
        if let message = damage.message { refuse(message, file, line: damage.line) }
    }
}
